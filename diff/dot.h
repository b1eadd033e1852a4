/* A call graph as Graphviz draws it. Source: https://graphviz.org/doc/info/lang.html */
#ifndef PCARCH_DIFF_DOT_H
#define PCARCH_DIFF_DOT_H

#include <stdbool.h>
#include <stdio.h>

struct graph;

/* The inside of a quoted label: `untrusted` with what has a meaning there escaped. */
void dot_text(FILE *out, const char *untrusted);

/* Modules are clusters; calls that are not simply written there are dashed, with their
 * way. False: a write failed (errno). */
bool dot_write(const struct graph *graph, FILE *out);

#endif
