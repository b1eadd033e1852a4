/* The keywords of JSON Schema, read one by one into a node. */
#ifndef PCARCH_CORE_SCHEMA_KEYWORD_JSON_H
#define PCARCH_CORE_SCHEMA_KEYWORD_JSON_H

#include <stdbool.h>

struct cJSON;
struct error;
struct schema;
struct schema_node;

struct schema_compiler {
	struct schema *schema;
	const struct cJSON *root;
	unsigned depth;
	struct error *err;
};

/* Read every member of the schema `source` into `node`; an unknown one is an error. */
bool schema_read_keywords(struct schema_compiler *compiler, const struct cJSON *source,
	struct schema_node *node);

/* The node for `source`, made when it is the first time; NULL when it is wrong. */
struct schema_node *schema_compile(struct schema_compiler *compiler,
	const struct cJSON *source);

/* "schema.json: 'minimum' …", where `at` is the keyword. */
bool schema_fail(struct schema_compiler *compiler, const struct cJSON *at,
	const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
