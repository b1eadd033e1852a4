/* Compiling schemas; schema_check_json.c holds documents against them. */
#include "core/schema_json.h"

#include "core/error.h"
#include "core/json_reader.h"
#include "core/schema_keyword_json.h"
#include "core/schema_node.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	DEPTH_MAX = 500, /* of schemas inside and references, together */
	HEIGHT_MAX = 32, /* of references and alternatives for one value */
};

bool schema_fail(struct schema_compiler *compiler, const cJSON *at, const char *fmt, ...)
{
	char text[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return error_set(compiler->err, (struct location){compiler->schema->name, 0, 0},
		"'%.80s' %s", at->string ? at->string : "the schema", text);
}

/* The node for `source`: the one there is, so that references may form cycles. */
struct schema_node *schema_compile(struct schema_compiler *compiler, const cJSON *source)
{
	struct schema *schema = compiler->schema;
	struct schema_node *node;
	bool ok;

	for (node = schema->nodes; node; node = node->next) {
		if (node->source == source)
			return node;
	}
	if (!cJSON_IsObject(source) && !cJSON_IsBool(source)) {
		schema_fail(compiler, source,
			"must be a schema: an object, true or false");
		return NULL;
	}
	if (++compiler->depth > DEPTH_MAX) {
		schema_fail(compiler, source, "is too deep inside: more than %d schemas",
			DEPTH_MAX);
		return NULL;
	}
	node = arena_alloc(&schema->arena, sizeof(*node));
	node->source = source;
	node->is_false = cJSON_IsFalse(source);
	node->next = schema->nodes;
	schema->nodes = node;
	ok = schema_read_keywords(compiler, source, node);
	compiler->depth--;
	return ok ? node : NULL;
}

static bool fail_endless(struct schema_compiler *compiler, const struct schema_node *node)
{
	return schema_fail(compiler, node->source,
		"refers to itself without end, or through more than %d references",
		HEIGHT_MAX);
}

/* Alternatives and references apply to the same value: they must come to an end. */
static bool measure(struct schema_compiler *compiler, const struct schema_node *node,
	unsigned depth)
{
	unsigned height = 0;

	if (depth > HEIGHT_MAX)
		return fail_endless(compiler, node);
	if (node->height)
		return true;
	for (size_t i = 0; i < 1 + node->nany_of + node->none_of; i++) {
		const struct schema_node *inner =
			!i                   ? node->reference
			: i <= node->nany_of ? node->any_of[i - 1]
					     : node->one_of[i - 1 - node->nany_of];

		if (!inner)
			continue;
		if (!measure(compiler, inner, depth + 1))
			return false;
		height = inner->height > height ? inner->height : height;
	}
	((struct schema_node *)node)->height = height + 1;
	return height < HEIGHT_MAX || fail_endless(compiler, node);
}

/* Top-level arrays pass by one element at a time: some keywords need the whole. */
static bool check_streamable(struct schema_compiler *compiler,
	const struct schema_node *node)
{
	for (; node; node = node->reference) {
		if (node->any_of || node->one_of || node->is_unique)
			return schema_fail(compiler, node->source,
				"must not use anyOf, oneOf or uniqueItems at the top level: "
				"documents are read element by element");
	}
	return true;
}

static bool finish(struct schema_compiler *compiler)
{
	const struct schema_node *root = compiler->schema->root;

	for (const struct schema_node *node = compiler->schema->nodes; node;
		node = node->next) {
		if (!measure(compiler, node, 0))
			return false;
	}
	if (root->reference)
		return schema_fail(compiler, root->source,
			"must not be a $ref as a whole");
	if (!check_streamable(compiler, root))
		return false;
	for (size_t i = 0; i < root->nproperties; i++) {
		if (!check_streamable(compiler, root->properties[i].node))
			return false;
	}
	return check_streamable(compiler, root->additional);
}

struct schema *schema_new(const char *bytes, size_t size, const char *name,
	struct error *err)
{
	struct schema *schema = xmalloc(sizeof(*schema));
	struct schema_compiler compiler = {.schema = schema, .err = err};

	*schema = (struct schema){0};
	schema->name = arena_strdup(&schema->arena, name);
	compiler.root = json_read_tree(&schema->arena, bytes, size, name, err);
	if (compiler.root)
		schema->root = schema_compile(&compiler, compiler.root);
	if (schema->root && finish(&compiler))
		return schema;
	schema_free(schema);
	return NULL;
}

void schema_free(struct schema *schema)
{
	if (!schema)
		return;
	for (struct schema_pattern *pattern = schema->patterns; pattern;
		pattern = pattern->next)
		regfree(&pattern->regex);
	arena_release(&schema->arena);
	free(schema);
}
