#include "core/member_json.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"
#include "core/text.h"
#include "core/trace.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void members_fail(struct member_source *source, const char *fmt, ...)
{
	char text[512];
	va_list args;

	if (source->failed)
		return;
	source->failed = true;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (source->index == MEMBER_ALONE)
		error_set_byte(source->err, source->file, source->offset, "%s: %s",
			source->section, text);
	else
		error_set_byte(source->err, source->file, source->offset, "%s[%zu]: %s",
			source->section, source->index, text);
}

struct members members_of(struct member_source *source, const cJSON *value)
{
	if (!cJSON_IsObject(value)) {
		members_fail(source, "expected an object");
		return (struct members){source, NULL, NULL};
	}
	return (struct members){source, value, value->child};
}

/* NULL when it is missing. */
static const cJSON *find(struct members *in, const char *key)
{
	const cJSON *member = in->next;

	if (in->source->failed)
		return NULL;
	if (!member || strcmp(member->string, key) != 0)
		member = cJSON_GetObjectItemCaseSensitive(in->object, key);
	if (member)
		in->next = member->next;
	return member;
}

static const cJSON *require(struct members *in, const char *key, const char *expected)
{
	const cJSON *member = find(in, key);

	if (!member)
		members_fail(in->source, "'%s' is missing: expected %s", key, expected);
	return member;
}

static void fail_type(struct members *in, const char *key, const char *expected)
{
	members_fail(in->source, "'%s' is not what it must be: expected %s", key,
		expected);
}

static const char *keep(struct members *in, const char *string)
{
	struct interner *interner = in->source->interner;

	return interner ? intern_string(interner, string) : string;
}

const char *item_string(struct members *in, const cJSON *item, const char *key)
{
	if (!cJSON_IsString(item)) {
		fail_type(in, key, "a string");
		return "";
	}
	return keep(in, item->valuestring);
}

const char *item_key(struct members *in, const cJSON *item)
{
	return keep(in, item->string);
}

const char *const *item_strings(struct members *in, struct arena *arena,
	const cJSON *first, size_t n, const char *key)
{
	const char **strings = arena_alloc(arena, n * sizeof(*strings));

	for (size_t i = 0; i < n; i++, first = first->next)
		strings[i] = item_string(in, first, key);
	return strings;
}

const char *member_string(struct members *in, const char *key)
{
	const cJSON *member = require(in, key, "a string");

	return member ? item_string(in, member, key) : "";
}

const char *member_nullable_string(struct members *in, const char *key)
{
	const cJSON *member = require(in, key, "a string or null");

	return !member || cJSON_IsNull(member) ? NULL : item_string(in, member, key);
}

const char *member_optional_string(struct members *in, const char *key)
{
	const cJSON *member = find(in, key);

	return member ? item_string(in, member, key) : NULL;
}

static uint64_t to_uint(struct members *in, const cJSON *member, const char *key,
	uint64_t most)
{
	double value = member->valuedouble;

	if (cJSON_IsNumber(member) && value >= 0 && value <= (double)most &&
		value == (double)(uint64_t)value)
		return (uint64_t)value;
	members_fail(in->source, "'%s' is not a whole number from 0 to %" PRIu64, key,
		most);
	return 0;
}

uint64_t member_uint(struct members *in, const char *key, uint64_t most)
{
	const cJSON *member = require(in, key, "a whole number");

	return member ? to_uint(in, member, key, most) : 0;
}

unsigned member_unsigned(struct members *in, const char *key)
{
	return (unsigned)member_uint(in, key, UINT32_MAX);
}

uint64_t member_optional_uint(struct members *in, const char *key, uint64_t most)
{
	const cJSON *member = find(in, key);

	return member ? to_uint(in, member, key, most) : 0;
}

unsigned member_optional_unsigned(struct members *in, const char *key)
{
	return (unsigned)member_optional_uint(in, key, UINT32_MAX);
}

uint32_t member_optional_id(struct members *in, const char *key)
{
	const cJSON *member = find(in, key);

	return member ? (uint32_t)to_uint(in, member, key, TRACE_NONE - 1) : TRACE_NONE;
}

static bool to_bool(struct members *in, const cJSON *member, const char *key)
{
	if (member && !cJSON_IsBool(member))
		fail_type(in, key, "true or false");
	return cJSON_IsTrue(member);
}

bool member_bool(struct members *in, const char *key)
{
	return to_bool(in, require(in, key, "true or false"), key);
}

bool member_optional_bool(struct members *in, const char *key)
{
	return to_bool(in, find(in, key), key);
}

double member_ratio(struct members *in, const char *key)
{
	const cJSON *member = require(in, key, "a number from 0 to 1");

	if (!member)
		return 0;
	if (!cJSON_IsNumber(member) || member->valuedouble < 0 || member->valuedouble > 1)
		fail_type(in, key, "a number from 0 to 1");
	return member->valuedouble;
}

unsigned member_choice(struct members *in, const char *key, const char *const *names)
{
	const cJSON *member = require(in, key, "a string");
	scoped_text allowed = {0};

	if (!member)
		return 0;
	for (unsigned i = 0; cJSON_IsString(member) && names[i]; i++) {
		if (strcmp(member->valuestring, names[i]) == 0)
			return i;
	}
	for (unsigned i = 0; names[i]; i++)
		text_printf(&allowed, "%s'%s'", i ? ", " : "", names[i]);
	members_fail(in->source, "'%s' is not one of %s", key, text_string(&allowed));
	return 0;
}

uint32_t member_index(struct members *in, const char *key, bool or_none)
{
	const cJSON *member = require(in, key, "an index");

	if (!member || (or_none && cJSON_IsNull(member)))
		return TRACE_NONE;
	return (uint32_t)to_uint(in, member, key, TRACE_NONE - 1);
}

void member_check_id(struct members *in)
{
	uint32_t id = member_index(in, "id", false);

	if (id != in->source->index)
		members_fail(in->source, "'id' is %u: ids count from 0, in order", id);
}

static const cJSON *items(struct members *in, const cJSON *member, const char *key,
	size_t *nitems)
{
	*nitems = 0;
	if (!member)
		return NULL;
	if (!cJSON_IsArray(member)) {
		fail_type(in, key, "an array");
		return NULL;
	}
	*nitems = (size_t)cJSON_GetArraySize(member);
	return member->child;
}

const cJSON *member_array(struct members *in, const char *key, size_t *nitems)
{
	return items(in, require(in, key, "an array"), key, nitems);
}

const cJSON *member_optional_array(struct members *in, const char *key, size_t *nitems)
{
	return items(in, find(in, key), key, nitems);
}

const cJSON *member_object(struct members *in, const char *key, size_t *nitems)
{
	const cJSON *member = require(in, key, "an object");

	*nitems = 0;
	if (!member)
		return NULL;
	if (!cJSON_IsObject(member)) {
		fail_type(in, key, "an object");
		return NULL;
	}
	*nitems = (size_t)cJSON_GetArraySize(member);
	return member->child;
}

bool member_optional_members(struct members *in, const char *key, struct members *out)
{
	const cJSON *member = find(in, key);

	if (!member)
		return false;
	if (!cJSON_IsObject(member)) {
		fail_type(in, key, "an object");
		return false;
	}
	*out = members_of(in->source, member);
	return true;
}
