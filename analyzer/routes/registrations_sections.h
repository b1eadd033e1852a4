/*
 * Records that only the linker puts together: each in a section of a name, or with a
 * pointer to it in there, and a loop from `__start_name` to `__stop_name`.
 */
#ifndef PCARCH_ANALYZER_ROUTES_REGISTRATIONS_SECTIONS_H
#define PCARCH_ANALYZER_ROUTES_REGISTRATIONS_SECTIONS_H

#include <stdbool.h>

struct dispatch_list;
struct fields;
struct routes_program;

/* Mark the objects that are in sections, or pointed to from there; false: there are none.
 */
bool sections_mark(const struct routes_program *program, bool *is_kept);

/* Add a dispatch for each type of them that holds commands. */
void sections_find(struct routes_program *program, const struct fields *fields,
	struct dispatch_list *out);

#endif
