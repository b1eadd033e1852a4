#include "analyzer/rules/rule_index.h"

#include "core/arena.h"

#include <string.h>
#include <xxhash.h>

void rule_index_init(struct rule_index *index, struct arena *arena, size_t most)
{
	index->nslots = 16;
	while (index->nslots < 2 * most + 1)
		index->nslots *= 2;
	index->slots = arena_alloc(arena, index->nslots * sizeof(*index->slots));
	index->count = 0;
}

/* The slot of these names, or the free one where they belong. */
static struct rule_key *slot_of(const struct rule_index *index, const char *record,
	const char *name)
{
	uint64_t hash = XXH3_64bits_withSeed(name, strlen(name),
		*record ? XXH3_64bits(record, strlen(record)) : 0);

	for (size_t i = (size_t)hash;; i++) {
		struct rule_key *slot = &index->slots[i & (index->nslots - 1)];

		if (!slot->rule || (strcmp(slot->name, name) == 0 &&
					   strcmp(slot->record, record) == 0))
			return slot;
	}
}

bool rule_index_add(struct rule_index *index, struct rule_key key)
{
	struct rule_key *slot = slot_of(index, key.record, key.name);

	if (slot->rule)
		return false;
	*slot = key;
	index->count++;
	return true;
}

const void *rule_index_find(const struct rule_index *index, const char *record,
	const char *name)
{
	return slot_of(index, record, name)->rule;
}
