/* The figures of a diff report as tables: cli/diff_text.h. */
#ifndef PCARCH_CLI_DIFF_TABLES_H
#define PCARCH_CLI_DIFF_TABLES_H

#include <stdbool.h>
#include <stdio.h>

struct changes;
struct comparison;

/* How much ran, by module, entry point and command; without `all` where that is short. */
void diff_tables_coverage(const struct comparison *comparison, bool all, FILE *out);

/* How many came, went and moved; with `all`, which. */
void diff_tables_changes(const struct changes *changes, bool all, FILE *out);

#endif
