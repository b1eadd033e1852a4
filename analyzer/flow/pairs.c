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

static struct entries entries_of(const struct flow *flow, uint32_t node)
{
	struct entries entries = {0};
	uint32_t e = flow->graph.nodes[node].first_in;

	for (; e != FLOW_NONE; e = flow->graph.edges[e].next_in) {
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

void flow_unpair(struct flow *flow, uint32_t node)
{
	flow->graph.nodes[node].is_paired = false;
	for (size_t i = 0; i < flow->npaired; i++) {
		struct flow_edge edge = flow->paired[i];

		if (edge.from != node && edge.to != node)
			continue;
		flow->graph.nodes[edge.from].is_paired = false;
		flow->graph.nodes[edge.to].is_paired = false;
		flow_connect(flow, edge);
	}
}

void flow_pair_rows(struct flow *flow)
{
	for (size_t i = 0; i < flow->npaired; i++) {
		struct flow_edge edge = flow->paired[i];
		struct entries values = entries_of(flow, edge.from);
		struct entries places = entries_of(flow, edge.to);

		for (size_t v = first_of_row(&values, 1); v < values.count; v++)
			store_value(flow, &values.items[v], &places);
		store_others(flow, &values, &edge);
		free(values.items);
		free(places.items);
	}
	for (size_t i = 0; i < flow->npaired; i++) {
		flow->graph.nodes[flow->paired[i].from].is_paired = true;
		flow->graph.nodes[flow->paired[i].to].is_paired = true;
	}
}
