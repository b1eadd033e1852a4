#include "analyzer/entry/branches.h"

#include "analyzer/entry/entry_points.h"
#include "analyzer/entry/outlines.h"
#include "core/arena.h"
#include "core/compare.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* What the macro calls, with "point=choice": tracer/pcarch_trace.h. */
#define BRANCH_FUNCTION "pcarch_branch"

struct taken {
	const char *point, *choice; /* in the arena */
	const char *file;
	unsigned line;
};

struct taken_list {
	struct taken *items;
	size_t count, room;
};

static int by_choice(const void *left, const void *right)
{
	const struct taken *a = left, *b = right;
	int order = strcmp(a->point, b->point);

	order = order ? order : strcmp(a->choice, b->choice);
	order = order ? order : strcmp(a->file, b->file);
	return order ? order : compare_u32(a->line, b->line);
}

static void read_call(struct arena *arena, struct outlines *outlines, struct term_at at,
	struct taken_list *list)
{
	const struct facts *facts = outlines_facts(outlines, at);
	uint32_t argument = term_argument(facts, at.term, 0);
	const char *text, *equals;

	if (argument == FACTS_NONE || facts->terms[argument].kind != TERM_TEXT)
		return;
	text = facts_string(facts, facts->terms[argument].name);
	equals = strchr(text, '=');
	if (!equals)
		return;
	list->items = grow(list->items, list->count, &list->room, sizeof(*list->items));
	list->items[list->count] = (struct taken){
		.point = arena_copy(arena, text, (size_t)(equals - text)),
		.choice = arena_strdup(arena, equals + 1),
		.file = outlines_file(outlines, at),
		.line = facts->terms[at.term].line,
	};
	list->count += list->items[list->count].file != NULL;
}

/* The image's function of that name; FACTS_NONE: it calls no such one. */
static uint32_t branch_function(const struct facts *facts)
{
	for (uint32_t f = 0; f < facts->nfunctions; f++)
		if (strcmp(facts_string(facts, facts->functions[f].name),
			    BRANCH_FUNCTION) == 0)
			return f;
	return FACTS_NONE;
}

static void read_image(struct arena *arena, struct outlines *outlines, uint32_t image,
	struct taken_list *list)
{
	const struct facts *facts = &outlines->program->images[image];
	uint32_t function = branch_function(facts), root = 0;

	for (uint32_t t = 0; function != FACTS_NONE && t < facts->nterms; t++) {
		uint32_t callee;

		if (t == facts->terms[root].end)
			root = t;
		callee = facts->terms[t].kind == TERM_CALL ? term_child(facts, t, 0)
							   : FACTS_NONE;
		if (callee != FACTS_NONE && term_function(facts, callee) == function)
			read_call(arena, outlines, (struct term_at){image, root, t},
				list);
	}
}

/* The choices of one point: `count` sorted entries, some of them the same. */
static struct branch branch_of(struct arena *arena, const struct taken *taken,
	size_t count)
{
	const char **choices = arena_alloc(arena, count * sizeof(*choices));
	struct branch branch = {.point = taken->point, .choices = choices};
	const struct taken *first = taken;

	for (size_t i = 0; i < count; i++) {
		int order = strcmp(taken[i].file, first->file);

		if (order < 0 || (!order && taken[i].line < first->line))
			first = &taken[i];
		if (!i || strcmp(taken[i].choice, taken[i - 1].choice) != 0)
			choices[branch.nchoices++] = taken[i].choice;
	}
	branch.file = first->file;
	branch.line = first->line;
	return branch;
}

void branches_find(struct arena *arena, struct outlines *outlines,
	struct static_trace *trace)
{
	struct taken_list list = {0};
	struct branch *branches;
	size_t count = 0, end;

	for (uint32_t i = 0; i < outlines->program->nimages; i++)
		read_image(arena, outlines, i, &list);
	if (list.count)
		qsort(list.items, list.count, sizeof(*list.items), by_choice);
	branches = arena_alloc(arena, list.count * sizeof(*branches));
	for (size_t i = 0; i < list.count; i = end) {
		end = i + 1;
		while (end < list.count &&
			strcmp(list.items[end].point, list.items[i].point) == 0)
			end++;
		branches[count++] = branch_of(arena, &list.items[i], end - i);
	}
	trace->branches = branches;
	trace->nbranches = count;
	free(list.items);
}
