#include "diff/graphml.h"

#include "core/text.h"
#include "core/trace.h"
#include "core/trace_names.h"
#include "diff/graph.h"
#include "diff/xml_text.h"

#include <inttypes.h>

static const struct {
	const char *id, *of, *type;
} keys[] = {
	{"name", "node", "string"}, /* no other node's */
	{"function", "node", "string"},
	{"module", "node", "string"},
	{"file", "node", "string"},
	{"line", "node", "long"},
	{"type", "node", "string"},
	{"open_sites", "node", "long"},
	{"via", "edge", "string"},
	{"confidence", "edge", "double"},
	{"through", "edge", "string"},
	{"calls", "edge", "long"},
};

static void print_string(FILE *out, const char *key, const char *value)
{
	fprintf(out, "<data key=\"%s\">", key);
	xml_text(out, value);
	fputs("</data>", out);
}

static void print_count(FILE *out, const char *key, size_t value)
{
	fprintf(out, "<data key=\"%s\">%zu</data>", key, value);
}

static void print_node(const struct graph *graph, FILE *out, uint32_t function)
{
	const struct function *fn = &graph->program->trace->functions[function];

	fprintf(out, "\t\t<node id=\"f%" PRIu32 "\">", function);
	print_string(out, "name", graph->names[function]);
	print_string(out, "function", fn->name);
	print_string(out, "module", fn->module);
	print_string(out, "file", fn->file);
	print_count(out, "line", fn->line);
	print_string(out, "type", function_type_names[fn->type]);
	print_count(out, "open_sites", graph_open_sites(graph, function));
	fputs("</node>\n", out);
}

static void print_edge(const struct graph_edge *edge, FILE *out)
{
	const struct call *call = edge->call;

	fprintf(out, "\t\t<edge source=\"f%" PRIu32 "\" target=\"f%" PRIu32 "\">",
		edge->caller, edge->callee);
	print_string(out, "via", call->via);
	fprintf(out, "<data key=\"confidence\">%.2f</data>", call->confidence);
	if (call->through)
		print_string(out, "through", call->through);
	print_count(out, "calls", edge->ncalls);
	fputs("</edge>\n", out);
}

bool graphml_write(const struct graph *graph, FILE *out)
{
	scoped_text note = {0};

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", out);
	if (graph_is_cut(graph, &note))
		fprintf(out, "<!-- %s -->\n", text_string(&note));
	fputs("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n", out);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		fprintf(out,
			"\t<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
			keys[i].id, keys[i].of, keys[i].id, keys[i].type);
	fputs("\t<graph id=\"calls\" edgedefault=\"directed\">\n", out);
	for (size_t i = 0; i < graph->nnodes; i++)
		print_node(graph, out, graph->nodes[i]);
	for (size_t i = 0; i < graph->nedges; i++)
		print_edge(&graph->edges[i], out);
	fputs("\t</graph>\n</graphml>\n", out);
	return !ferror(out);
}
