/* Routes as trees of words: what is below a command, and which one some words mean. */
#ifndef PCARCH_CORE_ROUTE_TREE_H
#define PCARCH_CORE_ROUTE_TREE_H

#include "core/grouping.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct route;
struct static_trace;
struct text;

/* A command and all below it, or all of a program. */
struct route_part {
	uint32_t program;
	uint32_t route; /* TRACE_NONE: all of the program */
};

struct route_tree {
	const struct static_trace *trace;
	const char *const *programs; /* in the order of their first routes */
	size_t nprograms;
	const uint32_t *depths; /* of each route: 0 at the top of its program */
	struct grouping below; /* of each route, then the top of each program */
};

/* Index the routes of `trace`, which must outlive the tree. Allocated in `arena`. */
void route_tree_init(struct route_tree *tree, struct arena *arena,
	const struct static_trace *trace);

/* The program of that name; TRACE_NONE: none has routes. */
uint32_t route_tree_program(const struct route_tree *tree, const char *name);

/* What comes right below the command, or at the top of the program. */
struct index_list route_tree_below(const struct route_tree *tree, struct route_part part);

/* All of it, each command before what is below it. */
struct index_list route_tree_list(const struct route_tree *tree, struct arena *arena,
	struct route_part part);

/* How many words are typed for it: a default that follows none has a token that is none.
 */
size_t route_nwords(const struct route *route);

/* How many words `route` has that its parent does not; 0: a default. */
size_t route_tree_own_words(const struct route_tree *tree, const struct route *route);

/* What words lead to. */
struct route_found {
	uint32_t route; /* the last one that they lead to; TRACE_NONE: none */
	size_t nwords; /* that led there */
	struct index_list several; /* routes that the next word may mean: a beginning of
				      their names */
};

/* The words of a command, as somebody types them. */
struct route_words {
	const char *const *items;
	size_t count;
};

/*
 * Follow `words` from the top of `program`. A word is a name or an alias, in another case
 * or only its beginning where the program takes that. True when all of them lead on.
 */
bool route_tree_find(const struct route_tree *tree, struct arena *arena, uint32_t program,
	struct route_words words, struct route_found *out);

/*
 * "add (a, new)", added to `out`: the words that its parent does not have, or all of
 * them, and other names of the last one; of a default "<default>".
 */
void route_tree_label(const struct route_tree *tree, const struct route *route, bool all,
	struct text *out);

/* "git remote add": the program's name and the words, added to `out`. */
void route_name(const struct route *route, struct text *out);

#endif
