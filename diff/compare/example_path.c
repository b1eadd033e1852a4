#include "diff/compare/example_path.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/grouping.h"

#include <stdbool.h>
#include <string.h>

struct search {
	const struct dynamic_trace *run;
	uint32_t *from, *length, *queue;
	size_t nqueued;
};

static void reach(struct search *search, uint32_t function, uint32_t from)
{
	if (search->from[function] != TRACE_NONE)
		return;
	search->from[function] = from;
	search->length[function] = from == function ? 1 : search->length[from] + 1;
	search->queue[search->nqueued++] = function;
}

static void add_roots(struct search *search, bool is_main)
{
	for (size_t i = 0; i < search->run->ncalls; i++) {
		const struct observed_call *call = &search->run->calls[i];

		if (call->caller == TRACE_NONE && (call->root == ROOT_MAIN) == is_main)
			reach(search, call->callee, call->callee);
	}
}

static struct grouping calls_from(struct arena *arena, const struct dynamic_trace *run)
{
	uint32_t *callers = arena_alloc(arena, (run->ncalls + 1) * sizeof(*callers));

	for (size_t i = 0; i < run->ncalls; i++)
		callers[i] = run->calls[i].caller;
	return grouping_by(arena, callers, run->ncalls, run->nfunctions);
}

static void walk(struct search *search, const struct grouping *calls, size_t *ntaken)
{
	while (*ntaken < search->nqueued) {
		uint32_t at = search->queue[(*ntaken)++];
		struct index_list made = grouping_at(calls, at);

		for (size_t i = 0; i < made.count; i++)
			reach(search, search->run->calls[made.items[i]].callee, at);
	}
}

void example_paths_find(struct arena *arena, const struct dynamic_trace *run,
	struct example_paths *out)
{
	size_t bytes = (run->nfunctions + 1) * sizeof(uint32_t), ntaken = 0;
	struct search search = {.run = run,
		.from = arena_alloc(arena, bytes),
		.length = arena_alloc(arena, bytes),
		.queue = arena_alloc(arena, bytes)};
	struct grouping calls = calls_from(arena, run);

	memset(search.from, 0xFF, bytes); /* TRACE_NONE */
	add_roots(&search, true);
	walk(&search, &calls, &ntaken);
	add_roots(&search, false);
	walk(&search, &calls, &ntaken);
	*out = (struct example_paths){search.from, search.length};
}

const uint32_t *example_path_to(const struct example_paths *paths, struct arena *arena,
	uint32_t function, size_t *npath)
{
	size_t n = paths->from[function] == TRACE_NONE ? 1 : paths->length[function];
	uint32_t *path = arena_alloc(arena, n * sizeof(*path));

	for (size_t i = n; i > 0; i--) {
		path[i - 1] = function;
		function = i > 1 ? paths->from[function] : function;
	}
	*npath = n;
	return path;
}
