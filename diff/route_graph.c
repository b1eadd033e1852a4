#include "diff/route_graph.h"

#include "core/arena.h"
#include "core/text.h"
#include "core/trace.h"
#include "diff/dot.h"
#include "diff/mermaid.h"

#include <inttypes.h>

/* What one of the two languages puts around the same things. */
struct language {
	void (*text)(FILE *out, const char *untrusted);
	const char *line_break;
};

static const struct language dot = {dot_text, "\\n"};
static const struct language mermaid = {mermaid_text, "<br/>"};

static struct index_list routes_of(const struct route_graph *graph, size_t part)
{
	return route_tree_list(graph->tree, graph->arena, graph->parts[part]);
}

static bool is_sure(const struct route *route)
{
	return route->handler != TRACE_NONE && !route->is_ambiguous;
}

static void print_label(const struct route_graph *graph, const struct language *language,
	const struct route *route, bool is_top, FILE *out)
{
	scoped_text words = {0};

	route_tree_label(graph->tree, route, is_top, &words);
	fputc('"', out);
	language->text(out, text_string(&words));
	if (route->handler != TRACE_NONE) {
		fputs(language->line_break, out);
		language->text(out, graph->tree->trace->functions[route->handler].name);
	}
	fputc('"', out);
}

static void print_above(const struct route_graph *graph, size_t part, uint32_t route,
	FILE *out)
{
	if (route == graph->parts[part].route ||
		graph->tree->trace->routes[route].parent == TRACE_NONE)
		fprintf(out, "p%" PRIu32, graph->parts[part].program);
	else
		fprintf(out, "r%" PRIu32, graph->tree->trace->routes[route].parent);
}

static void print_dot_node(const struct route_graph *graph, size_t part, uint32_t index,
	FILE *out)
{
	const struct route *route = &graph->tree->trace->routes[index];
	struct arena arena = {0};

	fprintf(out, "\tr%" PRIu32 " [label=", index);
	print_label(graph, &dot, route, index == graph->parts[part].route, out);
	fputs(", tooltip=\"", out);
	dot_text(out, arena_printf(&arena, "%s:%u", route->file, route->line));
	fputs(is_sure(route) ? "\"];\n\t" : "\", style=dashed];\n\t", out);
	print_above(graph, part, index, out);
	fprintf(out, " -> r%" PRIu32 ";\n", index);
	arena_release(&arena);
}

bool route_graph_dot(const struct route_graph *graph, FILE *out)
{
	fputs("digraph routes {\n"
	      "\tgraph [rankdir=LR];\n"
	      "\tnode [shape=box, fontname=\"sans-serif\", fontsize=10, height=0.3];\n"
	      "\tedge [arrowsize=0.7];\n",
		out);
	for (size_t i = 0; i < graph->nparts; i++) {
		uint32_t program = graph->parts[i].program;
		struct index_list routes = routes_of(graph, i);

		fprintf(out, "\tp%" PRIu32 " [label=\"", program);
		dot_text(out, graph->tree->programs[program]);
		fputs("\", penwidth=2];\n", out);
		for (size_t j = 0; j < routes.count; j++)
			print_dot_node(graph, i, routes.items[j], out);
	}
	fputs("}\n", out);
	return !ferror(out);
}

static void print_mermaid_node(const struct route_graph *graph, size_t part,
	uint32_t index, FILE *out)
{
	const struct route *route = &graph->tree->trace->routes[index];

	fputc('\t', out);
	print_above(graph, part, index, out);
	fprintf(out, " %s r%" PRIu32 "[", is_sure(route) ? "-->" : "-.->", index);
	print_label(graph, &mermaid, route, index == graph->parts[part].route, out);
	fputs("]\n", out);
}

bool route_graph_mermaid(const struct route_graph *graph, FILE *out)
{
	fputs("flowchart LR\n", out);
	for (size_t i = 0; i < graph->nparts; i++) {
		uint32_t program = graph->parts[i].program;
		struct index_list routes = routes_of(graph, i);

		fprintf(out, "\tp%" PRIu32 "([\"", program);
		mermaid_text(out, graph->tree->programs[program]);
		fputs("\"])\n", out);
		for (size_t j = 0; j < routes.count; j++)
			print_mermaid_node(graph, i, routes.items[j], out);
	}
	return !ferror(out);
}

size_t route_graph_edges(const struct route_graph *graph)
{
	size_t count = 0;

	for (size_t i = 0; i < graph->nparts; i++)
		count += routes_of(graph, i).count;
	return count;
}
