#include "diff/span_tree.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"

#include <stdlib.h>
#include <string.h>

static int compare_ids(const struct placed_span *a, const char *trace, const char *span)
{
	int order = strcmp(a->trace->id, trace);

	return order ? order : strcmp(a->span->id, span);
}

static int by_id(const void *a, const void *b)
{
	const struct placed_span *right = b;

	return compare_ids(a, right->trace->id, right->span->id);
}

static uint32_t find(const struct span_tree *tree, const char *trace, const char *span)
{
	size_t low = 0, high = tree->nspans;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_ids(&tree->spans[middle], trace, span) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < tree->nspans && compare_ids(&tree->spans[low], trace, span) == 0
		       ? (uint32_t)low
		       : UINT32_MAX;
}

void span_tree_open(struct span_tree *tree, const struct dynamic_trace *trace)
{
	size_t n = 0;

	*tree = (struct span_tree){
		trace, xmalloc(dynamic_span_count(trace) * sizeof(*tree->spans)), 0};
	for (size_t i = 0; i < trace->ntraces; i++)
		for (size_t k = 0; k < trace->traces[i].nspans; k++)
			tree->spans[n++] = (struct placed_span){&trace->traces[i],
				&trace->traces[i].spans[k], UINT32_MAX,
				trace->traces[i].spans[k].duration_us};
	tree->nspans = n;
	qsort(tree->spans, n, sizeof(*tree->spans), by_id);
	for (size_t i = 0; i < n; i++) {
		struct placed_span *placed = &tree->spans[i], *parent;

		if (!placed->span->parent)
			continue;
		placed->parent = find(tree, placed->trace->id, placed->span->parent);
		if (placed->parent == UINT32_MAX || placed->parent == i) {
			placed->parent = UINT32_MAX;
			continue;
		}
		parent = &tree->spans[placed->parent];
		parent->self_us -= parent->self_us < placed->span->duration_us
					   ? parent->self_us
					   : placed->span->duration_us;
	}
}

void span_tree_release(struct span_tree *tree)
{
	free(tree->spans);
	tree->spans = NULL;
	tree->nspans = 0;
}

const char *span_tree_name(const struct dynamic_trace *all, const struct span *span)
{
	if (span->name)
		return span->name;
	return span->function == TRACE_NONE ? "unknown"
					    : all->functions[span->function].name;
}
