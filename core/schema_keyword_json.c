#include "core/schema_keyword_json.h"

#include "core/schema_node.h"
#include "core/text.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

const char *const schema_type_names[] = {
	"null", "boolean", "integer", "number", "string", "array", "object", NULL};

static unsigned type_bit(const char *name)
{
	for (unsigned i = 0; schema_type_names[i]; i++) {
		if (strcmp(schema_type_names[i], name) == 0)
			return 1u << i;
	}
	return 0;
}

static bool read_type(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	const cJSON *item = cJSON_IsArray(value) ? value->child : value;

	while (item) {
		unsigned bit = cJSON_IsString(item) ? type_bit(item->valuestring) : 0;

		if (!bit)
			return schema_fail(compiler, value,
				"must be the name of a type, or several");
		node->types |= bit;
		item = cJSON_IsArray(value) ? item->next : NULL;
	}
	return node->types || schema_fail(compiler, value, "must name a type");
}

static bool read_enum(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	const cJSON *item;

	if (!cJSON_IsArray(value) || node->has_enumeration)
		return schema_fail(compiler, value,
			"must be an array, and not stand beside 'const'");
	for (item = value->child; item; item = item->next) {
		if (cJSON_IsArray(item) || cJSON_IsObject(item))
			return schema_fail(compiler, value,
				"must hold no arrays or objects here");
	}
	node->has_enumeration = true;
	node->enumeration = value->child;
	return true;
}

static bool read_const(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	cJSON *only;

	if (cJSON_IsArray(value) || cJSON_IsObject(value) || node->has_enumeration)
		return schema_fail(compiler, value,
			"must be no array or object here, and not stand beside 'enum'");
	only = arena_alloc(&compiler->schema->arena, sizeof(*only));
	*only = *value;
	only->next = NULL;
	node->has_enumeration = true;
	node->enumeration = only;
	return true;
}

static size_t size_of(const cJSON *schema, const char *keyword)
{
	return (size_t)cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(schema,
		keyword));
}

/* A new or known property of the node. */
static struct schema_property *property(struct schema_compiler *compiler,
	struct schema_node *node, const char *name)
{
	if (!node->properties)
		node->properties = arena_alloc(&compiler->schema->arena,
			sizeof(*node->properties) *
				(size_of(node->source, "properties") +
					size_of(node->source, "required")));
	for (size_t i = 0; i < node->nproperties; i++) {
		if (strcmp(node->properties[i].name, name) == 0)
			return &node->properties[i];
	}
	node->properties[node->nproperties].name = name;
	return &node->properties[node->nproperties++];
}

static bool read_properties(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	const cJSON *item;

	if (!cJSON_IsObject(value))
		return schema_fail(compiler, value, "must be an object");
	for (item = value->child; item; item = item->next) {
		const struct schema_node *inner = schema_compile(compiler, item);

		if (!inner)
			return false;
		property(compiler, node, item->string)->node = inner;
	}
	return true;
}

static bool read_required(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	const cJSON *item;

	if (!cJSON_IsArray(value))
		return schema_fail(compiler, value, "must be an array of strings");
	for (item = value->child; item; item = item->next) {
		struct schema_property *required;

		if (!cJSON_IsString(item))
			return schema_fail(compiler, value,
				"must be an array of strings");
		required = property(compiler, node, item->valuestring);
		if (required->is_required)
			return schema_fail(compiler, value, "must name each member once");
		required->is_required = true;
		node->nrequired++;
	}
	return true;
}

static bool read_additional(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	return (node->additional = schema_compile(compiler, value)) != NULL;
}

static bool read_items(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	return (node->items = schema_compile(compiler, value)) != NULL;
}

static bool read_count(struct schema_compiler *compiler, const cJSON *value, size_t *out)
{
	if (!cJSON_IsNumber(value) || value->valuedouble < 0 ||
		value->valuedouble > 1e15 ||
		value->valuedouble != (double)(size_t)value->valuedouble)
		return schema_fail(compiler, value,
			"must be a whole number, not negative");
	*out = (size_t)value->valuedouble;
	return true;
}

static bool read_min_items(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	return read_count(compiler, value, &node->min_items);
}

static bool read_min_length(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	return read_count(compiler, value, &node->min_length);
}

static bool read_unique(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	node->is_unique = cJSON_IsTrue(value);
	return cJSON_IsBool(value) ||
	       schema_fail(compiler, value, "must be true or false");
}

static bool read_minimum(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	node->has_minimum = true;
	node->minimum = value->valuedouble;
	return cJSON_IsNumber(value) || schema_fail(compiler, value, "must be a number");
}

static bool read_maximum(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	node->has_maximum = true;
	node->maximum = value->valuedouble;
	return cJSON_IsNumber(value) || schema_fail(compiler, value, "must be a number");
}

static bool read_pattern(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	struct schema_pattern *pattern;
	char reason[128];
	int code;

	if (!cJSON_IsString(value))
		return schema_fail(compiler, value, "must be a string");
	pattern = arena_alloc(&compiler->schema->arena, sizeof(*pattern));
	pattern->text = value->valuestring;
	code = regcomp(&pattern->regex, pattern->text, REG_EXTENDED | REG_NOSUB);
	if (code) {
		regerror(code, &pattern->regex, reason, sizeof(reason));
		return schema_fail(compiler, value,
			"is not a POSIX extended regular expression: %s", reason);
	}
	pattern->next = compiler->schema->patterns;
	compiler->schema->patterns = pattern;
	node->pattern = pattern;
	return true;
}

/* Step from `at` to the member or item that the pointer's part, up to `end`, names. */
static const cJSON *step(const cJSON *at, const char *part, const char *end)
{
	scoped_text name = {0};

	for (; part < end; part++) {
		bool is_escaped = *part == '~' && (part[1] == '0' || part[1] == '1');

		if (is_escaped)
			text_add(&name, *++part == '0' ? "~" : "/");
		else
			text_add_char(&name, *part);
	}
	if (cJSON_IsArray(at))
		return cJSON_GetArrayItem(at, (int)strtol(text_string(&name), NULL, 10));
	return cJSON_GetObjectItemCaseSensitive(at, text_string(&name));
}

static bool read_ref(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	const char *part = cJSON_IsString(value) ? value->valuestring : "";
	const cJSON *at = compiler->root;

	if (part[0] != '#' || (part[1] && part[1] != '/'))
		return schema_fail(compiler, value,
			"must be '#/…', a reference within the schema; '%.80s' is not",
			part);
	for (part++; at && *part == '/';) {
		const char *end = strchrnul(part + 1, '/');

		at = step(at, part + 1, end);
		part = end;
	}
	if (!at)
		return schema_fail(compiler, value,
			"refers to '%.80s', which is not there", value->valuestring);
	return (node->reference = schema_compile(compiler, at)) != NULL;
}

static bool read_schemas(struct schema_compiler *compiler, const cJSON *value,
	const struct schema_node ***out, size_t *n)
{
	const cJSON *item;

	if (!cJSON_IsArray(value) || !value->child)
		return schema_fail(compiler, value, "must be an array of schemas");
	*out = arena_alloc(&compiler->schema->arena,
		(size_t)cJSON_GetArraySize(value) * sizeof(struct schema_node *));
	for (item = value->child; item; item = item->next) {
		(*out)[*n] = schema_compile(compiler, item);
		if (!(*out)[(*n)++])
			return false;
	}
	return true;
}

static bool read_any_of(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	return read_schemas(compiler, value, &node->any_of, &node->nany_of);
}

static bool read_one_of(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	return read_schemas(compiler, value, &node->one_of, &node->none_of);
}

/* Compiled even if nothing refers to it: a wrong keyword is an error anywhere. */
static bool read_defs(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	const cJSON *item;

	(void)node;
	if (!cJSON_IsObject(value))
		return schema_fail(compiler, value, "must be an object");
	for (item = value->child; item; item = item->next) {
		if (!schema_compile(compiler, item))
			return false;
	}
	return true;
}

static bool read_dialect(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	(void)node;
	return (cJSON_IsString(value) &&
		       strcmp(value->valuestring,
			       "https://json-schema.org/draft/2020-12/schema") == 0) ||
	       schema_fail(compiler, value, "must be that of JSON Schema 2020-12");
}

/* What says something to people, or what the standard lets a validator ignore. */
static bool ignore(struct schema_compiler *compiler, const cJSON *value,
	struct schema_node *node)
{
	(void)compiler, (void)value, (void)node;
	return true;
}

static const struct keyword {
	const char *name;
	bool (*read)(struct schema_compiler *compiler, const cJSON *value,
		struct schema_node *node);
} keywords[] = {
	{"description", ignore},
	{"$ref", read_ref},
	{"type", read_type},
	{"enum", read_enum},
	{"const", read_const},
	{"properties", read_properties},
	{"required", read_required},
	{"additionalProperties", read_additional},
	{"items", read_items},
	{"minItems", read_min_items},
	{"uniqueItems", read_unique},
	{"minimum", read_minimum},
	{"maximum", read_maximum},
	{"minLength", read_min_length},
	{"pattern", read_pattern},
	{"anyOf", read_any_of},
	{"oneOf", read_one_of},
	{"$defs", read_defs},
	{"$schema", read_dialect},
	{"$id", ignore},
	{"$comment", ignore},
	{"title", ignore},
	{"default", ignore},
	{"examples", ignore},
	{"deprecated", ignore},
	{"format", ignore},
	{NULL, NULL},
};

bool schema_read_keywords(struct schema_compiler *compiler, const cJSON *source,
	struct schema_node *node)
{
	const cJSON *member;

	for (member = source->child; member; member = member->next) {
		const struct keyword *keyword = keywords;

		while (keyword->name && strcmp(keyword->name, member->string) != 0)
			keyword++;
		if (!keyword->name)
			return schema_fail(compiler, member,
				"is a keyword that pcarch does not know, in '%.80s'",
				source->string ? source->string : "the schema");
		if (!keyword->read(compiler, member, node))
			return false;
	}
	return true;
}
