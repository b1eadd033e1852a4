/*
 * A part of a program's call graph, to be drawn or handed to another tool: which
 * functions are in it, and one edge for each pair of them that calls lead between.
 */
#ifndef PCARCH_DIFF_GRAPH_H
#define PCARCH_DIFF_GRAPH_H

#include "core/program.h"

#include <stdbool.h>
#include <stddef.h>

struct call;
struct text;

enum {
	GRAPH_ANY_DEPTH = UINT32_MAX
};

/* What is asked for. */
struct graph_choice {
	struct index_list from, to; /* functions; none: from or to anywhere */
	struct index_list modules; /* only functions of these; none: of any */
	bool only_defined; /* without external functions */
	unsigned depth; /* calls away from those functions, or else modules */
	size_t max_nodes, max_edges; /* SIZE_MAX: no limit */
};

struct graph_edge {
	uint32_t caller, callee;
	const struct call *call; /* the surest between the two */
	size_t ncalls; /* known, of any way */
};

struct graph {
	const struct program *program;
	const uint32_t *nodes; /* functions, ascending */
	size_t nnodes;
	const struct graph_edge *edges; /* by caller and callee */
	size_t nedges;
	size_t nwanted, nwanted_edges; /* before the limits */
	const char *farthest_from; /* "the entry points": what the limits count from */
	struct grouping in_module; /* module -> indexes of `nodes` */
	const char *const *names; /* function -> a name that is no other's */
};

/* The trace without the calls that are less sure than `least`, 0 to 1. In `arena`. */
struct static_trace graph_sure_calls(struct arena *arena,
	const struct static_trace *trace, double least);

/*
 * The functions that lie on calls from `from` to `to`, or are reached from the one, or
 * reach the other; what is near `modules`; all, where nothing is asked for. Above a limit
 * the nearest are kept, with those that are as near in the order of the trace.
 */
struct graph graph_select(const struct program *program, struct arena *arena,
	const struct graph_choice *choice);

/* Whether a limit left something out; `note` then says what, in a sentence. */
bool graph_is_cut(const struct graph *graph, struct text *note);

bool graph_has(const struct graph *graph, uint32_t function);

/* Call sites in the function that may call what nobody knows of. */
size_t graph_open_sites(const struct graph *graph, uint32_t function);

#endif
