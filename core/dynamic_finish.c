/* The end of a dynamic_builder: everything in its order, and referred to by it. */
#include "core/arena.h"
#include "core/compare.h"
#include "core/dynamic_builder.h"
#include "core/dynamic_keys.h"

#include <stdlib.h>
#include <string.h>

/* Which was where, in the new order; and where each old one went. */
struct order {
	uint32_t *old, *new; /* heap */
	size_t count;
};

struct finish {
	struct dynamic_builder *builder;
	struct order runs, processes, functions, calls;
	struct dynamic_trace trace;
};

typedef int compare_fn(const void *a, const void *b, void *context);

/* Sort the indices of `count` items; `compare` is given pointers to two of them. */
static void order_make(struct order *order, size_t count, compare_fn *compare,
	void *context)
{
	order->count = count;
	order->old = xmalloc(count * sizeof(*order->old));
	order->new = xmalloc(count * sizeof(*order->new));
	for (uint32_t i = 0; i < count; i++)
		order->old[i] = i;
	qsort_r(order->old, count, sizeof(*order->old), compare, context);
	for (uint32_t i = 0; i < count; i++)
		order->new[order->old[i]] = i;
}

static void order_release(struct order *order)
{
	free(order->old);
	free(order->new);
}

static uint32_t renumber(const struct order *order, uint32_t old)
{
	return old == TRACE_NONE ? TRACE_NONE : order->new[old];
}

static int compare_u64(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* NULL is the least. */
static int compare_names(const char *a, const char *b)
{
	int order = strcmp(a ? a : "", b ? b : "");

	return order ? order : (a != NULL) - (b != NULL);
}

static int by_name(const void *a, const void *b, void *context)
{
	const char *const *names = context;

	return strcmp(names[*(const uint32_t *)a], names[*(const uint32_t *)b]);
}

static void finish_runs(struct finish *finish)
{
	struct dynamic_builder *builder = finish->builder;
	size_t n = builder->run_keys.count;
	struct traced_run *runs = arena_alloc(builder->arena, n * sizeof(*runs));

	order_make(&finish->runs, n, by_name, builder->run_keys.keys);
	for (size_t i = 0; i < n; i++)
		runs[i].id = ((const char **)builder->run_keys.keys)[finish->runs.old[i]];
	dynamic_sources_finish(builder, finish->runs.new, runs);
	finish->trace.runs = runs;
	finish->trace.nruns = n;
}

static int by_process(const void *a, const void *b, void *context)
{
	const struct finish *finish = context;
	const struct process *processes = finish->builder->processes;
	const struct process *left = &processes[*(const uint32_t *)a];
	const struct process *right = &processes[*(const uint32_t *)b];
	int order =
		compare_u32(finish->runs.new[left->run], finish->runs.new[right->run]);

	if (!order)
		order = compare_u64(left->start_us, right->start_us);
	return order ? order : strcmp(left->id, right->id);
}

static void finish_processes(struct finish *finish)
{
	struct dynamic_builder *builder = finish->builder;
	size_t n = builder->process_keys.count;
	struct process *processes = arena_alloc(builder->arena, n * sizeof(*processes));

	order_make(&finish->processes, n, by_process, finish);
	for (size_t i = 0; i < n; i++) {
		processes[i] = builder->processes[finish->processes.old[i]];
		processes[i].run = finish->runs.new[processes[i].run];
	}
	finish->trace.processes = processes;
	finish->trace.nprocesses = n;
}

static int by_function(const void *a, const void *b, void *context)
{
	const struct function_key *keys = context;
	const struct function_key *left = &keys[*(const uint32_t *)a];
	const struct function_key *right = &keys[*(const uint32_t *)b];
	int order = compare_names(left->file, right->file);

	if (!order)
		order = compare_u32(left->line, right->line);
	if (!order)
		order = compare_names(left->module, right->module);
	if (!order)
		order = compare_names(left->name, right->name);
	if (!order)
		order = compare_u32(left->arity, right->arity);
	return order ? order : compare_u64(left->type, right->type);
}

static void finish_functions(struct finish *finish)
{
	struct dynamic_builder *builder = finish->builder;
	const struct function_key *keys =
		(const struct function_key *)builder->function_keys.keys;
	size_t n = builder->function_keys.count;
	struct function *functions = arena_alloc(builder->arena, n * sizeof(*functions));

	order_make(&finish->functions, n, by_function, (void *)keys);
	for (size_t i = 0; i < n; i++) {
		const struct function_key *key = &keys[finish->functions.old[i]];

		functions[i] = (struct function){
			.module = key->module,
			.name = key->name,
			.file = key->file,
			.arity = key->arity,
			.line = key->line,
			.type = (enum function_type)key->type,
		};
	}
	finish->trace.functions = functions;
	finish->trace.nfunctions = n;
}

static int by_call(const void *a, const void *b, void *context)
{
	const struct finish *finish = context;
	const struct call_key *keys =
		(const struct call_key *)finish->builder->call_keys.keys;
	const struct call_key *left = &keys[*(const uint32_t *)a];
	const struct call_key *right = &keys[*(const uint32_t *)b];
	int order = compare_u32(renumber(&finish->functions, left->caller),
		renumber(&finish->functions, right->caller));

	if (!order)
		order = compare_u32(finish->functions.new[left->callee],
			finish->functions.new[right->callee]);
	if (!order)
		order = compare_names(left->file, right->file);
	if (!order)
		order = compare_u32(left->line, right->line);
	if (!order)
		order = compare_u32(left->column, right->column);
	if (!order)
		order = compare_names(left->through, right->through);
	if (!order)
		order = compare_u32(left->root, right->root);
	return order ? order : compare_u32(left->is_inlined, right->is_inlined);
}

static int by_run(const void *a, const void *b)
{
	return compare_u32(((const struct call_share *)a)->run,
		((const struct call_share *)b)->run);
}

/* Shares in the order of their calls: where those of each old call start. */
static size_t *share_starts(const struct finish *finish, struct call_share *sorted)
{
	const struct dynamic_builder *builder = finish->builder;
	const struct share_key *keys = (const struct share_key *)builder->share_keys.keys;
	size_t ncalls = builder->call_keys.count, nshares = builder->share_keys.count;
	size_t *starts = xmalloc((ncalls + 2) * sizeof(*starts));

	memset(starts, 0, (ncalls + 2) * sizeof(*starts));
	for (size_t i = 0; i < nshares; i++)
		starts[keys[i].call + 2]++;
	for (size_t i = 2; i < ncalls + 2; i++)
		starts[i] += starts[i - 1];
	for (size_t i = 0; i < nshares; i++) {
		struct call_share *share = &sorted[starts[keys[i].call + 1]++];

		*share = builder->shares[i];
		share->run = finish->runs.new[share->run];
	}
	return starts;
}

static void finish_call(const struct finish *finish, uint32_t old,
	struct observed_call *call)
{
	const struct call_key *key =
		(const struct call_key *)finish->builder->call_keys.keys + old;

	call->caller = renumber(&finish->functions, key->caller);
	call->callee = finish->functions.new[key->callee];
	call->file = key->file;
	call->line = key->line;
	call->column = key->column;
	call->root = (enum call_root)key->root;
	call->is_inlined = key->is_inlined;
	call->through = key->through;
	for (size_t i = 0; i < call->nshares; i++) {
		call->count = dynamic_sum(call->count, call->shares[i].count);
		call->total_us = dynamic_sum(call->total_us, call->shares[i].total_us);
	}
}

static void finish_calls(struct finish *finish)
{
	struct dynamic_builder *builder = finish->builder;
	size_t n = builder->call_keys.count;
	struct observed_call *calls = arena_alloc(builder->arena, n * sizeof(*calls));
	struct call_share *shares =
		arena_alloc(builder->arena, builder->share_keys.count * sizeof(*shares));
	size_t *starts = share_starts(finish, shares);

	order_make(&finish->calls, n, by_call, finish);
	for (size_t i = 0; i < n; i++) {
		uint32_t old = finish->calls.old[i];

		calls[i].nshares = starts[old + 1] - starts[old];
		calls[i].shares = shares + starts[old];
		qsort(shares + starts[old], calls[i].nshares, sizeof(*shares), by_run);
		finish_call(finish, old, &calls[i]);
	}
	free(starts);
	finish->trace.calls = calls;
	finish->trace.ncalls = n;
}

static int by_entry(const void *a, const void *b)
{
	const struct covered_entry *left = a, *right = b;
	int order = strcmp(left->id, right->id);

	if (!order)
		order = strcmp(left->type, right->type);
	return order ? order : compare_u32(left->function, right->function);
}

static void finish_entries(struct finish *finish)
{
	struct dynamic_builder *builder = finish->builder;
	const struct entry_key *keys = (const struct entry_key *)builder->entry_keys.keys;
	size_t n = builder->entry_keys.count;
	struct covered_entry *entries = arena_alloc(builder->arena, n * sizeof(*entries));

	for (size_t i = 0; i < n; i++)
		entries[i] = (struct covered_entry){keys[i].id, keys[i].type,
			finish->functions.new[keys[i].function]};
	qsort(entries, n, sizeof(*entries), by_entry);
	finish->trace.entries = entries;
	finish->trace.nentries = n;
}

static int by_route(const void *a, const void *b)
{
	const struct covered_route *left = a, *right = b;
	int order = strcmp(left->program, right->program);

	for (size_t i = 0; !order && i < left->ntokens && i < right->ntokens; i++)
		order = strcmp(left->tokens[i], right->tokens[i]);
	if (!order)
		order = compare_u64(left->ntokens, right->ntokens);
	if (!order)
		order = compare_u32(left->is_default, right->is_default);
	return order ? order : compare_names(left->id, right->id);
}

static int by_route_run(const void *a, const void *b)
{
	return compare_u32(((const struct route_share *)a)->run,
		((const struct route_share *)b)->run);
}

/* Each route with its shares, still in the order of their keys. */
static void give_shares(struct finish *finish, struct covered_route *routes, size_t n)
{
	struct dynamic_builder *builder = finish->builder;
	const struct route_share_key *keys =
		(const struct route_share_key *)builder->route_share_keys.keys;
	size_t nshares = builder->route_share_keys.count, start = 0;
	struct route_share *shares =
		arena_alloc(builder->arena, nshares * sizeof(*shares));

	for (size_t i = 0; i < nshares; i++)
		routes[keys[i].route].nshares++;
	for (size_t i = 0; i < n; i++) {
		routes[i].shares = shares + start;
		start += routes[i].nshares;
		routes[i].nshares = 0;
	}
	for (size_t i = 0; i < nshares; i++) {
		struct covered_route *route = &routes[keys[i].route];
		struct route_share share = builder->route_shares[i];

		share.run = finish->runs.new[share.run];
		shares[(size_t)(route->shares - shares) + route->nshares++] = share;
		route->count = dynamic_sum(route->count, share.count);
		route->undecided = dynamic_sum(route->undecided, share.undecided);
	}
	for (size_t i = 0; i < n; i++)
		qsort((void *)routes[i].shares, routes[i].nshares, sizeof(*shares),
			by_route_run);
}

static void finish_routes(struct finish *finish)
{
	struct dynamic_builder *builder = finish->builder;
	const struct route_key *keys = (const struct route_key *)builder->route_keys.keys;
	size_t n = builder->route_keys.count;
	struct covered_route *routes = arena_alloc(builder->arena, n * sizeof(*routes));

	for (size_t i = 0; i < n; i++)
		routes[i] = (struct covered_route){
			.id = keys[i].id,
			.program = keys[i].program,
			.tokens = builder->routes[i].tokens,
			.ntokens = builder->routes[i].ntokens,
			.is_default = keys[i].is_default,
		};
	give_shares(finish, routes, n);
	qsort(routes, n, sizeof(*routes), by_route);
	finish->trace.routes = routes;
	finish->trace.nroutes = n;
}

enum {
	MAX_DEPTH = 64 /* of spans: that is enough to tell which comes first */
};

struct placed_span {
	struct span span;
	uint32_t depth;
};

/* Below how many others of its trace it stands. */
static uint32_t span_depth(const struct building_trace *trace, const struct span *span)
{
	uint32_t depth = 0;

	while (span->parent && depth < MAX_DEPTH) {
		uint32_t parent = key_table_find(&trace->span_keys, &span->parent);

		if (parent == UINT32_MAX)
			return depth;
		span = &trace->spans[parent];
		depth++;
	}
	return depth;
}

/* What encloses comes first: a microsecond is long enough for both to begin and end. */
static int by_span(const void *a, const void *b)
{
	const struct placed_span *left = a, *right = b;
	int order = compare_u64(left->span.start_us, right->span.start_us);

	if (!order)
		order = compare_u64(right->span.duration_us, left->span.duration_us);
	if (!order)
		order = compare_u32(left->depth, right->depth);
	return order ? order : strcmp(left->span.id, right->span.id);
}

static const struct span *finish_spans(const struct finish *finish,
	const struct building_trace *trace)
{
	size_t n = trace->span_keys.count;
	struct placed_span *placed = xmalloc(n * sizeof(*placed));
	struct span *spans = arena_alloc(finish->builder->arena, n * sizeof(*spans));

	for (size_t i = 0; i < n; i++)
		placed[i] = (struct placed_span){
			trace->spans[i], span_depth(trace, &trace->spans[i])};
	if (n)
		qsort(placed, n, sizeof(*placed), by_span);
	for (size_t i = 0; i < n; i++) {
		spans[i] = placed[i].span;
		spans[i].process = finish->processes.new[spans[i].process];
		spans[i].function = renumber(&finish->functions, spans[i].function);
	}
	free(placed);
	return spans;
}

static int by_string(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void finish_trace(struct finish *finish, size_t index, struct observed_trace *out)
{
	struct arena *arena = finish->builder->arena;
	const struct building_trace *building = &finish->builder->traces[index];
	const struct trace_key *key =
		(const struct trace_key *)finish->builder->trace_keys.keys + index;
	size_t nlinks = building->link_keys.count;
	const char **links = arena_alloc(arena, nlinks * sizeof(*links));

	if (nlinks)
		memcpy(links, building->link_keys.keys, nlinks * sizeof(*links));
	qsort(links, nlinks, sizeof(*links), by_string);
	*out = (struct observed_trace){
		.id = key->id,
		.guid = key->guid,
		.route_id = key->route_id,
		.route = key->route,
		.entry_point = key->entry_point,
		.spans = finish_spans(finish, building),
		.nspans = building->span_keys.count,
		.links = links,
		.nlinks = nlinks,
	};
}

/* Most recent last; then by all that tells traces apart. */
static int by_trace(const void *a, const void *b)
{
	const struct observed_trace *left = a, *right = b;
	uint64_t left_us = left->nspans ? left->spans[0].start_us : 0;
	uint64_t right_us = right->nspans ? right->spans[0].start_us : 0;
	int order = compare_u64(left_us, right_us);

	if (!order)
		order = strcmp(left->id, right->id);
	if (!order)
		order = compare_names(left->guid, right->guid);
	if (!order)
		order = compare_names(left->route_id, right->route_id);
	if (!order)
		order = compare_names(left->route, right->route);
	return order ? order : compare_names(left->entry_point, right->entry_point);
}

static void finish_traces(struct finish *finish)
{
	size_t n = finish->builder->trace_keys.count;
	struct observed_trace *traces =
		arena_alloc(finish->builder->arena, n * sizeof(*traces));

	for (size_t i = 0; i < n; i++)
		finish_trace(finish, i, &traces[i]);
	qsort(traces, n, sizeof(*traces), by_trace);
	finish->trace.traces = traces;
	finish->trace.ntraces = n;
}

void dynamic_builder_finish(struct dynamic_builder *builder, const char *tool_version,
	struct dynamic_trace *out)
{
	struct finish finish = {.builder = builder};

	finish.trace.tool_version = tool_version;
	finish_runs(&finish);
	finish_processes(&finish);
	finish_functions(&finish);
	finish_calls(&finish);
	finish_entries(&finish);
	finish_routes(&finish);
	finish_traces(&finish);
	order_release(&finish.runs);
	order_release(&finish.processes);
	order_release(&finish.functions);
	order_release(&finish.calls);
	*out = finish.trace;
}
