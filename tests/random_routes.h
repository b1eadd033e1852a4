/* Routes of random content, as random_trace.h makes the rest of a trace. */
#ifndef PCARCH_TESTS_RANDOM_ROUTES_H
#define PCARCH_TESTS_RANDOM_ROUTES_H

#include "core/route_id.h"
#include "core/trace.h"
#include "tests/random_name.h"

static inline const char *const *random_words(struct random_trace *random, size_t n)
{
	const char **words = arena_alloc(random->arena, n * sizeof(*words));

	for (size_t i = 0; i < n; i++)
		words[i] = random_name(random, "word");
	return words;
}

/* Now and then a word that is too long for an id. */
static inline const char *random_token(struct random_trace *random)
{
	return random_below(random, 50) ? random_name(random, "command")
					: arena_printf(random->arena, "long%0300d", 7);
}

static inline void random_handlers(struct random_trace *random,
	const struct static_trace *trace, struct route *route)
{
	struct route_handler *others = arena_alloc(random->arena, 2 * sizeof(*others));

	route->handler = random_below(random, 5)
				 ? (uint32_t)random_below(random, trace->nfunctions)
				 : (uint32_t)TRACE_NONE;
	if (route->handler == TRACE_NONE)
		route->handler_reason = random_optional(random, "inline");
	route->nothers = random_below(random, 3);
	route->others = others;
	for (size_t i = 0; i < route->nothers; i++)
		others[i] = (struct route_handler){
			(uint32_t)random_below(random, trace->nfunctions),
			random_below(random, 2) ? "handler" : "completer"};
	route->is_ambiguous = route->nothers && random_below(random, 3) == 0;
}

/* The words, below `parent`'s where there is one; the same for a default. */
static inline void random_tokens(struct random_trace *random, const struct route *parent,
	struct route *route)
{
	size_t above = parent ? parent->ntokens : 0;
	const char **tokens = arena_alloc(random->arena, (above + 1) * sizeof(*tokens));

	for (size_t i = 0; i < above; i++)
		tokens[i] = parent->tokens[i];
	tokens[above] = random_token(random);
	route->program = parent ? parent->program : random_name(random, "program");
	route->is_default = random_below(random, 8) == 0;
	route->tokens = tokens;
	route->ntokens = above + !route->is_default;
}

static inline void random_routes(struct random_trace *random, struct static_trace *trace)
{
	static const char *const matches[] = {
		"exact", "icase", "first-prefix", "unique-prefix"};
	struct route *routes =
		arena_alloc(random->arena, trace->nroutes * sizeof(*routes));
	char id[ROUTE_ID_SIZE];

	for (size_t i = 0; i < trace->nroutes; i++) {
		struct route *route = &routes[i];

		route->parent = i && random_below(random, 4)
					? (uint32_t)random_below(random, i)
					: (uint32_t)TRACE_NONE;
		random_tokens(random,
			route->parent == TRACE_NONE ? NULL : &routes[route->parent],
			route);
		route->naliases = random_below(random, 3);
		route->aliases = random_words(random, route->naliases);
		route->match = matches[random_below(random, 4)];
		random_handlers(random, trace, route);
		route->pattern = random_below(random, 2) ? "table" : "chain";
		route->file = random_name(random, "src/module.c");
		route->line = random_number(random);
		route->help = random_optional(random, "what it does");
		if (route_id_of(route->program, route->tokens, route->ntokens, id))
			route->route_id = arena_strdup(random->arena, id);
		route->reached_from =
			random_below(random, 3)
				? (uint32_t)random_below(random, trace->nentry_points)
				: (uint32_t)TRACE_NONE;
	}
	trace->routes = routes;
}

static inline void random_branches(struct random_trace *random,
	struct static_trace *trace)
{
	struct branch *branches =
		arena_alloc(random->arena, trace->nbranches * sizeof(*branches));

	for (size_t i = 0; i < trace->nbranches; i++) {
		branches[i].point = random_name(random, "source");
		branches[i].nchoices = random_below(random, 4);
		branches[i].choices = random_words(random, branches[i].nchoices);
		branches[i].file = random_name(random, "src/module.c");
		branches[i].line = random_number(random);
	}
	trace->branches = branches;
}

#endif
