#include "diff/html/module_graph.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/key_table.h"
#include "diff/html/html_page.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_MODULES = 220, /* more are folded */
	MAX_APART = 80, /* modules that are never folded */
	MAX_STATIC = 1500, /* edges that are drawn */
	MAX_DIRECTORIES = 16 /* in a path, to begin with */
};

struct building {
	struct html_page *page;
	struct module_graph graph;
	const bool *is_defined; /* module: it has functions, or runtime-only calls */
	const bool *is_apart; /* module */
	uint32_t *node_of; /* module -> node */
};

struct edge_key {
	uint32_t from, to;
};

static uint32_t module_of(const struct html_page *page, uint32_t number)
{
	return page->module_of[number];
}

/* Modules that runtime-only calls lead from or to, those of the gravest first. */
static const bool *mark_apart(const struct html_page *page)
{
	const struct comparison *seen = page->seen;
	bool *marks = arena_alloc(page->arena, page->modules.table.count);
	size_t count = 0;

	for (size_t i = 0; i < seen->ncalls && count < MAX_APART; i++) {
		uint32_t ends[] = {seen->calls[i].from, seen->calls[i].to};

		for (int end = 0; end < 2; end++) {
			uint32_t module;

			if (ends[end] == TRACE_NONE)
				continue;
			module = module_of(page, page->number_of[ends[end]]);
			count += !marks[module];
			marks[module] = true;
		}
	}
	return marks;
}

static const bool *mark_defined(const struct html_page *page, const bool *is_apart)
{
	size_t n = page->modules.table.count;
	bool *marks = arena_alloc(page->arena, n);

	memcpy(marks, is_apart, n);
	for (uint32_t i = 0; i < page->scan->nfunctions; i++)
		if (page->scan->functions[i].type <= FUNCTION_PRIVATE)
			marks[module_of(page, i)] = true;
	return marks;
}

/* The directory of `module`, of which at most `depth` parts are taken; "./" at the top.
 */
static const char *directory_of(struct arena *arena, const char *module, unsigned depth)
{
	const char *end = module, *slash = strchr(module, '/');

	for (unsigned i = 0; i < depth && slash; i++) {
		end = slash + 1;
		slash = strchr(end, '/');
	}
	return end == module ? "./" : arena_copy(arena, module, (size_t)(end - module));
}

static const char *node_name(const struct building *building, uint32_t module,
	unsigned depth)
{
	const char *name = html_string(&building->page->modules, module);

	if (depth == UINT32_MAX || building->is_apart[module])
		return name;
	return directory_of(building->page->arena, name, depth);
}

/* How many nodes there are when directories of `depth` parts are folded. */
static size_t count_nodes(const struct building *building, unsigned depth)
{
	struct html_strings names = {.interner.arena = building->page->arena};
	size_t count;

	for (uint32_t i = 0; i < building->page->modules.table.count; i++)
		if (building->is_defined[i])
			html_string_number(&names, node_name(building, i, depth));
	count = names.table.count;
	html_strings_release(&names);
	return count;
}

static void add_nodes(struct building *building, unsigned depth)
{
	struct html_page *page = building->page;
	struct html_strings names = {.interner.arena = page->arena};
	struct module_graph *graph = &building->graph;
	size_t n = page->modules.table.count;

	graph->nodes = arena_alloc(page->arena, n * sizeof(*graph->nodes));
	building->node_of = arena_alloc(page->arena, n * sizeof(*building->node_of));
	for (uint32_t i = 0; i < n; i++) {
		uint32_t node = TRACE_NONE;
		bool is_alone = depth == UINT32_MAX || building->is_apart[i];

		if (building->is_defined[i]) {
			const char *name = node_name(building, i, depth);

			node = html_string_number(&names, name);
			graph->nodes[node].name = name;
			graph->nodes[node].module = is_alone ? i : (uint32_t)TRACE_NONE;
			graph->nodes[node].nmodules++;
		}
		building->node_of[i] = node;
	}
	graph->nnodes = names.table.count;
	graph->is_folded = depth != UINT32_MAX;
	html_strings_release(&names);
}

static void count_functions(struct building *building)
{
	const struct html_page *page = building->page;
	const struct static_trace *scan = page->scan;

	for (uint32_t i = 0; i < scan->nfunctions; i++) {
		uint32_t node = building->node_of[module_of(page, i)];

		if (node == TRACE_NONE || scan->functions[i].type > FUNCTION_PRIVATE)
			continue;
		building->graph.nodes[node].functions++;
		building->graph.nodes[node].functions_ran += page->seen->ran[i] > 0;
	}
	for (size_t i = 0; i < scan->nentry_points; i++) {
		uint32_t module = module_of(page, scan->entry_points[i].function);

		if (building->node_of[module] != TRACE_NONE)
			building->graph.nodes[building->node_of[module]].is_entry |=
				strcmp(scan->entry_points[i].type, "cli") == 0;
	}
}

/* The edge between the modules of two functions; NULL: there is none to draw. */
static struct module_edge *edge_between(struct building *building,
	struct key_table *edges, uint32_t caller, uint32_t callee, int verdict)
{
	struct edge_key key = {building->node_of[module_of(building->page, caller)],
		building->node_of[module_of(building->page, callee)]};
	struct module_edge *edge;
	bool is_new;

	if (key.from == TRACE_NONE || key.to == TRACE_NONE || key.from == key.to)
		return NULL;
	edge = &building->graph.edges[building->graph.nstatic +
				      key_table_add(edges, &key, &is_new)];
	assert(edge); /* the analyzer does not see that memory never runs out */
	if (is_new)
		*edge = (struct module_edge){key.from, key.to, 0, 0, verdict};
	return edge;
}

static void add_static_edges(struct building *building)
{
	const struct static_trace *scan = building->page->scan;
	struct key_table edges = {.key_bytes = sizeof(struct edge_key)};

	for (size_t i = 0; i < scan->ncalls; i++) {
		const struct call *call = &scan->calls[i];
		struct module_edge *edge;

		if (scan->functions[call->callee].type > FUNCTION_PRIVATE)
			continue;
		edge = edge_between(building, &edges, call->caller, call->callee,
			MODULE_STATIC);
		if (!edge)
			continue;
		edge->ncalls++;
		edge->seen = dynamic_sum(edge->seen, building->page->seen->seen[i]);
	}
	building->graph.nstatic = edges.count;
	key_table_release(&edges);
}

/* The first call between two modules is the gravest, and gives the edge its verdict. */
static void add_runtime_edges(struct building *building)
{
	const struct html_page *page = building->page;
	struct key_table edges = {.key_bytes = sizeof(struct edge_key)};

	for (size_t i = 0; i < page->seen->ncalls; i++) {
		const struct runtime_call *call = &page->seen->calls[i];
		struct module_edge *edge;

		if (call->from == TRACE_NONE)
			continue;
		edge = edge_between(building, &edges, page->number_of[call->from],
			page->number_of[call->to], (int)call->verdict);
		if (edge)
			edge->ncalls = dynamic_sum(edge->ncalls, call->count);
	}
	building->graph.nedges = building->graph.nstatic + edges.count;
	key_table_release(&edges);
}

static int compare_edges(const void *left, const void *right)
{
	const struct module_edge *a = left, *b = right;

	if (a->ncalls != b->ncalls)
		return a->ncalls < b->ncalls ? 1 : -1;
	return a->from != b->from ? compare_u32(a->from, b->from)
				  : compare_u32(a->to, b->to);
}

/* The strongest first, and not more of them than can be told apart. */
static void keep_strongest(struct module_graph *graph)
{
	qsort(graph->edges, graph->nstatic, sizeof(*graph->edges), compare_edges);
	if (graph->nstatic > MAX_STATIC) {
		graph->nleft_out = graph->nstatic - MAX_STATIC;
		graph->nstatic = MAX_STATIC;
	}
}

struct module_graph module_graph_make(struct html_page *page)
{
	struct building building = {.page = page};
	size_t nedges = page->scan->ncalls + page->seen->ncalls;
	unsigned depth = UINT32_MAX;

	building.is_apart = mark_apart(page);
	building.is_defined = mark_defined(page, building.is_apart);
	if (count_nodes(&building, depth) > MAX_MODULES)
		for (depth = MAX_DIRECTORIES; depth; depth--)
			if (count_nodes(&building, depth) <= MAX_MODULES)
				break;
	add_nodes(&building, depth);
	count_functions(&building);
	building.graph.edges =
		arena_alloc(page->arena, nedges * sizeof(*building.graph.edges));
	add_static_edges(&building);
	keep_strongest(&building.graph);
	add_runtime_edges(&building);
	return building.graph;
}
