/* A call graph as Graphviz draws it. Source: https://graphviz.org/doc/info/lang.html */
#ifndef PCARCH_DIFF_DOT_H
#define PCARCH_DIFF_DOT_H

#include <stdbool.h>
#include <stdio.h>

struct graph;

/* Modules are clusters; calls that are not simply written there are dashed, with their
 * way. False: a write failed (errno). */
bool dot_write(const struct graph *graph, FILE *out);

#endif
