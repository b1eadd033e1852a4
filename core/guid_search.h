/*
 * Which way through a program a GUID stands for: a search over the commands and branches
 * that static.json knows, by who has the key.
 *
 * Each way is hashed once, from the state of the command that it begins with: first all
 * commands, then those with one branch, then their endings (outcomes, "unresolved"), then
 * two branches, and so on, so that the likely answers come first and a program with many
 * branch points still finds the short ways. A branch point is taken once at most, in any
 * order.
 */
#ifndef PCARCH_CORE_GUID_SEARCH_H
#define PCARCH_CORE_GUID_SEARCH_H

#include "core/guid_steps.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct guid_key;
struct route_tree;

enum {
	GUID_SEARCH_BUDGET = 1 << 20, /* tags that are computed, unless said otherwise */
};

/* What to search, and how far. */
struct guid_search {
	const struct route_tree *tree;
	const char *program; /* this one only, also one without routes; NULL: all */
	const struct guid_key *key;
	const uint8_t *user_ref; /* NULL: none */
	const char *const *outcomes; /* GUID_OUTCOME_OK, names of errors */
	size_t noutcomes;
	unsigned nforks; /* ordinals to try, of one forked child a way; 0: no child */
	uint64_t budget;
};

enum guid_answer {
	GUID_MATCH, /* this way, and by chance no other: one in 2^128 */
	GUID_NO_MATCH, /* none of the ways */
	GUID_BUDGET_EXCEEDED, /* none of those tried; others are left */
};

struct guid_found {
	enum guid_answer answer;
	uint64_t ntags, nsteps; /* hashes computed */
	/* Of a match: */
	const char *program;
	uint32_t route; /* TRACE_NONE: the program without a command */
	const struct guid_way_step *steps; /* all, PROG first */
	size_t count;
	struct guid_chain chain; /* after them */
};

/* Search for the tag of `guid`. What it returns is in `arena`. */
struct guid_found guid_search(const struct guid_search *search, struct arena *arena,
	const uint8_t guid[GUID_SIZE]);

#endif
