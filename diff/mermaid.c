#include "diff/mermaid.h"

#include "core/arena.h"
#include "core/call_way.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "diff/graph.h"

#include <inttypes.h>
#include <string.h>

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789_-./, ():";

/*
 * Inside quotes Mermaid still sees directives, Markdown and HTML: what is no letter of a
 * usual name goes as an entity, "#34;". Beside one a colon does, too: behind "style" it
 * would cost the line its last semicolon. Ids are never names, so "end" is none of them.
 */
void mermaid_text(FILE *out, const char *untrusted)
{
	scoped_text text = {0};
	bool is_plain;

	terminal_escape(&text, untrusted);
	is_plain = !text_string(&text)[strspn(text_string(&text), plain)];
	for (const char *at = text_string(&text); *at; at++) {
		unsigned char c = (unsigned char)*at;

		if (c >= 0x80 || (strchr(plain, c) && (is_plain || c != ':')))
			fputc(c, out);
		else
			fprintf(out, "#%u;", c);
	}
}

static void print_quoted(FILE *out, const char *untrusted)
{
	fputc('"', out);
	mermaid_text(out, untrusted);
	fputc('"', out);
}

static void print_module(const struct graph *graph, FILE *out, uint32_t module)
{
	struct index_list inside = grouping_at(&graph->in_module, module);

	if (!inside.count)
		return;
	fprintf(out, "\tsubgraph m%" PRIu32 "[", module);
	print_quoted(out, graph->program->modules[module]);
	fputs("]\n", out);
	for (size_t i = 0; i < inside.count; i++) {
		uint32_t function = graph->nodes[inside.items[i]];

		fprintf(out, "\t\tf%" PRIu32 "[", function);
		print_quoted(out, graph->names[function]);
		fputs("]\n", out);
	}
	fputs("\tend\n", out);
}

static void print_edge(const struct graph_edge *edge, FILE *out)
{
	struct arena arena = {0};
	const char *way = call_way(edge->call, &arena);

	fprintf(out, "\tf%" PRIu32 " ", edge->caller);
	if (*way) {
		fputs("-.->|", out);
		print_quoted(out, way);
		fputc('|', out);
	} else {
		fputs("-->", out);
	}
	fprintf(out, " f%" PRIu32 "\n", edge->callee);
	arena_release(&arena);
}

bool mermaid_write(const struct graph *graph, FILE *out)
{
	scoped_text note = {0};

	fputs("flowchart LR\n", out);
	if (graph_is_cut(graph, &note))
		fprintf(out, "\t%%%% %s\n", text_string(&note));
	for (size_t i = 0; i < graph->program->nmodules; i++)
		print_module(graph, out, (uint32_t)i);
	for (size_t i = 0; i < graph->nedges; i++)
		print_edge(&graph->edges[i], out);
	return !ferror(out);
}
