#include "core/traffic_rules_json.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/json_place.h"
#include "core/json_reader.h"
#include "core/schema_json.h"
#include "core/schema_texts.h"
#include "core/traffic_rules.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The getters below ask nothing: the schema has. */
static const cJSON *get(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* Strings stay where they are: the tree is in the arena. */
static const char *get_string(const cJSON *object, const char *key)
{
	return cJSON_GetStringValue(get(object, key));
}

static unsigned get_number(const cJSON *object, const char *key, unsigned otherwise)
{
	const cJSON *item = get(object, key);

	return item ? (unsigned)item->valuedouble : otherwise;
}

static struct traffic_words read_words(struct arena *arena, const cJSON *array)
{
	size_t count = 0, size = array ? (size_t)cJSON_GetArraySize(array) : 0;
	const char **items = arena_alloc(arena, (size + 1) * sizeof(*items));

	if (!array)
		return (struct traffic_words){0};
	for (const cJSON *item = array->child; item; item = item->next)
		items[count++] = item->valuestring;
	return (struct traffic_words){items, count};
}

static struct traffic_pairs read_pairs(struct arena *arena, const cJSON *object)
{
	size_t count = 0, size = object ? (size_t)cJSON_GetArraySize(object) : 0;
	struct traffic_pair *items = arena_alloc(arena, size * sizeof(*items));

	for (const cJSON *item = object ? object->child : NULL; item; item = item->next)
		items[count++] = (struct traffic_pair){item->string, item->valuestring};
	return (struct traffic_pairs){count ? items : NULL, count};
}

static struct traffic_how read_how(struct arena *arena, const cJSON *object)
{
	const cJSON *before = get(object, "before");
	size_t count = 0, size = before ? (size_t)cJSON_GetArraySize(before) : 0;
	struct traffic_words *commands =
		arena_alloc(arena, (size + 1) * sizeof(*commands));

	for (const cJSON *item = before ? before->child : NULL; item; item = item->next)
		commands[count++] = read_words(arena, item);
	return (struct traffic_how){
		.command = read_words(arena, get(object, "command")),
		.as = get_string(object, "as"),
		.arguments = read_words(arena, get(object, "arguments")),
		.input = get_string(object, "input"),
		.files = read_pairs(arena, get(object, "files")),
		.variables = read_pairs(arena, get(object, "environment")),
		.before = before ? commands : NULL,
		.nbefore = count,
		.program = get_string(object, "program"),
		.target = get_string(object, "target"),
		.headers = read_pairs(arena, get(object, "headers")),
		.status = (int)get_number(object, "status", (unsigned)TRAFFIC_ANY_STATUS),
		.timeout_s = get_number(object, "timeout", 0),
		.skip = get_string(object, "skip"),
	};
}

static const struct traffic_server *read_server(struct arena *arena, const cJSON *object)
{
	struct traffic_server *server = arena_alloc(arena, sizeof(*server));

	if (!object)
		return NULL;
	*server = (struct traffic_server){
		.start = read_words(arena, get(object, "start")),
		.send = read_words(arena, get(object, "send")),
		.publish = read_words(arena, get(object, "publish")),
		.ready = get_string(object, "ready"),
		.done = get_string(object, "done"),
		.url = get_string(object, "url"),
		.is_fresh = cJSON_IsTrue(get(object, "fresh")),
	};
	return server;
}

static void read_programs(struct arena *arena, const cJSON *array,
	struct traffic_rules *rules)
{
	size_t size = array ? (size_t)cJSON_GetArraySize(array) : 0;
	struct traffic_program *programs = arena_alloc(arena, size * sizeof(*programs));

	for (const cJSON *item = array ? array->child : NULL; item; item = item->next)
		programs[rules->nprograms++] = (struct traffic_program){
			.name = get_string(item, "name"),
			.path = get_string(item, "path"),
			.server = read_server(arena, get(item, "server")),
			.how = read_how(arena, item),
		};
	rules->programs = programs;
}

static void read_rules(struct arena *arena, const cJSON *array,
	struct traffic_rules *rules)
{
	size_t size = array ? (size_t)cJSON_GetArraySize(array) : 0;
	struct traffic_rule *list = arena_alloc(arena, size * sizeof(*list));

	for (const cJSON *item = array ? array->child : NULL; item; item = item->next)
		list[rules->nrules++] = (struct traffic_rule){
			get_string(item, "match"), read_how(arena, item)};
	rules->rules = list;
}

/* Fail at the value that the JSON pointer names. */
static bool fail_at(const struct json_source *source, const char *pointer,
	struct error *err, const char *text)
{
	uint64_t offset = json_place_find(source->bytes, source->size, pointer);

	return error_set(err, json_place_of(source->name, source->bytes, offset),
		"'%s' %s", *pointer ? pointer : "/", text);
}

/* A byte in a message becomes a line: people wrote the file. */
static void point_at_line(const struct json_source *source, struct error *err)
{
	char text[sizeof(err->text)];
	uint64_t offset;
	int behind = 0;

	if (sscanf(err->text, "byte %" SCNu64 ": %n", &offset, &behind) != 1 || !behind ||
		offset > source->size)
		return;
	snprintf(text, sizeof(text), "%s", err->text + behind);
	error_set(err, json_place_of(source->name, source->bytes, offset), "%s", text);
}

static bool check_schema(const struct json_source *source, struct error *err)
{
	const struct schema_text *text = schema_text_of("traffic");
	struct schema_report report = {0};
	struct schema *schema = schema_new(text->text, text->size, text->kind, err);
	bool ok;

	if (!schema)
		abort(); /* it is our own */
	ok = schema_check(schema, source, &report, err);
	if (!ok)
		point_at_line(source, err);
	else if (report.nfindings)
		ok = fail_at(source, report.findings[0].pointer, err,
			report.findings[0].text);
	schema_report_release(&report);
	schema_free(schema);
	return ok;
}

/* Below the directory that a command runs in, and nowhere else. */
static bool is_inside(const char *path)
{
	const char *at = path;

	if (!*path || *path == '/' || path[strlen(path) - 1] == '/')
		return false;
	while (at) {
		size_t len = strcspn(at, "/");

		if (!len || (len == 2 && strncmp(at, "..", 2) == 0))
			return false;
		at = at[len] ? at + len + 1 : NULL;
	}
	return true;
}

/* "GIT_DIR": what can be set in an environment, or, with dashes, sent as a header. */
static bool is_name(const char *name)
{
	return *name && !name[strcspn(name, "= \t\r\n:")];
}

static bool is_one_line(const char *value)
{
	return !strpbrk(value, "\r\n");
}

/* What no schema can say of how something is driven. */
static bool check_how(const struct traffic_how *how, const char **wrong)
{
	*wrong = NULL;
	for (size_t i = 0; i < how->files.count; i++)
		if (!is_inside(how->files.items[i].name))
			*wrong = "has a file whose path leads out of the directory that "
				 "it runs in: name one below it";
	for (size_t i = 0; i < how->variables.count; i++)
		if (!is_name(how->variables.items[i].name))
			*wrong = "has a variable whose name cannot be one";
	for (size_t i = 0; i < how->headers.count; i++)
		if (!is_name(how->headers.items[i].name) ||
			!is_one_line(how->headers.items[i].value))
			*wrong = "has a header field whose name or value cannot be one";
	if (how->target && how->target[strcspn(how->target, " \t\r\n")])
		*wrong = "has a target with a space in it: write %20";
	return !*wrong;
}

static bool check_program(const struct traffic_rules *rules, size_t index,
	const char **wrong)
{
	const struct traffic_program *program = &rules->programs[index];

	if (!check_how(&program->how, wrong))
		return false;
	if (index == TRAFFIC_RULES_MAX_PROGRAMS)
		*wrong = "is one program too many: more than 1000 are not driven at once";
	for (size_t i = 0; i < index && !*wrong; i++)
		if (strcmp(rules->programs[i].name, program->name) == 0)
			*wrong = "has the name of a program above it: make one of the "
				 "two";
	return !*wrong;
}

static bool check_all(const struct json_source *source, const struct traffic_rules *rules,
	struct error *err)
{
	char pointer[40];
	const char *wrong;

	for (size_t i = 0; i < rules->nprograms; i++) {
		snprintf(pointer, sizeof(pointer), "/programs/%zu", i);
		if (!check_program(rules, i, &wrong))
			return fail_at(source, pointer, err, wrong);
	}
	for (size_t i = 0; i < rules->nrules; i++) {
		snprintf(pointer, sizeof(pointer), "/rules/%zu", i);
		if (!check_how(&rules->rules[i].how, &wrong))
			return fail_at(source, pointer, err, wrong);
	}
	return true;
}

static const char *directory_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	char absolute[PATH_MAX];
	char *above = slash ? arena_copy(arena, path, (size_t)(slash - path + 1)) : NULL;

	return realpath(above ? above : ".", absolute) ? arena_strdup(arena, absolute)
						       : "/";
}

bool traffic_rules_read(struct arena *arena, const struct json_source *source,
	struct traffic_rules *out, struct error *err)
{
	struct json_source text = *source;
	struct traffic_rules rules = {0};
	const cJSON *root;

	if (!text.bytes)
		text.bytes = file_read(arena, source->name, &text.size, err);
	if (!text.bytes)
		return false;
	if (text.size > TRAFFIC_RULES_MAX_BYTES)
		return error_set(err, (struct location){source->name, 0, 0},
			"the file has %zu bytes: rules may have %d", text.size,
			TRAFFIC_RULES_MAX_BYTES);
	if (!check_schema(&text, err))
		return false;
	root = json_read_tree(arena, text.bytes, text.size, text.name, err);
	if (!root)
		return false;
	rules.directory = directory_of(arena, source->name);
	read_programs(arena, get(root, "programs"), &rules);
	read_rules(arena, get(root, "rules"), &rules);
	if (!check_all(&text, &rules, err))
		return false;
	*out = rules;
	return true;
}
