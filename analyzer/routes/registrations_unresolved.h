/*
 * Where a program runs commands that its source does not list: by a symbol whose name is
 * made from the word, by a table that is read from a text. They are routes without a
 * word and a handler, with the reason.
 */
#ifndef PCARCH_ANALYZER_ROUTES_REGISTRATIONS_UNRESOLVED_H
#define PCARCH_ANALYZER_ROUTES_REGISTRATIONS_UNRESOLVED_H

struct dispatch_list;
struct fields;
struct routes_program;

void unresolved_find(struct routes_program *program, const struct fields *fields,
	struct dispatch_list *out);

#endif
