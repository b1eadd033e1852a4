#include "core/grouping.h"

#include "core/arena.h"
#include "core/trace.h"

struct grouping grouping_by(struct arena *arena, const uint32_t *keys, size_t nkeys,
	size_t ngroups)
{
	uint32_t *starts = arena_alloc(arena, (ngroups + 2) * sizeof(*starts));
	uint32_t *items = arena_alloc(arena, nkeys * sizeof(*items));

	/* Counted two places on, so that filling moves each start to its place. */
	for (size_t i = 0; i < nkeys; i++)
		if (keys[i] != TRACE_NONE)
			starts[keys[i] + 2]++;
	for (size_t i = 2; i <= ngroups; i++)
		starts[i] += starts[i - 1];
	for (size_t i = 0; i < nkeys; i++)
		if (keys[i] != TRACE_NONE)
			items[starts[keys[i] + 1]++] = (uint32_t)i;
	return (struct grouping){starts, items, ngroups};
}
