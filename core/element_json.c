#include "core/element_json.h"

#include "core/arena.h"
#include "core/json_check.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <string.h>

static cJSON *read_value(struct json_text *in, struct arena *pool);

static char *copy_span(struct json_text *in, struct arena *pool,
	const struct json_span *span)
{
	if (!span->has_escapes)
		return arena_copy(pool, span->raw, span->len);
	text_clear(&in->keys.left);
	json_unescape(&in->keys.left, span->raw, span->len);
	return arena_copy(pool, text_string(&in->keys.left), in->keys.left.len);
}

static cJSON *node(struct arena *pool, int type)
{
	cJSON *value = arena_alloc(pool, sizeof(*value));

	value->type = type;
	return value;
}

/* As cJSON links them: forward by `next`; the first one's `prev` is the last. */
static void append(cJSON *parent, cJSON *value)
{
	cJSON *first = parent->child;

	if (!first) {
		parent->child = value;
		value->prev = value;
		return;
	}
	first->prev->next = value;
	value->prev = first->prev;
	first->prev = value;
}

/* As read_array(), for who wants the items one by one. */
static cJSON *read_items(struct json_text *in, struct arena *pool,
	struct element_items *items)
{
	bool is_last;

	if (!json_check_open(in, &is_last))
		return NULL;
	while (!is_last) {
		cJSON *value;
		uint64_t at;

		json_skip_space(in);
		at = (uint64_t)(in->at - in->start);
		value = read_value(in, &items->pool);
		if (!value || !items->item(items->context, value, at, in->err) ||
			!json_check_separator(in, ']', &is_last))
			return NULL;
		arena_reset(&items->pool);
	}
	in->depth--;
	return node(pool, cJSON_Array);
}

static bool is_key(const struct json_span *key, const char *wanted)
{
	return key->len == strlen(wanted) && memcmp(key->raw, wanted, key->len) == 0;
}

/* `items` may be NULL. */
static cJSON *read_object(struct json_text *in, struct arena *pool,
	struct element_items *items)
{
	cJSON *object = node(pool, cJSON_Object);
	bool is_last;

	if (!json_check_open(in, &is_last))
		return NULL;
	json_keys_push(&in->keys);
	while (!is_last) {
		struct json_span key;
		cJSON *value;

		if (!json_check_key(in, &key))
			return NULL;
		if (items && is_key(&key, items->key) && json_peek(in) == '[')
			value = read_items(in, pool, items);
		else
			value = read_value(in, pool);
		if (!value || !json_check_separator(in, '}', &is_last))
			return NULL;
		value->string = copy_span(in, pool, &key);
		append(object, value);
	}
	json_keys_pop(&in->keys);
	in->depth--;
	return object;
}

static cJSON *read_array(struct json_text *in, struct arena *pool)
{
	cJSON *array = node(pool, cJSON_Array);
	bool is_last;

	if (!json_check_open(in, &is_last))
		return NULL;
	while (!is_last) {
		cJSON *value = read_value(in, pool);

		if (!value || !json_check_separator(in, ']', &is_last))
			return NULL;
		append(array, value);
	}
	in->depth--;
	return array;
}

static cJSON *read_string(struct json_text *in, struct arena *pool)
{
	cJSON *string = node(pool, cJSON_String);
	struct json_span span;

	if (!json_check_string(in, &span))
		return NULL;
	string->valuestring = copy_span(in, pool, &span);
	return string;
}

static cJSON *read_number(struct json_text *in, struct arena *pool)
{
	cJSON *number = node(pool, cJSON_Number);
	double value;

	if (!json_check_number(in, &value))
		return NULL;
	number->valuedouble = value;
	number->valueint = value >= INT_MAX           ? INT_MAX
			   : value <= (double)INT_MIN ? INT_MIN
						      : (int)value;
	return number;
}

static cJSON *read_literal(struct json_text *in, struct arena *pool, char first)
{
	const char *literal = first == 't' ? "true" : first == 'f' ? "false" : "null";
	int type = first == 't' ? cJSON_True : first == 'f' ? cJSON_False : cJSON_NULL;

	return json_check_literal(in, literal) ? node(pool, type) : NULL;
}

static cJSON *read_value(struct json_text *in, struct arena *pool)
{
	char first = json_peek(in);

	switch (first) {
	case '{':
		return read_object(in, pool, NULL);
	case '[':
		return read_array(in, pool);
	case '"':
		return read_string(in, pool);
	case '-':
	case '0' ... '9':
		return read_number(in, pool);
	default: /* where nothing fits, this says what a value is */
		return read_literal(in, pool, first);
	}
}

cJSON *element_json_read(struct json_text *in, struct arena *pool)
{
	return read_value(in, pool);
}

cJSON *element_json_read_items(struct json_text *in, struct arena *pool,
	struct element_items *items)
{
	return json_peek(in) == '{' ? read_object(in, pool, items) : read_value(in, pool);
}
