/* A call graph as GraphML, for yEd, Gephi, networkx and the like. Source: GraphML 1.0. */
#ifndef PCARCH_DIFF_GRAPHML_H
#define PCARCH_DIFF_GRAPHML_H

#include <stdbool.h>
#include <stdio.h>

struct graph;

/* All that is known of functions and edges stands in data elements. False: a write failed
 * (errno). */
bool graphml_write(const struct graph *graph, FILE *out);

#endif
