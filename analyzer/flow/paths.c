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
	uint32_t edge, from; /* by which it came, and the node at its other end */
	uint32_t rank; /* in its layer; those that look the same have the same */
	uint32_t wish; /* the search that wants to know how it gets here */
};

/* A way into the next layer. */
struct way {
	uint32_t edge, from, to;
};

struct flow_paths {
	struct flow *flow;
	struct arena *arena;
	struct wish *wishes;
	size_t nwishes, wishes_room;
	struct visit *visits; /* one for each node */
	uint32_t *layer, *next; /* nodes */
	size_t nlayer, nnext, layer_room, next_room;
	uint32_t search, value;
	size_t nwanted; /* nodes that the search has not found yet */
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
static int compare_ways(const struct flow_paths *paths, const struct way *left,
	const struct way *right)
{
	const struct flow_edge *a = edge_at(paths, left->edge);
	const struct flow_edge *b = edge_at(paths, right->edge);
	int order = 0;

	if (a->file != b->file)
		order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
	order = order ? order : compare_u32(a->line, b->line);
	return order ? order
		     : compare_u32(paths->visits[left->from].rank,
			       paths->visits[right->from].rank);
}

static struct way way_to(const struct flow_paths *paths, uint32_t node)
{
	const struct visit *visit = &paths->visits[node];

	return (struct way){visit->edge, visit->from, node};
}

static int by_way(const void *left, const void *right, void *context)
{
	struct flow_paths *paths = context;
	struct way a = way_to(paths, *(const uint32_t *)left);
	struct way b = way_to(paths, *(const uint32_t *)right);
	int order = compare_ways(paths, &a, &b);

	return order ? order : strcmp(description(paths, a.to), description(paths, b.to));
}

/* Is the function there, or in memory that is pointed to from there? */
static bool holds(const struct flow *flow, uint32_t node, uint32_t value)
{
	const struct flow_pair own = {node, value};
	const uint32_t root = flow_root(flow, node);
	const struct flow_pair behind = {root, value | VALUE_BEHIND};
	const struct flow_pair deeper = {root, value | VALUE_BEHIND | VALUE_DEEPER};

	return key_table_find(&flow->pairs, &own) != UINT32_MAX ||
	       key_table_find(&flow->pairs, &behind) != UINT32_MAX ||
	       key_table_find(&flow->pairs, &deeper) != UINT32_MAX;
}

static void reach(struct flow_paths *paths, const struct way *way, uint32_t depth)
{
	struct visit *visit = &paths->visits[way->to];

	if (edge_at(paths, way->edge)->flags & FLOW_LOADED)
		return; /* no functions go there */
	if (visit->search == paths->search) {
		struct way known = way_to(paths, way->to);

		if (visit->depth == depth && compare_ways(paths, way, &known) < 0) {
			visit->edge = way->edge;
			visit->from = way->from;
		}
		return;
	}
	if (!holds(paths->flow, way->to, paths->value))
		return;
	if (visit->wish == paths->search)
		paths->nwanted--;
	visit->search = paths->search;
	visit->depth = depth;
	visit->edge = way->edge;
	visit->from = way->from;
	paths->next =
		grow(paths->next, paths->nnext, &paths->next_room, sizeof(*paths->next));
	paths->next[paths->nnext++] = way->to;
}

/* Along edges, and back along those by which a pointer shares its memory. */
static void leave(struct flow_paths *paths, uint32_t node, uint32_t depth)
{
	struct flow_graph *graph = &paths->flow->graph;
	uint32_t root = flow_root(paths->flow, node), e;

	for (e = graph->nodes[node].first_out; e != FLOW_NONE;
		e = graph->edges[e].next_out)
		reach(paths, &(struct way){e, node, graph->edges[e].to}, depth);
	for (e = graph->nodes[node].first_in; e != FLOW_NONE; e = graph->edges[e].next_in)
		if (flow_root(paths->flow, graph->edges[e].from) == root)
			reach(paths, &(struct way){e, node, graph->edges[e].from}, depth);
}

static void swap_layers(struct flow_paths *paths)
{
	uint32_t *layer = paths->layer, rank = 0;
	size_t room = paths->layer_room;

	qsort_r(paths->next, paths->nnext, sizeof(*paths->next), by_way, paths);
	for (size_t i = 0; i < paths->nnext; i++) {
		rank += i && by_way(&paths->next[i - 1], &paths->next[i], paths) != 0;
		paths->visits[paths->next[i]].rank = rank;
	}
	paths->layer = paths->next;
	paths->nlayer = paths->nnext;
	paths->layer_room = paths->next_room;
	paths->next = layer;
	paths->next_room = room;
	paths->nnext = 0;
}

/* Breadth first from where the address is taken, until all that are wanted are found. */
static void search(struct flow_paths *paths)
{
	uint32_t start = flow_graph_find(&paths->flow->graph,
		(struct flow_key){.kind = NODE_FUNCTION, .a = paths->value});

	paths->nnext = 0;
	if (start == FLOW_NONE)
		return;
	paths->visits[start].search = paths->search;
	paths->visits[start].depth = 0;
	paths->visits[start].rank = 0;
	leave(paths, start, 1);
	for (uint32_t depth = 2; paths->nnext && paths->nwanted; depth++) {
		swap_layers(paths);
		for (size_t i = 0; i < paths->nlayer; i++)
			leave(paths, paths->layer[i], depth);
	}
}

/* Steps without a place have the place of the one before: an argument's, a result's. */
static void trace_back(struct flow_paths *paths, const struct wish *wish)
{
	struct flow_graph *graph = &paths->flow->graph;
	const struct visit *visit = &paths->visits[wish->node];
	struct flow_step *steps, place = {.file = ""};
	uint32_t *nodes, node = wish->node;
	size_t count = 0, depth = visit->depth;

	if (visit->search != paths->search || !depth)
		return;
	nodes = xmalloc(depth * sizeof(*nodes));
	for (size_t i = depth; i > 0; i--) {
		nodes[i - 1] = node;
		node = paths->visits[node].from;
	}
	steps = arena_alloc(paths->arena, depth * sizeof(*steps));
	for (size_t i = 0; i < depth; i++) {
		const struct flow_edge *edge =
			&graph->edges[paths->visits[nodes[i]].edge];

		if (edge->file)
			place = (struct flow_step){edge->file, edge->line, NULL};
		place.to = description(paths, nodes[i]);
		if (place.to[0] && place.file[0])
			steps[count++] = place;
	}
	free(nodes);
	wish->target->steps = steps;
	wish->target->nsteps = count;
}

static int by_function(const void *left, const void *right)
{
	const struct wish *a = left, *b = right;

	return compare_u32(a->target->function, b->target->function);
}

/* The wishes from `first` on that ask for one function; returns the end of them. */
static size_t find_one(struct flow_paths *paths, size_t first)
{
	const struct wish *wishes = paths->wishes;
	size_t end = first;

	paths->search++;
	paths->value = wishes[first].target->function;
	paths->nwanted = 0;
	for (; end < paths->nwishes && by_function(&wishes[first], &wishes[end]) == 0;
		end++) {
		struct visit *visit = &paths->visits[wishes[end].node];

		paths->nwanted += visit->wish != paths->search;
		visit->wish = paths->search;
	}
	search(paths);
	for (size_t i = first; i < end; i++)
		trace_back(paths, &wishes[i]);
	return end;
}

void flow_paths_find(struct flow_paths *paths)
{
	if (paths->nwishes)
		qsort(paths->wishes, paths->nwishes, sizeof(*paths->wishes), by_function);
	for (size_t i = 0; i < paths->nwishes;)
		i = find_one(paths, i);
}
