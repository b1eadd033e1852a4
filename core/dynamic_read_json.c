/* Reading dynamic.json; writing is in dynamic_json.c, the references in dynamic_parts.c.
 */
#include "core/dynamic_json.h"

#include "core/arena.h"
#include "core/document_json.h"
#include "core/dynamic_parts.h"
#include "core/error.h"
#include "core/interner.h"
#include "core/json_reader.h"
#include "core/member_json.h"
#include "core/record_json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

struct reader {
	struct dynamic_parts parts;
	struct arena *arena;
	struct interner interner;
};

typedef void read_item_fn(struct reader *reader, struct members *in, void *out);

/* A number of at most `most`, or null: `unknown`. */
static uint64_t read_known(struct members *in, const char *key, uint64_t most,
	uint64_t unknown)
{
	const cJSON *member = cJSON_GetObjectItemCaseSensitive(in->object, key);

	return cJSON_IsNull(member) ? unknown : member_uint(in, key, most);
}

static void read_run(struct reader *reader, struct members *in, void *out)
{
	(void)reader;
	*(const char **)out = member_string(in, "id");
}

static int by_reason(const void *a, const void *b)
{
	return strcmp(((const struct drop *)a)->reason, ((const struct drop *)b)->reason);
}

static const struct drop *read_drops(struct reader *reader, struct members *in, size_t *n)
{
	const cJSON *item = member_object(in, "dropped", n);
	struct drop *drops = arena_alloc(reader->arena, *n * sizeof(*drops));
	struct members counts = {in->source, NULL, NULL};

	if (!in->source->failed)
		member_optional_members(in, "dropped", &counts);
	for (size_t i = 0; i < *n; i++, item = item->next) {
		drops[i].reason = intern_string(&reader->interner, item->string);
		drops[i].count = member_uint(&counts, item->string, DYNAMIC_MAX);
	}
	if (*n)
		qsort(drops, *n, sizeof(*drops), by_reason);
	return drops;
}

static void read_objects(struct reader *reader, struct members *in,
	struct process *process)
{
	const cJSON *item = member_array(in, "modules", &process->nobjects);
	struct loaded_object *objects =
		arena_alloc(reader->arena, process->nobjects * sizeof(*objects));

	process->objects = objects;
	for (size_t i = 0; i < process->nobjects; i++, item = item->next) {
		struct members inner = members_of(in->source, item);

		objects[i].name = member_string(&inner, "name");
		objects[i].build_id = member_optional_string(&inner, "build_id");
	}
}

static void read_process(struct reader *reader, struct members *in, void *out)
{
	struct process *process = out;

	process->id = member_string(in, "id");
	process->run = member_index(in, "run", false);
	process->pid = member_unsigned(in, "pid");
	process->parent = (uint32_t)read_known(in, "parent", UINT32_MAX, 0);
	process->program = member_string(in, "program");
	process->mode = member_choice(in, "mode", process_mode_names);
	process->start_us = member_uint(in, "start", DYNAMIC_MAX);
	process->end_us = read_known(in, "end", DYNAMIC_MAX, 0);
	process->status = (int)read_known(in, "status", INT32_MAX, UINT64_MAX);
	process->drops = read_drops(reader, in, &process->ndrops);
	process->is_complete = member_bool(in, "complete");
	read_objects(reader, in, process);
}

static void read_function(struct reader *reader, struct members *in, void *out)
{
	uint32_t id = member_index(in, "id", false);

	(void)reader;
	if (id != in->source->index)
		members_fail(in->source, "'id' is %u: ids count from 0, in order", id);
	record_json_read(in, out, "type");
}

static void read_shares(struct reader *reader, struct members *in,
	struct observed_call *call)
{
	const cJSON *item = member_optional_array(in, "runs", &call->nshares);
	struct call_share *shares =
		arena_alloc(reader->arena, call->nshares * sizeof(*shares));

	call->shares = shares;
	for (size_t i = 0; i < call->nshares; i++, item = item->next) {
		struct members inner = members_of(in->source, item);

		shares[i].run = member_index(&inner, "run", false);
		shares[i].count = member_uint(&inner, "count", DYNAMIC_MAX);
		shares[i].total_us = member_uint(&inner, "total_us", DYNAMIC_MAX);
	}
}

static void read_site(struct members *in, struct observed_call *call)
{
	const cJSON *site = cJSON_GetObjectItemCaseSensitive(in->object, "call_site");
	struct members inner;

	if (cJSON_IsNull(site))
		return;
	if (!member_optional_members(in, "call_site", &inner)) {
		members_fail(in->source, "'call_site' is missing: expected an object");
		return;
	}
	call->file = member_string(&inner, "file");
	call->line = member_unsigned(&inner, "line");
	call->column = (unsigned)member_optional_uint(&inner, "column", UINT32_MAX);
}

static void read_call(struct reader *reader, struct members *in, void *out)
{
	struct observed_call *call = out;

	call->caller = member_index(in, "caller", true);
	call->callee = member_index(in, "callee", false);
	read_site(in, call);
	call->count = member_uint(in, "count", DYNAMIC_MAX);
	call->total_us = member_uint(in, "total_us", DYNAMIC_MAX);
	call->through = member_optional_string(in, "through");
	if (cJSON_HasObjectItem(in->object, "root"))
		call->root = member_choice(in, "root", call_root_names);
	if (cJSON_HasObjectItem(in->object, "inlined"))
		call->is_inlined = member_bool(in, "inlined");
	read_shares(reader, in, call);
}

static void read_entry(struct reader *reader, struct members *in, void *out)
{
	struct covered_entry *entry = out;

	(void)reader;
	entry->id = member_string(in, "id");
	entry->type = member_string(in, "type");
	entry->function = member_index(in, "function_id", false);
}

static void read_metadata(struct reader *reader, struct members *in, struct span *span)
{
	const cJSON *item = member_object(in, "metadata", &span->nmetadata);
	struct metadata *metadata =
		arena_alloc(reader->arena, span->nmetadata * sizeof(*metadata));

	span->metadata = metadata;
	for (size_t i = 0; i < span->nmetadata; i++, item = item->next) {
		metadata[i].key = intern_string(&reader->interner, item->string);
		metadata[i].value = item_string(in, item, item->string);
	}
}

static void read_span(struct reader *reader, struct members *in, const char *trace_id,
	struct span *span)
{
	struct function fn;

	if (member_string(in, "trace_id") != trace_id)
		members_fail(in->source, "a span is of another trace than '%s'",
			trace_id);
	span->id = member_string(in, "span_id");
	span->parent = member_nullable_string(in, "parent_span_id");
	span->process = member_index(in, "process", false);
	span->function = member_index(in, "function_id", true);
	record_json_read(in, &fn, "type");
	span->name = fn.name;
	span->start_us = member_uint(in, "timestamp", DYNAMIC_MAX);
	span->duration_us = member_uint(in, "duration_us", DYNAMIC_MAX);
	read_metadata(reader, in, span);
}

static void read_trace(struct reader *reader, struct members *in, void *out)
{
	struct observed_trace *trace = out;
	const char **links;
	struct span *spans;
	const cJSON *item;

	trace->id = member_string(in, "trace_id");
	trace->guid = member_nullable_string(in, "guid");
	trace->route_id = member_nullable_string(in, "route_id");
	trace->entry_point = member_nullable_string(in, "entry_point");
	item = member_array(in, "spans", &trace->nspans);
	spans = arena_alloc(reader->arena, trace->nspans * sizeof(*spans));
	trace->spans = spans;
	for (size_t i = 0; i < trace->nspans; i++, item = item->next) {
		struct members inner = members_of(in->source, item);

		if (in->source->failed)
			return;
		read_span(reader, &inner, trace->id, &spans[i]);
	}
	if (member_uint(in, "span_count", DYNAMIC_MAX) != trace->nspans)
		members_fail(in->source, "'span_count' does not agree with 'spans'");
	item = member_array(in, "links", &trace->nlinks);
	links = arena_alloc(reader->arena, trace->nlinks * sizeof(*links));
	trace->links = links;
	for (size_t i = 0; i < trace->nlinks; i++, item = item->next)
		links[i] = item_string(in, item, "links");
}

static const struct {
	size_t item_bytes;
	read_item_fn *read;
} sections[DYNAMIC_SECTION_COUNT] = {
	[DYNAMIC_RUNS] = {sizeof(const char *), read_run},
	[DYNAMIC_PROCESSES] = {sizeof(struct process), read_process},
	[DYNAMIC_FUNCTIONS] = {sizeof(struct function), read_function},
	[DYNAMIC_CALLS] = {sizeof(struct observed_call), read_call},
	[DYNAMIC_ENTRIES] = {sizeof(struct covered_entry), read_entry},
	[DYNAMIC_TRACES] = {sizeof(struct observed_trace), read_trace},
};

/* DYNAMIC_SECTION_COUNT: not one of ours. */
static enum dynamic_section section_of(const char *key)
{
	enum dynamic_section section = 0;

	while (section < DYNAMIC_SECTION_COUNT &&
		strcmp(key, dynamic_section_names[section]) != 0)
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
		members_fail(source, "expected the string \"dynamic\"");
	else if (strcmp(value->valuestring, "dynamic") != 0)
		members_fail(source,
			"this is a '%.40s' file: expected a 'dynamic' one, as 'pcarch trace' writes it",
			value->valuestring);
}

static void read_summary(struct reader *reader, struct member_source *source,
	const cJSON *value)
{
	struct members in = members_of(source, value);

	reader->parts.has_summary = true;
	reader->parts.summary_offset = source->offset;
	for (size_t i = 0; i < DYNAMIC_COUNT_COUNT; i++)
		reader->parts.summary[i] =
			member_uint(&in, dynamic_count_names[i], DYNAMIC_MAX);
	reader->parts.drops = read_drops(reader, &in, &reader->parts.ndrops);
	reader->parts.is_complete = member_bool(&in, "complete");
}

static void read_tool(struct reader *reader, struct member_source *source,
	const cJSON *value)
{
	struct members in = members_of(source, value);

	reader->parts.tool_version = member_string(&in, "version");
}

static const struct {
	const char *key;
	void (*read)(struct reader *, struct member_source *, const cJSON *);
} scalars[] = {
	{"schema_version", read_version},
	{"kind", read_kind},
	{"tool", read_tool},
	{"summary", read_summary},
};

enum {
	NSCALARS = sizeof(scalars) / sizeof(scalars[0])
};

static void read_scalar(struct reader *reader, struct member_source *source,
	const cJSON *value)
{
	for (size_t i = 0; i < NSCALARS; i++)
		if (strcmp(source->section, scalars[i].key) == 0)
			scalars[i].read(reader, source, value);
}

static void read_item(struct reader *reader, enum dynamic_section section,
	struct member_source *source, const cJSON *value)
{
	struct dynamic_list *list = &reader->parts.lists[section];
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
	enum dynamic_section section;

	if (!key)
		return error_set_byte(err, reader->parts.file, offset,
			"an array: expected the object that 'pcarch trace' writes");
	for (size_t i = 0; i < NSCALARS; i++)
		if (strcmp(key, scalars[i].key) == 0)
			return error_set_byte(err, reader->parts.file, offset,
				"'%s' must not be an array", key);
	section = section_of(key);
	if (section < DYNAMIC_SECTION_COUNT)
		reader->parts.lists[section].is_seen = true;
	return true;
}

static bool on_value(void *context, const char *key, const cJSON *value, uint64_t offset,
	struct error *err)
{
	struct reader *reader = context;
	enum dynamic_section section = section_of(key);
	struct member_source source = {
		.file = reader->parts.file,
		.section = key,
		.index = MEMBER_ALONE,
		.offset = offset,
		.interner = &reader->interner,
		.err = err,
	};

	if (section == DYNAMIC_SECTION_COUNT)
		read_scalar(reader, &source, value);
	else if (reader->parts.lists[section].is_seen)
		read_item(reader, section, &source, value);
	else
		members_fail(&source, "expected an array");
	return !source.failed;
}

static bool check_complete(const struct dynamic_parts *parts, struct error *err)
{
	const char *missing = !parts->has_kind       ? "kind"
			      : !parts->has_version  ? "schema_version"
			      : !parts->tool_version ? "tool"
			      : !parts->has_summary  ? "summary"
						     : NULL;

	for (size_t i = 0; i < DYNAMIC_SECTION_COUNT && !missing; i++) {
		if (!parts->lists[i].is_seen)
			missing = dynamic_section_names[i];
	}
	return !missing ||
	       error_set(err, (struct location){parts->file, 0, 0},
		       "'%s' is missing: expected what 'pcarch trace' writes", missing);
}

bool dynamic_json_read_source(struct arena *arena, const struct json_source *source,
	struct dynamic_trace *out, struct error *err)
{
	struct reader reader = {.arena = arena, .interner = {.arena = arena}};
	const struct json_visitor visitor = {on_value, on_array, &reader};
	bool is_stdin = !source->bytes && strcmp(source->name, "-") == 0;
	bool ok;

	reader.parts.file = is_stdin ? "standard input" : source->name;
	ok = json_read(source, &visitor, err) && check_complete(&reader.parts, err) &&
	     dynamic_parts_link(&reader.parts, arena, out, err);
	dynamic_parts_release(&reader.parts);
	interner_release(&reader.interner);
	return ok;
}

bool dynamic_json_read(struct arena *arena, const char *path, struct dynamic_trace *out,
	struct error *err)
{
	return dynamic_json_read_source(arena, &(struct json_source){.name = path}, out,
		err);
}
