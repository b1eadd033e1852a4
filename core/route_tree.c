#include "core/route_tree.h"

#include "core/arena.h"
#include "core/text.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char default_mark[] = "<default>";

/* Routes of a program stand together. */
static uint32_t *find_programs(struct route_tree *tree, struct arena *arena)
{
	const struct static_trace *trace = tree->trace;
	const char **programs = arena_alloc(arena, trace->nroutes * sizeof(*programs));
	uint32_t *program_of = xmalloc(trace->nroutes * sizeof(*program_of));

	for (size_t i = 0; i < trace->nroutes; i++) {
		const char *name = trace->routes[i].program;

		if (!i || strcmp(name, trace->routes[i - 1].program) != 0)
			programs[tree->nprograms++] = name;
		program_of[i] = (uint32_t)tree->nprograms - 1;
	}
	tree->programs = programs;
	return program_of;
}

void route_tree_init(struct route_tree *tree, struct arena *arena,
	const struct static_trace *trace)
{
	uint32_t *above, *depths = arena_alloc(arena, trace->nroutes * sizeof(*depths));

	*tree = (struct route_tree){.trace = trace, .depths = depths};
	above = find_programs(tree, arena);
	for (size_t i = 0; i < trace->nroutes; i++) {
		uint32_t parent = trace->routes[i].parent;

		depths[i] = parent == TRACE_NONE ? 0 : depths[parent] + 1;
		above[i] = parent == TRACE_NONE ? (uint32_t)trace->nroutes + above[i]
						: parent;
	}
	tree->below = grouping_by(arena, above, trace->nroutes,
		trace->nroutes + tree->nprograms);
	free(above);
}

uint32_t route_tree_program(const struct route_tree *tree, const char *name)
{
	for (size_t i = 0; i < tree->nprograms; i++) {
		if (strcmp(tree->programs[i], name) == 0)
			return (uint32_t)i;
	}
	return TRACE_NONE;
}

struct index_list route_tree_below(const struct route_tree *tree, struct route_part part)
{
	size_t top = tree->trace->nroutes + part.program;

	return grouping_at(&tree->below,
		part.route == TRACE_NONE ? (uint32_t)top : part.route);
}

struct index_list route_tree_list(const struct route_tree *tree, struct arena *arena,
	struct route_part part)
{
	size_t count = 0, room = 0, nwaiting = 0, waiting_room = 0;
	uint32_t *list = NULL, *waiting = NULL;
	struct index_list all;

	for (bool has_more = true; has_more; has_more = nwaiting > 0) {
		uint32_t next = nwaiting ? waiting[--nwaiting] : part.route;
		struct index_list below =
			route_tree_below(tree, (struct route_part){part.program, next});

		if (next != TRACE_NONE) {
			list = grow(list, count, &room, sizeof(*list));
			list[count++] = next;
		}
		while (below.count) {
			waiting =
				grow(waiting, nwaiting, &waiting_room, sizeof(*waiting));
			waiting[nwaiting++] = below.items[--below.count];
		}
	}
	all = (struct index_list){(const uint32_t *)arena_copy(arena, (const char *)list,
					  count * sizeof(*list)),
		count};
	free(list);
	free(waiting);
	return all;
}

size_t route_nwords(const struct route *route)
{
	bool has_mark = route->is_default && route->ntokens &&
			strcmp(route->tokens[route->ntokens - 1], default_mark) == 0;

	return route->ntokens - has_mark;
}

size_t route_tree_own_words(const struct route_tree *tree, const struct route *route)
{
	if (route->is_default)
		return 0;
	if (route->parent == TRACE_NONE)
		return route->ntokens;
	return route->ntokens - tree->trace->routes[route->parent].ntokens;
}

/* How a word is taken for a name, the surest way first. */
enum way {
	AS_IT_IS,
	IN_ANY_CASE,
	AS_BEGINNING,
	NWAYS,
};

static bool takes(const struct route *route, enum way way)
{
	switch (way) {
	case IN_ANY_CASE:
		return strcmp(route->match, "icase") == 0;
	case AS_BEGINNING:
		return text_has_suffix(route->match, "-prefix");
	default:
		return true;
	}
}

static bool is_name(const char *word, const char *name, enum way way)
{
	switch (way) {
	case IN_ANY_CASE:
		return strcasecmp(word, name) == 0;
	case AS_BEGINNING:
		return *word && text_has_prefix(name, word);
	default:
		return strcmp(word, name) == 0;
	}
}

static bool is_named(const struct route *route, const char *word, enum way way)
{
	bool found = is_name(word, route->tokens[route->ntokens - 1], way);

	for (size_t i = 0; i < route->naliases && !found; i++)
		found = is_name(word, route->aliases[i], way);
	return found;
}

/* How many of `words` are the route's own; 0: they are not. */
static size_t take_words(const struct route_tree *tree, const struct route *route,
	struct route_words words, enum way way)
{
	size_t n = route_tree_own_words(tree, route);
	const char *const *own = route->tokens + (route->ntokens - n);

	if (!n || n > words.count || !takes(route, way))
		return 0;
	for (size_t i = 0; i + 1 < n; i++) {
		if (!is_name(words.items[i], own[i], way == IN_ANY_CASE ? way : AS_IT_IS))
			return 0;
	}
	return is_named(route, words.items[n - 1], way) ? n : 0;
}

/* The routes among `below` that the next of `words` may mean, in the surest way. */
static struct index_list choose(const struct route_tree *tree, struct arena *arena,
	struct index_list below, struct route_words words)
{
	uint32_t *chosen = arena_alloc(arena, below.count * sizeof(*chosen));
	size_t count = 0;

	for (enum way way = 0; way < NWAYS && !count; way++) {
		for (size_t i = 0; i < below.count; i++)
			if (take_words(tree, &tree->trace->routes[below.items[i]], words,
				    way))
				chosen[count++] = below.items[i];
		if (way < AS_BEGINNING && count)
			count = 1;
	}
	return (struct index_list){chosen, count};
}

bool route_tree_find(const struct route_tree *tree, struct arena *arena, uint32_t program,
	struct route_words words, struct route_found *out)
{
	*out = (struct route_found){.route = TRACE_NONE};
	while (out->nwords < words.count) {
		struct route_words rest = {
			words.items + out->nwords, words.count - out->nwords};
		struct index_list chosen = choose(tree, arena,
			route_tree_below(tree, (struct route_part){program, out->route}),
			rest);

		if (chosen.count != 1) {
			out->several = chosen;
			return false;
		}
		out->route = chosen.items[0];
		out->nwords +=
			route_tree_own_words(tree, &tree->trace->routes[out->route]);
	}
	return true;
}

void route_tree_label(const struct route_tree *tree, const struct route *route, bool all,
	struct text *out)
{
	size_t end = route_nwords(route), start = out->len;

	for (size_t i = all ? 0 : end - route_tree_own_words(tree, route); i < end; i++)
		text_printf(out, "%s%s", out->len > start ? " " : "", route->tokens[i]);
	if (route->is_default)
		text_printf(out, "%s%s", out->len > start ? " " : "", default_mark);
	for (size_t i = 0; i < route->naliases; i++)
		text_printf(out, "%s%s", i ? ", " : " (", route->aliases[i]);
	if (route->naliases)
		text_add(out, ")");
}

void route_name(const struct route *route, struct text *out)
{
	text_add(out, route->program);
	for (size_t i = 0; i < route_nwords(route); i++)
		text_printf(out, " %s", route->tokens[i]);
}
