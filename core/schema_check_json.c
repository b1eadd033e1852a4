#include "core/schema_check_json.h"

#include "core/schema_json.h"
#include "core/schema_node.h"
#include "core/suggest.h"
#include "core/text.h"
#include "core/utf8.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum {
	QUOTE_MAX = 60
}; /* bytes of the document that a message repeats */

static bool check(struct schema_checker *in, const cJSON *value,
	const struct schema_node *node, const struct schema_place *place);

static void print_pointer(struct text *out, const struct schema_place *place)
{
	if (!place)
		return;
	print_pointer(out, place->up);
	if (!place->key) {
		text_printf(out, "/%zu", place->index);
		return;
	}
	text_add_char(out, '/');
	for (const char *c = place->key; *c; c++) {
		if (*c == '~' || *c == '/')
			text_add(out, *c == '~' ? "~0" : "~1");
		else
			text_add_char(out, *c);
	}
}

bool schema_find(struct schema_checker *in, const struct schema_place *place,
	const char *fmt, ...)
{
	struct schema_report *report = in->report;
	scoped_text pointer = {0};
	char text[512];
	va_list args;

	if (in->trials)
		return false;
	if (report->nfindings++ >= SCHEMA_FINDINGS_MAX)
		return false;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	print_pointer(&pointer, place);
	report->findings[report->nfindings - 1] = (struct schema_finding){
		in->offset,
		arena_strdup(&report->arena, text_string(&pointer)),
		arena_strdup(&report->arena, text),
	};
	return false;
}

static unsigned type_of(const cJSON *value)
{
	switch (value->type & 0xff) {
	case cJSON_NULL:
		return SCHEMA_NULL;
	case cJSON_False:
	case cJSON_True:
		return SCHEMA_BOOLEAN;
	case cJSON_Number:
		return value->valuedouble == rint(value->valuedouble)
			       ? SCHEMA_NUMBER | SCHEMA_INTEGER
			       : SCHEMA_NUMBER;
	case cJSON_String:
		return SCHEMA_STRING;
	case cJSON_Array:
		return SCHEMA_ARRAY;
	default:
		return SCHEMA_OBJECT;
	}
}

static const char *with_article(const char *type)
{
	static const char *const articles[] = {"null", "a boolean", "an integer",
		"a number", "a string", "an array", "an object"};
	size_t i = 0;

	while (strcmp(schema_type_names[i], type) != 0)
		i++;
	return articles[i];
}

bool schema_find_type(struct schema_checker *in, const struct schema_place *place,
	unsigned types, unsigned expected)
{
	const char *found = NULL;
	scoped_text names = {0};

	for (unsigned i = 0; schema_type_names[i]; i++) {
		if (!found && types & 1u << i) /* an integer before a number */
			found = with_article(schema_type_names[i]);
		if (expected & 1u << i)
			text_printf(&names, "%s%s", names.len ? " or " : "",
				with_article(schema_type_names[i]));
	}
	return schema_find(in, place, "is %s, expected %s", found, text_string(&names));
}

/* A scalar, cut to QUOTE_MAX bytes. */
static void quote(struct text *out, const cJSON *value)
{
	size_t len;

	if (cJSON_IsNumber(value)) {
		text_printf(out, "%.17g", value->valuedouble);
		return;
	}
	if (!cJSON_IsString(value)) {
		text_add(out, cJSON_IsNull(value)   ? "null"
			      : cJSON_IsTrue(value) ? "true"
						    : "false");
		return;
	}
	len = strnlen(value->valuestring, QUOTE_MAX + 1);
	if (len <= QUOTE_MAX) {
		text_printf(out, "\"%s\"", value->valuestring);
		return;
	}
	while (len && (value->valuestring[len] & 0xc0) == 0x80) /* in a character */
		len--;
	text_printf(out, "\"%.*s…\"", (int)len, value->valuestring);
}

static bool is_equal(const cJSON *a, const cJSON *b)
{
	if ((a->type & 0xff) != (b->type & 0xff))
		return false;
	if (cJSON_IsString(a))
		return strcmp(a->valuestring, b->valuestring) == 0;
	return !cJSON_IsNumber(a) || a->valuedouble == b->valuedouble;
}

static bool check_enumeration(struct schema_checker *in, const cJSON *value,
	const struct schema_node *node, const struct schema_place *place)
{
	scoped_text found = {0}, expected = {0};
	struct suggestion suggestion = {0};

	for (const cJSON *item = node->enumeration; item; item = item->next) {
		if (is_equal(item, value))
			return true;
	}
	if (in->trials)
		return false;
	suggestion.word = cJSON_IsString(value) ? value->valuestring : NULL;
	for (const cJSON *item = node->enumeration; item; item = item->next) {
		text_add(&expected, expected.len ? ", " : "");
		quote(&expected, item);
		if (suggestion.word && cJSON_IsString(item))
			suggestion_offer(&suggestion, item->valuestring);
	}
	if (suggestion.nearest)
		text_printf(&expected, "; did you mean \"%s\"?", suggestion.nearest);
	if (cJSON_IsArray(value) || cJSON_IsObject(value))
		text_add(&found, with_article(cJSON_IsArray(value) ? "array" : "object"));
	else
		quote(&found, value);
	return schema_find(in, place, "is %s, expected %s%s", text_string(&found),
		node->enumeration && node->enumeration->next ? "one of " : "",
		text_string(&expected));
}

static bool check_number(struct schema_checker *in, const cJSON *value,
	const struct schema_node *node, const struct schema_place *place)
{
	if (node->has_minimum && value->valuedouble < node->minimum)
		return schema_find(in, place, "is %.17g, expected at least %.17g",
			value->valuedouble, node->minimum);
	if (node->has_maximum && value->valuedouble > node->maximum)
		return schema_find(in, place, "is %.17g, expected at most %.17g",
			value->valuedouble, node->maximum);
	return true;
}

static bool check_string(struct schema_checker *in, const cJSON *value,
	const struct schema_node *node, const struct schema_place *place)
{
	scoped_text found = {0};

	if (node->min_length && utf8_count(value->valuestring) < node->min_length)
		return schema_find(in, place, "has %zu characters, expected at least %zu",
			utf8_count(value->valuestring), node->min_length);
	if (!node->pattern ||
		regexec(&node->pattern->regex, value->valuestring, 0, NULL, 0) == 0)
		return true;
	quote(&found, value);
	return schema_find(in, place, "is %s, which does not match '%s'",
		text_string(&found), node->pattern->text);
}

/* Equal values have equal hashes: members are summed, their order does not count. */
static uint64_t hash_of(const cJSON *value)
{
	double number = value->valuedouble == 0 ? 0 : value->valuedouble; /* -0 */
	uint64_t hash = type_of(value);

	if (cJSON_IsString(value))
		return XXH3_64bits_withSeed(value->valuestring,
			strlen(value->valuestring), hash);
	if (cJSON_IsNumber(value))
		return XXH3_64bits_withSeed(&number, sizeof(number), hash);
	hash += (uint64_t)cJSON_IsTrue(value);
	for (const cJSON *item = value->child; item; item = item->next) {
		uint64_t inner = hash_of(item);

		if (item->string)
			hash += XXH3_64bits_withSeed(item->string, strlen(item->string),
				inner);
		else
			hash = XXH3_64bits_withSeed(&inner, sizeof(inner), hash);
	}
	return hash;
}

struct hashed_item {
	uint64_t hash;
	size_t index;
	const cJSON *value;
};

static int by_hash(const void *a, const void *b)
{
	const struct hashed_item *left = a, *right = b;

	if (left->hash != right->hash)
		return left->hash < right->hash ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

static bool check_unique(struct schema_checker *in, const cJSON *value,
	const struct schema_place *place)
{
	size_t n = (size_t)cJSON_GetArraySize(value), i = 0, first = n, second = n;
	struct hashed_item *items = xmalloc(n * sizeof(*items));

	for (const cJSON *item = value->child; item; item = item->next, i++)
		items[i] = (struct hashed_item){hash_of(item), i, item};
	qsort(items, n, sizeof(*items), by_hash);
	for (i = 1; i < n; i++) {
		if (items[i].hash != items[i - 1].hash || items[i].index > second ||
			!cJSON_Compare(items[i].value, items[i - 1].value, true))
			continue;
		first = items[i - 1].index;
		second = items[i].index;
	}
	free(items);
	return second == n ||
	       schema_find(in, place, "has the same item twice, at %zu and %zu", first,
		       second);
}

static bool check_array(struct schema_checker *in, const cJSON *value,
	const struct schema_node *node, const struct schema_place *place)
{
	struct schema_place inner = {.up = place};
	bool ok = true;

	if (node->items) {
		for (const cJSON *item = value->child; item;
			item = item->next, inner.index++)
			ok = check(in, item, node->items, &inner) && ok;
	}
	if (node->min_items && (size_t)cJSON_GetArraySize(value) < node->min_items)
		ok = schema_find(in, place, "has %d items, expected at least %zu",
			cJSON_GetArraySize(value), node->min_items);
	return ok && (!node->is_unique || check_unique(in, value, place));
}

const struct schema_property *schema_property_of(const struct schema_node *node,
	const char *name, size_t *hint)
{
	for (size_t i = 0, at = *hint; i < node->nproperties; i++, at++) {
		if (at >= node->nproperties)
			at = 0;
		if (strcmp(node->properties[at].name, name) == 0) {
			*hint = at + 1;
			return &node->properties[at];
		}
	}
	return NULL;
}

static bool find_unknown(struct schema_checker *in, const struct schema_node *object,
	const struct schema_place *place)
{
	struct suggestion suggestion = {.word = place->key};
	scoped_text known = {0};

	for (size_t i = 0; i < object->nproperties && !in->trials; i++) {
		suggestion_offer(&suggestion, object->properties[i].name);
		text_printf(&known, "%s'%s'", i ? ", " : "", object->properties[i].name);
	}
	if (suggestion.nearest)
		return schema_find(in, place,
			"is not allowed here: no such member is known; did you mean '%s'?",
			suggestion.nearest);
	return schema_find(in, place, "is not allowed here: no such member is known%s%s",
		known.len ? ", only " : "", text_string(&known));
}

bool schema_member_node(struct schema_checker *in, const struct schema_node *object,
	const struct schema_property *property, const struct schema_place *place,
	const struct schema_node **out)
{
	*out = property && property->node ? property->node : object->additional;
	if (*out == object->additional && *out && (*out)->is_false)
		return find_unknown(in, object, place);
	return true;
}

static bool check_object(struct schema_checker *in, const cJSON *value,
	const struct schema_node *node, const struct schema_place *place)
{
	size_t nrequired = 0, hint = 0;
	bool ok = true;

	for (const cJSON *item = value->child; item; item = item->next) {
		const struct schema_property *property =
			schema_property_of(node, item->string, &hint);
		struct schema_place inner = {place, item->string, 0};
		const struct schema_node *rule;

		nrequired += property && property->is_required;
		if (!schema_member_node(in, node, property, &inner, &rule) ||
			(rule && !check(in, item, rule, &inner)))
			ok = false;
	}
	if (nrequired == node->nrequired)
		return ok;
	for (size_t i = 0; i < node->nproperties; i++) {
		const struct schema_property *property = &node->properties[i];

		if (property->is_required &&
			!cJSON_GetObjectItemCaseSensitive(value, property->name))
			schema_find(in, place, "has no member '%s'", property->name);
	}
	return false;
}

static bool check_alternatives(struct schema_checker *in, const cJSON *value,
	const struct schema_node *node, const struct schema_place *place)
{
	size_t nany = 0, none = 0;

	in->trials++;
	for (size_t i = 0; i < node->nany_of && !nany; i++)
		nany += check(in, value, node->any_of[i], place);
	for (size_t i = 0; i < node->none_of; i++)
		none += check(in, value, node->one_of[i], place);
	in->trials--;
	if (node->nany_of && !nany)
		return schema_find(in, place, "is none of the %zu things that it may be",
			node->nany_of);
	if (node->none_of && none != 1)
		return schema_find(in, place,
			"is %zu of the %zu things of which it must be one", none,
			node->none_of);
	return true;
}

static bool check(struct schema_checker *in, const cJSON *value,
	const struct schema_node *node, const struct schema_place *place)
{
	unsigned types = type_of(value);
	bool ok = true;

	if (node->is_false)
		return schema_find(in, place, "is not allowed here");
	if (node->types && !(node->types & types))
		return schema_find_type(in, place, types, node->types);
	if (node->reference)
		ok = check(in, value, node->reference, place);
	if (node->has_enumeration)
		ok = check_enumeration(in, value, node, place) && ok;
	if (node->nany_of || node->none_of)
		ok = check_alternatives(in, value, node, place) && ok;
	if (types & SCHEMA_NUMBER)
		return check_number(in, value, node, place) && ok;
	if (types & SCHEMA_STRING)
		return check_string(in, value, node, place) && ok;
	if (types & SCHEMA_ARRAY)
		return check_array(in, value, node, place) && ok;
	if (types & SCHEMA_OBJECT)
		return check_object(in, value, node, place) && ok;
	return ok;
}

bool schema_check_value(struct schema_checker *in, const cJSON *value,
	const struct schema_node *node, const struct schema_place *place)
{
	return check(in, value, node, place);
}
