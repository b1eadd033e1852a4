#include "diff/report/dependency_findings.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/key_table.h"
#include "diff/compare/comparison.h"
#include "diff/report/finding_list.h"

#include <inttypes.h>
#include <stdlib.h>

struct module_pair {
	uint32_t from, to;
};

struct edge_table {
	const struct comparison *comparison;
	struct key_table pairs;
	struct module_edge *edges; /* heap: of each pair */
	size_t room;
};

static bool is_defined(const struct comparison *all, uint32_t function)
{
	enum function_type type = all->scan->functions[function].type;

	return type == FUNCTION_PUBLIC || type == FUNCTION_PRIVATE;
}

/* The edge of a call; NULL where it stays in its module, or leaves the program. */
static struct module_edge *edge_of(struct edge_table *table, uint32_t caller,
	uint32_t callee, bool *is_new)
{
	const struct comparison *all = table->comparison;
	struct module_pair pair;
	uint32_t number;

	if (caller == TRACE_NONE || callee == TRACE_NONE || !is_defined(all, caller) ||
		!is_defined(all, callee))
		return NULL;
	pair = (struct module_pair){
		all->program->module_of[caller], all->program->module_of[callee]};
	if (pair.from == pair.to)
		return NULL;
	number = key_table_add(&table->pairs, &pair, is_new);
	if (*is_new) {
		table->edges =
			grow(table->edges, number, &table->room, sizeof(*table->edges));
		table->edges[number] =
			(struct module_edge){.from = pair.from, .to = pair.to};
	}
	return &table->edges[number];
}

static void add_scanned(struct edge_table *table)
{
	const struct comparison *all = table->comparison;

	for (uint32_t i = 0; i < all->scan->ncalls; i++) {
		const struct call *call = &all->scan->calls[i];
		bool is_new;
		struct module_edge *edge =
			edge_of(table, call->caller, call->callee, &is_new);

		if (!edge)
			continue;
		if (is_new)
			edge->first = i;
		edge->ncalls++;
		edge->count = dynamic_sum(edge->count, all->seen[i]);
	}
}

/* A call that only seems to be new says nothing about the program. */
static bool is_real(const struct runtime_call *call)
{
	return call->verdict != VERDICT_STALE && call->verdict != VERDICT_GENERATED;
}

static void add_seen(struct edge_table *table)
{
	const struct comparison *all = table->comparison;

	for (uint32_t i = 0; i < all->ncalls; i++) {
		const struct runtime_call *call = &all->calls[i];
		bool is_new;
		struct module_edge *edge = is_real(call) ? edge_of(table, call->caller,
								   call->callee, &is_new)
							 : NULL;

		if (!edge)
			continue;
		if (is_new) {
			edge->first = i;
			edge->is_runtime_only = true;
		}
		edge->ncalls += edge->is_runtime_only;
		edge->count = dynamic_sum(edge->count, call->count);
	}
}

static int by_modules(const void *left, const void *right)
{
	const struct module_edge *a = left, *b = right;
	int order = compare_u32(a->from, b->from);

	return order ? order : compare_u32(a->to, b->to);
}

struct module_edges module_edges_of(struct arena *arena,
	const struct comparison *comparison)
{
	struct edge_table table = {.comparison = comparison,
		.pairs = {.key_bytes = sizeof(struct module_pair)}};
	struct module_edge *items;
	size_t count;

	add_scanned(&table);
	add_seen(&table);
	count = table.pairs.count;
	items = arena_alloc(arena, count * sizeof(*items));
	for (size_t i = 0; i < count; i++)
		items[i] = table.edges[i];
	qsort(items, count, sizeof(*items), by_modules);
	free(table.edges);
	key_table_release(&table.pairs);
	return (struct module_edges){items, count};
}

static void add_finding(const struct comparison *all, const struct module_edge *edge,
	struct finding_list *list)
{
	const struct runtime_call *call = &all->calls[edge->first];
	const struct observed_call *observed = &all->run->calls[call->observed];
	const struct function *caller = &all->scan->functions[call->caller];
	const struct function *callee = &all->scan->functions[call->callee];
	struct diff_finding finding = {
		.kind = FINDING_NEW_DEPENDENCY,
		.at = {caller->file, caller->line, caller->column},
		.module = caller->module,
		.count = edge->count,
	};

	if (observed->file)
		finding.at = (struct diff_place){
			observed->file, observed->line, observed->column};
	finding.message = arena_printf(list->arena,
		"module '%s' depends on '%s' at run time only: '%s' called '%s'",
		caller->module, callee->module, caller->name, callee->name);
	finding.help = "if it is meant, teach it to the scan with --learn FILE; if not, "
		       "this call is what makes it";
	finding_list_add(list, &finding, callee->module);
}

void dependency_findings(const struct comparison *comparison, struct finding_list *list)
{
	struct module_edges edges = module_edges_of(list->arena, comparison);

	for (size_t i = 0; i < edges.count; i++)
		if (edges.items[i].is_runtime_only)
			add_finding(comparison, &edges.items[i], list);
}
