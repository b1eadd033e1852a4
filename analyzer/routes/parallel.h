/*
 * Names in one place and functions in another, with one number for both: parallel arrays,
 * a text of names with a NUL after each, a table of words and the numbers that they
 * stand for.
 */
#ifndef PCARCH_ANALYZER_ROUTES_PARALLEL_H
#define PCARCH_ANALYZER_ROUTES_PARALLEL_H

struct dispatch_list;
struct routes_program;

/* Add a dispatch for each array of functions whose index comes from looking up a word. */
void parallel_find(struct routes_program *program, struct dispatch_list *out);

#endif
