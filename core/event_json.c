#include "core/event_json.h"

#include "core/element_json.h"
#include "core/error.h"
#include "core/log_lines.h"
#include "core/text.h"
#include "core/timestamp.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum field_kind {
	FIELD_TEXT, /* const char * */
	FIELD_WORD, /* the same; a number is fine, too */
	FIELD_COUNT, /* uint64_t: a whole number, or one as a string */
	FIELD_TIME_MS, /* double */
	FIELD_FLAG, /* bool */
	FIELD_PRESENT, /* bool: it is there, whatever it is */
	FIELD_ERROR, /* struct event_error */
};

struct field {
	const char *name;
	enum field_kind kind;
	bool is_required;
	size_t offset;
};

#define FIELD(name, kind, required, member)                          \
	{                                                            \
		name, kind, required, offsetof(struct event, member) \
	}

/* In the order in which they are written, so that each is found where it is looked for.
 */
static const struct field event_fields[] = {
	FIELD("level", FIELD_TEXT, true, level_name),
	FIELD("timestamp", FIELD_TEXT, true, timestamp),
	FIELD("correlationId", FIELD_TEXT, true, correlation_id),
	FIELD("service", FIELD_TEXT, true, service),
	FIELD("event", FIELD_TEXT, true, event),
	FIELD("channel", FIELD_TEXT, true, channel),
	FIELD("instanceId", FIELD_TEXT, true, instance_id),
	FIELD("duration_ms", FIELD_TIME_MS, false, duration_ms),
	FIELD("seq", FIELD_COUNT, false, seq),
	FIELD("epoch", FIELD_COUNT, false, epoch),
	FIELD("mono_ns", FIELD_COUNT, false, mono_ns),
	FIELD("guid", FIELD_TEXT, false, guid),
	FIELD("trace_id", FIELD_TEXT, false, trace_id),
	FIELD("span_id", FIELD_TEXT, false, span_id),
	FIELD("parent_span_id", FIELD_TEXT, false, parent_span_id),
	FIELD("route_id", FIELD_TEXT, false, route_id),
	FIELD("path_id", FIELD_TEXT, false, path_id),
	FIELD("route", FIELD_TEXT, false, route),
	FIELD("command", FIELD_TEXT, false, command),
	FIELD("user_ref", FIELD_TEXT, false, user_ref),
	FIELD("error", FIELD_ERROR, false, error),
	FIELD("simulated", FIELD_FLAG, false, is_simulated),
	FIELD("key_id", FIELD_TEXT, false, key_id),
	FIELD("steps", FIELD_PRESENT, false, has_steps),
};

#define ERROR_FIELD(name, kind, member)                                 \
	{                                                               \
		name, kind, false, offsetof(struct event_error, member) \
	}

static const struct field error_fields[] = {
	ERROR_FIELD("type", FIELD_TEXT, type),
	ERROR_FIELD("source", FIELD_TEXT, source),
	ERROR_FIELD("endpoint", FIELD_TEXT, endpoint),
	ERROR_FIELD("layer", FIELD_TEXT, layer),
	ERROR_FIELD("code", FIELD_WORD, code),
	ERROR_FIELD("message", FIELD_TEXT, message),
	ERROR_FIELD("external", FIELD_FLAG, is_external),
	ERROR_FIELD("retryable", FIELD_FLAG, is_retryable),
	ERROR_FIELD("cause", FIELD_WORD, cause),
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char *const event_level_names[EVENT_LEVELS + 1] = {
	"trace", "debug", "info", "warn", "error", "fatal", NULL};

/* Reading one object: where it goes, and what is said when a member is wrong. */
struct reading {
	struct arena *pool;
	const char *prefix; /* of names in messages: "" or "error." */
	struct error *err;
};

void event_reader_release(struct event_reader *reader)
{
	arena_release(&reader->pool);
	if (reader->is_open)
		json_keys_release(&reader->keys);
	*reader = (struct event_reader){.is_open = false};
}

static bool fail(const struct reading *in, const char *name, const char *expected)
{
	return error_set(in->err, (struct location){0}, "'%s%s' is not %s", in->prefix,
		name, expected);
}

/* A number as JSON has it, whole ones without a point. */
static void add_number(struct text *out, double value)
{
	if (fabs(value) < 9007199254740992.0 && value == floor(value))
		text_printf(out, "%.0f", value);
	else
		text_printf(out, "%.15g", value);
}

static void add_value(struct text *out, const cJSON *value)
{
	char *json;

	if (cJSON_IsString(value)) {
		text_add(out, value->valuestring);
	} else if (cJSON_IsNumber(value)) {
		add_number(out, value->valuedouble);
	} else {
		json = cJSON_PrintUnformatted(value);
		if (json)
			text_add(out, json);
		cJSON_free(json);
	}
}

/* Whole, from 0; as a number up to 2^53, as digits up to 2^64 - 2. */
static bool read_count(const cJSON *value, uint64_t *out)
{
	uint64_t count = 0;

	if (cJSON_IsNumber(value)) {
		double number = value->valuedouble;

		*out = number >= 0 && number <= 9007199254740992.0 ? (uint64_t)number
								   : UINT64_MAX;
		return *out != UINT64_MAX && (double)*out == number;
	}
	if (!cJSON_IsString(value) || !value->valuestring[0])
		return false;
	for (const char *c = value->valuestring; *c; c++) {
		unsigned digit = (unsigned)(unsigned char)*c - '0';

		if (digit > 9 || count > (UINT64_MAX - 1 - digit) / 10)
			return false;
		count = count * 10 + digit;
	}
	*out = count;
	return true;
}

static bool read_word(const struct reading *in, const struct field *field,
	const cJSON *value, const char **out)
{
	scoped_text word = {0};

	if (cJSON_IsString(value)) {
		*out = value->valuestring;
		return true;
	}
	if (field->kind == FIELD_TEXT)
		return fail(in, field->name, "a string");
	add_value(&word, value);
	*out = arena_strdup(in->pool, text_string(&word));
	return true;
}

static bool read_fields(const struct reading *in, const cJSON *object, void *out);

static bool read_field(const struct reading *in, const struct field *field,
	const cJSON *value, void *out)
{
	struct reading inner = {in->pool, "error.", in->err};
	void *member = (char *)out + field->offset;

	if (cJSON_IsNull(value))
		return !field->is_required || fail(in, field->name, "a string");
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_WORD:
		return read_word(in, field, value, member);
	case FIELD_COUNT:
		return read_count(value, member) ||
		       fail(in, field->name, "a whole number");
	case FIELD_TIME_MS:
		*(double *)member = value->valuedouble;
		return (cJSON_IsNumber(value) && value->valuedouble >= 0) ||
		       fail(in, field->name, "a number from 0 on");
	case FIELD_FLAG:
		*(bool *)member = cJSON_IsTrue(value);
		return cJSON_IsBool(value) || fail(in, field->name, "true or false");
	case FIELD_PRESENT:
		*(bool *)member = true;
		return true;
	default:
		if (!cJSON_IsObject(value))
			return fail(in, field->name, "an object");
		((struct event *)out)->has_error = true;
		return read_fields(&inner, value, member);
	}
}

static bool read_fields(const struct reading *in, const cJSON *object, void *out)
{
	bool is_error = in->prefix[0];
	const struct field *fields = is_error ? error_fields : event_fields;
	size_t n = is_error ? COUNT(error_fields) : COUNT(event_fields), at = 0;

	for (const cJSON *value = object->child; value; value = value->next) {
		size_t i = 0;

		/* From the one behind the last that was found, and round. */
		while (i < n && strcmp(fields[(at + i) % n].name, value->string) != 0)
			i++;
		if (i == n)
			continue;
		at = (at + i) % n;
		if (!read_field(in, &fields[at], value, out))
			return false;
		at++;
	}
	return true;
}

static bool check_required(const struct reading *in, const struct event *event)
{
	for (size_t i = 0; i < COUNT(event_fields); i++) {
		const char *const *member =
			(const void *)((const char *)event + event_fields[i].offset);

		if (event_fields[i].is_required && !*member)
			return error_set(in->err, (struct location){0}, "'%s' is missing",
				event_fields[i].name);
	}
	return true;
}

static bool read_level(const struct reading *in, struct event *event)
{
	for (unsigned i = 0; event->level_name && i < EVENT_LEVELS; i++)
		if (strcmp(event_level_names[i], event->level_name) == 0) {
			event->level = i;
			return true;
		}
	return fail(in, "level", "trace, debug, info, warn, error or fatal");
}

static bool read_event(const struct reading *in, const cJSON *tree, struct event *event)
{
	*event = (struct event){.duration_ms = -1,
		.seq = UINT64_MAX,
		.epoch = UINT64_MAX,
		.mono_ns = UINT64_MAX,
		.tree = tree};
	if (!cJSON_IsObject(tree))
		return error_set(in->err, (struct location){0}, "it is no object");
	return read_fields(in, tree, event) && check_required(in, event) &&
	       read_level(in, event) &&
	       (timestamp_parse(event->timestamp, &event->time_ns) ||
		       fail(in, "timestamp",
			       "a time in UTC like '2026-01-31T15:30:01.5Z'"));
}

static void reset_pool(struct arena *pool)
{
	if (pool->total_bytes > pool->size)
		arena_release(pool);
	pool->used = 0;
	pool->total_bytes = 0;
}

static const cJSON *read_tree(struct event_reader *reader, struct json_text *text)
{
	const cJSON *tree;

	reset_pool(&reader->pool);
	if (!reader->is_open)
		json_keys_init(&text->keys);
	reader->is_open = true;
	tree = element_json_read(text, &reader->pool);
	json_skip_space(text);
	if (tree && text->at != text->end) {
		json_fail_expected(text, "the line's end");
		tree = NULL;
	}
	reader->keys = text->keys;
	/* Where it failed, objects were open. */
	reader->keys.nkeys = reader->keys.nlevels = 0;
	return tree;
}

bool event_json_read(struct event_reader *reader, const char *file,
	const struct log_line *line, struct event *out, struct error *err)
{
	struct error inner;
	struct json_text text = {.start = line->bytes,
		.at = line->bytes,
		.end = line->bytes + line->len,
		.name = file,
		.keys = reader->keys,
		.err = &inner};
	struct reading in = {&reader->pool, "", &inner};
	unsigned number = line->number < UINT_MAX ? (unsigned)line->number : UINT_MAX;
	const cJSON *tree = NULL;
	struct event event;

	if (line->is_too_long)
		error_set(&inner, (struct location){0}, "it is longer than %d bytes",
			LOG_LINE_MAX);
	else if (!line->len)
		error_set(&inner, (struct location){0}, "it is empty");
	else
		tree = read_tree(reader, &text);
	if (!tree || !read_event(&in, tree, &event))
		return error_set(err, (struct location){file, number, 0},
			"this line is no event: %s", inner.text);
	*out = event;
	return true;
}

static const cJSON *find(const cJSON *object, const char *path)
{
	while (object && *path) {
		size_t len = strcspn(path, ".");
		const cJSON *member = cJSON_IsObject(object) ? object->child : NULL;

		while (member &&
			(strncmp(member->string, path, len) != 0 || member->string[len]))
			member = member->next;
		object = member;
		path += len + (path[len] == '.');
	}
	return object;
}

bool event_json_find(const struct event *event, const char *path, struct text *out)
{
	const cJSON *value = *path ? find(event->tree, path) : NULL;

	if (value)
		add_value(out, value);
	return value;
}

/* Paths are built in one text; the tree is no deeper than JSON_READ_MAX_DEPTH. */
struct walk {
	event_value_fn *each;
	void *context;
	struct text path, value;
};

static void walk_value(struct walk *walk, const cJSON *value)
{
	bool is_array = cJSON_IsArray(value);
	size_t len = walk->path.len, i = 0;

	if (!is_array && !cJSON_IsObject(value)) {
		text_clear(&walk->value);
		add_value(&walk->value, value);
		walk->each(walk->context, text_string(&walk->path),
			text_string(&walk->value));
		return;
	}
	for (const cJSON *item = value->child; item; item = item->next, i++) {
		if (is_array)
			text_printf(&walk->path, "[%zu]", i);
		else
			text_printf(&walk->path, "%s%s", len ? "." : "", item->string);
		walk_value(walk, item);
		walk->path.len = len;
		walk->path.bytes[len] = '\0';
	}
}

void event_json_values(const struct event *event, const char *key, event_value_fn *each,
	void *context)
{
	struct walk walk = {.each = each, .context = context};
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(event->tree, key);

	if (value)
		walk_value(&walk, value);
	text_release(&walk.path);
	text_release(&walk.value);
}

void event_json_members(const struct event *event, event_member_fn *each, void *context)
{
	for (const cJSON *member = event->tree->child; member; member = member->next)
		each(context, member->string);
}
