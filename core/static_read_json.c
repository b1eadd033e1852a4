/* Reading static.json; writing is in static_json.c, the references in static_parts.c. */
#include "core/static_json.h"

#include "core/call_json.h"
#include "core/document_json.h"
#include "core/error.h"
#include "core/interner.h"
#include "core/json_reader.h"
#include "core/member_json.h"
#include "core/record_json.h"
#include "core/route_json.h"
#include "core/static_parts.h"
#include "core/trace_names.h"

#include <cjson/cJSON.h>
#include <string.h>

/* Any count fits: the writer keeps whole numbers up to 2^52 (json_uint). */
#define COUNT_MAX (UINT64_C(1) << 52)

struct reader {
	struct static_parts parts;
	struct arena *arena;
	struct interner interner;
};

typedef void read_item_fn(struct reader *reader, struct members *in, void *out);

static const struct diagnostic *read_diagnostics(struct reader *reader,
	struct members *unit, size_t *n)
{
	const cJSON *item = member_optional_array(unit, "diagnostics", n);
	struct diagnostic *diagnostics =
		arena_alloc(reader->arena, *n * sizeof(*diagnostics));

	for (size_t i = 0; i < *n; i++, item = item->next) {
		struct members in = members_of(unit->source, item);

		diagnostics[i].file = member_string(&in, "file");
		diagnostics[i].line = member_unsigned(&in, "line");
		diagnostics[i].column = member_unsigned(&in, "column");
		diagnostics[i].severity = member_string(&in, "severity");
		diagnostics[i].text = member_string(&in, "text");
	}
	return diagnostics;
}

static void read_unit(struct reader *reader, struct members *in, void *out)
{
	struct unit *unit = out;

	unit->file = member_string(in, "file");
	unit->variant = member_optional_unsigned(in, "variant");
	unit->status = member_choice(in, "status", unit_status_names);
	unit->reason = member_optional_string(in, "reason");
	unit->finding = member_optional_string(in, "finding");
	unit->diagnostics = read_diagnostics(reader, in, &unit->ndiagnostics);
}

struct function_ref function_ref_read(struct members *in)
{
	struct function_ref ref = {.id = member_index(in, "id", false)};
	struct function fn;

	record_json_read(in, &fn, "type");
	ref.record = record_hash(&fn);
	return ref;
}

/* A later minor version may know more attributes; those are ignored. */
static unsigned read_attributes(struct members *in)
{
	unsigned flags = 0;
	size_t n;
	const cJSON *item = member_optional_array(in, "attributes", &n);

	for (; item; item = item->next) {
		const char *name = item_string(in, item, "attributes");

		for (size_t i = 0; function_flag_names[i]; i++) {
			if (strcmp(name, function_flag_names[i]) == 0)
				flags |= 1u << i;
		}
	}
	return flags;
}

static void read_function(struct reader *reader, struct members *in, void *out)
{
	struct function *fn = out;

	(void)reader;
	member_check_id(in);
	record_json_read(in, fn, "type");
	fn->column = member_optional_unsigned(in, "column");
	fn->end_line = member_optional_unsigned(in, "end_line");
	fn->signature = member_optional_string(in, "signature");
	fn->flags = read_attributes(in);
}

static void read_site(struct reader *reader, struct members *in, void *out)
{
	call_site_read(in, reader->arena, out);
}

static void read_call(struct reader *reader, struct members *in, void *out)
{
	call_read(in, reader->arena, out);
}

static void read_route(struct reader *reader, struct members *in, void *out)
{
	route_read(in, reader->arena, &reader->parts.scratch, out);
}

static void read_branch(struct reader *reader, struct members *in, void *out)
{
	branch_read(in, reader->arena, out);
}

static void read_entry_point(struct reader *reader, struct members *in, void *out)
{
	struct part_entry_point *part = out;
	struct entry_point *entry = &part->entry;
	struct metadata *metadata;
	struct function fn;
	const cJSON *item;

	entry->id = member_string(in, "id");
	entry->type = member_string(in, "type");
	record_json_read(in, &fn, "visibility");
	part->record = record_hash(&fn);
	entry->function = member_index(in, "function_id", false);
	item = member_object(in, "metadata", &entry->nmetadata);
	metadata = arena_alloc(reader->arena, entry->nmetadata * sizeof(*metadata));
	entry->metadata = metadata;
	for (size_t i = 0; i < entry->nmetadata; i++, item = item->next) {
		metadata[i].key = intern_string(&reader->interner, item->string);
		metadata[i].value = item_string(in, item, item->string);
	}
}

static void read_trace(struct reader *reader, struct members *in, void *out)
{
	struct part_trace *part = out;
	struct function_ref *functions;
	const cJSON *item;

	part->entry_point_id = member_string(in, "entry_point_id");
	item = member_array(in, "functions", &part->nfunctions);
	functions = arena_alloc(&reader->parts.scratch,
		part->nfunctions * sizeof(*functions));
	part->functions = functions;
	for (size_t i = 0; i < part->nfunctions; i++, item = item->next) {
		struct members inner = members_of(in->source, item);

		functions[i] = function_ref_read(&inner);
	}
	part->function_count = member_uint(in, "function_count", COUNT_MAX);
	part->is_truncated = member_bool(in, "truncated");
	part->depth = member_unsigned(in, "depth");
}

static void read_shared_module(struct reader *reader, struct members *in, void *out)
{
	struct part_shared_module *part = out;
	const cJSON *item;

	part->module = member_string(in, "module");
	part->trace_count = member_uint(in, "trace_count", COUNT_MAX);
	item = member_array(in, "trace_ids", &part->ntrace_ids);
	part->trace_ids = item_strings(in, &reader->parts.scratch, item, part->ntrace_ids,
		"trace_ids");
	part->function_count = member_uint(in, "function_count", COUNT_MAX);
}

static void read_orphan(struct reader *reader, struct members *in, void *out)
{
	struct part_orphan *part = out;

	(void)reader;
	part->function = function_ref_read(in);
	part->reason = member_string(in, "reason");
	part->called_from = member_optional_id(in, "called_from");
	part->is_address_taken = member_bool(in, "address_taken");
}

static const struct {
	size_t item_bytes;
	read_item_fn *read;
} sections[SECTION_COUNT] = {
	[SECTION_UNITS] = {sizeof(struct unit), read_unit},
	[SECTION_FUNCTIONS] = {sizeof(struct function), read_function},
	[SECTION_CALL_SITES] = {sizeof(struct call_site), read_site},
	[SECTION_CALLS] = {sizeof(struct call), read_call},
	[SECTION_ROUTES] = {sizeof(struct part_route), read_route},
	[SECTION_BRANCHES] = {sizeof(struct branch), read_branch},
	[SECTION_ENTRY_POINTS] = {sizeof(struct part_entry_point), read_entry_point},
	[SECTION_TRACES] = {sizeof(struct part_trace), read_trace},
	[SECTION_SHARED_MODULES] = {sizeof(struct part_shared_module),
		read_shared_module},
	[SECTION_ORPHANS] = {sizeof(struct part_orphan), read_orphan},
};

/* SECTION_COUNT: not one of ours. */
static enum static_section section_of(const char *key)
{
	enum static_section section = 0;

	while (section < SECTION_COUNT && strcmp(key, static_section_names[section]) != 0)
		section++;
	return section;
}

static void read_version(struct reader *reader, struct member_source *source,
	const cJSON *value)
{
	reader->parts.has_version = true;
	document_check_version(source, value);
}

static void read_kind(struct reader *reader, struct member_source *source,
	const cJSON *value)
{
	reader->parts.has_kind = true;
	if (!cJSON_IsString(value))
		members_fail(source, "expected the string \"static\"");
	else if (strcmp(value->valuestring, "static") != 0)
		members_fail(source,
			"this is a '%.40s' file: expected a 'static' one, as 'pcarch scan' writes it",
			value->valuestring);
}

static void read_summary(struct reader *reader, struct member_source *source,
	const cJSON *value)
{
	struct members in = members_of(source, value);

	reader->parts.has_summary = true;
	reader->parts.summary_offset = source->offset;
	for (size_t i = 0; i < SUMMARY_COUNT; i++)
		reader->parts.summary[i] =
			member_uint(&in, summary_count_names[i], COUNT_MAX);
	reader->parts.nleft_out =
		(size_t)member_optional_uint(&in, "left_out_unit_count", COUNT_MAX);
}

static void read_tool(struct reader *reader, struct member_source *source,
	const cJSON *value)
{
	struct members in = members_of(source, value);

	reader->parts.tool_version = member_string(&in, "version");
}

static bool is_scalar(const char *key)
{
	return strcmp(key, "schema_version") == 0 || strcmp(key, "kind") == 0 ||
	       strcmp(key, "tool") == 0 || strcmp(key, "summary") == 0;
}

static void read_scalar(struct reader *reader, struct member_source *source,
	const cJSON *value)
{
	if (strcmp(source->section, "schema_version") == 0)
		read_version(reader, source, value);
	else if (strcmp(source->section, "kind") == 0)
		read_kind(reader, source, value);
	else if (strcmp(source->section, "summary") == 0)
		read_summary(reader, source, value);
	else if (strcmp(source->section, "tool") == 0)
		read_tool(reader, source, value);
}

static void read_item(struct reader *reader, enum static_section section,
	struct member_source *source, const cJSON *value)
{
	struct part_list *list = &reader->parts.lists[section];
	size_t size = sections[section].item_bytes;
	struct members in;
	void *item;

	source->index = list->count;
	in = members_of(source, value);
	list->items = grow(list->items, list->count, &list->room, size);
	list->offsets = grow(list->offsets, list->count, &list->offset_room,
		sizeof(*list->offsets));
	list->offsets[list->count] = source->offset;
	item = (char *)list->items + list->count++ * size;
	memset(item, 0, size);
	if (!source->failed)
		sections[section].read(reader, &in, item);
}

static bool on_array(void *context, const char *key, uint64_t offset, struct error *err)
{
	struct reader *reader = context;
	enum static_section section;

	if (!key)
		return error_set_byte(err, reader->parts.file, offset,
			"an array: expected the object that 'pcarch scan' writes");
	if (is_scalar(key))
		return error_set_byte(err, reader->parts.file, offset,
			"'%s' must not be an array", key);
	section = section_of(key);
	if (section < SECTION_COUNT)
		reader->parts.lists[section].is_seen = true;
	return true;
}

static bool on_value(void *context, const char *key, const cJSON *value, uint64_t offset,
	struct error *err)
{
	struct reader *reader = context;
	enum static_section section = section_of(key);
	struct member_source source = {
		.file = reader->parts.file,
		.section = key,
		.index = MEMBER_ALONE,
		.offset = offset,
		.interner = &reader->interner,
		.err = err,
	};

	if (section == SECTION_COUNT)
		read_scalar(reader, &source, value);
	else if (reader->parts.lists[section].is_seen)
		read_item(reader, section, &source, value);
	else
		members_fail(&source, "expected an array");
	return !source.failed;
}

static bool check_complete(const struct static_parts *parts, struct error *err)
{
	const char *missing = !parts->has_kind       ? "kind"
			      : !parts->has_version  ? "schema_version"
			      : !parts->tool_version ? "tool"
			      : !parts->has_summary  ? "summary"
						     : NULL;

	for (size_t i = 0; i < SECTION_COUNT && !missing; i++) {
		if (!parts->lists[i].is_seen)
			missing = static_section_names[i];
	}
	return !missing ||
	       error_set(err, (struct location){parts->file, 0, 0},
		       "'%s' is missing: expected what 'pcarch scan' writes", missing);
}

bool static_json_read_source(struct arena *arena, const struct json_source *source,
	struct static_trace *out, struct error *err)
{
	struct reader reader = {.arena = arena, .interner = {.arena = arena}};
	const struct json_visitor visitor = {on_value, on_array, &reader};
	bool is_stdin = !source->bytes && strcmp(source->name, "-") == 0;
	bool ok;

	reader.parts.file = is_stdin ? "standard input" : source->name;
	ok = json_read(source, &visitor, err) && check_complete(&reader.parts, err) &&
	     static_parts_link(&reader.parts, arena, out, err);
	static_parts_release(&reader.parts);
	interner_release(&reader.interner);
	return ok;
}

bool static_json_read(struct arena *arena, const char *path, struct static_trace *out,
	struct error *err)
{
	return static_json_read_source(arena, &(struct json_source){.name = path}, out,
		err);
}
