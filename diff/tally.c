#include "diff/tally.h"

#include "core/arena.h"

#include <stdlib.h>

void tally_init(struct tally *tally, size_t most)
{
	*tally = (struct tally){
		.keys = {.key_bytes = sizeof(struct tally_key)}, .most = most};
}

void tally_release(struct tally *tally)
{
	key_table_release(&tally->keys);
	free(tally->counts);
	tally->counts = NULL;
}

void tally_add(struct tally *tally, struct tally_key key)
{
	uint32_t number =
		tally->keys.count ? key_table_find(&tally->keys, &key) : UINT32_MAX;

	if (number == UINT32_MAX && tally->keys.count == tally->most) {
		tally->nlost++;
		return;
	}
	if (number == UINT32_MAX) {
		number = key_table_add(&tally->keys, &key, NULL);
		tally->counts =
			grow(tally->counts, number, &tally->room, sizeof(*tally->counts));
		tally->counts[number] = 0;
	}
	tally->counts[number]++;
}

uint64_t tally_count(const struct tally *tally, struct tally_key key)
{
	uint32_t number =
		tally->keys.count ? key_table_find(&tally->keys, &key) : UINT32_MAX;

	return number == UINT32_MAX ? 0 : tally->counts[number];
}

struct tally_key tally_at(const struct tally *tally, size_t i)
{
	return ((const struct tally_key *)tally->keys.keys)[i];
}
