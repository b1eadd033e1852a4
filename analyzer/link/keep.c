#include "analyzer/link/keep.h"

#include "core/arena.h"
#include "core/grouping.h"

void keep_pairs_add(struct keep_pairs *pairs, uint32_t from, uint32_t to)
{
	pairs->items =
		grow(pairs->items, pairs->count, &pairs->room, sizeof(*pairs->items));
	pairs->items[pairs->count++] = (struct keep_pair){from, to};
}

static struct grouping group_by_start(struct arena *arena, const struct keep_pairs *pairs,
	size_t nfunctions)
{
	uint32_t *keys = arena_alloc(arena, pairs->count * sizeof(*keys));

	for (size_t i = 0; i < pairs->count; i++)
		keys[i] = pairs->items[i].from;
	return grouping_by(arena, keys, pairs->count, nfunctions);
}

void keep_reachable(const struct keep_pairs *pairs, bool *kept, size_t nfunctions)
{
	struct arena arena = {0};
	struct grouping groups = group_by_start(&arena, pairs, nfunctions);
	uint32_t *queue = arena_alloc(&arena, nfunctions * sizeof(*queue));
	size_t count = 0;

	for (uint32_t i = 0; i < nfunctions; i++)
		if (kept[i])
			queue[count++] = i;
	for (size_t i = 0; i < count; i++) {
		struct index_list next = grouping_at(&groups, queue[i]);

		for (size_t p = 0; p < next.count; p++) {
			uint32_t to = pairs->items[next.items[p]].to;

			if (kept[to])
				continue;
			kept[to] = true;
			queue[count++] = to;
		}
	}
	arena_release(&arena);
}
