#include "diff/metacg.h"

#include "core/arena.h"
#include "core/interner.h"
#include "core/json_writer.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "core/trace.h"
#include "diff/graph.h"

#include <inttypes.h>

/* The graph as it is walked here: edges by either end, functions by a key. */
struct nodes {
	const struct graph *graph;
	struct grouping callees, callers; /* function -> edges */
	const char **names; /* function -> key of version 2 */
};

static void group_edges(struct nodes *nodes, struct arena *arena)
{
	const struct graph *graph = nodes->graph;
	size_t nfunctions = graph->program->trace->nfunctions;
	uint32_t *keys = arena_alloc(arena, graph->nedges * sizeof(*keys));

	for (size_t i = 0; i < graph->nedges; i++)
		keys[i] = graph->edges[i].caller;
	nodes->callees = grouping_by(arena, keys, graph->nedges, nfunctions);
	for (size_t i = 0; i < graph->nedges; i++)
		keys[i] = graph->edges[i].callee;
	nodes->callers = grouping_by(arena, keys, graph->nedges, nfunctions);
}

/* A stranger's name may look like one that was made longer: no key comes twice. */
static void name_nodes(struct nodes *nodes, struct arena *arena)
{
	const struct graph *graph = nodes->graph;
	scoped_interner seen = {.arena = arena};

	nodes->names = arena_alloc(arena,
		graph->program->trace->nfunctions * sizeof(*nodes->names));
	for (size_t i = 0; i < graph->nnodes; i++) {
		uint32_t function = graph->nodes[i];
		size_t before = seen.count;
		scoped_text key = {0};
		const char *name;

		terminal_escape(&key, graph->names[function]); /* bad UTF-8 is repaired */
		name = arena_strdup(arena, text_string(&key));
		while (intern_string(&seen, name), seen.count == before)
			name = arena_printf(arena, "%s#%" PRIu32, name, function);
		nodes->names[function] = name;
	}
}

static bool has_body(const struct function *fn)
{
	return (fn->type == FUNCTION_PUBLIC || fn->type == FUNCTION_PRIVATE) &&
	       !(fn->flags & FUNCTION_ALIAS);
}

/* The header "_MetaCG"; it has no comments, so what is left out is a member of it. */
static void write_header(struct json_writer *json, const struct graph *graph,
	const char *version)
{
	scoped_text note = {0};

	json_key(json, "_MetaCG");
	json_begin_line_object(json);
	json_member_string(json, "version", version);
	json_key(json, "generator");
	json_begin_line_object(json);
	json_member_string(json, "name", "pcarch");
	json_member_string(json, "version", graph->program->trace->tool_version);
	json_member_string(json, "sha", "");
	json_end_object(json);
	if (graph_is_cut(graph, &note))
		json_member_string(json, "comment", text_string(&note));
	json_end_object(json);
}

static void write_callees(struct json_writer *json, const struct nodes *nodes,
	uint32_t function)
{
	struct index_list edges = grouping_at(&nodes->callees, function);

	json_key(json, "callees");
	json_begin_array(json);
	for (size_t i = 0; i < edges.count; i++)
		json_string(json,
			nodes->names[nodes->graph->edges[edges.items[i]].callee]);
	json_end_array(json);
}

static void write_callers(struct json_writer *json, const struct nodes *nodes,
	uint32_t function)
{
	struct index_list edges = grouping_at(&nodes->callers, function);

	json_key(json, "callers");
	json_begin_array(json);
	for (size_t i = 0; i < edges.count; i++)
		json_string(json,
			nodes->names[nodes->graph->edges[edges.items[i]].caller]);
	json_end_array(json);
}

static void write_file_properties(struct json_writer *json, const struct function *fn,
	bool with_origin)
{
	json_key(json, "meta");
	json_begin_line_object(json);
	json_key(json, "fileProperties");
	json_begin_line_object(json);
	if (with_origin)
		json_member_string(json, "origin", fn->file);
	json_member_bool(json, "systemInclude", *fn->file == '<');
	json_end_object(json);
	json_end_object(json);
}

static void write_nothing(struct json_writer *json, const char *key)
{
	json_key(json, key);
	json_begin_array(json);
	json_end_array(json);
}

static void write_node(struct json_writer *json, const struct nodes *nodes,
	uint32_t function)
{
	const struct function *fn = &nodes->graph->program->trace->functions[function];

	json_key(json, nodes->names[function]);
	json_begin_line_object(json);
	write_callees(json, nodes, function);
	write_callers(json, nodes, function);
	json_member_bool(json, "hasBody", has_body(fn));
	json_member_bool(json, "isVirtual", false); /* this is C */
	json_member_bool(json, "doesOverride", false);
	write_nothing(json, "overrides");
	write_nothing(json, "overriddenBy");
	write_file_properties(json, fn, true);
	json_end_object(json);
}

/* Ids are strings in this format; ours are those of static.json. */
static const char *id_of(uint32_t function, char *buffer, size_t size)
{
	snprintf(buffer, size, "%" PRIu32, function);
	return buffer;
}

static void write_edge4(struct json_writer *json, const struct graph_edge *edge)
{
	char id[16];

	json_key(json, id_of(edge->callee, id, sizeof(id)));
	json_begin_line_object(json);
	json_key(json, "pcarch");
	json_begin_line_object(json);
	json_member_string(json, "via", edge->call->via);
	json_key(json, "confidence");
	json_decimal(json, edge->call->confidence);
	json_member_optional_string(json, "through", edge->call->through);
	json_end_object(json);
	json_end_object(json);
}

static void write_node4(struct json_writer *json, const struct nodes *nodes,
	uint32_t function)
{
	const struct function *fn = &nodes->graph->program->trace->functions[function];
	struct index_list edges = grouping_at(&nodes->callees, function);
	char id[16];

	json_key(json, id_of(function, id, sizeof(id)));
	json_begin_line_object(json);
	json_member_string(json, "functionName", fn->name);
	json_member_string(json, "origin", *fn->file ? fn->file : NULL);
	json_member_bool(json, "hasBody", has_body(fn));
	json_key(json, "callees");
	json_begin_line_object(json);
	for (size_t i = 0; i < edges.count; i++)
		write_edge4(json, &nodes->graph->edges[edges.items[i]]);
	json_end_object(json);
	write_file_properties(json, fn, false);
	json_end_object(json);
}

static bool write_graph(const struct graph *graph, FILE *out, bool is_version4)
{
	struct arena arena = {0};
	struct nodes nodes = {.graph = graph};
	struct json_writer json;

	group_edges(&nodes, &arena);
	name_nodes(&nodes, &arena);
	json_open(&json, out);
	json_begin_object(&json);
	write_header(&json, graph, is_version4 ? "4.0" : "2.0");
	json_key(&json, "_CG");
	json_begin_object(&json);
	for (size_t i = 0; i < graph->nnodes; i++) {
		if (is_version4)
			write_node4(&json, &nodes, graph->nodes[i]);
		else
			write_node(&json, &nodes, graph->nodes[i]);
	}
	json_end_object(&json);
	json_end_object(&json);
	arena_release(&arena);
	return json_close(&json);
}

bool metacg_write(const struct graph *graph, FILE *out)
{
	return write_graph(graph, out, false);
}

bool metacg4_write(const struct graph *graph, FILE *out)
{
	return write_graph(graph, out, true);
}
