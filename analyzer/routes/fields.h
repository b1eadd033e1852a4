/* What the program does with the fields of its records: compares them, calls them. */
#ifndef PCARCH_ANALYZER_ROUTES_FIELDS_H
#define PCARCH_ANALYZER_ROUTES_FIELDS_H

#include "analyzer/routes/term.h"
#include "core/rule_file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct routes_program;

/* One field of one type of record, over the whole program. */
struct field_use {
	unsigned compared; /* with a text that is no literal */
	unsigned called;
	unsigned given; /* stored or returned, for others to call */
	unsigned called_on; /* called by a loop that goes on */
	unsigned called_beside; /* in a function that compares a field of the record, or
				 * calls one that does */
	unsigned passed; /* to other functions */
	uint32_t comparing; /* a function that compares it; TRACE_NONE */
	enum rule_match match; /* of the comparisons */
	struct term subject; /* TERM_FIELD: what it is compared with, kept somewhere; or
				none */
};

/* What is done to the rows of one object where it is named itself. */
struct object_use {
	bool accessed, compared;
};

struct fields;

struct fields *fields_read(struct routes_program *program);
void fields_free(struct fields *fields);

/* All zero for a field that is not used. */
struct field_use fields_use(const struct fields *fields, const char *record,
	const char *field);

struct object_use fields_object(const struct fields *fields, uint32_t object);

/* What is done with another field is done with this one, too. */
void fields_add(struct fields *fields, const char *record, const char *field,
	struct field_use use);

#endif
