#include "analyzer/flow/paths.h"

#include "analyzer/flow/describe.h"
#include "analyzer/flow/state.h"
#include "core/compare.h"
#include "core/text.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

struct wish {
	struct flow_target *target;
	uint32_t node;
};

/* Where a search has come to. */
struct visit {
	uint32_t search; /* the number of the search that it is of */
	uint32_t depth;
	uint32_t edge; /* by which it came; FLOW_NONE for a start */
	uint32_t rank; /* in its layer */
};

struct flow_paths {
	struct flow *flow;
	struct arena *arena;
	struct wish *wishes;
	size_t nwishes, wishes_room;
	struct visit *visits; /* one for each node */
	uint32_t *layer, *next; /* nodes */
	size_t nlayer, nnext, layer_room, next_room;
	uint32_t search;
	const char **descriptions; /* of nodes, made when first needed */
};

struct flow_paths *flow_paths_new(struct flow *flow, struct arena *arena)
{
	struct flow_paths *paths = xmalloc(sizeof(*paths));
	size_t nnodes = flow->graph.nnodes + 1;

	*paths = (struct flow_paths){
		.flow = flow,
		.arena = arena,
		.visits = xmalloc(nnodes * sizeof(*paths->visits)),
		.descriptions = xmalloc(nnodes * sizeof(char *)),
	};
	memset(paths->visits, 0, nnodes * sizeof(*paths->visits));
	memset(paths->descriptions, 0, nnodes * sizeof(char *));
	return paths;
}

void flow_paths_free(struct flow_paths *paths)
{
	free(paths->wishes);
	free(paths->visits);
	free(paths->layer);
	free(paths->next);
	free(paths->descriptions);
	free(paths);
}

void flow_paths_add(struct flow_paths *paths, uint32_t node, struct flow_target *target)
{
	paths->wishes = grow(paths->wishes, paths->nwishes, &paths->wishes_room,
		sizeof(*paths->wishes));
	paths->wishes[paths->nwishes++] = (struct wish){target, node};
}

static const char *description(struct flow_paths *paths, uint32_t node)
{
	scoped_text text = {0};

	if (paths->descriptions[node])
		return paths->descriptions[node];
	flow_describe(paths->flow, node, &text);
	paths->descriptions[node] = arena_strdup(paths->arena, text_string(&text));
	return paths->descriptions[node];
}

static const struct flow_edge *edge_at(const struct flow_paths *paths, uint32_t edge)
{
	return &paths->flow->graph.edges[edge];
}

/* Which of two ways into the next layer comes first. */
static int compare_ways(const struct flow_paths *paths, uint32_t left, uint32_t right)
{
	const struct flow_edge *a = edge_at(paths, left), *b = edge_at(paths, right);
	int order = 0;

	if (a->file != b->file)
		order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
	order = order ? order : compare_u32(a->line, b->line);
	return order ? order
		     : compare_u32(paths->visits[a->from].rank,
				paths->visits[b->from].rank);
}

static int by_way(const void *left, const void *right, void *context)
{
	struct flow_paths *paths = context;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int order = compare_ways(paths, paths->visits[a].edge, paths->visits[b].edge);

	return order ? order : strcmp(description(paths, a), description(paths, b));
}

/* Is the function there, or in memory that is pointed to from there? */
static bool holds(const struct flow *flow, uint32_t node, uint32_t value)
{
	const struct flow_pair pair = {node, value}, behind = {node, value | VALUE_BEHIND};

	return key_table_find(&flow->pairs, &pair) != UINT32_MAX ||
	       key_table_find(&flow->pairs, &behind) != UINT32_MAX;
}

static void reach(struct flow_paths *paths, uint32_t edge, uint32_t depth, uint32_t value)
{
	uint32_t node = edge_at(paths, edge)->to;
	struct visit *visit = &paths->visits[node];

	if (visit->search == paths->search) {
		if (visit->depth == depth && compare_ways(paths, edge, visit->edge) < 0)
			visit->edge = edge;
		return;
	}
	if (!holds(paths->flow, node, value))
		return;
	*visit = (struct visit){paths->search, depth, edge, 0};
	paths->next =
		grow(paths->next, paths->nnext, &paths->next_room, sizeof(*paths->next));
	paths->next[paths->nnext++] = node;
}

static void swap_layers(struct flow_paths *paths)
{
	uint32_t *layer = paths->layer;
	size_t room = paths->layer_room;

	qsort_r(paths->next, paths->nnext, sizeof(*paths->next), by_way, paths);
	for (size_t i = 0; i < paths->nnext; i++)
		paths->visits[paths->next[i]].rank = (uint32_t)i;
	paths->layer = paths->next;
	paths->nlayer = paths->nnext;
	paths->layer_room = paths->next_room;
	paths->next = layer;
	paths->next_room = room;
	paths->nnext = 0;
}

/* Every node that `value` is in, from where its address is taken, breadth first. */
static void search(struct flow_paths *paths, uint32_t value)
{
	struct flow_graph *graph = &paths->flow->graph;
	uint32_t start = flow_graph_find(graph,
		(struct flow_key){.kind = NODE_FUNCTION, .a = value});

	paths->search++;
	paths->nnext = 0;
	if (start == FLOW_NONE)
		return;
	paths->visits[start] = (struct visit){paths->search, 0, FLOW_NONE, 0};
	for (uint32_t e = graph->nodes[start].first_out; e != FLOW_NONE;
		e = graph->edges[e].next_out)
		reach(paths, e, 1, value);
	for (uint32_t depth = 2; paths->nnext; depth++) {
		swap_layers(paths);
		for (size_t i = 0; i < paths->nlayer; i++)
			for (uint32_t e = graph->nodes[paths->layer[i]].first_out;
				e != FLOW_NONE; e = graph->edges[e].next_out)
				reach(paths, e, depth, value);
	}
}

/* Steps without a place have the place of the one before: an argument's, a result's. */
static void trace_back(struct flow_paths *paths, const struct wish *wish)
{
	struct flow_graph *graph = &paths->flow->graph;
	const struct visit *visit = &paths->visits[wish->node];
	struct flow_step *steps, place = {.file = ""};
	uint32_t *edges;
	size_t count = 0, depth = visit->depth;

	if (visit->search != paths->search || !depth)
		return;
	edges = xmalloc(depth * sizeof(*edges));
	for (size_t i = depth; i > 0; i--) {
		edges[i - 1] = visit->edge;
		visit = &paths->visits[graph->edges[visit->edge].from];
	}
	steps = arena_alloc(paths->arena, depth * sizeof(*steps));
	for (size_t i = 0; i < depth; i++) {
		const struct flow_edge *edge = &graph->edges[edges[i]];

		if (edge->file)
			place = (struct flow_step){edge->file, edge->line, NULL};
		place.to = description(paths, edge->to);
		if (place.to[0] && place.file[0])
			steps[count++] = place;
	}
	free(edges);
	wish->target->steps = steps;
	wish->target->nsteps = count;
}

static int by_function(const void *left, const void *right)
{
	const struct wish *a = left, *b = right;

	return compare_u32(a->target->function, b->target->function);
}

void flow_paths_find(struct flow_paths *paths)
{
	qsort(paths->wishes, paths->nwishes, sizeof(*paths->wishes), by_function);
	for (size_t i = 0; i < paths->nwishes; i++) {
		if (!i || by_function(&paths->wishes[i], &paths->wishes[i - 1]) != 0)
			search(paths, paths->wishes[i].target->function);
		trace_back(paths, &paths->wishes[i]);
	}
}
