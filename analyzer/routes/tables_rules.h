/* What rules say of tables, beyond which fields are which. */
#ifndef PCARCH_ANALYZER_ROUTES_TABLES_RULES_H
#define PCARCH_ANALYZER_ROUTES_TABLES_RULES_H

#include <stdbool.h>

struct routes_program;
struct row;
struct table_rule;

/* Does the row count, by the rule's `where`? With no rule it does. */
bool tables_row_counts(const struct table_rule *rule, const struct row *row);

/* What the field is by the rule's `roles`; its own name where that says nothing. */
const char *tables_role(const struct table_rule *rule, const char *field);

/* A name without the characters of `strip` before and behind it; in the arena. */
const char *tables_strip(const struct routes_program *program,
	const struct table_rule *rule, const char *name);

/*
 * For each object of the program, on the heap: is it given to a function that a rule
 * calls a dispatcher?
 */
bool *tables_dispatched(const struct routes_program *program);

#endif
