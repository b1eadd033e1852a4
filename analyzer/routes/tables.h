/* Command tables: rows with a word and a function, that the program looks words up in. */
#ifndef PCARCH_ANALYZER_ROUTES_TABLES_H
#define PCARCH_ANALYZER_ROUTES_TABLES_H

struct dispatch_list;
struct routes_program;

/* Add a dispatch for each table of commands. */
void tables_find(struct routes_program *program, struct dispatch_list *out);

#endif
