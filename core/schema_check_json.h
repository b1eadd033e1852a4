/* Values held against a schema that schema_json.c has compiled. */
#ifndef PCARCH_CORE_SCHEMA_CHECK_JSON_H
#define PCARCH_CORE_SCHEMA_CHECK_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;
struct schema_node;
struct schema_property;
struct schema_report;

/* Where a value stands, from inside out; NULL is the document. */
struct schema_place {
	const struct schema_place *up;
	const char *key; /* NULL: an item */
	size_t index;
};

struct schema_checker {
	struct schema_report *report;
	unsigned trials; /* inside anyOf and oneOf: what is wrong there is not reported */
	uint64_t offset; /* of the element that is checked */
};

/* Hold `value` against `node`; false when something is wrong, which is then reported. */
bool schema_check_value(struct schema_checker *in, const struct cJSON *value,
	const struct schema_node *node, const struct schema_place *place);

/* Report what is wrong at `place`, unless on trial; always false. */
bool schema_find(struct schema_checker *in, const struct schema_place *place,
	const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* "is a string, expected an integer or null"; both are enum schema_type. */
bool schema_find_type(struct schema_checker *in, const struct schema_place *place,
	unsigned types, unsigned expected);

/* The property `name`, sought from *hint on: members mostly come in schema order. */
const struct schema_property *schema_property_of(const struct schema_node *node,
	const char *name, size_t *hint);

/* What a member must match, NULL for anything; false when it may not be there. */
bool schema_member_node(struct schema_checker *in, const struct schema_node *object,
	const struct schema_property *property, const struct schema_place *place,
	const struct schema_node **out);

#endif
