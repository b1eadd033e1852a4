#include "core/document_read_json.h"

#include "core/arena.h"
#include "core/document_json.h"
#include "core/document_parts.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/member_json.h"

#include <cjson/cJSON.h>
#include <string.h>

static void read_version(struct document_reader *reader, struct member_source *source,
	const cJSON *value)
{
	reader->parts->has_version = true;
	document_check_version(source, value);
}

static void read_kind(struct document_reader *reader, struct member_source *source,
	const cJSON *value)
{
	const struct document_kind *kind = reader->parts->kind;

	reader->parts->has_kind = true;
	if (!cJSON_IsString(value))
		members_fail(source, "expected the string \"%s\"", kind->name);
	else if (strcmp(value->valuestring, kind->name) != 0)
		members_fail(source,
			"this is a '%.40s' file: expected a '%s' one, as '%s' writes it",
			value->valuestring, kind->name, kind->writer);
}

static void read_tool(struct document_reader *reader, struct member_source *source,
	const cJSON *value)
{
	struct members in = members_of(source, value);

	reader->parts->tool_version = member_string(&in, "version");
}

static void read_summary(struct document_reader *reader, struct member_source *source,
	const cJSON *value)
{
	struct document_parts *parts = reader->parts;
	struct members in = members_of(source, value);

	parts->has_summary = true;
	parts->summary_offset = source->offset;
	for (size_t i = 0; i < parts->kind->ncounts; i++)
		parts->summary[i] =
			member_uint(&in, parts->kind->counts[i], DOCUMENT_COUNT_MAX);
	reader->read_summary(reader, &in);
}

static const struct {
	const char *key;
	void (*read)(struct document_reader *, struct member_source *, const cJSON *);
} headers[] = {
	{"schema_version", read_version},
	{"kind", read_kind},
	{"tool", read_tool},
	{"summary", read_summary},
};

enum {
	NHEADERS = sizeof(headers) / sizeof(headers[0])
};

/* NHEADERS: none. */
static size_t header_of(const char *key)
{
	size_t i = 0;

	while (i < NHEADERS && strcmp(key, headers[i].key) != 0)
		i++;
	return i;
}

/* kind->nsections: none. */
static size_t section_of(const struct document_kind *kind, const char *key)
{
	size_t i = 0;

	while (i < kind->nsections && strcmp(key, kind->sections[i]) != 0)
		i++;
	return i;
}

static void read_element(struct document_reader *reader, size_t section,
	struct member_source *source, const cJSON *value)
{
	struct part_list *list = &reader->parts->lists[section];
	size_t size = reader->sections[section].item_bytes;
	struct members in;
	void *item;

	source->index = list->count;
	in = members_of(source, value);
	if (!size) {
		source->interner = NULL;
		list->count++;
		if (!source->failed)
			reader->sections[section].read(reader, &in, NULL);
		return;
	}
	list->items = grow(list->items, list->count, &list->room, size);
	list->offsets = grow(list->offsets, list->count, &list->offset_room,
		sizeof(*list->offsets));
	list->offsets[list->count] = source->offset;
	item = (char *)list->items + list->count++ * size;
	memset(item, 0, size);
	if (!source->failed)
		reader->sections[section].read(reader, &in, item);
}

static bool on_array(void *context, const char *key, uint64_t offset, struct error *err)
{
	struct document_reader *reader = context;
	struct document_parts *parts = reader->parts;
	size_t section;

	if (!key)
		return error_set_byte(err, parts->file, offset,
			"an array: expected the object that '%s' writes",
			parts->kind->writer);
	if (header_of(key) < NHEADERS)
		return error_set_byte(err, parts->file, offset,
			"'%s' must not be an array", key);
	section = section_of(parts->kind, key);
	if (section < parts->kind->nsections)
		parts->lists[section].is_seen = true;
	return true;
}

static bool on_value(void *context, const char *key, const cJSON *value, uint64_t offset,
	struct error *err)
{
	struct document_reader *reader = context;
	const struct document_kind *kind = reader->parts->kind;
	size_t section = section_of(kind, key), header = header_of(key);
	struct member_source source = {
		.file = reader->parts->file,
		.section = key,
		.index = MEMBER_ALONE,
		.offset = offset,
		.interner = &reader->interner,
		.err = err,
	};

	if (header < NHEADERS)
		headers[header].read(reader, &source, value);
	else if (section < kind->nsections && reader->parts->lists[section].is_seen)
		read_element(reader, section, &source, value);
	else if (section < kind->nsections)
		members_fail(&source, "expected an array");
	return !source.failed;
}

static const char *inner_of(void *context, const char *key)
{
	struct document_reader *reader = context;
	size_t section = section_of(reader->parts->kind, key);

	return section < reader->parts->kind->nsections ? reader->sections[section].inner
							: NULL;
}

static bool on_item(void *context, const char *key, const cJSON *value, uint64_t offset,
	struct error *err)
{
	struct document_reader *reader = context;
	size_t section = section_of(reader->parts->kind, key);
	struct member_source source = {
		.file = reader->parts->file,
		.section = key,
		.index = reader->parts->lists[section].count,
		.offset = offset,
		.err = err,
	};
	struct members in = members_of(&source, value);

	if (!source.failed)
		reader->sections[section].read_inner(reader, &in);
	return !source.failed;
}

bool document_read(struct document_reader *reader, const struct json_source *source,
	struct error *err)
{
	const struct json_visitor visitor = {
		on_value, on_array, reader, inner_of, on_item};
	bool is_stdin = !source->bytes && strcmp(source->name, "-") == 0;
	bool ok;

	reader->interner = (struct interner){.arena = reader->arena};
	reader->parts->file = is_stdin ? "standard input" : source->name;
	ok = json_read(source, &visitor, err) && document_parts_check(reader->parts, err);
	interner_release(&reader->interner);
	return ok;
}
