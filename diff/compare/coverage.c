#include "diff/compare/coverage.h"

#include "core/arena.h"
#include "diff/compare/comparing.h"

#include <stdlib.h>
#include <string.h>

enum {
	HOT_PERCENT = 75,
	COLD_PERCENT = 25
};

static void rate(struct coverage *part)
{
	part->percent = part->functions ? 100.0 * (double)part->functions_ran /
						  (double)part->functions
					: 0;
	part->is_hot = part->functions && part->percent >= HOT_PERCENT;
	part->is_cold = part->functions && part->percent < COLD_PERCENT;
}

/* Calls of what is not defined here are never seen, so they do not count. */
static void add_function(const struct comparing *all, struct coverage *part,
	uint32_t function)
{
	struct index_list calls;

	if (!function_is_own(&all->scan->functions[function]))
		return;
	part->functions++;
	part->functions_ran += all->ran[function] > 0;
	part->count = dynamic_sum(part->count, all->ran[function]);
	calls = program_calls_from(all->program, function);
	for (size_t i = 0; i < calls.count; i++) {
		const struct call *call = &all->scan->calls[calls.items[i]];

		if (!function_is_own(&all->scan->functions[call->callee]))
			continue;
		part->calls++;
		part->calls_seen += all->seen[calls.items[i]] > 0;
	}
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct coverage *)a)->name,
		((const struct coverage *)b)->name);
}

static void find_modules(const struct comparing *all, struct comparison *out)
{
	struct coverage *modules =
		arena_alloc(all->arena, all->program->nmodules * sizeof(*modules));
	size_t n = 0;

	for (uint32_t i = 0; i < all->program->nmodules; i++) {
		struct index_list in = program_in_module(all->program, i);
		struct coverage part = {.name = all->program->modules[i]};

		for (size_t k = 0; k < in.count; k++)
			add_function(all, &part, in.items[k]);
		if (!part.functions)
			continue;
		rate(&part);
		modules[n++] = part;
	}
	qsort(modules, n, sizeof(*modules), by_name);
	out->modules = modules;
	out->nmodules = n;
}

/* What an entry point reaches: as listed, or, where the list is cut, as it is found. */
static void add_reach(const struct comparing *all, const struct reach *reach,
	struct coverage *part)
{
	const struct index_list source = {
		&all->scan->entry_points[reach->entry_point].function, 1};
	struct arena arena = {0};
	const uint32_t *distances;

	if (reach->nfunctions == reach->function_count) {
		for (size_t i = 0; i < reach->nfunctions; i++)
			add_function(all, part, reach->functions[i]);
		return;
	}
	distances = program_distances(all->program, &arena, source, PROGRAM_CALLEES);
	for (uint32_t i = 0; i < all->scan->nfunctions; i++)
		if (distances[i] != TRACE_NONE)
			add_function(all, part, i);
	arena_release(&arena);
}

static void find_entries(const struct comparing *all, struct comparison *out)
{
	size_t n = all->scan->nentry_points;
	struct entry_coverage *entries = arena_alloc(all->arena, n * sizeof(*entries));

	for (uint32_t i = 0; i < n; i++) {
		const struct entry_point *entry = &all->scan->entry_points[i];

		entries[i].entry_point = i;
		entries[i].reach.name = entry->id;
		entries[i].count = all->ran[entry->function];
		entries[i].has_run = entries[i].count > 0;
	}
	for (size_t i = 0; i < all->scan->nreaches; i++) {
		const struct reach *reach = &all->scan->reaches[i];
		struct coverage *part = &entries[reach->entry_point].reach;

		add_reach(all, reach, part);
		part->count = entries[reach->entry_point].count;
		rate(part);
	}
	out->entries = entries;
	out->nentries = n;
}

static bool is_same_route(const struct route *route, const struct covered_route *covered)
{
	if (route->ntokens != covered->ntokens ||
		route->is_default != covered->is_default ||
		strcmp(route->program, covered->program) != 0)
		return false;
	for (size_t i = 0; i < route->ntokens; i++)
		if (strcmp(route->tokens[i], covered->tokens[i]) != 0)
			return false;
	return true;
}

/* What the recording itself says, which knew the routes; NULL: nothing. */
static const struct covered_route *find_covered(const struct comparing *all,
	const struct route *route)
{
	for (size_t i = 0; i < all->run->nroutes; i++)
		if (is_same_route(route, &all->run->routes[i]))
			return &all->run->routes[i];
	return NULL;
}

/* How many routes each function handles; heap. */
static uint32_t *count_handled(const struct static_trace *scan)
{
	size_t bytes = (scan->nfunctions + 1) * sizeof(uint32_t);
	uint32_t *nhandled = xmalloc(bytes);

	memset(nhandled, 0, bytes);
	for (size_t i = 0; i < scan->nroutes; i++)
		if (scan->routes[i].handler != TRACE_NONE)
			nhandled[scan->routes[i].handler]++;
	return nhandled;
}

static void find_route(const struct comparing *all, const uint32_t *nhandled,
	struct route_coverage *out)
{
	const struct route *route = &all->scan->routes[out->route];
	const struct covered_route *covered = find_covered(all, route);

	if (covered) {
		out->is_unsure = !covered->count && covered->undecided;
		out->count = out->is_unsure ? covered->undecided : covered->count;
	} else if (route->handler != TRACE_NONE) {
		out->count = all->ran[route->handler];
		out->is_unsure = out->count && nhandled[route->handler] > 1;
	}
	out->has_run = out->count > 0;
}

static void find_routes(const struct comparing *all, struct comparison *out)
{
	size_t n = all->scan->nroutes;
	struct route_coverage *routes = arena_alloc(all->arena, n * sizeof(*routes));
	uint32_t *nhandled = count_handled(all->scan);

	for (uint32_t i = 0; i < n; i++) {
		routes[i].route = i;
		find_route(all, nhandled, &routes[i]);
	}
	free(nhandled);
	out->routes = routes;
	out->nroutes = n;
}

void coverage_find(const struct comparing *all, struct comparison *out)
{
	out->total.name = "total";
	for (uint32_t i = 0; i < all->scan->nfunctions; i++)
		add_function(all, &out->total, i);
	rate(&out->total);
	find_modules(all, out);
	find_entries(all, out);
	find_routes(all, out);
}
