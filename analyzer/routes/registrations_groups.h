/*
 * Groups of commands that are registered as a whole: `add_submenu(&advertise_menu)`,
 * where the menu has a name that users type before its commands.
 */
#ifndef PCARCH_ANALYZER_ROUTES_REGISTRATIONS_GROUPS_H
#define PCARCH_ANALYZER_ROUTES_REGISTRATIONS_GROUPS_H

struct dispatch_list;
struct fields;
struct routes_program;

/* The tables of commands in `dispatches` that are in such groups go below their names. */
void groups_find(struct routes_program *program, const struct fields *fields,
	struct dispatch_list *dispatches);

#endif
