/* The graph of modules, as a drawing. */
#include "diff/html/html_page.h"
#include "diff/html/module_graph.h"

#include "core/arena.h"
#include "core/utf8.h"

#include <inttypes.h>
#include <string.h>

enum {
	MAX_LETTERS = 30, /* of a name; as module_layout.c has it */
	FEW_EDGES = 150 /* of which each can be followed by eye */
};

/* The end of a long name says more than its beginning. */
static const char *short_name(struct arena *arena, const char *name)
{
	size_t letters = utf8_count(name);
	const char *at = name;

	if (letters <= MAX_LETTERS)
		return name;
	for (; letters > MAX_LETTERS - 1; letters--) {
		size_t len = utf8_sequence(at, strlen(at));

		at += len ? len : 1;
	}
	return arena_printf(arena, "…%s", at);
}

/*
 * From the right side of one box to the left side of the other; to an earlier column the
 * other way round; inside one column in a bow on the right.
 */
static void write_curve(struct html_page *page, const struct module_node *from,
	const struct module_node *to)
{
	double half = MODULE_NODE_HEIGHT / 2.0, bend;
	double x1 = from->x + from->width, x2 = to->x, side = 1;

	if (to->x == from->x)
		x2 = to->x + to->width;
	else if (to->x < from->x) {
		x1 = from->x;
		x2 = to->x + to->width;
		side = -1;
	}
	bend = to->x == from->x ? 46 : (x2 - x1) * side * 0.45;
	if (bend < 24)
		bend = 24;
	markup_format(&page->out, "M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f", x1,
		from->y + half, x1 + side * bend, from->y + half,
		to->x == from->x ? x2 + bend : x2 - side * bend, to->y + half, x2,
		to->y + half);
}

static void write_edge(struct html_page *page, const struct module_graph *graph,
	const struct module_edge *edge)
{
	struct markup *out = &page->out;

	markup_add(out, "<path class=\"");
	if (edge->verdict != MODULE_STATIC)
		markup_format(out, "only v%d", edge->verdict);
	else
		markup_add(out, edge->seen ? "ran" : "idle");
	markup_format(out, "\" data-from=\"%u\" data-to=\"%u\" d=\"", edge->from,
		edge->to);
	write_curve(page, &graph->nodes[edge->from], &graph->nodes[edge->to]);
	markup_add(out, "\"/>\n");
}

static void write_node_title(struct html_page *page, const struct module_node *node)
{
	struct markup *out = &page->out;

	markup_add(out, "<title>");
	markup_text(out, node->name);
	if (node->module == TRACE_NONE) {
		markup_add(out, ", ");
		markup_count(out, node->nmodules, "module", "modules");
	}
	if (node->functions) {
		markup_add(out, ": ");
		markup_number(out, node->functions_ran);
		markup_add(out, " of ");
		markup_count(out, node->functions, "function ran", "functions ran");
	} else {
		markup_add(out, ": in no scanned unit");
	}
	markup_add(out, "</title>");
}

static const char *node_class(const struct module_node *node)
{
	if (!node->functions)
		return "foreign";
	return node->functions_ran ? "ran" : "idle";
}

static void write_node(struct html_page *page, const struct module_node *node,
	size_t number)
{
	struct markup *out = &page->out;

	if (node->module == TRACE_NONE) {
		markup_add(out, "<a href=\"#coverage\" data-filter=\"");
		markup_text(out, strcmp(node->name, "./") == 0 ? "" : node->name);
		markup_add(out, "\"");
	} else {
		markup_format(out, "<a href=\"#m%u\"", node->module);
	}
	markup_format(out, " data-node=\"%zu\" class=\"%s%s\">", number, node_class(node),
		node->is_entry ? " entry" : "");
	write_node_title(page, node);
	markup_format(out,
		"<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%d\" rx=\"4\"/>"
		"<text x=\"%.0f\" y=\"%.0f\">",
		node->x, node->y, node->width, MODULE_NODE_HEIGHT, node->x + 9,
		node->y + 14);
	markup_text(out, short_name(page->arena, node->name));
	markup_add(out, "</text></a>\n");
}

static void write_drawing(struct html_page *page, const struct module_graph *graph)
{
	struct markup *out = &page->out;

	markup_format(out,
		"<div class=\"graph\"><svg id=\"module-graph\"%s viewBox=\"0 0 %.0f %.0f\" "
		"width=\"%.0f\" height=\"%.0f\" role=\"group\" "
		"aria-label=\"Which modules call which\">\n<g class=\"edges\">\n",
		graph->nedges <= FEW_EDGES ? " class=\"few\"" : "", graph->width,
		graph->height, graph->width, graph->height);
	for (size_t i = 0; i < graph->nedges; i++)
		write_edge(page, graph, &graph->edges[i]);
	markup_add(out, "</g>\n<g class=\"nodes\">\n");
	for (size_t i = 0; i < graph->nnodes; i++)
		write_node(page, &graph->nodes[i], i);
	markup_add(out, "</g>\n</svg></div>\n");
}

static void write_legend(struct html_page *page, const struct module_graph *graph)
{
	bool has[VERDICT_COUNT] = {false};
	struct markup *out = &page->out;

	for (size_t i = graph->nstatic; i < graph->nedges; i++)
		has[graph->edges[i].verdict] = true;
	markup_add(out, "<p class=\"keys\"><span class=\"line ran\"></span> calls that "
			"ran <span class=\"line idle\"></span> calls that did not");
	for (int i = 0; i < VERDICT_COUNT; i++)
		if (has[i])
			markup_format(out, " <span class=\"line v%d\"></span> %s", i,
				verdict_words[i].one);
	markup_add(out, "</p>\n");
}

static void write_notes(struct html_page *page, const struct module_graph *graph)
{
	struct markup *out = &page->out;

	markup_add(out, "<p class=\"quiet\">On the left control enters; each column "
			"calls the next.");
	if (graph->is_folded)
		markup_add(out, " Directories are drawn as one, but for the modules that "
				"calls seen only as the program ran lead from or to.");
	if (graph->nleft_out) {
		markup_add(out, " Left out: the ");
		markup_number(out, graph->nleft_out);
		markup_add(out, " edges that the fewest calls make.");
	}
	markup_add(out, "</p>\n");
}

void html_modules(struct html_page *page)
{
	struct module_graph graph = module_graph_make(page);

	if (!graph.nnodes)
		return;
	module_layout(page, &graph);
	html_begin_section(page, "modules", "Modules", 0);
	write_notes(page, &graph);
	write_legend(page, &graph);
	markup_add(&page->out,
		"<div class=\"filters needs-script\" id=\"graph-tools\">"
		"<button type=\"button\" value=\"1.4\" "
		"aria-label=\"Zoom in\">+</button>"
		"<button type=\"button\" value=\"0.7\" "
		"aria-label=\"Zoom out\">−</button>"
		"<button type=\"button\" value=\"0\">Whole</button></div>\n");
	write_drawing(page, &graph);
	html_end_section(page);
}
