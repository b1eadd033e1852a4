#include "core/interner.h"

#include "core/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum {
	FIRST_SLOTS = 1024
}; /* a power of two */

struct interned {
	const char *string; /* NULL: free */
	uint64_t hash;
	size_t len;
};

void interner_release(struct interner *interner)
{
	free(interner->slots);
	interner->slots = NULL;
	interner->nslots = interner->count = 0;
}

/* The slot that holds the string, or the free one where it belongs. */
static struct interned *find(const struct interner *interner, uint64_t hash,
	const char *bytes, size_t len)
{
	size_t mask = interner->nslots - 1, i = hash & mask;

	while (interner->slots[i].string) {
		const struct interned *slot = &interner->slots[i];

		if (slot->hash == hash && slot->len == len &&
			memcmp(slot->string, bytes, len) == 0)
			break;
		i = (i + 1) & mask;
	}
	return &interner->slots[i];
}

/* Twice the slots, so that at most three quarters are ever taken. */
static void make_room(struct interner *interner)
{
	struct interned *old = interner->slots;
	size_t nold = interner->nslots;

	if (interner->count < nold / 4 * 3)
		return;
	interner->nslots = nold ? nold * 2 : FIRST_SLOTS;
	interner->slots = xmalloc(interner->nslots * sizeof(*old));
	memset(interner->slots, 0, interner->nslots * sizeof(*old));
	for (size_t i = 0; i < nold; i++) {
		if (old[i].string)
			*find(interner, old[i].hash, old[i].string, old[i].len) = old[i];
	}
	free(old);
}

const char *intern(struct interner *interner, const char *bytes, size_t len)
{
	uint64_t hash = XXH3_64bits(bytes, len);
	struct interned *slot;

	make_room(interner);
	slot = find(interner, hash, bytes, len);
	if (!slot->string) {
		*slot = (struct interned){
			arena_copy(interner->arena, bytes, len), hash, len};
		interner->count++;
	}
	return slot->string;
}

const char *intern_find(const struct interner *interner, const char *bytes, size_t len)
{
	return interner->nslots
		       ? find(interner, XXH3_64bits(bytes, len), bytes, len)->string
		       : NULL;
}

const char *intern_string(struct interner *interner, const char *string)
{
	return intern(interner, string, strlen(string));
}
