/* Command tables: rows with a word and a function, that the program looks words up in. */
#ifndef PCARCH_ANALYZER_ROUTES_TABLES_H
#define PCARCH_ANALYZER_ROUTES_TABLES_H

struct columns;
struct dispatch_entry;
struct dispatch_list;
struct fields;
struct routes_program;
struct row;

/* Add a dispatch for each table of commands. */
void tables_find(struct routes_program *program, const struct fields *fields,
	struct dispatch_list *out);

/* The entry of one row whose columns are settled and have a word. */
void tables_read_entry(struct routes_program *program, const struct columns *columns,
	const struct row *row, struct dispatch_entry *entry);

#endif
