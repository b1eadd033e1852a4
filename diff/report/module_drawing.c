#include "diff/report/report.h"

#include "core/arena.h"
#include "core/key_table.h"
#include "diff/compare/changes.h"
#include "diff/compare/comparison.h"
#include "diff/dot.h"
#include "diff/mermaid.h"
#include "diff/report/dependency_findings.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * The modules and what they depend on, as far as a person can look at it: first what the
 * report is about, then what was seen, then the rest of the source.
 */
enum {
	MAX_DOT_EDGES = 1000
};

enum edge_look {
	LOOK_NEWS, /* at run time only; came */
	LOOK_GONE,
	LOOK_SEEN, /* in the source, and seen */
	LOOK_QUIET, /* in the source */
	LOOK_COUNT,
};

struct drawn_edge {
	uint32_t from, to; /* nodes */
	enum edge_look look;
	uint64_t count;
};

struct drawing {
	const char *const *nodes; /* names */
	struct drawn_edge *edges; /* those drawn, gravest look first; in the arena */
	size_t nnodes, nedges, nleft_out;
};

/* Edges by look, and in the order given among those of one. */
static void choose(struct arena *arena, struct drawing *drawing,
	const struct drawn_edge *all, size_t count, size_t most)
{
	size_t n = 0;

	drawing->edges = arena_alloc(arena, count * sizeof(*drawing->edges));
	for (int look = 0; look < LOOK_COUNT; look++)
		for (size_t i = 0; i < count && n < most; i++)
			if (all[i].look == (enum edge_look)look)
				drawing->edges[n++] = all[i];
	drawing->nedges = n;
	drawing->nleft_out = count - n;
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* What is not scanned, and a scanned function called into; or NULL. */
static const char *outside_of(const struct comparison *all,
	const struct runtime_call *call)
{
	if (call->caller == TRACE_NONE || call->callee != TRACE_NONE ||
		(call->verdict != VERDICT_FOREIGN && call->verdict != VERDICT_INTERPOSED))
		return NULL;
	return call->object ? call->object : all->run->functions[call->to].module;
}

/* The modules, then what is outside and calls lead into, each once. */
static void name_all(struct arena *arena, const struct comparison *all,
	struct drawing *drawing)
{
	size_t nmodules = all->program->nmodules, n = 0, nunique = 0;
	const char **names =
		arena_alloc(arena, (nmodules + all->ncalls) * sizeof(*names));
	const char **objects = names + nmodules;

	for (size_t i = 0; i < nmodules; i++)
		names[i] = all->program->modules[i];
	for (size_t i = 0; i < all->ncalls; i++)
		if (outside_of(all, &all->calls[i]))
			objects[n++] = outside_of(all, &all->calls[i]);
	qsort(objects, n, sizeof(*objects), by_text);
	for (size_t i = 0; i < n; i++)
		if (!nunique || strcmp(objects[nunique - 1], objects[i]) != 0)
			objects[nunique++] = objects[i];
	drawing->nodes = names;
	drawing->nnodes = nmodules + nunique;
}

/* The edges that lead outside, each once; how many there are. */
static size_t draw_outside(const struct comparison *all, const struct drawing *drawing,
	struct drawn_edge *out)
{
	size_t nmodules = all->program->nmodules;
	struct key_table pairs = {.key_bytes = 2 * sizeof(uint32_t)};
	size_t count;

	for (size_t i = 0; i < all->ncalls; i++) {
		const struct runtime_call *call = &all->calls[i];
		const char *const *found, *outside = outside_of(all, call);
		uint32_t number, pair[2];
		bool is_new;

		if (!outside)
			continue;
		found = bsearch(&outside, drawing->nodes + nmodules,
			drawing->nnodes - nmodules, sizeof(*found), by_text);
		pair[0] = all->program->module_of[call->caller];
		pair[1] = (uint32_t)(found - drawing->nodes);
		number = key_table_add(&pairs, pair, &is_new);
		if (is_new)
			out[number] = (struct drawn_edge){pair[0], pair[1], LOOK_NEWS, 0};
		out[number].count = dynamic_sum(out[number].count, call->count);
	}
	count = pairs.count;
	key_table_release(&pairs);
	return count;
}

static void draw_comparison(struct arena *arena, const struct comparison *all,
	struct drawing *drawing, size_t most)
{
	struct module_edges edges = module_edges_of(arena, all);
	struct drawn_edge *drawn =
		arena_alloc(arena, (edges.count + all->ncalls) * sizeof(*drawn));
	size_t n = edges.count;

	for (size_t i = 0; i < edges.count; i++) {
		const struct module_edge *edge = &edges.items[i];

		drawn[i] = (struct drawn_edge){edge->from, edge->to,
			edge->is_runtime_only ? LOOK_NEWS
			: edge->count         ? LOOK_SEEN
					      : LOOK_QUIET,
			edge->count};
	}
	name_all(arena, all, drawing);
	n += draw_outside(all, drawing, drawn + n);
	choose(arena, drawing, drawn, n, most);
}

/* The names of all modules that dependencies came to or went from, each once, sorted. */
static void name_nodes(struct arena *arena, const struct changes *changes,
	struct drawing *drawing)
{
	const char **names = arena_alloc(arena, 2 * changes->nitems * sizeof(*names));
	size_t n = 0, nunique = 0;

	for (size_t i = 0; i < changes->nitems; i++)
		if (changes->items[i].what == CHANGE_DEPENDENCY) {
			names[n++] = changes->items[i].name;
			names[n++] = changes->items[i].other;
		}
	qsort(names, n, sizeof(*names), by_text);
	for (size_t i = 0; i < n; i++)
		if (!nunique || strcmp(names[nunique - 1], names[i]) != 0)
			names[nunique++] = names[i];
	drawing->nodes = names;
	drawing->nnodes = nunique;
}

static uint32_t node_of(const struct drawing *drawing, const char *name)
{
	const char *const *found = bsearch(&name, drawing->nodes, drawing->nnodes,
		sizeof(*drawing->nodes), by_text);

	return (uint32_t)(found - drawing->nodes);
}

static void draw_changes(struct arena *arena, const struct changes *changes,
	struct drawing *drawing, size_t most)
{
	struct drawn_edge *drawn = arena_alloc(arena, changes->nitems * sizeof(*drawn));
	size_t n = 0;

	name_nodes(arena, changes, drawing);
	for (size_t i = 0; i < changes->nitems; i++) {
		const struct change *change = &changes->items[i];

		if (change->what != CHANGE_DEPENDENCY)
			continue;
		drawn[n++] = (struct drawn_edge){node_of(drawing, change->name),
			node_of(drawing, change->other),
			change->way == CHANGE_CAME ? LOOK_NEWS : LOOK_GONE,
			change->count};
	}
	choose(arena, drawing, drawn, n, most);
}

static void draw(struct arena *arena, const struct report *report,
	struct drawing *drawing, size_t most)
{
	*drawing = (struct drawing){0};
	if (report->comparison)
		draw_comparison(arena, report->comparison, drawing, most);
	else
		draw_changes(arena, report->changes, drawing, most);
}

/* Which nodes an edge that is drawn touches. */
static bool *touched(struct arena *arena, const struct drawing *drawing)
{
	bool *is_touched = arena_alloc(arena, drawing->nnodes + 1);

	for (size_t i = 0; i < drawing->nedges; i++)
		is_touched[drawing->edges[i].from] = is_touched[drawing->edges[i].to] =
			true;
	return is_touched;
}

bool report_dot(const struct report *report, FILE *out)
{
	static const char *const looks[LOOK_COUNT] = {
		[LOOK_NEWS] = "color=\"#c2410c\", fontcolor=\"#c2410c\", penwidth=2",
		[LOOK_GONE] = "color=\"#64748b\", style=dashed",
		[LOOK_SEEN] = "color=\"#334155\"",
		[LOOK_QUIET] = "color=\"#cbd5e1\"",
	};
	struct arena arena = {0};
	struct drawing drawing;
	bool *is_touched;

	draw(&arena, report, &drawing, MAX_DOT_EDGES);
	is_touched = touched(&arena, &drawing);
	fputs("digraph modules {\n", out);
	if (drawing.nleft_out)
		fprintf(out, "\t// %zu edges are left out\n", drawing.nleft_out);
	fputs("\tgraph [rankdir=LR, fontname=\"sans-serif\"];\n"
	      "\tnode [shape=box, fontname=\"sans-serif\", fontsize=10, height=0.3];\n"
	      "\tedge [fontname=\"sans-serif\", fontsize=8, arrowsize=0.7];\n",
		out);
	for (size_t i = 0; i < drawing.nnodes; i++) {
		if (!is_touched[i])
			continue;
		fprintf(out, "\tm%zu [label=\"", i);
		dot_text(out, drawing.nodes[i]);
		fputs("\"];\n", out);
	}
	for (size_t i = 0; i < drawing.nedges; i++) {
		const struct drawn_edge *edge = &drawing.edges[i];

		fprintf(out, "\tm%" PRIu32 " -> m%" PRIu32 " [%s", edge->from, edge->to,
			looks[edge->look]);
		if (edge->look == LOOK_NEWS && edge->count)
			fprintf(out, ", label=\"%" PRIu64 "\"", edge->count);
		fputs("];\n", out);
	}
	fputs("}\n", out);
	arena_release(&arena);
	return !ferror(out);
}

/* "linkStyle 0,1,2 stroke:…": edges are numbered as they come. */
static void style_edges(const struct drawing *drawing, enum edge_look look,
	const char *style, FILE *out)
{
	const char *before = "\tlinkStyle ";

	for (size_t i = 0; i < drawing->nedges; i++) {
		if (drawing->edges[i].look != look)
			continue;
		fprintf(out, "%s%zu", before, i);
		before = ",";
	}
	if (*before == ',')
		fprintf(out, " %s\n", style);
}

bool report_mermaid(const struct report *report, FILE *out)
{
	struct arena arena = {0};
	struct drawing drawing;
	bool *is_touched;

	draw(&arena, report, &drawing, MERMAID_MAX_EDGES);
	is_touched = touched(&arena, &drawing);
	fputs("flowchart LR\n", out);
	if (drawing.nleft_out)
		fprintf(out, "\t%%%% %zu edges are left out\n", drawing.nleft_out);
	for (size_t i = 0; i < drawing.nnodes; i++) {
		if (!is_touched[i])
			continue;
		fprintf(out, "\tm%zu[\"", i);
		mermaid_text(out, drawing.nodes[i]);
		fputs("\"]\n", out);
	}
	for (size_t i = 0; i < drawing.nedges; i++) {
		const struct drawn_edge *edge = &drawing.edges[i];
		bool is_dotted = edge->look == LOOK_GONE || edge->look == LOOK_QUIET;

		fprintf(out, "\tm%" PRIu32 " %s m%" PRIu32 "\n", edge->from,
			edge->look == LOOK_NEWS ? "==>"
			: is_dotted             ? "-.->"
						: "-->",
			edge->to);
	}
	style_edges(&drawing, LOOK_NEWS, "stroke:#c2410c,stroke-width:3px", out);
	style_edges(&drawing, LOOK_GONE, "stroke:#64748b", out);
	arena_release(&arena);
	return !ferror(out);
}
