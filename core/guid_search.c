#include "core/guid_search.h"

#include "core/arena.h"
#include "core/guid_key.h"
#include "core/route_tree.h"
#include "core/trace.h"

#include <string.h>

/* A place where ways part, and the steps that may be taken there. */
struct point {
	const struct guid_way_step *choices;
	size_t nchoices;
	bool is_taken; /* on the way that is walked */
};

/* A command, or a program without one, and the chain after its words. */
struct node {
	struct guid_chain chain;
	const char *program;
	uint32_t route;
};

struct walk {
	const struct guid_search *search;
	struct arena *arena;
	const uint8_t *guid;
	struct guid_found *found;
	struct node *nodes;
	size_t nnodes;
	struct point *points;
	size_t npoints;
	const struct guid_way_step *outcomes;
	size_t noutcomes;
	bool has_ending; /* of the ways that are walked */
	const struct node *node; /* where the walk began */
	struct guid_way_step *extras; /* steps after it */
	size_t nextras;
};

/* False: no GUID has a label so long. */
static bool step(struct walk *walk, struct guid_chain *chain,
	const struct guid_way_step *taken)
{
	walk->found->nsteps++;
	return guid_step_unrouted(chain, walk->search->key, taken->kind, taken->label,
		strlen(taken->label));
}

static const struct guid_way_step *all_steps(const struct walk *walk, size_t *count)
{
	const struct node *node = walk->node;
	const struct route *route = NULL;
	size_t nwords = 0;
	struct guid_way_step *steps;

	if (node->route != TRACE_NONE) {
		route = &walk->search->tree->trace->routes[node->route];
		nwords = route_nwords(route);
	}
	*count = 1 + nwords + walk->nextras;
	steps = arena_alloc(walk->arena, *count * sizeof(*steps));
	steps[0] = (struct guid_way_step){GUID_PROG, node->program};
	for (size_t i = 0; i < nwords; i++)
		steps[1 + i] = (struct guid_way_step){GUID_CMD, route->tokens[i]};
	if (walk->nextras)
		memcpy(steps + 1 + nwords, walk->extras, walk->nextras * sizeof(*steps));
	return steps;
}

/* Keep the way, with the route ids that the search itself leaves out. */
static void keep_way(struct walk *walk)
{
	const struct guid_search *search = walk->search;
	struct guid_found *found = walk->found;

	found->answer = GUID_MATCH;
	found->program = walk->node->program;
	found->route = walk->node->route;
	found->steps = all_steps(walk, &found->count);
	guid_begin(&found->chain, search->key, walk->guid, search->user_ref);
	guid_take(&found->chain, search->key, found->steps, found->count);
}

/* Is this the way? True also when there is no budget to say: the search ends. */
static bool try(struct walk *walk, const struct guid_chain *chain)
{
	if (walk->found->ntags == walk->search->budget) {
		walk->found->answer = GUID_BUDGET_EXCEEDED;
		return true;
	}
	walk->found->ntags++;
	if (!guid_matches(chain, walk->search->key, walk->guid))
		return false;
	keep_way(walk);
	return true;
}

static bool try_outcomes(struct walk *walk, const struct guid_chain *chain)
{
	for (size_t i = 0; i < walk->noutcomes; i++) {
		struct guid_chain ended = *chain;
		bool is_done;

		if (!step(walk, &ended, &walk->outcomes[i]))
			continue;
		walk->extras[walk->nextras++] = walk->outcomes[i];
		is_done = try(walk, &ended);
		walk->nextras--;
		if (is_done)
			return true;
	}
	return false;
}

/* A command that was not found has an outcome as well. */
static bool try_endings(struct walk *walk, const struct guid_chain *chain)
{
	static const struct guid_way_step unresolved = {
		GUID_UNRESOLVED, GUID_UNRESOLVED_LABEL};
	struct guid_chain lost = *chain;
	bool is_done;

	if (try_outcomes(walk, chain))
		return true;
	step(walk, &lost, &unresolved);
	walk->extras[walk->nextras++] = unresolved;
	is_done = try(walk, &lost) || try_outcomes(walk, &lost);
	walk->nextras--;
	return is_done;
}

static bool descend(struct walk *walk, const struct guid_chain *chain, size_t npoints);

/* Ways that take this point now and `npoints` others after it. */
static bool descend_point(struct walk *walk, const struct guid_chain *chain,
	const struct point *point, size_t npoints)
{
	for (size_t i = 0; i < point->nchoices; i++) {
		struct guid_chain next = *chain;
		bool is_done;

		if (!step(walk, &next, &point->choices[i]))
			continue;
		walk->extras[walk->nextras++] = point->choices[i];
		is_done = descend(walk, &next, npoints);
		walk->nextras--;
		if (is_done)
			return true;
	}
	return false;
}

/*
 * Ways that go on through exactly `npoints` more points. True: the search is over. The
 * depth is small, as each level has more ways than the budget allows before long.
 */
static bool descend(struct walk *walk, const struct guid_chain *chain, size_t npoints)
{
	if (!npoints)
		return walk->has_ending ? try_endings(walk, chain) : try(walk, chain);
	for (size_t i = 0; i < walk->npoints; i++) {
		struct point *point = &walk->points[i];
		bool is_done;

		if (point->is_taken)
			continue;
		point->is_taken = true;
		is_done = descend_point(walk, chain, point, npoints - 1);
		point->is_taken = false;
		if (is_done)
			return true;
	}
	return false;
}

static bool walk_from_nodes(struct walk *walk, size_t npoints, bool has_ending)
{
	walk->has_ending = has_ending;
	for (size_t i = 0; i < walk->nnodes; i++) {
		walk->node = &walk->nodes[i];
		if (descend(walk, &walk->nodes[i].chain, npoints))
			return true;
	}
	return false;
}

/* Try a node as it is, and keep it for ways that begin with it. */
static bool add_node(struct walk *walk, const struct node *node)
{
	walk->nodes[walk->nnodes] = *node;
	walk->node = &walk->nodes[walk->nnodes++];
	return try(walk, &node->chain);
}

static bool add_program(struct walk *walk, const char *name)
{
	const struct guid_way_step first = {GUID_PROG, name};
	struct node node = {.program = name, .route = TRACE_NONE};

	guid_begin(&node.chain, walk->search->key, walk->guid, walk->search->user_ref);
	return step(walk, &node.chain, &first) && add_node(walk, &node);
}

/* The words that its parent does not have. False: no GUID has a word so long. */
static bool take_words(struct walk *walk, const struct route *route, size_t from,
	struct guid_chain *chain)
{
	for (size_t i = from; i < route_nwords(route); i++) {
		const struct guid_way_step word = {GUID_CMD, route->tokens[i]};

		if (!step(walk, chain, &word))
			return false;
	}
	return true;
}

/*
 * A command goes on where its parent's node stopped, or the program's, `root`. A default
 * adds no word, and is its parent. `node_of`: of the routes before this one; TRACE_NONE:
 * a word was too long.
 */
static bool add_route(struct walk *walk, uint32_t i, uint32_t root, uint32_t *node_of)
{
	const struct route *routes = walk->search->tree->trace->routes;
	const struct route *route = &routes[i];
	struct node node = {.program = route->program, .route = i};
	size_t from = 0;

	node_of[i] = root;
	if (route->parent != TRACE_NONE) {
		node_of[i] = node_of[route->parent];
		from = route_nwords(&routes[route->parent]);
	}
	if (node_of[i] == TRACE_NONE || from == route_nwords(route))
		return false;
	node.chain = walk->nodes[node_of[i]].chain;
	node_of[i] = TRACE_NONE;
	if (!take_words(walk, route, from, &node.chain))
		return false;
	node_of[i] = (uint32_t)walk->nnodes;
	return add_node(walk, &node);
}

/* First all commands, without anything after them. Those of a program stand together. */
static bool walk_nodes(struct walk *walk)
{
	const struct guid_search *search = walk->search;
	const struct static_trace *trace = search->tree->trace;
	uint32_t *node_of = arena_alloc(walk->arena, trace->nroutes * sizeof(*node_of));
	const char *program = "";
	uint32_t root = TRACE_NONE;

	walk->nodes = arena_alloc(walk->arena,
		(trace->nroutes + search->tree->nprograms + 1) * sizeof(*walk->nodes));
	for (uint32_t i = 0; i < trace->nroutes; i++) {
		const char *name = trace->routes[i].program;

		if (search->program && strcmp(search->program, name) != 0)
			continue;
		if (!i || strcmp(name, program) != 0) {
			program = name;
			root = (uint32_t)walk->nnodes;
			if (add_program(walk, name))
				return true;
			if (walk->nnodes == root)
				root = TRACE_NONE;
		}
		if (add_route(walk, i, root, node_of))
			return true;
	}
	return search->program && !walk->nnodes && add_program(walk, search->program);
}

static struct point branch_point(struct arena *arena, const struct branch *branch)
{
	struct guid_way_step *choices =
		arena_alloc(arena, branch->nchoices * sizeof(*choices));

	for (size_t i = 0; i < branch->nchoices; i++)
		choices[i] = (struct guid_way_step){GUID_BRANCH,
			arena_printf(arena, "%s=%s", branch->point, branch->choices[i])};
	return (struct point){choices, branch->nchoices, false};
}

static struct point fork_point(struct arena *arena, unsigned nforks)
{
	struct guid_way_step *choices = arena_alloc(arena, nforks * sizeof(*choices));

	for (unsigned i = 0; i < nforks; i++)
		choices[i] = (struct guid_way_step){
			GUID_FORK, arena_printf(arena, "%u", i + 1)};
	return (struct point){choices, nforks, false};
}

static void find_steps(struct walk *walk)
{
	const struct guid_search *search = walk->search;
	const struct static_trace *trace = search->tree->trace;
	struct guid_way_step *outcomes =
		arena_alloc(walk->arena, search->noutcomes * sizeof(*outcomes));

	walk->points =
		arena_alloc(walk->arena, (trace->nbranches + 1) * sizeof(*walk->points));
	for (size_t i = 0; i < trace->nbranches; i++) {
		if (trace->branches[i].nchoices)
			walk->points[walk->npoints++] =
				branch_point(walk->arena, &trace->branches[i]);
	}
	if (search->nforks)
		walk->points[walk->npoints++] = fork_point(walk->arena, search->nforks);
	for (size_t i = 0; i < search->noutcomes; i++)
		outcomes[i] = (struct guid_way_step){GUID_OUTCOME, search->outcomes[i]};
	walk->outcomes = outcomes;
	walk->noutcomes = search->noutcomes;
	walk->extras =
		arena_alloc(walk->arena, (walk->npoints + 2) * sizeof(*walk->extras));
}

struct guid_found guid_search(const struct guid_search *search, struct arena *arena,
	const uint8_t guid[GUID_SIZE])
{
	struct guid_found found = {.answer = GUID_NO_MATCH, .route = TRACE_NONE};
	struct walk walk = {
		.search = search, .arena = arena, .guid = guid, .found = &found};

	find_steps(&walk);
	if (walk_nodes(&walk))
		return found;
	for (size_t n = 1; n <= walk.npoints; n++) {
		if (walk_from_nodes(&walk, n, false) ||
			walk_from_nodes(&walk, n - 1, true))
			return found;
	}
	walk_from_nodes(&walk, walk.npoints, true);
	return found;
}
