#include "core/arena.h"
#include "core/compare.h"
#include "core/grouping.h"
#include "core/utf8.h"
#include "diff/html/html_page.h"
#include "diff/html/module_graph.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_ROWS = 26, /* in a column; more become another one */
	MAX_LETTERS = 30, /* of a name; html_modules.c cuts the rest */
	NSWEEPS = 24,
	ROW = 30, /* pixels from one node to the next */
	GAP = 90, /* pixels between columns */
	MARGIN = 16,
};

static const double letter_width = 6.7; /* of the graph's font, in pixels */

struct column {
	uint32_t *nodes; /* from top to bottom */
	size_t count;
	double x, width;
};

struct laying {
	struct arena *arena;
	struct module_graph *graph;
	struct grouping out, in; /* edges from and to each node */
	uint32_t *distance; /* node -> from where control enters */
	uint32_t *column_of;
	struct column *columns;
	size_t ncolumns;
	double *weights; /* node -> where those want it that it is tied to */
};

static void group_edges(struct laying *laying)
{
	const struct module_graph *graph = laying->graph;
	uint32_t *from = arena_alloc(laying->arena, graph->nedges * sizeof(*from));
	uint32_t *to = arena_alloc(laying->arena, graph->nedges * sizeof(*to));

	for (size_t i = 0; i < graph->nedges; i++) {
		from[i] = graph->edges[i].from;
		to[i] = graph->edges[i].to;
	}
	laying->out = grouping_by(laying->arena, from, graph->nedges, graph->nnodes);
	laying->in = grouping_by(laying->arena, to, graph->nedges, graph->nnodes);
}

/* Follow edges breadth-first from what is in `queue`; returns how many are in it then. */
static size_t spread(struct laying *laying, uint32_t *queue, size_t head, size_t count)
{
	for (; head < count; head++) {
		struct index_list out = grouping_at(&laying->out, queue[head]);

		for (size_t i = 0; i < out.count; i++) {
			uint32_t to = laying->graph->edges[out.items[i]].to;

			if (laying->distance[to] != TRACE_NONE)
				continue;
			laying->distance[to] = laying->distance[queue[head]] + 1;
			queue[count++] = to;
		}
	}
	return count;
}

/* Farther away than all that is reached already; 0 when nothing is. */
static uint32_t beyond(const struct laying *laying)
{
	uint32_t farthest = 0;

	for (size_t i = 0; i < laying->graph->nnodes; i++)
		if (laying->distance[i] != TRACE_NONE && laying->distance[i] >= farthest)
			farthest = laying->distance[i] + 1;
	return farthest;
}

/*
 * From where control enters; then, on the far side of that, from what nothing calls, and
 * from the rest.
 */
static void measure(struct laying *laying)
{
	const struct module_graph *graph = laying->graph;
	uint32_t *queue = arena_alloc(laying->arena, graph->nnodes * sizeof(*queue));
	size_t count = 0, head = 0;

	for (uint32_t i = 0; i < graph->nnodes; i++)
		laying->distance[i] = TRACE_NONE;
	for (int pass = 0; pass < 3; pass++) {
		uint32_t distance = beyond(laying);

		for (uint32_t i = 0; i < graph->nnodes; i++) {
			bool is_root =
				pass == 2 ||
				(pass == 1 && !grouping_at(&laying->in, i).count) ||
				(pass == 0 && graph->nodes[i].is_entry);

			if (!is_root || laying->distance[i] != TRACE_NONE)
				continue;
			laying->distance[i] = distance;
			queue[count++] = i;
			if (pass == 2)
				count = spread(laying, queue, head, count);
		}
		count = spread(laying, queue, head, count);
		head = count;
	}
}

static void add_column(struct laying *laying, const uint32_t *nodes, size_t count)
{
	struct column *column = &laying->columns[laying->ncolumns];

	column->nodes = arena_alloc(laying->arena, count * sizeof(*nodes));
	column->count = count;
	for (size_t i = 0; i < count; i++) {
		column->nodes[i] = nodes[i];
		laying->column_of[nodes[i]] = (uint32_t)laying->ncolumns;
	}
	laying->ncolumns++;
}

/* One for each distance, or several of about the same height. */
static void make_columns(struct laying *laying)
{
	size_t n = laying->graph->nnodes, done = 0;
	uint32_t *same = arena_alloc(laying->arena, n * sizeof(*same));

	for (uint32_t distance = 0; done < n; distance++) {
		size_t count = 0, ncolumns, start = 0;

		for (uint32_t i = 0; i < n; i++)
			if (laying->distance[i] == distance)
				same[count++] = i;
		ncolumns = (count + MAX_ROWS - 1) / MAX_ROWS;
		for (size_t i = 1; i <= ncolumns; i++) {
			add_column(laying, same + start, count * i / ncolumns - start);
			start = count * i / ncolumns;
		}
		done += count;
	}
}

static double center(const struct module_node *node)
{
	return node->y + MODULE_NODE_HEIGHT / 2.0;
}

/* Around y = 0, in order. */
static void stack(struct laying *laying, const struct column *column)
{
	double top = -(double)column->count * ROW / 2;

	for (size_t i = 0; i < column->count; i++)
		laying->graph->nodes[column->nodes[i]].y = top + (double)i * ROW;
}

/* The mean of the heights of what a node is tied to in other columns. */
static double pull(const struct laying *laying, uint32_t node)
{
	const struct module_graph *graph = laying->graph;
	struct index_list lists[] = {
		grouping_at(&laying->out, node), grouping_at(&laying->in, node)};
	double sum = 0;
	size_t count = 0;

	for (size_t list = 0; list < 2; list++)
		for (size_t i = 0; i < lists[list].count; i++) {
			const struct module_edge *edge =
				&graph->edges[lists[list].items[i]];
			uint32_t other = list ? edge->from : edge->to;

			if (laying->column_of[other] == laying->column_of[node])
				continue;
			sum += center(&graph->nodes[other]);
			count++;
		}
	return count ? sum / (double)count : center(&graph->nodes[node]);
}

static int compare_weights(const void *left, const void *right, void *weights)
{
	uint32_t i = *(const uint32_t *)left, j = *(const uint32_t *)right;
	double a = ((const double *)weights)[i], b = ((const double *)weights)[j];

	return a < b ? -1 : a > b ? 1 : compare_u32(i, j);
}

static void order_column(struct laying *laying, struct column *column)
{
	for (size_t i = 0; i < column->count; i++)
		laying->weights[column->nodes[i]] = pull(laying, column->nodes[i]);
	qsort_r(column->nodes, column->count, sizeof(*column->nodes), compare_weights,
		laying->weights);
	stack(laying, column);
}

static void order(struct laying *laying)
{
	for (size_t i = 0; i < laying->ncolumns; i++)
		stack(laying, &laying->columns[i]);
	for (size_t sweep = 0; sweep < NSWEEPS; sweep++)
		for (size_t i = 0; i < laying->ncolumns; i++)
			order_column(laying,
				&laying->columns[sweep % 2 ? laying->ncolumns - 1 - i
							   : i]);
}

static double node_width(const struct module_node *node)
{
	size_t letters = utf8_count(node->name);

	if (letters > MAX_LETTERS)
		letters = MAX_LETTERS;
	return (double)letters * letter_width + 18;
}

static void place(struct laying *laying)
{
	struct module_graph *graph = laying->graph;
	size_t most = 1;
	double x = MARGIN;

	for (size_t i = 0; i < laying->ncolumns; i++) {
		const struct column *column = &laying->columns[i];
		double width = 0;

		if (column->count > most)
			most = column->count;
		for (size_t j = 0; j < column->count; j++) {
			struct module_node *node = &graph->nodes[column->nodes[j]];

			node->x = x;
			node->width = node_width(node);
			if (node->width > width)
				width = node->width;
		}
		x += width + GAP;
	}
	graph->width = x - GAP + MARGIN;
	graph->height = (double)most * ROW + 2.0 * MARGIN;
	for (size_t i = 0; i < graph->nnodes; i++)
		graph->nodes[i].y += graph->height / 2;
}

void module_layout(struct html_page *page, struct module_graph *graph)
{
	struct laying laying = {.arena = page->arena, .graph = graph};
	size_t n = graph->nnodes;

	if (!n)
		return;
	laying.distance = arena_alloc(page->arena, n * sizeof(*laying.distance));
	laying.column_of = arena_alloc(page->arena, n * sizeof(*laying.column_of));
	laying.columns = arena_alloc(page->arena, n * sizeof(*laying.columns));
	laying.weights = arena_alloc(page->arena, n * sizeof(*laying.weights));
	group_edges(&laying);
	measure(&laying);
	make_columns(&laying);
	order(&laying);
	place(&laying);
}
