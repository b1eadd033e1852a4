#include "core/key_table.h"

#include "core/arena.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum {
	FIRST_SLOTS = 64 /* a power of two */
};

void key_table_release(struct key_table *table)
{
	free(table->keys);
	free(table->slots);
	*table = (struct key_table){.key_bytes = table->key_bytes};
}

static const char *key_at(const struct key_table *table, uint32_t number)
{
	return table->keys + number * table->key_bytes;
}

/* The slot that holds the key, or the free one where it belongs. */
static uint32_t *find_slot(const struct key_table *table, const void *key)
{
	size_t mask = table->nslots - 1, i = XXH3_64bits(key, table->key_bytes) & mask;

	while (table->slots[i] &&
		memcmp(key_at(table, table->slots[i] - 1), key, table->key_bytes) != 0)
		i = (i + 1) & mask;
	return &table->slots[i];
}

/* Twice the slots, so that at most half are ever taken. */
static void make_room(struct key_table *table)
{
	if (table->count < table->nslots / 2)
		return;
	table->nslots = table->nslots ? table->nslots * 2 : FIRST_SLOTS;
	table->slots = xrealloc(table->slots, table->nslots * sizeof(*table->slots));
	memset(table->slots, 0, table->nslots * sizeof(*table->slots));
	for (uint32_t i = 0; i < table->count; i++)
		*find_slot(table, key_at(table, i)) = i + 1;
}

uint32_t key_table_add(struct key_table *table, const void *key, bool *is_new)
{
	uint32_t *slot;

	make_room(table);
	slot = find_slot(table, key);
	if (is_new)
		*is_new = !*slot;
	if (*slot)
		return *slot - 1;
	table->keys = grow(table->keys, table->count, &table->room, table->key_bytes);
	memcpy(table->keys + table->count * table->key_bytes, key, table->key_bytes);
	*slot = (uint32_t)++table->count;
	return *slot - 1;
}

uint32_t key_table_find(const struct key_table *table, const void *key)
{
	uint32_t *slot = table->nslots ? find_slot(table, key) : NULL;

	return slot && *slot ? *slot - 1 : UINT32_MAX;
}
