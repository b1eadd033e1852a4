/* The spans of a dynamic trace, by id, and what is inside what. */
#ifndef PCARCH_DIFF_SPAN_TREE_H
#define PCARCH_DIFF_SPAN_TREE_H

#include <stddef.h>
#include <stdint.h>

struct dynamic_trace;
struct observed_trace;
struct span;

struct placed_span {
	const struct observed_trace *trace;
	const struct span *span;
	uint32_t parent; /* index in the tree; UINT32_MAX: none that is known */
	uint64_t self_us; /* without what is inside */
};

struct span_tree {
	const struct dynamic_trace *all;
	struct placed_span *spans; /* heap; sorted by trace id and span id */
	size_t nspans;
};

void span_tree_open(struct span_tree *tree, const struct dynamic_trace *trace);
void span_tree_release(struct span_tree *tree);

#define scoped_span_tree __attribute__((cleanup(span_tree_release))) struct span_tree

/* What a span is called: as it was named, or its function. */
const char *span_tree_name(const struct dynamic_trace *all, const struct span *span);

#endif
