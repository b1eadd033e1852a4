#include "diff/graph.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/text.h"
#include "core/trace.h"
#include "diff/node_names.h"

#include <stdlib.h>
#include <string.h>

/* A function that is asked for, and how near it is. */
struct candidate {
	uint32_t distance, function;
};

struct selecting {
	const struct program *program;
	struct arena *arena;
	const struct graph_choice *choice;
	const bool *is_in_module; /* module; NULL: all are asked for */
	const uint32_t *from, *to; /* distances; NULL: from or to anywhere */
	struct candidate *candidates; /* the nearest first */
	size_t ncandidates;
	uint32_t *rank_of; /* function -> index of `candidates`, or TRACE_NONE */
	struct graph_edge *edges;
	size_t nedges;
};

struct static_trace graph_sure_calls(struct arena *arena,
	const struct static_trace *trace, double least)
{
	struct call *calls = arena_alloc(arena, trace->ncalls * sizeof(*calls));
	struct static_trace out = *trace;

	out.calls = calls;
	out.ncalls = 0;
	for (size_t i = 0; i < trace->ncalls; i++)
		if (trace->calls[i].confidence >= least)
			calls[out.ncalls++] = trace->calls[i];
	return out;
}

static uint32_t nearer(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static const bool *mark_modules(const struct selecting *selecting)
{
	struct index_list modules = selecting->choice->modules;
	bool *marks;

	if (!modules.count)
		return NULL;
	marks = arena_alloc(selecting->arena,
		selecting->program->nmodules * sizeof(*marks));
	for (size_t i = 0; i < modules.count; i++)
		marks[modules.items[i]] = true;
	return marks;
}

static struct index_list functions_where(const struct selecting *selecting,
	const bool *is_in_module)
{
	const struct program *program = selecting->program;
	size_t n = program->trace->nfunctions, count = 0;
	uint32_t *items = arena_alloc(selecting->arena, n * sizeof(*items));

	for (size_t i = 0; i < n; i++)
		if (is_in_module[program->module_of[i]])
			items[count++] = (uint32_t)i;
	return (struct index_list){items, count};
}

static struct index_list entry_functions(const struct selecting *selecting)
{
	const struct static_trace *trace = selecting->program->trace;
	uint32_t *items =
		arena_alloc(selecting->arena, trace->nentry_points * sizeof(*items));

	for (size_t i = 0; i < trace->nentry_points; i++)
		items[i] = trace->entry_points[i].function;
	return (struct index_list){items, trace->nentry_points};
}

static const uint32_t *distances(const struct selecting *selecting,
	struct index_list sources, enum program_direction direction)
{
	return program_distances(selecting->program, selecting->arena, sources,
		direction);
}

/*
 * How far away each function is, TRACE_NONE where it is not asked for. Between two ends
 * that is the length of the way through it, so that short ways stay whole.
 */
static void measure_ends(const struct selecting *selecting, uint32_t *out)
{
	for (size_t i = 0; i < selecting->program->trace->nfunctions; i++) {
		uint32_t from = selecting->from ? selecting->from[i] : 0;
		uint32_t to = selecting->to ? selecting->to[i] : 0;
		bool is_asked_for = from != TRACE_NONE && to != TRACE_NONE &&
				    (uint64_t)from + to <= selecting->choice->depth;

		out[i] = is_asked_for ? from + to : TRACE_NONE;
		if (selecting->is_in_module &&
			!selecting->is_in_module[selecting->program->module_of[i]])
			out[i] = TRACE_NONE;
	}
}

static void measure_modules(const struct selecting *selecting, uint32_t *out)
{
	unsigned depth = selecting->choice->depth;
	struct index_list inside = functions_where(selecting, selecting->is_in_module);
	const uint32_t *down = distances(selecting, inside, PROGRAM_CALLEES);
	const uint32_t *up = distances(selecting, inside, PROGRAM_CALLERS);

	for (size_t i = 0; i < selecting->program->trace->nfunctions; i++) {
		out[i] = nearer(down[i], up[i]);
		if (out[i] && (depth == GRAPH_ANY_DEPTH || out[i] > depth))
			out[i] =
				TRACE_NONE; /* of other modules, only what is asked for */
	}
}

/* All; those that no entry point reaches are the farthest. */
static void measure_all(const struct selecting *selecting, uint32_t *out)
{
	const uint32_t *reached =
		distances(selecting, entry_functions(selecting), PROGRAM_CALLEES);

	for (size_t i = 0; i < selecting->program->trace->nfunctions; i++)
		out[i] = nearer(reached[i], TRACE_NONE - 1);
}

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	int order = compare_u32(a->distance, b->distance);

	return order ? order : compare_u32(a->function, b->function);
}

static bool is_wanted(const struct selecting *selecting, const uint32_t *measured,
	size_t function)
{
	enum function_type type = selecting->program->trace->functions[function].type;

	return measured[function] != TRACE_NONE &&
	       (!selecting->choice->only_defined || type == FUNCTION_PUBLIC ||
		       type == FUNCTION_PRIVATE);
}

static void rank(struct selecting *selecting)
{
	size_t n = selecting->program->trace->nfunctions;
	uint32_t *measured = arena_alloc(selecting->arena, n * sizeof(*measured));
	struct candidate *candidates =
		arena_alloc(selecting->arena, n * sizeof(*candidates));

	if (selecting->from || selecting->to)
		measure_ends(selecting, measured);
	else if (selecting->is_in_module)
		measure_modules(selecting, measured);
	else
		measure_all(selecting, measured);
	for (size_t i = 0; i < n; i++)
		if (is_wanted(selecting, measured, i))
			candidates[selecting->ncandidates++] =
				(struct candidate){measured[i], (uint32_t)i};
	qsort(candidates, selecting->ncandidates, sizeof(*candidates),
		compare_candidates);
	selecting->rank_of = measured; /* not needed any more */
	for (size_t i = 0; i < n; i++)
		selecting->rank_of[i] = TRACE_NONE;
	for (size_t i = 0; i < selecting->ncandidates; i++)
		selecting->rank_of[candidates[i].function] = (uint32_t)i;
	selecting->candidates = candidates;
}

/*
 * Around modules, calls between two functions on the rim say nothing of what is inside,
 * and there may be more of them than of all others.
 */
static bool is_on_rim(const struct selecting *selecting, uint32_t function)
{
	uint32_t distance = selecting->candidates[selecting->rank_of[function]].distance;

	return !selecting->from && !selecting->to && selecting->is_in_module &&
	       distance && distance == selecting->choice->depth;
}

static bool is_edge(const struct selecting *selecting, const struct call *call)
{
	return selecting->rank_of[call->callee] != TRACE_NONE &&
	       !(is_on_rim(selecting, call->caller) &&
		       is_on_rim(selecting, call->callee));
}

/* By callee, the surest call first. */
static int compare_calls(const void *left, const void *right, void *calls)
{
	uint32_t i = *(const uint32_t *)left, j = *(const uint32_t *)right;
	const struct call *a = (const struct call *)calls + i;
	const struct call *b = (const struct call *)calls + j;
	int order = compare_u32(a->callee, b->callee);

	if (!order)
		order = (a->confidence < b->confidence) - (a->confidence > b->confidence);
	if (!order)
		order = strcmp(a->via, b->via);
	return order ? order : compare_u32(i, j);
}

static void add_edges_from(struct selecting *selecting, uint32_t caller)
{
	const struct call *all = selecting->program->trace->calls;
	struct index_list found = program_calls_from(selecting->program, caller);
	uint32_t *sorted = arena_alloc(selecting->arena, found.count * sizeof(*sorted));

	if (found.count)
		memcpy(sorted, found.items, found.count * sizeof(*sorted));
	qsort_r(sorted, found.count, sizeof(*sorted), compare_calls, (void *)all);
	for (size_t i = 0, end; i < found.count; i = end) {
		const struct call *call = &all[sorted[i]];

		for (end = i + 1; end < found.count; end++)
			if (all[sorted[end]].callee != call->callee)
				break;
		if (is_edge(selecting, call))
			selecting->edges[selecting->nedges++] =
				(struct graph_edge){caller, call->callee, call, end - i};
	}
}

static void find_edges(struct selecting *selecting)
{
	const struct static_trace *trace = selecting->program->trace;

	selecting->edges =
		arena_alloc(selecting->arena, trace->ncalls * sizeof(*selecting->edges));
	for (size_t i = 0; i < trace->nfunctions; i++)
		if (selecting->rank_of[i] != TRACE_NONE)
			add_edges_from(selecting, (uint32_t)i);
}

/* An edge is there when the farther of its ends is. */
static uint32_t edge_rank(const struct selecting *selecting,
	const struct graph_edge *edge)
{
	uint32_t caller = selecting->rank_of[edge->caller];
	uint32_t callee = selecting->rank_of[edge->callee];

	return caller > callee ? caller : callee;
}

/* How many of the nearest are kept: as many as both limits allow. */
static size_t count_kept(const struct selecting *selecting)
{
	const struct graph_choice *choice = selecting->choice;
	size_t n = selecting->ncandidates, kept = 0, nedges = 0;
	size_t *added = arena_alloc(selecting->arena, (n + 1) * sizeof(*added));

	for (size_t i = 0; i < selecting->nedges; i++)
		added[edge_rank(selecting, &selecting->edges[i])]++;
	while (kept < n && kept < choice->max_nodes &&
		nedges + added[kept] <= choice->max_edges)
		nedges += added[kept++];
	return kept || !n ? kept : 1; /* never nothing of something */
}

static void keep(const struct selecting *selecting, size_t nkept, struct graph *out)
{
	const struct program *program = selecting->program;
	uint32_t *nodes = arena_alloc(selecting->arena, nkept * sizeof(*nodes));
	uint32_t *modules = arena_alloc(selecting->arena, nkept * sizeof(*modules));
	struct graph_edge *edges = selecting->edges;

	for (size_t i = 0; i < program->trace->nfunctions; i++) {
		if (selecting->rank_of[i] >= nkept)
			continue;
		modules[out->nnodes] = program->module_of[i];
		nodes[out->nnodes++] = (uint32_t)i;
	}
	for (size_t i = 0; i < selecting->nedges; i++)
		if (edge_rank(selecting, &edges[i]) < nkept)
			edges[out->nedges++] = edges[i];
	out->nodes = nodes;
	out->edges = edges;
	out->in_module = grouping_by(selecting->arena, modules, nkept, program->nmodules);
}

/* No names in it: it goes into comments, of which a stranger's name could be the end. */
static const char *farthest_from(const struct graph_choice *choice)
{
	if (choice->from.count && choice->to.count)
		return "the shortest ways between the two ends";
	if (choice->from.count)
		return "where the calls begin";
	if (choice->to.count)
		return "where the calls lead";
	return choice->modules.count ? "the modules" : "the entry points";
}

struct graph graph_select(const struct program *program, struct arena *arena,
	const struct graph_choice *choice)
{
	struct selecting selecting = {
		.program = program, .arena = arena, .choice = choice};
	struct graph graph = {.program = program};

	selecting.is_in_module = mark_modules(&selecting);
	if (choice->from.count)
		selecting.from = distances(&selecting, choice->from, PROGRAM_CALLEES);
	if (choice->to.count)
		selecting.to = distances(&selecting, choice->to, PROGRAM_CALLERS);
	rank(&selecting);
	find_edges(&selecting);
	graph.nwanted = selecting.ncandidates;
	graph.nwanted_edges = selecting.nedges;
	graph.farthest_from = farthest_from(choice);
	keep(&selecting, count_kept(&selecting), &graph);
	graph.names = node_names(program, arena);
	return graph;
}

bool graph_is_cut(const struct graph *graph, struct text *note)
{
	if (graph->nnodes == graph->nwanted)
		return false;
	text_printf(note,
		"%zu of %zu functions, the farthest from %s, and %zu of %zu edges are left out",
		graph->nwanted - graph->nnodes, graph->nwanted, graph->farthest_from,
		graph->nwanted_edges - graph->nedges, graph->nwanted_edges);
	return true;
}

static int compare_nodes(const void *left, const void *right)
{
	return compare_u32(*(const uint32_t *)left, *(const uint32_t *)right);
}

bool graph_has(const struct graph *graph, uint32_t function)
{
	return graph->nnodes && bsearch(&function, graph->nodes, graph->nnodes,
					sizeof(function), compare_nodes);
}

size_t graph_open_sites(const struct graph *graph, uint32_t function)
{
	const struct program *program = graph->program;
	struct index_list sites = program_sites_in(program, function);
	size_t count = 0;

	for (size_t i = 0; i < sites.count; i++)
		count += program->trace->sites[sites.items[i]].state == SITE_OPEN;
	return count;
}
