/*
 * Commands that stand in no array of rows: a word and a function that are put together
 * while the program runs, by a call that is given both or by assignments to the fields of
 * a record.
 */
#ifndef PCARCH_ANALYZER_ROUTES_REGISTRATIONS_H
#define PCARCH_ANALYZER_ROUTES_REGISTRATIONS_H

#include "analyzer/routes/rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dispatch_list;
struct fields;
struct routes_program;
struct sinks;

/* A record that is made at run time, as far as the source tells it. */
struct registered {
	struct row row;
	const char *record; /* tag or typedef; "" */
	uint32_t function; /* that makes it */
	const char *name; /* of what it is given to, or of the variable */
	uint32_t number; /* in the list */
};

/* A list that grows, on the heap; what is in it is the program's arena's. */
struct registered_list {
	struct registered *items;
	size_t count, room;
};

/*
 * Add the record with these cells, if it has a text and a function. The cells are copied.
 */
void registered_add(struct registered_list *list, const struct routes_program *program,
	const struct registered *registered);

/* Is the object named other than to be returned, as what stands for nothing found? */
bool registrations_is_given(const struct routes_program *program, uint32_t object);

/* The text or the function that a value is, as far as the body's variables tell. */
struct locals;
struct term registered_value(const struct locals *locals, struct term value);

/* Records whose fields end up with what calls are given (registrations_calls.c). */
void registered_by_calls(const struct routes_program *program, const struct sinks *sinks,
	struct registered_list *list);

/* Records whose fields are assigned one by one (assigned.c). */
void registered_by_assignments(const struct routes_program *program,
	struct registered_list *list);

/* Find those that are commands. */
void registrations_find(struct routes_program *program, const struct fields *fields,
	const struct sinks *sinks, struct dispatch_list *out);

#endif
