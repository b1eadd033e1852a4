/* Facts into the graph. */
#include "analyzer/flow/records.h"
#include "analyzer/flow/state.h"
#include "analyzer/link/function_table.h"
#include "analyzer/link/site_table.h"
#include "core/source_paths.h"
#include "core/text.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

struct import {
	struct flow *flow;
	const struct facts *facts;
	const uint32_t *bodies;
	uint32_t *nodes; /* of the graph, for each of the image; FLOW_NONE: not yet */
	uint32_t first_row; /* what is added to numbers of rows */
};

static const char *interned(const struct import *import, uint32_t string)
{
	return source_paths_intern(import->flow->program.paths,
		facts_string(import->facts, string));
}

static uint32_t node_of(struct import *import, uint32_t kind, uint32_t a, uint32_t b)
{
	return flow_graph_node(&import->flow->graph,
		(struct flow_key){.kind = kind, .a = a, .b = b});
}

/* The address of one function; of an ifunc's, what its resolver returns. */
static uint32_t value_node(struct import *import, uint32_t function)
{
	struct function_table *functions = import->flow->program.functions;
	uint32_t node;

	function = flow_aliased(import->flow, function);
	if (function_table_get(functions, function)->function.flags & FUNCTION_IFUNC) {
		struct definitions resolver = function_table_target(functions, function);

		if (resolver.count == 1)
			return node_of(import, NODE_RESULT, resolver.functions[0], 0);
	}
	node = node_of(import, NODE_FUNCTION, function, 0);
	flow_insert(import->flow, node, function);
	return node;
}

/* A name that several definitions bear is any of them. */
static uint32_t function_node(struct import *import, uint32_t user, uint32_t local)
{
	struct definitions found =
		function_table_resolve_from(import->flow->program.functions,
			import->facts, user, local);
	uint32_t *copy, node;
	size_t count = found.count;

	if (count == 1)
		return value_node(import, found.functions[0]);
	copy = xmalloc(count * sizeof(*copy));
	for (size_t i = 0; i < count; i++)
		copy[i] = found.functions[i];
	node = flow_graph_unique(&import->flow->graph, NODE_TEMPORARY);
	for (size_t i = 0; i < count; i++)
		flow_graph_add(&import->flow->graph,
			(struct flow_edge){
				.from = value_node(import, copy[i]), .to = node});
	free(copy);
	return node;
}

static uint32_t own_function(struct import *import, uint32_t local)
{
	return function_table_definition(import->flow->program.functions, import->facts,
		local);
}

/* The one function with a body that a direct call means; TRACE_NONE: it is not so. */
static uint32_t plain_callee(struct flow *flow, uint32_t site)
{
	struct index_list callees = site_table_callees(flow->program.sites, site);
	const struct linked_function *fn;
	uint32_t function;

	if (callees.count != 1)
		return TRACE_NONE;
	function = flow_aliased(flow, callees.items[0]);
	fn = function_table_get(flow->program.functions, function);
	if (!fn->is_defined || (fn->function.flags & (FUNCTION_ALIAS | FUNCTION_IFUNC)))
		return TRACE_NONE;
	return function;
}

static uint32_t site_of(const struct import *import, const struct facts_flow *flow,
	uint32_t local)
{
	const struct facts_function *owner = &import->facts->functions[flow->owner];

	return import->bodies[flow->owner] + (local - owner->first_site);
}

/* What a plain call passes is the parameter itself. */
static uint32_t argument_node(struct import *import, uint32_t site, uint32_t number)
{
	struct flow *flow = import->flow;
	uint32_t callee = plain_callee(flow, site), node;
	const struct linked_function *fn;

	if (callee != TRACE_NONE) {
		fn = function_table_get(flow->program.functions, callee);
		if (number < fn->function.arity)
			return node_of(import, NODE_PARAMETER, callee, number);
		return node_of(import, NODE_REST, callee, 0);
	}
	node = flow_site_argument(flow, site, number);
	if (node != FLOW_NONE)
		return node;
	node = node_of(import, NODE_ARGUMENT, site, number);
	flow->arguments = grow(flow->arguments, flow->narguments, &flow->arguments_room,
		sizeof(*flow->arguments));
	flow->arguments[flow->narguments] = (struct flow_argument){
		node, number, flow_site(flow, site)->first_argument};
	flow_site(flow, site)->first_argument = (uint32_t)flow->narguments++;
	return node;
}

static uint32_t answer_node(struct import *import, uint32_t site)
{
	uint32_t callee = plain_callee(import->flow, site), node;

	if (callee != TRACE_NONE)
		return node_of(import, NODE_RESULT, callee, 0);
	node = node_of(import, NODE_ANSWER, site, 0);
	flow_site(import->flow, site)->answer = node;
	return node;
}

/* Units may disagree on the type of a field; then functions of any fit. */
static void note_signature(struct flow_node *field, const char *signature)
{
	if (!field->has_signatures)
		field->signature = signature[0] ? signature : NULL;
	else if (field->signature != signature)
		field->signature = NULL;
	field->has_signatures = true;
}

static uint32_t record_node(struct import *import, const struct facts_node *from)
{
	struct flow_graph *graph = &import->flow->graph;
	struct flow_key key = {.kind = from->kind};
	uint32_t node;

	key.a = flow_records_find(import->flow->records, import->facts, from->a);
	if (from->kind == NODE_FIELD)
		key.text = interned(import, from->name);
	node = flow_graph_node(graph, key);
	if (from->kind == NODE_FIELD)
		note_signature(&graph->nodes[node], interned(import, from->b));
	return node;
}

/* One use of a macro can make several variables at one place. */
static const char *place_and_name(const struct import *import,
	const struct facts_node *from)
{
	const struct facts *facts = import->facts;
	scoped_text text = {0};

	text_printf(&text, "%s %s", facts_string(facts, from->name),
		facts_string(facts, facts->files[from->a].path));
	return source_paths_intern(import->flow->program.paths, text_string(&text));
}

static uint32_t variable_node(struct import *import, const struct facts_node *from)
{
	struct flow_graph *graph = &import->flow->graph;
	struct flow_key key = {.kind = from->kind};
	uint32_t node;

	if (from->kind == NODE_LOCAL)
		return flow_graph_unique(graph, NODE_LOCAL);
	if (from->kind == NODE_STATIC) {
		key.text = place_and_name(import, from);
		key.b = from->b;
		return flow_graph_node(graph, key);
	}
	key.text = interned(import, from->name);
	node = flow_graph_node(graph, key);
	graph->nodes[node].is_defined |= from->a;
	return node;
}

static uint32_t constant_node(struct import *import, const struct facts_node *from)
{
	struct flow *flow = import->flow;
	uint32_t node = node_of(import, from->kind, 0, 0);
	const char *text;

	if (from->kind == NODE_INTEGER)
		flow_insert(flow, node, flow_reason(flow, "cast from integer"));
	else if (from->kind == NODE_OTHER)
		flow_insert(flow, node, flow_reason(flow, "expression not understood"));
	if (from->kind != NODE_TEXT)
		return node;
	text = interned(import, from->name);
	node = flow_graph_node(&flow->graph,
		(struct flow_key){.kind = NODE_TEXT, .text = text});
	flow_insert(flow, node, VALUE_TEXT | key_table_add(&flow->texts, &text, NULL));
	return node;
}

static uint32_t make_node(struct import *import, const struct facts_node *from,
	const struct facts_flow *flow)
{
	switch (from->kind) {
	case NODE_FUNCTION:
		return function_node(import, flow->owner, from->a);
	case NODE_PARAMETER:
	case NODE_REST:
	case NODE_RESULT:
		return node_of(import, from->kind, own_function(import, from->a),
			from->kind == NODE_PARAMETER ? from->b : 0);
	case NODE_FIELD:
	case NODE_UNION:
	case NODE_LOADED:
		return record_node(import, from);
	case NODE_GLOBAL:
	case NODE_STATIC:
	case NODE_LOCAL:
		return variable_node(import, from);
	case NODE_TEMPORARY:
		return flow_graph_unique(&import->flow->graph, NODE_TEMPORARY);
	case NODE_ARGUMENT:
		return argument_node(import, site_of(import, flow, from->a), from->b);
	case NODE_ANSWER:
		return answer_node(import, site_of(import, flow, from->a));
	default:
		return constant_node(import, from);
	}
}

/* Is node `from` of a call in a body that is not linked, or not the owner's? */
static bool is_foreign(const struct import *import, const struct facts_node *from,
	const struct facts_flow *flow)
{
	const struct facts_function *owner;

	if (from->kind != NODE_ARGUMENT && from->kind != NODE_ANSWER)
		return false;
	if (flow->owner == FACTS_NONE)
		return true;
	owner = &import->facts->functions[flow->owner];
	return from->a < owner->first_site ||
	       from->a - owner->first_site >= owner->nsites;
}

/* The same parameter may have several names, where macros make them. */
static void note_name(struct flow_node *node, const char *name)
{
	if (!node->name || strcmp(name, node->name) < 0)
		node->name = name;
}

static uint32_t resolve(struct import *import, uint32_t local,
	const struct facts_flow *flow)
{
	const struct facts_node *from = &import->facts->nodes[local];
	uint32_t node = import->nodes[local];
	struct flow_node *made;

	/* Which function a name means may depend on who says it. */
	if (node != FLOW_NONE && from->kind != NODE_FUNCTION)
		return node;
	if (is_foreign(import, from, flow))
		return FLOW_NONE;
	node = make_node(import, from, flow);
	import->nodes[local] = node;
	made = &import->flow->graph.nodes[node];
	made->holds |= from->holds;
	if (from->name)
		note_name(made, interned(import, from->name));
	return node;
}

static void add_pointee(struct import *import, const struct facts_flow *from,
	uint32_t field)
{
	struct flow *flow = import->flow;
	const struct facts_node *to = &import->facts->nodes[from->to];
	struct flow_pointee pointee = {.field = field, .number = to->b};
	uint32_t site;

	if (to->kind == NODE_GLOBAL) {
		flow->foreign = grow(flow->foreign, flow->nforeign, &flow->foreign_room,
			sizeof(*flow->foreign));
		flow->foreign[flow->nforeign++] = (struct flow_edge){
			.from = field, .to = resolve(import, from->to, from)};
		return;
	}
	if ((to->kind != NODE_ARGUMENT && to->kind != NODE_ANSWER) ||
		is_foreign(import, to, from))
		return;
	pointee.is_result = to->kind == NODE_ANSWER;
	site = site_of(import, from, to->a);
	if (plain_callee(flow, site) != TRACE_NONE)
		return;
	pointee.is_raw = from->flags & FLOW_RAW;
	pointee.next = flow_site(flow, site)->first_pointee;
	flow->pointees = grow(flow->pointees, flow->npointees, &flow->pointees_room,
		sizeof(pointee));
	flow->pointees[flow->npointees] = pointee;
	flow_site(flow, site)->first_pointee = (uint32_t)flow->npointees++;
}

static void add_flow(struct import *import, const struct facts_flow *from)
{
	struct source_paths *paths = import->flow->program.paths;
	struct flow_edge edge = {.line = from->line, .flags = from->flags};

	if (from->owner != FACTS_NONE && import->bodies[from->owner] == TRACE_NONE)
		return;
	edge.from = resolve(import, from->from, from);
	if (edge.from != FLOW_NONE && (from->flags & FLOW_POINTEE)) {
		add_pointee(import, from, edge.from);
		return;
	}
	edge.to = resolve(import, from->to, from);
	if (edge.from == FLOW_NONE || edge.to == FLOW_NONE ||
		(edge.from == edge.to && !(edge.flags & (FLOW_UP | FLOW_DOWN))))
		return;
	if (from->file != FACTS_NONE)
		edge.file = source_paths_shown(paths,
			facts_string(import->facts,
				import->facts->files[from->file].path));
	if (from->row) {
		edge.row = import->first_row + from->row;
		if (edge.row > import->flow->nrows)
			import->flow->nrows = edge.row;
	}
	if (!(edge.flags & FLOW_PAIRED)) {
		flow_graph_add(&import->flow->graph, edge);
		return;
	}
	import->flow->paired = grow(import->flow->paired, import->flow->npaired,
		&import->flow->paired_room, sizeof(struct flow_paired));
	import->flow->paired[import->flow->npaired++] =
		(struct flow_paired){.edge = edge};
}

/* What each indirect site of the bodies that are linked calls. */
static void add_queries(struct import *import)
{
	const struct facts *facts = import->facts;

	for (uint32_t f = 0; f < facts->nfunctions; f++) {
		const struct facts_function *fn = &facts->functions[f];
		struct facts_flow context = {.owner = f};

		for (uint32_t s = 0; s < fn->nsites; s++) {
			const struct facts_site *site = &facts->sites[fn->first_site + s];
			uint32_t node;

			if (site->node == FACTS_NONE || import->bodies[f] == TRACE_NONE)
				continue;
			node = resolve(import, site->node, &context); /* may add sites */
			flow_site(import->flow, import->bodies[f] + s)->query = node;
		}
	}
}

/* A variable that is defined without being read or written is no library's either. */
static void add_definitions(struct import *import)
{
	const struct facts_flow context = {.owner = FACTS_NONE};

	for (uint32_t i = 0; i < import->facts->nnodes; i++) {
		const struct facts_node *node = &import->facts->nodes[i];

		if (node->kind == NODE_GLOBAL && node->a)
			resolve(import, i, &context);
	}
}

void flow_add_records(struct flow *flow, const struct facts *facts)
{
	flow_records_add(flow->records, facts);
}

void flow_add(struct flow *flow, const struct facts *facts, const uint32_t *bodies)
{
	struct import import = {
		.flow = flow,
		.facts = facts,
		.bodies = bodies,
		.nodes = xmalloc((facts->nnodes + 1) * sizeof(uint32_t)),
		.first_row = flow->nrows,
	};

	for (size_t i = 0; i < facts->nnodes; i++)
		import.nodes[i] = FLOW_NONE;
	add_definitions(&import);
	for (size_t i = 0; i < facts->nflows; i++)
		add_flow(&import, &facts->flows[i]);
	add_queries(&import);
	free(import.nodes);
}
