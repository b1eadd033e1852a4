/*
 * The flow of function values through a whole program, as a graph: nodes are places
 * (facts.h says which), an edge says that what is in one may come to be in the other.
 */
#ifndef PCARCH_ANALYZER_FLOW_GRAPH_H
#define PCARCH_ANALYZER_FLOW_GRAPH_H

#include "analyzer/facts/facts.h"
#include "core/key_table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FLOW_NONE = UINT32_MAX /* in place of a node, edge, pair, argument, … */
};

enum flow_node_kind { /* above those of the facts */
	NODE_SLOT = NODE_KINDS, /* where a library keeps something: rule_file.h */
};

/*
 * What tells a node from others: of the kinds in facts.h, with numbers of the program in
 * place of those of a unit. Text is interned.
 */
struct flow_key {
	const char *text; /* a variable's, a field's; of a static variable: its name and
			   * file */
	uint32_t kind, a, b;
	uint32_t zero;
};

struct flow_edge {
	const char *file; /* where in the source, interned; NULL: nowhere in particular */
	uint32_t line;
	uint32_t from, to;
	uint32_t next_out, next_in; /* of the same node */
	uint32_t flags; /* enum facts_flow_flag, enum flow_edge_flag */
	uint32_t row; /* of the initialiser that it is of, in the program; 0: none */
};

enum flow_edge_flag { /* above those of the facts */
	FLOW_BACK = 1 << 16, /* what was stored: from a pointer to where it came from */
	FLOW_COPY = 1 << 17, /* what is in the memory, to the other memory */
	FLOW_UNKNOWN = 1 << 18, /* only that something is not known */
};

struct flow_node {
	const char *name; /* for people; of several the first by strcmp(); NULL */
	const char *signature; /* of a field that points to functions; interned; NULL: of
				* several, or none */
	uint32_t first_out, first_in; /* edges */
	uint32_t first_paired; /* of a field that is stored through, or from, by rows:
				  pairs.c */
	uint16_t holds; /* enum facts_node_holds; 0: anything */
	bool is_defined; /* a global variable that some unit defines */
	bool has_signatures; /* `signature` was given: once, or differently */
	bool is_written; /* the memory that it points to is */
	bool is_shared; /* its sources share that memory, since it is written */
};

struct flow_graph {
	struct key_table keys;
	struct flow_node *nodes; /* one for each key */
	struct flow_edge *edges;
	size_t nnodes, nodes_room, nedges, edges_room;
	uint32_t nunique;
};

void flow_graph_init(struct flow_graph *graph);
void flow_graph_release(struct flow_graph *graph);

uint32_t flow_graph_node(struct flow_graph *graph, struct flow_key key);

/* The same where it exists; FLOW_NONE: it does not. */
uint32_t flow_graph_find(const struct flow_graph *graph, struct flow_key key);

/* A node like no other, of that kind. */
uint32_t flow_graph_unique(struct flow_graph *graph, uint32_t kind);

const struct flow_key *flow_graph_key(const struct flow_graph *graph, uint32_t node);

/* Add one edge; returns its index. */
uint32_t flow_graph_add(struct flow_graph *graph, struct flow_edge edge);

#endif
