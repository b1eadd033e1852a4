/*
 * Tables of options whose rows say where their function goes:
 *
 *     { "add", &chosen, add }, ...        *row->place = row->function;
 *
 * The store connects what stands in one row, not every function with every place. What
 * came to one of the fields in another way than by a row goes with everything.
 */
#include "analyzer/flow/state.h"
#include "core/compare.h"

#include <stdlib.h>

enum {
	MAX_OTHERS = 64 /* places that came by no row, to each of which all goes */
};

/* Edges into one field, by row. */
struct entries {
	struct flow_edge *items;
	size_t count, room;
};

static int by_row(const void *left, const void *right)
{
	const struct flow_edge *a = left, *b = right;

	return compare_u32(a->row, b->row);
}

/*
 * Of the first `nedges` of the graph, which are those that the source says. A store
 * through the field's pointers does not change what they are.
 */
static struct entries entries_of(const struct flow *flow, uint32_t node, size_t nedges)
{
	struct entries entries = {0};
	uint32_t e = flow->graph.nodes[node].first_in;

	for (; e != FLOW_NONE; e = flow->graph.edges[e].next_in) {
		if (e >= nedges || (flow->graph.edges[e].flags & FLOW_STORE))
			continue;
		entries.items = grow(entries.items, entries.count, &entries.room,
			sizeof(*entries.items));
		entries.items[entries.count++] = flow->graph.edges[e];
	}
	if (entries.count)
		qsort(entries.items, entries.count, sizeof(*entries.items), by_row);
	return entries;
}

/* Nothing has been passed on yet: flow_start() does, along all edges. */
static void add(struct flow *flow, struct flow_edge edge)
{
	if (edge.from != edge.to || (edge.flags & (FLOW_UP | FLOW_DOWN)))
		flow_graph_add(&flow->graph, edge);
}

/* How many times the address of what flows is taken on the way. */
static int shift_of(uint32_t flags)
{
	int steps = flags & FLOW_TWICE ? 2 : 1;

	return flags & FLOW_UP ? steps : flags & FLOW_DOWN ? -steps : 0;
}

/* What `value` brought is stored where the pointer that `place` brought points to. */
static void store(struct flow *flow, const struct flow_edge *value,
	const struct flow_edge *place)
{
	int shift = shift_of(value->flags) + 1 - shift_of(place->flags);
	struct flow_edge edge = {
		.file = value->file,
		.line = value->line,
		.from = value->from,
		.to = place->from,
	};

	if (shift > 0)
		edge.flags = FLOW_STORE | FLOW_UP;
	else if (shift < 0)
		edge.flags = FLOW_DOWN;
	if (shift > 1 || shift < -1)
		edge.flags |= FLOW_TWICE;
	add(flow, edge);
}

static size_t first_of_row(const struct entries *entries, uint32_t row)
{
	size_t low = 0, high = entries->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (entries->items[middle].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void store_range(struct flow *flow, const struct flow_edge *value,
	const struct entries *places, size_t from)
{
	uint32_t row = from < places->count ? places->items[from].row : 0;

	for (size_t p = from; p < places->count && places->items[p].row == row; p++)
		store(flow, value, &places->items[p]);
}

/* A value of a row goes to the places of that row, and to those of none. */
static void store_value(struct flow *flow, const struct flow_edge *value,
	const struct entries *places)
{
	size_t own = first_of_row(places, value->row);

	if (places->count && !places->items[0].row)
		store_range(flow, value, places, 0);
	if (own < places->count && places->items[own].row == value->row)
		store_range(flow, value, places, own);
}

/* What did not come by a row: through a node beside the field, to all places. */
static void store_others(struct flow *flow, const struct entries *values,
	const struct flow_edge *paired)
{
	uint32_t beside = flow_graph_unique(&flow->graph, NODE_TEMPORARY);
	struct flow_edge out = *paired;

	flow->graph.nodes[beside].signature = flow->graph.nodes[paired->from].signature;
	flow->graph.nodes[beside].holds = flow->graph.nodes[paired->from].holds;
	for (size_t v = 0; v < values->count && !values->items[v].row; v++) {
		struct flow_edge in = values->items[v];

		in.to = beside;
		add(flow, in);
	}
	out.from = beside;
	add(flow, out);
}

/* What is not known of the field is not known of what it is stored to. */
static void store_unknown(struct flow *flow, struct flow_edge paired)
{
	paired.flags |= FLOW_UNKNOWN;
	add(flow, paired);
}

static void store_rows(struct flow *flow, struct flow_paired *paired, size_t nedges)
{
	struct entries values = entries_of(flow, paired->edge.from, nedges);
	struct entries places = entries_of(flow, paired->edge.to, nedges);
	size_t v = first_of_row(&values, 1);

	if (first_of_row(&places, 1) > MAX_OTHERS) {
		paired->is_undone = true;
		add(flow, paired->edge);
	} else {
		for (; v < values.count; v++)
			store_value(flow, &values.items[v], &places);
		store_others(flow, &values, &paired->edge);
		store_unknown(flow, paired->edge);
	}
	free(values.items);
	free(places.items);
}

static void list_paired(struct flow *flow, uint32_t index)
{
	struct flow_paired *paired = &flow->paired[index];
	struct flow_node *from = &flow->graph.nodes[paired->edge.from];
	struct flow_node *to = &flow->graph.nodes[paired->edge.to];

	paired->next[0] = from->first_paired;
	from->first_paired = 2 * index;
	paired->next[1] = to->first_paired;
	to->first_paired = 2 * index + 1;
}

/* Stores that are no longer by rows. */
struct undoing {
	uint32_t *paired;
	size_t count, room;
};

/* Take the stores of `node` from the lists. */
static void undo(struct flow *flow, struct undoing *undoing, uint32_t node)
{
	uint32_t at = flow->graph.nodes[node].first_paired;

	flow->graph.nodes[node].first_paired = FLOW_NONE;
	while (at != FLOW_NONE) {
		struct flow_paired *paired = &flow->paired[at / 2];

		if (!paired->is_undone) {
			paired->is_undone = true;
			undoing->paired = grow(undoing->paired, undoing->count,
				&undoing->room, sizeof(*undoing->paired));
			undoing->paired[undoing->count++] = at / 2;
		}
		at = paired->next[at % 2];
	}
}

void flow_unpair(struct flow *flow, uint32_t node)
{
	struct undoing undoing = {0};

	undo(flow, &undoing, node);
	/* What now comes to their other ends came by no row, either. */
	for (size_t i = 0; i < undoing.count; i++) {
		undo(flow, &undoing, flow->paired[undoing.paired[i]].edge.from);
		undo(flow, &undoing, flow->paired[undoing.paired[i]].edge.to);
	}
	for (size_t i = 0; i < undoing.count; i++)
		flow_connect(flow, flow->paired[undoing.paired[i]].edge);
	free(undoing.paired);
}

void flow_pair_rows(struct flow *flow)
{
	size_t nedges = flow->graph.nedges;

	for (size_t i = 0; i < flow->npaired; i++)
		store_rows(flow, &flow->paired[i], nedges);
	for (uint32_t i = 0; i < flow->npaired; i++)
		list_paired(flow, i);
	/* What comes to a field that is itself one of a pair came by no row. */
	for (size_t e = nedges; e < flow->graph.nedges; e++)
		if (!(flow->graph.edges[e].flags & FLOW_STORE))
			flow_unpair(flow, flow->graph.edges[e].to);
}
