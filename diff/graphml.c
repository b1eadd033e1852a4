#include "diff/graphml.h"

#include "core/terminal_text.h"
#include "core/text.h"
#include "core/trace.h"
#include "core/trace_names.h"
#include "diff/graph.h"

#include <inttypes.h>
#include <string.h>

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

/* U+FFFE and U+FFFF, of which XML knows nothing. */
static bool is_no_character(const char *at)
{
	return strncmp(at, "\xef\xbf\xbe", 3) == 0 || strncmp(at, "\xef\xbf\xbf", 3) == 0;
}

/* XML 1.0 has no way at all to write control characters: they are escaped before. */
static void print_escaped(FILE *out, const char *untrusted)
{
	scoped_text text = {0};

	terminal_escape(&text, untrusted);
	for (const char *at = text_string(&text); *at; at++) {
		if (*at == '&') {
			fputs("&amp;", out);
		} else if (*at == '<') {
			fputs("&lt;", out);
		} else if (*at == '>') { /* or "]]>" would be an error */
			fputs("&gt;", out);
		} else if (is_no_character(at)) {
			fputs("\xef\xbf\xbd", out);
			at += 2;
		} else {
			fputc(*at, out);
		}
	}
}

static void print_string(FILE *out, const char *key, const char *value)
{
	fprintf(out, "<data key=\"%s\">", key);
	print_escaped(out, value);
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
