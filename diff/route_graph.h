/* Command trees as graphs: for Graphviz and as a Mermaid flowchart. */
#ifndef PCARCH_DIFF_ROUTE_GRAPH_H
#define PCARCH_DIFF_ROUTE_GRAPH_H

#include "core/route_tree.h"

#include <stdbool.h>
#include <stdio.h>

struct arena;

struct route_graph {
	const struct route_tree *tree;
	struct arena *arena;
	const struct route_part *parts; /* each below its program's name */
	size_t nparts;
};

/*
 * A node for each command, with its words and its handler; dashed where it has none, or
 * several and nothing tells which runs. False: a write failed (errno).
 */
bool route_graph_dot(const struct route_graph *graph, FILE *out);
bool route_graph_mermaid(const struct route_graph *graph, FILE *out);

/* How many edges that is: Mermaid draws MERMAID_MAX_EDGES. */
size_t route_graph_edges(const struct route_graph *graph);

#endif
