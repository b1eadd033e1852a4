#include "analyzer/link/reach.h"

#include "analyzer/link/cycles.h"
#include "analyzer/link/link.h"
#include "core/arena.h"
#include "core/grouping.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

enum {
	LISTED_OF_TYPE = 10000, /* functions, by all traces of one type together */
	LISTED_AT_LEAST = 20, /* by each of them */
};

/* A breadth-first walk. `seen[f]` is the number of the last one that came by, from 1. */
struct search {
	const uint32_t *callees; /* of each function, in the order of the call sites */
	const uint32_t *first_callee; /* nfunctions + 1 */
	uint32_t *seen, *queue, *depth; /* nfunctions each; queue in order of discovery */
	size_t found;
};

struct module_use {
	UT_hash_handle hh;
	const char *module;
	uint32_t *entry_points;
	size_t count, room;
	size_t shared_functions;
};

struct reaching {
	struct arena *arena;
	const struct link_options *options;
	struct static_trace *trace;
	struct grouping calls_to, calls_from;
	struct search search;
	uint32_t *reached; /* by how many entry points, for each function */
	struct module_use **module_of; /* each function; NULL: not ours */
	struct arena scratch; /* what the trace does not keep */
	struct module_use *modules;
};

static struct grouping group_calls(struct arena *arena, const struct static_trace *trace,
	bool is_by_callee)
{
	uint32_t *keys = arena_alloc(arena, trace->ncalls * sizeof(*keys));

	for (size_t i = 0; i < trace->ncalls; i++)
		keys[i] = is_by_callee ? trace->calls[i].callee : trace->calls[i].caller;
	return grouping_by(arena, keys, trace->ncalls, trace->nfunctions);
}

/* Most calls repeat: each callee once, so that many walks cost little. */
static struct search search_of(struct reaching *reaching)
{
	const struct static_trace *trace = reaching->trace;
	size_t bytes = (trace->nfunctions + 1) * sizeof(uint32_t), count = 0;
	uint32_t *callees =
		arena_alloc(&reaching->scratch, (trace->ncalls + 1) * sizeof(*callees));
	uint32_t *first = arena_alloc(&reaching->scratch, bytes);
	struct search search = {
		.callees = callees,
		.first_callee = first,
		.seen = arena_alloc(&reaching->scratch, bytes),
		.queue = arena_alloc(&reaching->scratch, bytes),
		.depth = arena_alloc(&reaching->scratch, bytes),
	};

	for (uint32_t f = 0; f < trace->nfunctions; f++) {
		struct index_list calls = grouping_at(&reaching->calls_from, f);

		first[f] = (uint32_t)count;
		for (size_t c = 0; c < calls.count; c++) {
			uint32_t callee = trace->calls[calls.items[c]].callee;

			if (search.seen[callee] == f + 1)
				continue;
			search.seen[callee] = f + 1;
			callees[count++] = callee;
		}
	}
	first[trace->nfunctions] = (uint32_t)count;
	memset(search.seen, 0, bytes);
	return search;
}

static void search_from(struct search *search, uint32_t start, uint32_t number)
{
	search->queue[0] = start;
	search->seen[start] = number;
	search->depth[start] = 1;
	search->found = 1;
	for (size_t i = 0; i < search->found; i++) {
		uint32_t caller = search->queue[i];
		uint32_t end = search->first_callee[caller + 1];

		for (uint32_t c = search->first_callee[caller]; c < end; c++) {
			uint32_t callee = search->callees[c];

			if (search->seen[callee] == number)
				continue;
			search->seen[callee] = number;
			search->depth[callee] = search->depth[caller] + 1;
			search->queue[search->found++] = callee;
		}
	}
}

static bool is_ours(const struct function *function)
{
	return function->type == FUNCTION_PUBLIC ||
	       (function->type == FUNCTION_PRIVATE && function->file[0] != '<');
}

static struct module_use *module_find(struct reaching *reaching, const char *module)
{
	struct module_use *use;

	HASH_FIND_STR(reaching->modules, module, use);
	if (use)
		return use;
	use = arena_alloc(&reaching->scratch, sizeof(*use));
	use->module = module;
	HASH_ADD_KEYPTR(hh, reaching->modules, use->module, strlen(use->module), use);
	return use;
}

static void find_modules(struct reaching *reaching)
{
	const struct static_trace *trace = reaching->trace;

	reaching->module_of = arena_alloc(&reaching->scratch,
		(trace->nfunctions + 1) * sizeof(struct module_use *));
	for (size_t f = 0; f < trace->nfunctions; f++)
		if (is_ours(&trace->functions[f]))
			reaching->module_of[f] =
				module_find(reaching, trace->functions[f].module);
}

/* Note that entry point `entry` reaches `function`. */
static void note_reached(struct reaching *reaching, uint32_t entry, uint32_t function)
{
	struct module_use *use = reaching->module_of[function];

	reaching->reached[function]++;
	if (!use)
		return;
	if (reaching->reached[function] == 2)
		use->shared_functions++;
	if (use->count && use->entry_points[use->count - 1] == entry)
		return;
	use->entry_points = grow(use->entry_points, use->count, &use->room,
		sizeof(*use->entry_points));
	use->entry_points[use->count++] = entry;
}

/*
 * How many functions a trace may list, when `count` entry points are of its type. In
 * steps, so that one entry point more seldom changes the traces of others.
 */
static size_t share(size_t count)
{
	static const size_t steps[] = {1000, 500, 200, 100, 50};

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		if (steps[i] * count <= LISTED_OF_TYPE)
			return steps[i];
	return LISTED_AT_LEAST;
}

/* At most `most` functions, unless that is 0. */
static size_t count_listed(const struct reaching *reaching, size_t most)
{
	const struct search *search = &reaching->search;
	size_t listed = most && most < search->found ? most : search->found;
	unsigned max_depth = reaching->options->max_depth;

	while (max_depth && listed &&
		search->depth[search->queue[listed - 1]] > max_depth)
		listed--;
	return listed;
}

static struct reach reach_of(struct reaching *reaching, uint32_t entry, size_t most)
{
	struct search *search = &reaching->search;
	uint32_t *functions;
	struct reach reach = {.entry_point = entry};

	search_from(search, reaching->trace->entry_points[entry].function, entry + 1);
	for (size_t i = 0; i < search->found; i++)
		note_reached(reaching, entry, search->queue[i]);
	reach.nfunctions = count_listed(reaching, most);
	functions = arena_alloc(reaching->arena, reach.nfunctions * sizeof(*functions));
	memcpy(functions, search->queue, reach.nfunctions * sizeof(*functions));
	reach.functions = functions;
	reach.function_count = search->found;
	reach.depth = search->depth[search->queue[search->found - 1]];
	return reach;
}

/* Entry points of one type follow each other. */
static void reach_all(struct reaching *reaching)
{
	struct static_trace *trace = reaching->trace;
	const struct entry_point *entries = trace->entry_points;
	struct reach *reaches =
		arena_alloc(reaching->arena, trace->nentry_points * sizeof(*reaches));
	uint32_t end;

	for (uint32_t first = 0; first < trace->nentry_points; first = end) {
		size_t most = reaching->options->max_functions;

		for (end = first + 1; end < trace->nentry_points; end++)
			if (strcmp(entries[end].type, entries[first].type) != 0)
				break;
		if (most > share(end - first))
			most = share(end - first);
		for (uint32_t i = first; i < end; i++)
			reaches[i] = reach_of(reaching, i, most);
	}
	trace->reaches = reaches;
	trace->nreaches = trace->nentry_points;
}

static int by_module(const void *left, const void *right)
{
	const struct shared_module *a = left, *b = right;

	return strcmp(a->module, b->module);
}

static void write_shared_modules(struct reaching *reaching)
{
	struct shared_module *shared = arena_alloc(reaching->arena,
		HASH_COUNT(reaching->modules) * sizeof(*shared));
	struct module_use *use, *next;
	size_t count = 0;

	HASH_ITER(hh, reaching->modules, use, next)
	{
		if (use->count > 1)
			shared[count++] = (struct shared_module){
				.module = use->module,
				.entry_points =
					(const uint32_t *)arena_copy(reaching->arena,
						(const char *)use->entry_points,
						use->count * sizeof(uint32_t)),
				.nentry_points = use->count,
				.function_count = use->shared_functions,
			};
		free(use->entry_points);
	}
	HASH_CLEAR(hh, reaching->modules);
	qsort(shared, count, sizeof(*shared), by_module);
	reaching->trace->shared_modules = shared;
	reaching->trace->nshared_modules = count;
}

/* Does anything but itself call `function`; and is any of that public? */
static bool has_callers(const struct reaching *reaching, uint32_t function,
	bool *has_public)
{
	const struct static_trace *trace = reaching->trace;
	struct index_list calls = grouping_at(&reaching->calls_to, function);
	bool found = false;

	*has_public = false;
	for (size_t i = 0; i < calls.count; i++) {
		uint32_t caller = trace->calls[calls.items[i]].caller;

		if (caller == function)
			continue;
		found = true;
		*has_public |= trace->functions[caller].type != FUNCTION_PRIVATE;
	}
	return found;
}

/*
 * For each function that nothing reaches, the nearest one from which calls lead to it and
 * that nothing calls itself; TRACE_NONE where the callers only call each other. In the
 * arena.
 */
static uint32_t *find_tops(struct reaching *reaching)
{
	const struct call *calls = reaching->trace->calls;
	size_t count = reaching->trace->nfunctions, nqueue = 0;
	uint32_t *tops = arena_alloc(&reaching->scratch, (count + 1) * sizeof(*tops));
	uint32_t *queue = reaching->search.queue;
	bool has_public;

	for (uint32_t i = 0; i < count; i++) {
		tops[i] = TRACE_NONE;
		if (reaching->reached[i] || has_callers(reaching, i, &has_public))
			continue;
		tops[i] = i;
		queue[nqueue++] = i;
	}
	for (size_t i = 0; i < nqueue; i++) {
		struct index_list made = grouping_at(&reaching->calls_from, queue[i]);

		for (size_t c = 0; c < made.count; c++) {
			uint32_t callee = calls[made.items[c]].callee;

			if (reaching->reached[callee] || tops[callee] != TRACE_NONE)
				continue;
			tops[callee] = tops[queue[i]];
			queue[nqueue++] = callee;
		}
	}
	return tops;
}

/* Why nothing reaches `function`: see schemas/static.schema.json, "reason". */
static struct orphan orphan_of(const struct reaching *reaching, uint32_t top,
	bool is_cyclic, uint32_t function)
{
	struct orphan orphan = {
		.function = function,
		.reason = "no_callers",
		.called_from = top == function ? TRACE_NONE : top,
	};
	bool has_public;

	if (has_callers(reaching, function, &has_public) && !has_public)
		orphan.reason = "only_private_callers";
	else if (is_cyclic || top == TRACE_NONE)
		orphan.reason = "unreached_cycle";
	return orphan;
}

static bool is_orphan(const struct reaching *reaching, uint32_t function)
{
	const struct function *fn = &reaching->trace->functions[function];

	return fn->type == FUNCTION_PUBLIC && !reaching->reached[function] &&
	       !(fn->flags & (FUNCTION_ALIAS | FUNCTION_IFUNC));
}

static void write_orphans(struct reaching *reaching)
{
	struct static_trace *trace = reaching->trace;
	const uint32_t *tops = find_tops(reaching);
	const bool *cyclic =
		cycles_find(&reaching->scratch, trace, &reaching->calls_from);
	struct orphan *orphans;
	size_t count = 0;

	for (uint32_t i = 0; i < trace->nfunctions; i++)
		count += is_orphan(reaching, i);
	orphans = arena_alloc(reaching->arena, count * sizeof(*orphans));
	count = 0;
	for (uint32_t i = 0; i < trace->nfunctions; i++)
		if (is_orphan(reaching, i))
			orphans[count++] = orphan_of(reaching, tops[i], cyclic[i], i);
	trace->orphans = orphans;
	trace->norphans = count;
}

void reach_compute(struct arena *arena, const struct link_options *options,
	struct static_trace *trace)
{
	size_t bytes = (trace->nfunctions + 1) * sizeof(uint32_t);
	struct reaching reaching = {
		.arena = arena,
		.options = options,
		.trace = trace,
	};

	reaching.calls_to = group_calls(&reaching.scratch, trace, true);
	reaching.calls_from = group_calls(&reaching.scratch, trace, false);
	reaching.search = search_of(&reaching);
	reaching.reached = arena_alloc(&reaching.scratch, bytes);
	find_modules(&reaching);
	reach_all(&reaching);
	write_shared_modules(&reaching);
	write_orphans(&reaching);
	arena_release(&reaching.scratch);
}
