#include "cli/known_route.h"

#include "cli/command.h"
#include "core/arena.h"
#include "core/suggest.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "core/trace.h"

#include <assert.h>
#include <string.h>

enum {
	MAX_CANDIDATES = 20
};

/* How far words lead in one program. */
struct search {
	uint32_t program;
	struct route_words words;
	struct route_found found;
	bool is_named; /* the program's name stood before the words */
	bool is_anywhere; /* no program knows the first word, and none is named */
};

static const char *name_of(const struct known_routes *known, uint32_t route)
{
	scoped_text name = {0};

	route_name(&known->tree->trace->routes[route], &name);
	return arena_strdup(known->arena, text_string(&name));
}

/* What was found, and after it the words that were not; `count`: of the words, so many.
 */
static const char *typed(const struct known_routes *known, const struct search *search,
	size_t count)
{
	uint32_t route = search->found.route;
	scoped_text name = {0};

	if (route != TRACE_NONE)
		text_add(&name, name_of(known, route));
	else if (!search->is_anywhere)
		text_add(&name, known->tree->programs[search->program]);
	for (size_t i = search->found.nwords; i < count; i++)
		text_printf(&name, "%s%s", name.len ? " " : "", search->words.items[i]);
	return arena_strdup(known->arena, text_string(&name));
}

static void list_several(const struct known_routes *known, const struct search *search)
{
	struct index_list several = search->found.several;

	usage_error(known->command, "'%s' may be any of %zu commands; say which:",
		typed(known, search, search->words.count), several.count);
	for (size_t i = 0; i < several.count && i < MAX_CANDIDATES; i++) {
		fputs("  ", stderr);
		terminal_print(stderr, name_of(known, several.items[i]));
		fputc('\n', stderr);
	}
	if (several.count > MAX_CANDIDATES)
		fprintf(stderr, "  ... and %zu more\n", several.count - MAX_CANDIDATES);
}

/* Offer the names of `route`; true when one of them is the nearest so far. */
static bool offer(struct suggestion *suggestion, const struct route *route)
{
	bool had_one = suggestion->nearest;
	unsigned distance = suggestion->distance;

	if (route->ntokens)
		suggestion_offer(suggestion, route->tokens[route->ntokens - 1]);
	for (size_t i = 0; i < route->naliases; i++)
		suggestion_offer(suggestion, route->aliases[i]);
	return suggestion->nearest && (!had_one || suggestion->distance < distance);
}

static void offer_below(const struct known_routes *known, struct route_part part,
	struct suggestion *suggestion, uint32_t *nearest)
{
	struct index_list below = route_tree_below(known->tree, part);

	for (size_t i = 0; i < below.count; i++) {
		if (offer(suggestion, &known->tree->trace->routes[below.items[i]]))
			*nearest = below.items[i];
	}
}

/* The command whose name is nearest to the word that leads nowhere; NULL: none is. */
static const char *nearest_to(const struct known_routes *known,
	const struct search *search)
{
	struct suggestion suggestion = {0};
	uint32_t nearest = TRACE_NONE;

	assert(search->words.items && search->found.nwords < search->words.count);
	suggestion.word = search->words.items[search->found.nwords];
	for (uint32_t i = 0; i < known->tree->nprograms && search->is_anywhere; i++)
		offer_below(known, (struct route_part){i, TRACE_NONE}, &suggestion,
			&nearest);
	if (!search->is_anywhere)
		offer_below(known,
			(struct route_part){search->program, search->found.route},
			&suggestion, &nearest);
	return nearest == TRACE_NONE ? NULL : name_of(known, nearest);
}

static void say_unknown(const struct known_routes *known, const struct search *search)
{
	const char *nearest = nearest_to(known, search);
	const char *all = typed(known, search, search->words.count);
	const char *found = typed(known, search, 0);
	struct index_list below = route_tree_below(known->tree,
		(struct route_part){search->program, search->found.route});

	if (nearest)
		usage_error(known->command,
			"'%s' has no command '%s'; did you mean '%s'?", known->file, all,
			nearest);
	else if (search->is_anywhere)
		usage_error(known->command,
			"'%s' has no command '%s'; 'pcarch show routes' lists them",
			known->file, all);
	else if (!below.count)
		usage_error(known->command,
			"'%s' has no command '%s': none is known after '%s'", known->file,
			all, found);
	else
		usage_error(known->command,
			"'%s' has no command '%s'; 'pcarch show routes %s' lists what is "
			"known",
			known->file, all, found);
}

static bool search_program(const struct known_routes *known, struct search *search)
{
	return route_tree_find(known->tree, known->arena, search->program, search->words,
		&search->found);
}

static void say_why(const struct known_routes *known, const struct search *search)
{
	if (search->found.several.count)
		list_several(known, search);
	else
		say_unknown(known, search);
}

bool known_route(const struct known_routes *known, uint32_t owner,
	struct route_words words, struct route_part *out)
{
	struct search search = {.program = owner, .words = words};

	if (!search_program(known, &search)) {
		say_why(known, &search);
		return false;
	}
	*out = (struct route_part){owner, search.found.route};
	return true;
}

bool known_program(const struct known_routes *known, const char *name, uint32_t *out)
{
	const struct route_tree *tree = known->tree;
	struct suggestion suggestion = {.word = name};
	uint32_t found = route_tree_program(tree, name);

	if (found != TRACE_NONE) {
		*out = found;
		return true;
	}
	for (size_t i = 0; i < tree->nprograms; i++)
		suggestion_offer(&suggestion, tree->programs[i]);
	if (!tree->nprograms)
		usage_error(known->command, "'%s' has no commands of any program",
			known->file);
	else if (suggestion.nearest || tree->nprograms == 1)
		usage_error(known->command,
			"'%s' has no commands of '%s'; did you mean '%s'?", known->file,
			name,
			suggestion.nearest ? suggestion.nearest : tree->programs[0]);
	else
		usage_error(known->command,
			"'%s' has no commands of '%s'; 'pcarch show routes' lists its %zu "
			"programs",
			known->file, name, tree->nprograms);
	return false;
}

/* Search a program whose name may be the first word. */
static bool search_any(const struct known_routes *known, struct search *search)
{
	const char *name = known->tree->programs[search->program];

	if (search_program(known, search))
		return true;
	if (strcmp(search->words.items[0], name) != 0)
		return false;
	search->is_named = true;
	search->words.items++;
	search->words.count--;
	return search_program(known, search);
}

static size_t reach(const struct search *search)
{
	return search->found.nwords + search->found.several.count + search->is_named;
}

bool known_routes_anywhere(const struct known_routes *known, struct route_words words,
	struct route_part **parts, size_t *nparts)
{
	const struct route_tree *tree = known->tree;
	struct search best = {0};

	*nparts = 0;
	*parts = arena_alloc(known->arena, tree->nprograms * sizeof(**parts));
	for (uint32_t i = 0; i < tree->nprograms; i++) {
		struct search search = {.program = i, .words = words};

		if (search_any(known, &search))
			(*parts)[(*nparts)++] =
				(struct route_part){i, search.found.route};
		if (!i || reach(&search) > reach(&best))
			best = search;
	}
	if (*nparts)
		return true;
	best.is_anywhere = !reach(&best) && tree->nprograms > 1;
	say_why(known, &best);
	return false;
}
