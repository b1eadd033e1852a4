/* Which command of a program the words mean that somebody types. */
#ifndef PCARCH_CLI_KNOWN_ROUTE_H
#define PCARCH_CLI_KNOWN_ROUTE_H

#include "core/route_tree.h"

#include <stdbool.h>

struct arena;

struct known_routes {
	const char *command; /* that messages are of */
	const char *file; /* static.json, as messages name it */
	const struct route_tree *tree;
	struct arena *arena;
};

/* The program of that name. When there is none, say so and what there is. */
bool known_program(const struct known_routes *known, const char *name, uint32_t *out);

/*
 * The command of the program `owner` that all of `words` lead to, or the program where
 * there are none. When they lead to none or to several, say so and which are near.
 */
bool known_route(const struct known_routes *known, uint32_t owner,
	struct route_words words, struct route_part *out);

/* The same of any program, whose name may be the first word: a part of each where such a
 * command is. */
bool known_routes_anywhere(const struct known_routes *known, struct route_words words,
	struct route_part **parts, size_t *nparts);

#endif
