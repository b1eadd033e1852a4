/*
 * A place where a program chooses a function by a word: a table that is searched, a chain
 * of comparisons, a switch. What is found here becomes the tree of routes
 * (analyzer/routes/tree.h).
 */
#ifndef PCARCH_ANALYZER_ROUTES_DISPATCH_H
#define PCARCH_ANALYZER_ROUTES_DISPATCH_H

#include "analyzer/routes/term.h"
#include "core/rule_file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct routes_program;

enum {
	DISPATCH_NONE = UINT32_MAX
};

/* A function that an entry runs. */
struct dispatch_handler {
	uint32_t function; /* of the function table */
	const char *role; /* NULL: a handler; "completer", … */
	struct term call; /* TERM_CALL that runs it, in a chain; or none */
};

/* One word, or several that are the same command. */
struct dispatch_entry {
	const char *const
		*words; /* the first is the name, others are aliases; none: default
			 */
	size_t nwords;
	enum rule_match match;
	const struct dispatch_handler *handlers; /* the handler first */
	size_t nhandlers;
	const char *reason; /* why there is no handler: "inline", …; or NULL */
	const char *help; /* or NULL */
	struct term at; /* the row or the comparison */
	uint32_t parent; /* the entry of this dispatch that it is a sub-command of, by
			  * nesting in one body; DISPATCH_NONE */
	uint32_t sub; /* the dispatch of its sub-commands where its row says so;
		       * DISPATCH_NONE */
	struct term body; /* in a chain: the statements that it runs; or none */
};

struct dispatch {
	const char *pattern; /* "table", "chain", … docs/routes.md */
	const struct dispatch_entry *entries;
	size_t nentries;
	uint32_t function; /* where the word is looked up, in a chain; TRACE_NONE */
	uint32_t object; /* that a table is in, which belongs to all that mention it;
			  * TRACE_NONE */
	const struct table_rule *rule; /* that says what its fields are; NULL */
	struct term subject; /* the word that is compared, in `function`; or none */
	double weight; /* how sure it is that these are commands: 0 to 1 */
};

/* A growing list; the memory of what is in it is the arena's. */
struct dispatch_list {
	struct dispatch *items; /* heap */
	size_t count, room;
};

uint32_t dispatch_add(struct dispatch_list *list, struct dispatch dispatch);

#endif
