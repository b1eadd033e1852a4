#include "diff/dot.h"

#include "core/arena.h"
#include "core/call_way.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "core/trace.h"
#include "diff/graph.h"

#include <inttypes.h>

/*
 * Between quotes Graphviz gives a backslash a meaning, and an ampersand, too: labels know
 * HTML's entities. What is left of line ends and control characters is escaped first.
 */
void dot_text(FILE *out, const char *untrusted)
{
	scoped_text text = {0};

	terminal_escape(&text, untrusted);
	for (const char *at = text_string(&text); *at; at++) {
		if (*at == '"' || *at == '\\')
			fputc('\\', out);
		fputs(*at == '&' ? "&amp;" : (char[]){*at, '\0'}, out);
	}
}

static void print_quoted(FILE *out, const char *untrusted)
{
	fputc('"', out);
	dot_text(out, untrusted);
	fputc('"', out);
}

static void print_tooltip(const struct graph *graph, FILE *out, uint32_t function)
{
	const struct function *fn = &graph->program->trace->functions[function];
	size_t nopen = graph_open_sites(graph, function);
	scoped_text text = {0};

	if (*fn->file)
		text_printf(&text, "%s:%u", fn->file, fn->line);
	else
		text_add(&text, "declared nowhere");
	if (nopen)
		text_printf(&text, ", %zu open call site%s", nopen,
			nopen == 1 ? "" : "s");
	fputs(", tooltip=", out);
	print_quoted(out, text_string(&text));
	if (nopen)
		fputs(", style=dashed", out);
}

static void print_node(const struct graph *graph, FILE *out, uint32_t function)
{
	const struct function *fn = &graph->program->trace->functions[function];
	bool is_outside = fn->type == FUNCTION_EXTERNAL || fn->type == FUNCTION_UNKNOWN;

	fprintf(out, "\t\tf%" PRIu32 " [label=", function);
	print_quoted(out, graph->names[function]);
	print_tooltip(graph, out, function);
	fputs(is_outside ? ", color=gray, fontcolor=gray40];\n" : "];\n", out);
}

static void print_module(const struct graph *graph, FILE *out, uint32_t module)
{
	struct index_list inside = grouping_at(&graph->in_module, module);

	if (!inside.count)
		return;
	fprintf(out, "\tsubgraph cluster_%" PRIu32 " {\n\t\tlabel=", module);
	print_quoted(out, graph->program->modules[module]);
	fputs(";\n", out);
	for (size_t i = 0; i < inside.count; i++)
		print_node(graph, out, graph->nodes[inside.items[i]]);
	fputs("\t}\n", out);
}

static void print_edge(const struct graph_edge *edge, FILE *out)
{
	struct arena arena = {0};
	const char *way = call_way(edge->call, &arena);

	fprintf(out, "\tf%" PRIu32 " -> f%" PRIu32, edge->caller, edge->callee);
	if (*way) {
		fputs(" [style=dashed, label=", out);
		print_quoted(out, way);
		fputc(']', out);
	}
	fputs(";\n", out);
	arena_release(&arena);
}

static void print_entry_points(const struct graph *graph, FILE *out)
{
	const struct static_trace *trace = graph->program->trace;

	for (size_t i = 0; i < trace->nentry_points; i++)
		if (graph_has(graph, trace->entry_points[i].function))
			fprintf(out, "\tf%" PRIu32 " [penwidth=2];\n",
				trace->entry_points[i].function);
}

bool dot_write(const struct graph *graph, FILE *out)
{
	scoped_text note = {0};

	fputs("digraph calls {\n", out);
	if (graph_is_cut(graph, &note))
		fprintf(out, "\t// %s\n", text_string(&note));
	fputs("\tgraph [rankdir=LR, fontname=\"sans-serif\", fontsize=10, fontcolor=gray40,"
	      " labeljust=l, color=gray];\n"
	      "\tnode [shape=box, fontname=\"sans-serif\", fontsize=10, height=0.3];\n"
	      "\tedge [fontname=\"sans-serif\", fontsize=8, arrowsize=0.7];\n",
		out);
	for (size_t i = 0; i < graph->program->nmodules; i++)
		print_module(graph, out, (uint32_t)i);
	print_entry_points(graph, out);
	for (size_t i = 0; i < graph->nedges; i++)
		print_edge(&graph->edges[i], out);
	fputs("}\n", out);
	return !ferror(out);
}
