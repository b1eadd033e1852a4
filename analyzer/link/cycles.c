#include "analyzer/link/cycles.h"

#include "core/arena.h"
#include "core/grouping.h"
#include "core/trace.h"

#include <stdint.h>
#include <string.h>

enum {
	UNSEEN = 0,
	DONE = UINT32_MAX
};

struct search {
	const struct static_trace *trace;
	const struct grouping *calls_from;
	uint32_t *order; /* of meeting a function, from 1; UNSEEN; DONE: its cycle is
			    known */
	uint32_t *low; /* the earliest function that it leads back to */
	uint32_t *next; /* its next call to follow */
	uint32_t *path; /* from the start to the function at hand */
	uint32_t *waiting; /* met, and not known to be DONE */
	size_t npath, nwaiting;
	uint32_t met;
	bool *is_cyclic;
};

static void enter(struct search *search, uint32_t function)
{
	search->order[function] = search->low[function] = ++search->met;
	search->path[search->npath++] = function;
	search->waiting[search->nwaiting++] = function;
}

/* All calls of `function` were followed: one that leads to nothing earlier ends a cycle.
 */
static void leave(struct search *search, uint32_t function)
{
	uint32_t low = search->low[function];
	uint32_t last, size = 0;

	if (--search->npath) {
		uint32_t caller = search->path[search->npath - 1];

		if (low < search->low[caller])
			search->low[caller] = low;
	}
	if (low != search->order[function])
		return;
	do {
		last = search->waiting[--search->nwaiting];
		search->order[last] = DONE;
		search->is_cyclic[last] = size++ || last != function;
	} while (last != function);
}

static void follow(struct search *search, uint32_t function, uint32_t callee)
{
	uint32_t order = search->order[callee];

	if (order == UNSEEN)
		enter(search, callee);
	else if (order != DONE && order < search->low[function])
		search->low[function] = order;
}

static void search_from(struct search *search, uint32_t start)
{
	enter(search, start);
	while (search->npath) {
		uint32_t function = search->path[search->npath - 1];
		struct index_list calls = grouping_at(search->calls_from, function);

		if (search->next[function] == calls.count)
			leave(search, function);
		else
			follow(search, function,
				search->trace
					->calls[calls.items[search->next[function]++]]
					.callee);
	}
}

bool *cycles_find(struct arena *arena, const struct static_trace *trace,
	const struct grouping *calls_from)
{
	size_t count = trace->nfunctions, bytes = count * sizeof(uint32_t);
	struct search search = {
		.trace = trace,
		.calls_from = calls_from,
		.order = arena_alloc(arena, bytes),
		.low = arena_alloc(arena, bytes),
		.next = arena_alloc(arena, bytes),
		.path = arena_alloc(arena, bytes),
		.waiting = arena_alloc(arena, bytes),
		.is_cyclic = arena_alloc(arena, count * sizeof(bool)),
	};

	for (uint32_t i = 0; i < count; i++)
		if (search.order[i] == UNSEEN)
			search_from(&search, i);
	return search.is_cyclic;
}
