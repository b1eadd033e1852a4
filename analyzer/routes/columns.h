/* The columns of a table: which field is the word, which the handler, which what else. */
#ifndef PCARCH_ANALYZER_ROUTES_COLUMNS_H
#define PCARCH_ANALYZER_ROUTES_COLUMNS_H

#include "analyzer/routes/fields.h"
#include "analyzer/routes/rows.h"

#include <stdbool.h>
#include <stddef.h>

struct routes_program;

/* A field of the rows of all lists of one type. */
struct column {
	const char *record, *field;
	struct field_use use;
	unsigned texts, tokens; /* cells with a text; of them, with one word */
	unsigned phrases; /* of several words, as "show ip route" */
	unsigned holes; /* empty: a generated hash has rows that are no one's */
	unsigned dashed; /* that begin with a dash */
	unsigned functions, lists; /* with a function; with what may be a table */
	unsigned arguments; /* functions that take a `char **` */
	unsigned hinted; /* functions whose names read as commands */
	const char *signature; /* of the first of them */
	uint32_t first_function;
	unsigned depth;
	unsigned rows; /* of the type, as many as have a text in some column */
};

enum {
	COLUMNS_MAX = 64
};

struct columns {
	struct column all[COLUMNS_MAX];
	size_t count;
	const struct column *word; /* NULL: none */
	const struct column *handler; /* NULL: none */
	const struct column *sub; /* NULL: none */
	const struct column *help; /* NULL: none */
	const struct table_rule *rule; /* that says which they are; NULL */
	bool is_told_apart; /* some object of the type is compared by itself */
};

/* Read the rows of several lists, one call each, into a zeroed `out`; then settle it. */
void columns_read(const struct routes_program *program, const struct row_list *list,
	struct columns *out);
void columns_settle(const struct routes_program *program, const struct fields *fields,
	struct columns *out);

/* Is the column the handler's, or another that is called in the same way? */
bool columns_is_handler(const struct columns *columns, const struct column *column);

/* Are the rows without a handler something else: options among commands? */
bool columns_is_mixed(const struct routes_program *program, const struct row_list *list,
	const struct columns *columns);

/* Are these the rows of a hash that a generator has made, as gperf does? */
bool columns_is_generated(const struct columns *columns);

/* Is the column another word for the same command? */
bool columns_is_alias(const struct columns *columns, const struct column *column);

/* How sure it is that the list holds commands: 0 to 1. */
double columns_weight(const struct routes_program *program, const struct fields *fields,
	const struct row_list *list, const struct columns *columns);

/* The function that a cell holds; TRACE_NONE. */
uint32_t columns_function(const struct routes_program *program, struct term value);

#endif
