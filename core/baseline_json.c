#include "core/baseline_json.h"

#include "core/arena.h"
#include "core/document_json.h"
#include "core/error.h"
#include "core/file.h"
#include "core/interner.h"
#include "core/json_reader.h"
#include "core/json_writer.h"
#include "core/member_json.h"
#include "core/trace.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct arena *arena;
	struct interner strings;
	struct member_source source; /* of the element that is read */
	struct baseline_entry *entries; /* heap, until the end is reached */
	size_t count, room;
	bool has_kind, has_version, has_findings;
};

static void reading_release(struct reading *reading)
{
	interner_release(&reading->strings);
	free(reading->entries);
}

#define scoped_reading __attribute__((cleanup(reading_release))) struct reading

static void read_kind(struct reading *reading, const cJSON *value)
{
	reading->has_kind = true;
	if (!cJSON_IsString(value) || strcmp(value->valuestring, "baseline") != 0)
		members_fail(&reading->source,
			"the kind is %s%.40s%s, expected 'baseline': 'pcarch diff "
			"--write-baseline' makes one",
			cJSON_IsString(value) ? "'" : "",
			cJSON_IsString(value) ? value->valuestring : "no string",
			cJSON_IsString(value) ? "'" : "");
}

static void read_finding(struct reading *reading, const cJSON *value)
{
	struct members in = members_of(&reading->source, value);
	struct baseline_entry entry = {
		.fingerprint = member_string(&in, "fingerprint"),
		.id = member_string(&in, "id"),
		.module = member_nullable_string(&in, "module"),
		.function = member_nullable_string(&in, "function"),
	};

	if (!reading->source.failed &&
		(strspn(entry.fingerprint, "0123456789abcdef") != 32 ||
			entry.fingerprint[32]))
		members_fail(&reading->source,
			"the fingerprint '%.40s' is not 32 hexadecimal digits",
			entry.fingerprint);
	reading->entries = grow(reading->entries, reading->count, &reading->room,
		sizeof(*reading->entries));
	reading->entries[reading->count++] = entry;
}

static bool on_array(void *context, const char *key, uint64_t offset, struct error *err)
{
	struct reading *reading = context;

	(void)offset;
	(void)err;
	reading->source.index = 0;
	if (key && strcmp(key, "findings") == 0)
		reading->has_findings = true;
	return true;
}

static bool on_value(void *context, const char *key, const cJSON *value, uint64_t offset,
	struct error *err)
{
	struct reading *reading = context;
	struct member_source *source = &reading->source;

	if (!key)
		return true;
	source->offset = offset;
	source->err = err;
	source->section = intern_string(&reading->strings, key);
	if (strcmp(key, "findings") == 0 && reading->has_findings) {
		read_finding(reading, value);
		source->index++;
		return !source->failed;
	}
	source->index = MEMBER_ALONE;
	if (strcmp(key, "kind") == 0)
		read_kind(reading, value);
	if (strcmp(key, "schema_version") == 0) {
		reading->has_version = true;
		document_check_version(source, value);
	}
	return !source->failed;
}

static int by_fingerprint(const void *left, const void *right)
{
	const struct baseline_entry *a = left, *b = right;

	return strcmp(a->fingerprint, b->fingerprint);
}

static bool check_whole(const struct reading *reading, const char *path,
	struct error *err)
{
	const char *missing = !reading->has_kind       ? "kind"
			      : !reading->has_version  ? "schema_version"
			      : !reading->has_findings ? "findings"
						       : NULL;

	if (missing)
		return error_set(err, (struct location){path, 0, 0},
			"the member '%s' is missing: this is no baseline", missing);
	for (size_t i = 1; i < reading->count; i++)
		if (by_fingerprint(&reading->entries[i - 1], &reading->entries[i]) == 0)
			return error_set(err, (struct location){path, 0, 0},
				"the fingerprint %s stands there twice: remove one of the two",
				reading->entries[i].fingerprint);
	return true;
}

bool baseline_json_read(struct arena *arena, const char *path, struct baseline *out,
	struct error *err)
{
	const struct json_source source = {.name = path};

	return baseline_json_read_source(arena, &source, out, err);
}

bool baseline_json_read_source(struct arena *arena, const struct json_source *source,
	struct baseline *out, struct error *err)
{
	scoped_reading reading = {.arena = arena, .strings = {.arena = arena}};
	const struct json_visitor visitor = {
		.value = on_value, .array = on_array, .context = &reading};
	struct baseline_entry *entries;

	reading.source.file = source->name;
	reading.source.interner = &reading.strings;
	if (!json_read(source, &visitor, err))
		return false;
	if (reading.count)
		qsort(reading.entries, reading.count, sizeof(*reading.entries),
			by_fingerprint);
	if (!check_whole(&reading, source->name, err))
		return false;
	entries = arena_alloc(arena, reading.count * sizeof(*entries));
	if (reading.count)
		memcpy(entries, reading.entries, reading.count * sizeof(*entries));
	*out = (struct baseline){entries, reading.count};
	return true;
}

static int compare_names(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int by_names(const void *left, const void *right)
{
	const struct baseline_entry *a = left, *b = right;
	int order = strcmp(a->id, b->id);

	order = order ? order : compare_names(a->module, b->module);
	order = order ? order : compare_names(a->function, b->function);
	return order ? order : strcmp(a->fingerprint, b->fingerprint);
}

static bool write_all(const struct baseline_entry *entries, size_t count, FILE *stream)
{
	struct json_writer json;
	char version[32];

	snprintf(version, sizeof(version), "%d.%d", TRACE_SCHEMA_MAJOR,
		TRACE_SCHEMA_MINOR);
	json_open(&json, stream);
	json_begin_object(&json);
	json_member_string(&json, "schema_version", version);
	json_member_string(&json, "kind", "baseline");
	json_key(&json, "findings");
	json_begin_array(&json);
	for (size_t i = 0; i < count; i++) {
		json_begin_line_object(&json);
		json_member_string(&json, "id", entries[i].id);
		json_member_string(&json, "module", entries[i].module);
		json_member_string(&json, "function", entries[i].function);
		json_member_string(&json, "fingerprint", entries[i].fingerprint);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
	return json_close(&json);
}

bool baseline_json_save(const struct baseline *baseline, const char *path,
	struct error *err)
{
	struct arena arena = {0};
	struct baseline_entry *sorted =
		arena_alloc(&arena, baseline->count * sizeof(*sorted));
	scoped_out out = {0};
	bool ok = file_create(&out, path, err);

	if (baseline->count)
		memcpy(sorted, baseline->entries, baseline->count * sizeof(*sorted));
	qsort(sorted, baseline->count, sizeof(*sorted), by_names);
	if (ok && !write_all(sorted, baseline->count, out.stream))
		ok = file_write_failed(&out, err);
	arena_release(&arena);
	return ok && file_commit(&out, err);
}
