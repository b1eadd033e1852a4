/*
 * Which modules call which, small enough to be drawn: above a few hundred modules, those
 * of a directory become one, but for those that runtime-only calls touch.
 */
#ifndef PCARCH_DIFF_MODULE_GRAPH_H
#define PCARCH_DIFF_MODULE_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct html_page;

struct module_node {
	const char *name; /* the module, or its directory with a '/' behind */
	uint32_t module; /* its number; TRACE_NONE: `nmodules` in a directory */
	size_t nmodules;
	size_t functions, functions_ran; /* of the scan: 0 of what is foreign */
	bool is_entry; /* control enters here */
	double x, y, width; /* of its box, in pixels; all are `MODULE_NODE_HEIGHT` high */
};

enum {
	MODULE_NODE_HEIGHT = 20,
	MODULE_STATIC = -1
};

struct module_edge {
	uint32_t from, to;
	uint64_t ncalls; /* that the source shows; or how often what it does not ran */
	uint64_t seen; /* how often those ran */
	int verdict; /* the gravest; MODULE_STATIC: the source shows it */
};

struct module_graph {
	struct module_node *nodes; /* all is in the page's arena */
	size_t nnodes;
	struct module_edge *edges; /* static ones first, the strongest first */
	size_t nedges, nstatic;
	size_t nleft_out; /* static edges, the weakest */
	bool is_folded; /* there are directories among the nodes */
	double width, height;
};

struct module_graph module_graph_make(struct html_page *page);

/*
 * Place the nodes in columns: the first holds where control enters, each next one what
 * the ones before call, and the last ones what is not known to be called. Inside a column
 * they stand by what they are tied to. Same graph, same places. Source: K. Sugiyama et
 * al., "Methods for Visual Understanding of Hierarchical System Structures", 1981: its
 * barycentres, without its added nodes.
 */
void module_layout(struct html_page *page, struct module_graph *graph);

#endif
