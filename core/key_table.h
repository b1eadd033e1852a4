/* Keys of one size, numbered from 0 in the order in which they are first seen. */
#ifndef PCARCH_CORE_KEY_TABLE_H
#define PCARCH_CORE_KEY_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A key is compared byte by byte: no padding in it, or all zeroed; strings interned. */
struct key_table {
	size_t key_bytes; /* the only member to set before use */
	char *keys; /* heap: of all that were seen */
	size_t count, room;
	uint32_t *slots; /* heap: number + 1; 0: free */
	size_t nslots;
};

void key_table_release(struct key_table *table);

/* The number of `key`; a new one is count - 1, and *is_new (may be NULL) says so. */
uint32_t key_table_add(struct key_table *table, const void *key, bool *is_new);

/* The same, where it must be there already; UINT32_MAX: it is not. */
uint32_t key_table_find(const struct key_table *table, const void *key);

#endif
