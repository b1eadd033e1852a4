#include "analyzer/flow/graph.h"

#include "core/arena.h"

#include <stdlib.h>

void flow_graph_init(struct flow_graph *graph)
{
	*graph = (struct flow_graph){.keys.key_bytes = sizeof(struct flow_key)};
}

void flow_graph_release(struct flow_graph *graph)
{
	key_table_release(&graph->keys);
	free(graph->nodes);
	free(graph->edges);
}

uint32_t flow_graph_node(struct flow_graph *graph, struct flow_key key)
{
	bool is_new;
	uint32_t node = key_table_add(&graph->keys, &key, &is_new);

	if (!is_new)
		return node;
	graph->nodes = grow(graph->nodes, graph->nnodes, &graph->nodes_room,
		sizeof(*graph->nodes));
	graph->nodes[graph->nnodes++] = (struct flow_node){
		.first_out = FLOW_NONE,
		.first_in = FLOW_NONE,
		.first_paired = FLOW_NONE,
	};
	return node;
}

uint32_t flow_graph_find(const struct flow_graph *graph, struct flow_key key)
{
	return key_table_find(&graph->keys, &key);
}

uint32_t flow_graph_unique(struct flow_graph *graph, uint32_t kind)
{
	return flow_graph_node(graph,
		(struct flow_key){.kind = kind, .a = graph->nunique++});
}

const struct flow_key *flow_graph_key(const struct flow_graph *graph, uint32_t node)
{
	return (const struct flow_key *)(const void *)(graph->keys.keys +
						       node * sizeof(struct flow_key));
}

uint32_t flow_graph_add(struct flow_graph *graph, struct flow_edge edge)
{
	uint32_t index = (uint32_t)graph->nedges;

	edge.next_out = graph->nodes[edge.from].first_out;
	edge.next_in = graph->nodes[edge.to].first_in;
	graph->edges = grow(graph->edges, graph->nedges, &graph->edges_room,
		sizeof(*graph->edges));
	graph->edges[graph->nedges++] = edge;
	graph->nodes[edge.from].first_out = index;
	graph->nodes[edge.to].first_in = index;
	return index;
}
