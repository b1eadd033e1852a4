/* A JSON Schema, compiled: what schema_json.c makes and schema_check_json.c follows. */
#ifndef PCARCH_CORE_SCHEMA_NODE_H
#define PCARCH_CORE_SCHEMA_NODE_H

#include "core/arena.h"

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

struct cJSON;

/* JSON Schema's types, as bits; an integer is a number, too. */
enum schema_type {
	SCHEMA_NULL = 1 << 0,
	SCHEMA_BOOLEAN = 1 << 1,
	SCHEMA_INTEGER = 1 << 2,
	SCHEMA_NUMBER = 1 << 3,
	SCHEMA_STRING = 1 << 4,
	SCHEMA_ARRAY = 1 << 5,
	SCHEMA_OBJECT = 1 << 6,
};

/* Indexed by the bit's number; ends with NULL. */
extern const char *const schema_type_names[];

struct schema_node;

struct schema_property {
	const char *name;
	const struct schema_node *node; /* NULL: only in `required` */
	bool is_required;
};

struct schema_pattern {
	regex_t regex;
	const char *text;
	struct schema_pattern *next;
};

struct schema_node {
	const struct cJSON *source;
	struct schema_node *next; /* of all nodes of the schema */
	unsigned height; /* of what applies to the same value; 0: not known */
	bool is_false; /* nothing matches */
	bool is_unique, has_minimum, has_maximum, has_enumeration;
	unsigned types; /* enum schema_type; 0: any */
	const struct cJSON *enumeration; /* the first; `next` follows; of scalars */
	const struct schema_node *reference;
	const struct schema_node **any_of, **one_of;
	size_t nany_of, none_of;
	struct schema_property *properties; /* and what is required */
	size_t nproperties, nrequired;
	const struct schema_node *additional; /* NULL: anything */
	const struct schema_node *items; /* NULL: anything */
	size_t min_items, min_length;
	double minimum, maximum;
	const struct schema_pattern *pattern;
};

struct schema {
	struct arena arena;
	const char *name;
	struct schema_node *nodes;
	struct schema_pattern *patterns;
	const struct schema_node *root;
};

#endif
