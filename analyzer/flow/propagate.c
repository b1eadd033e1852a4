/* Values along edges, until nothing is new. */
#include "analyzer/flow/state.h"
#include "analyzer/link/function_table.h"

#include <string.h>

/* The state of a node; it and those before it are made when they are first needed. */
static struct flow_state *state_of(struct flow *flow, uint32_t node)
{
	while (flow->nstates <= node) {
		flow->states = grow(flow->states, flow->nstates, &flow->states_room,
			sizeof(*flow->states));
		flow->states[flow->nstates++] = (struct flow_state){
			FLOW_NONE, FLOW_NONE, FLOW_NONE, FLOW_NONE, false};
	}
	return &flow->states[node];
}

uint32_t flow_first_pair(const struct flow *flow, uint32_t node)
{
	return node < flow->nstates ? flow->states[node].first : FLOW_NONE;
}

struct flow_pair flow_pair_at(const struct flow *flow, uint32_t pair)
{
	struct flow_pair out;

	memcpy(&out, flow->pairs.keys + pair * sizeof(out), sizeof(out));
	return out;
}

static uint32_t value_at(const struct flow *flow, uint32_t pair)
{
	return flow_pair_at(flow, pair).value;
}

static void enqueue(struct flow *flow, uint32_t node)
{
	if (flow->states[node].is_queued)
		return;
	flow->states[node].is_queued = true;
	flow->queue =
		grow(flow->queue, flow->nqueue, &flow->queue_room, sizeof(*flow->queue));
	flow->queue[flow->nqueue++] = node;
}

static bool can_hold(const struct flow *flow, uint32_t node, uint32_t value)
{
	uint16_t holds = flow->graph.nodes[node].holds;

	if (!holds || (value & VALUE_TEXT))
		return true;
	return holds & (value & VALUE_BEHIND ? HOLDS_MEMORY : HOLDS_ADDRESS);
}

void flow_insert(struct flow *flow, uint32_t node, uint32_t value)
{
	const struct flow_pair key = {node, value};
	struct flow_state *state;
	bool is_new;
	uint32_t pair;

	if (!can_hold(flow, node, value))
		return;
	pair = key_table_add(&flow->pairs, &key, &is_new);
	if (!is_new)
		return;
	flow->next_pair =
		grow(flow->next_pair, pair, &flow->next_pair_room, sizeof(uint32_t));
	flow->next_pair[pair] = FLOW_NONE;
	state = state_of(flow, node);
	if (state->last == FLOW_NONE)
		state->first = pair;
	else
		flow->next_pair[state->last] = pair;
	state->last = pair;
	if (state->pending == FLOW_NONE)
		state->pending = pair;
	enqueue(flow, node);
}

void flow_insert_unknown(struct flow *flow, uint32_t node, uint32_t reason)
{
	flow_insert(flow, node, reason);
	flow_insert(flow, node, reason | VALUE_BEHIND);
	flow_insert(flow, node, reason | VALUE_BEHIND | VALUE_DEEPER);
}

/* Memory behind the pointers in `node` is written. */
static void note_write(struct flow *flow, uint32_t node)
{
	struct flow_node *written = &flow->graph.nodes[node];

	if (written->is_written)
		return;
	written->is_written = true;
	flow->written = grow(flow->written, flow->nwritten, &flow->written_room,
		sizeof(*flow->written));
	flow->written[flow->nwritten++] = node;
}

/* 0: an address; 1: the address of memory with it; 2: the address of such, or deeper. */
static unsigned depth_of(uint32_t value)
{
	return value & VALUE_DEEPER ? 2 : value & VALUE_BEHIND ? 1 : 0;
}

static uint32_t at_depth(uint32_t value, unsigned depth)
{
	value &= ~(uint32_t)(VALUE_BEHIND | VALUE_DEEPER);
	return value | (depth ? VALUE_BEHIND : 0) | (depth > 1 ? VALUE_DEEPER : 0);
}

/* What is stored through a pointer is seen by those that read through it, as well. */
static void insert_by(struct flow *flow, uint32_t node, uint32_t value, uint32_t flags)
{
	value &= ~(uint32_t)VALUE_STORED;
	/* A field whose address is taken, and that is written by that. */
	if ((flags & FLOW_BACK) && (flags & FLOW_DOWN))
		flow_unpair(flow, node);
	flow_insert(flow, node, value);
	if (!(value & VALUE_BEHIND) || !(flags & (FLOW_BACK | FLOW_STORE | FLOW_COPY)))
		return;
	note_write(flow, node);
	flow_insert(flow, node, value | VALUE_STORED);
}

void flow_insert_written(struct flow *flow, uint32_t node, uint32_t reason)
{
	flow_insert(flow, node, reason);
	insert_by(flow, node, reason | VALUE_BEHIND, FLOW_STORE);
	insert_by(flow, node, reason | VALUE_BEHIND | VALUE_DEEPER, FLOW_STORE);
}

/* Does the field point to functions of such a type? */
static bool is_fit(const struct flow *flow, uint32_t node, uint32_t value)
{
	const char *signature = flow->graph.nodes[node].signature;
	const struct function *fn;

	if (value & VALUE_REASON)
		return false;
	fn = &function_table_get(flow->program.functions, value & VALUE_NUMBER)->function;
	return !signature || fn->signature == signature ||
	       (fn->flags & FUNCTION_NO_PROTOTYPE);
}

void flow_pass(struct flow *flow, uint32_t node, uint32_t value, uint32_t flags)
{
	unsigned depth = depth_of(value), steps = flags & FLOW_TWICE ? 2 : 1;

	if (((flags & FLOW_LOADED) && !(value & VALUE_LOADED)) ||
		((flags & FLOW_UNKNOWN) && !(value & VALUE_REASON)))
		return;
	if (value & VALUE_TEXT) {
		if (!(flags & FLOW_BACK))
			flow_insert(flow, node, value);
		return;
	}
	if (!(flags & (FLOW_BACK | FLOW_VIEW)) != !(value & VALUE_STORED))
		return;
	if ((flags & FLOW_COPY) && !depth)
		return;
	if ((flags & FLOW_VIEW) && !is_fit(flow, node, value))
		return;
	if (flags & FLOW_UP) {
		depth = depth + steps > 2 ? 2 : depth + steps;
	} else if (flags & FLOW_DOWN) {
		if (depth < steps && depth < 2)
			return;
		/* How deep is not counted: there may be less to go, or as much as before.
		 */
		for (unsigned d = depth - steps; depth == 2 && d < 2; d++)
			insert_by(flow, node, at_depth(value, d), flags);
		depth = depth == 2 ? 2 : depth - steps;
	}
	insert_by(flow, node, at_depth(value, depth), flags);
}

/* What is known already goes along a new edge. */
static void pass_known(struct flow *flow, const struct flow_edge *edge)
{
	uint32_t pair = state_of(flow, edge->from)->first;

	for (; pair != FLOW_NONE; pair = flow->next_pair[pair])
		flow_pass(flow, edge->to, value_at(flow, pair), edge->flags);
}

static void add_edge(struct flow *flow, const struct flow_edge *edge)
{
	flow_graph_add(&flow->graph, *edge);
	pass_known(flow, edge);
}

/* What is in the memory that a pointer points to is where the pointer came from, too. */
static void share(struct flow *flow, const struct flow_edge *edge)
{
	struct flow_edge back = *edge;

	back.from = edge->to;
	back.to = edge->from;
	back.flags = FLOW_BACK | (edge->flags & FLOW_TWICE) |
		     (edge->flags & FLOW_UP ? FLOW_DOWN : 0) |
		     (edge->flags & FLOW_DOWN ? FLOW_UP : 0);
	add_edge(flow, &back);
}

/* Wherever the pointers in `node` came from sees what is written through them. */
static void write_through(struct flow *flow, uint32_t node)
{
	uint32_t e = flow->graph.nodes[node].first_in;

	flow->graph.nodes[node].is_shared = true;
	for (; e != FLOW_NONE; e = flow->graph.edges[e].next_in) {
		struct flow_edge edge = flow->graph.edges[e];

		if (edge.flags & FLOW_RAW)
			share(flow, &edge);
	}
}

static void share_if_due(struct flow *flow, const struct flow_edge *edge)
{
	if ((edge->flags & FLOW_BOTH_WAYS) ||
		((edge->flags & FLOW_RAW) && flow->graph.nodes[edge->to].is_shared))
		share(flow, edge);
}

/* A `char *` goes where only a function can be, without a cast: arguments of old style.
 */
static bool is_from_bytes(const struct flow *flow, const struct flow_edge *edge)
{
	return flow->graph.nodes[edge->from].holds == HOLDS_MEMORY &&
	       flow->graph.nodes[edge->to].holds == HOLDS_ADDRESS &&
	       !(edge->flags & ~(uint32_t)(FLOW_BOTH_WAYS | FLOW_RAW));
}

/* Any function whose address was made bytes or a number, or what else the bytes say. */
static void read_bytes(struct flow *flow, struct flow_edge edge)
{
	edge.flags = 0;
	edge.from = flow_graph_node(&flow->graph, (struct flow_key){.kind = NODE_BYTES});
	add_edge(flow, &edge);
	flow_insert(flow, edge.to, flow_reason(flow, "cast from integer"));
}

void flow_connect(struct flow *flow, struct flow_edge edge)
{
	if (edge.from == edge.to && !(edge.flags & (FLOW_UP | FLOW_DOWN)))
		return;
	if (!(edge.flags & FLOW_STORE))
		flow_unpair(flow, edge.to);
	if (is_from_bytes(flow, &edge))
		read_bytes(flow, edge);
	add_edge(flow, &edge);
	share_if_due(flow, &edge);
}

void flow_start(struct flow *flow)
{
	size_t count = flow->graph.nedges; /* sharing adds others */

	for (size_t e = 0; e < count; e++) {
		struct flow_edge edge = flow->graph.edges[e];

		if (is_from_bytes(flow, &edge))
			read_bytes(flow, edge);
		pass_known(flow, &edge);
		share_if_due(flow, &edge);
	}
}

void flow_watch(struct flow *flow, uint32_t node, struct flow_watch watch)
{
	struct flow_state *state = state_of(flow, node);
	uint32_t pair = state->first, end = state->pending;

	watch.next = state->first_watch;
	flow->watches =
		grow(flow->watches, flow->nwatches, &flow->watches_room, sizeof(watch));
	flow->watches[flow->nwatches] = watch;
	state->first_watch = (uint32_t)flow->nwatches++;
	/* What was passed on already will not come again. */
	for (; pair != end; pair = flow->next_pair[pair])
		flow_act(flow, node, &watch, value_at(flow, pair));
}

static void pass_from(struct flow *flow, uint32_t node, uint32_t value)
{
	uint32_t at = flow->graph.nodes[node].first_out;

	for (; at != FLOW_NONE; at = flow->graph.edges[at].next_out) {
		const struct flow_edge *edge = &flow->graph.edges[at];

		flow_pass(flow, edge->to, value, edge->flags);
	}
	for (at = flow->states[node].first_watch; at != FLOW_NONE;) {
		struct flow_watch watch = flow->watches[at];

		flow_act(flow, node, &watch, value);
		at = watch.next;
	}
}

static void pass_on(struct flow *flow, uint32_t node)
{
	uint32_t pair = flow->states[node].pending;

	flow->states[node].pending = FLOW_NONE;
	flow->states[node].is_queued = false;
	for (; pair != FLOW_NONE; pair = flow->next_pair[pair])
		pass_from(flow, node, value_at(flow, pair));
}

void flow_run(struct flow *flow)
{
	while (flow->nqueue || flow->nwritten)
		if (flow->nwritten)
			write_through(flow, flow->written[--flow->nwritten]);
		else
			pass_on(flow, flow->queue[--flow->nqueue]);
}
