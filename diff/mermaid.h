/* A call graph as a Mermaid flowchart, which code hosts draw inside of Markdown. */
#ifndef PCARCH_DIFF_MERMAID_H
#define PCARCH_DIFF_MERMAID_H

#include <stdbool.h>
#include <stdio.h>

struct graph;

enum {
	MERMAID_MAX_EDGES = 500 /* more, and Mermaid refuses to draw: its "maxEdges" */
};

/* The inside of a quoted label: `untrusted` with what has a meaning there as entities. */
void mermaid_text(FILE *out, const char *untrusted);

/* Modules are subgraphs; calls that are not simply written there are dotted. False: a
 * write failed (errno). */
bool mermaid_write(const struct graph *graph, FILE *out);

#endif
