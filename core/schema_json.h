/*
 * JSON Schema 2020-12: the part of it that our schemas use.
 *
 * type, enum and const (of scalars), properties, required, additionalProperties, items,
 * minItems, uniqueItems, minimum, maximum, minLength, pattern (a POSIX extended regular
 * expression), $ref within the schema, $defs, anyOf, oneOf; annotations and `format` are
 * ignored, as the standard says. Any other keyword is an error: a constraint is never
 * ignored. A schema is trusted as a program is; the documents are not.
 */
#ifndef PCARCH_CORE_SCHEMA_JSON_H
#define PCARCH_CORE_SCHEMA_JSON_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct json_source;
struct schema;

/* Read a schema; `name` is its name in messages. NULL, and `err`, when it is wrong. */
struct schema *schema_new(const char *bytes, size_t size, const char *name,
	struct error *err);
void schema_free(struct schema *schema);

enum {
	SCHEMA_FINDINGS_MAX = 20
};

struct schema_finding {
	uint64_t offset; /* of the top-level member or element that holds it, in bytes */
	const char *pointer; /* JSON pointer to the very value: "/functions/3/line" */
	const char *text; /* "is a string, expected an integer" */
};

/* What a document breaks. A zeroed struct is an empty report. */
struct schema_report {
	struct arena arena;
	struct schema_finding findings[SCHEMA_FINDINGS_MAX]; /* the first of them */
	size_t nfindings; /* all */
};

void schema_report_release(struct schema_report *report);

/*
 * Compare a document with the schema, in memory that does not grow with it, and add what
 * is wrong to `report`. False only when the text cannot be read as JSON.
 */
bool schema_check(const struct schema *schema, const struct json_source *source,
	struct schema_report *report, struct error *err);

#endif
