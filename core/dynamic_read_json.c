/* Reading dynamic.json; writing is in dynamic_json.c, the references in dynamic_parts.c.
 */
#include "core/dynamic_json.h"

#include "core/arena.h"
#include "core/document_read_json.h"
#include "core/dynamic_parts.h"
#include "core/dynamic_skim.h"
#include "core/json_reader.h"
#include "core/member_json.h"
#include "core/record_json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* A number of at most `most`, or null: `unknown`. */
static uint64_t read_known(struct members *in, const char *key, uint64_t most,
	uint64_t unknown)
{
	const cJSON *member = cJSON_GetObjectItemCaseSensitive(in->object, key);

	return cJSON_IsNull(member) ? unknown : member_uint(in, key, most);
}

static void read_run(struct document_reader *reader, struct members *in, void *out)
{
	struct traced_run *run = out;
	const cJSON *sources;

	run->id = member_string(in, "id");
	sources = member_optional_array(in, "sources", &run->nsources);
	run->sources = item_strings(in, reader->arena, sources, run->nsources, "sources");
}

static int by_reason(const void *a, const void *b)
{
	return strcmp(((const struct drop *)a)->reason, ((const struct drop *)b)->reason);
}

static const struct drop *read_drops(struct document_reader *reader, struct members *in,
	size_t *n)
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

static void read_objects(struct document_reader *reader, struct members *in,
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

static void read_process(struct document_reader *reader, struct members *in, void *out)
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
	process->tick_us = member_optional_unsigned(in, "tick_us");
	read_objects(reader, in, process);
}

static void read_function(struct document_reader *reader, struct members *in, void *out)
{
	uint32_t id = member_index(in, "id", false);

	(void)reader;
	if (id != in->source->index)
		members_fail(in->source, "'id' is %u: ids count from 0, in order", id);
	record_json_read(in, out, "type");
}

static void read_shares(struct document_reader *reader, struct members *in,
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

static void read_call(struct document_reader *reader, struct members *in, void *out)
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

static void read_entry(struct document_reader *reader, struct members *in, void *out)
{
	struct covered_entry *entry = out;

	(void)reader;
	entry->id = member_string(in, "id");
	entry->type = member_string(in, "type");
	entry->function = member_index(in, "function_id", false);
}

static void read_route_shares(struct document_reader *reader, struct members *in,
	struct covered_route *route)
{
	const cJSON *item = member_optional_array(in, "runs", &route->nshares);
	struct route_share *shares =
		arena_alloc(reader->arena, route->nshares * sizeof(*shares));

	route->shares = shares;
	for (size_t i = 0; i < route->nshares; i++, item = item->next) {
		struct members inner = members_of(in->source, item);

		shares[i].run = member_index(&inner, "run", false);
		shares[i].count = member_uint(&inner, "count", DYNAMIC_MAX);
		shares[i].undecided =
			member_optional_uint(&inner, "undecided", DYNAMIC_MAX);
	}
}

static void read_route(struct document_reader *reader, struct members *in, void *out)
{
	struct covered_route *route = out;
	const cJSON *tokens;

	route->id = member_nullable_string(in, "route_id");
	route->program = member_string(in, "program");
	tokens = member_array(in, "tokens", &route->ntokens);
	route->tokens = item_strings(in, reader->arena, tokens, route->ntokens, "tokens");
	route->is_default = member_optional_bool(in, "default");
	route->count = member_uint(in, "count", DYNAMIC_MAX);
	route->undecided = member_optional_uint(in, "undecided", DYNAMIC_MAX);
	read_route_shares(reader, in, route);
}

static void read_metadata(struct arena *arena, struct members *in, struct span *span)
{
	const cJSON *item = member_object(in, "metadata", &span->nmetadata);
	struct metadata *metadata =
		arena_alloc(arena, span->nmetadata * sizeof(*metadata));

	span->metadata = metadata;
	for (size_t i = 0; i < span->nmetadata; i++, item = item->next) {
		metadata[i].key = item_key(in, item);
		metadata[i].value = item_string(in, item, item->string);
	}
}

/* Returns the id of its trace. */
static const char *read_span(struct arena *arena, struct members *in, struct span *span)
{
	const char *trace_id = member_string(in, "trace_id");
	struct function fn;

	span->id = member_string(in, "span_id");
	span->parent = member_nullable_string(in, "parent_span_id");
	span->process = member_index(in, "process", false);
	span->function = member_index(in, "function_id", true);
	record_json_read(in, &fn, "type");
	span->name = fn.name;
	span->start_us = member_uint(in, "timestamp", DYNAMIC_MAX);
	span->duration_us = member_uint(in, "duration_us", DYNAMIC_MAX);
	read_metadata(arena, in, span);
	return trace_id;
}

static void read_trace_names(struct members *in, struct observed_trace *trace)
{
	trace->id = member_string(in, "trace_id");
	trace->guid = member_nullable_string(in, "guid");
	trace->route_id = member_nullable_string(in, "route_id");
	trace->route = member_nullable_string(in, "route");
	trace->entry_point = member_nullable_string(in, "entry_point");
}

static void fail_trace_id(struct members *in, const char *trace_id)
{
	members_fail(in->source, "a span is of another trace than '%s'", trace_id);
}

static void read_trace_end(struct arena *arena, struct members *in, size_t nspans,
	struct observed_trace *trace)
{
	const cJSON *item;

	if (member_uint(in, "span_count", DYNAMIC_MAX) != nspans)
		members_fail(in->source, "'span_count' does not agree with 'spans'");
	item = member_array(in, "links", &trace->nlinks);
	trace->links = item_strings(in, arena, item, trace->nlinks, "links");
}

static void read_trace(struct document_reader *reader, struct members *in, void *out)
{
	struct observed_trace *trace = out;
	struct span *spans;
	const cJSON *item;

	read_trace_names(in, trace);
	item = member_array(in, "spans", &trace->nspans);
	spans = arena_alloc(reader->arena, trace->nspans * sizeof(*spans));
	trace->spans = spans;
	for (size_t i = 0; i < trace->nspans; i++, item = item->next) {
		struct members inner = members_of(in->source, item);

		if (in->source->failed)
			return;
		if (read_span(reader->arena, &inner, &spans[i]) != trace->id)
			fail_trace_id(in, trace->id);
	}
	read_trace_end(reader->arena, in, trace->nspans, trace);
}

/* reader->parts is the `document` of the parts, their first member. */
static struct dynamic_parts *parts_of(struct document_reader *reader)
{
	return (struct dynamic_parts *)reader->parts;
}

static void skim_span(struct document_reader *reader, struct members *in)
{
	struct dynamic_skim *skim = parts_of(reader)->skim;
	const struct member_source *source = in->source;
	struct span span = {0};
	const char *trace_id = read_span(&skim->scratch, in, &span);

	if (!source->failed)
		dynamic_skim_span(skim, trace_id, &span, source->offset, source->index);
}

/* A file that writes the key of the spans with escapes has them here. */
static void skim_trace(struct document_reader *reader, struct members *in, void *out)
{
	struct dynamic_skim *skim = parts_of(reader)->skim;
	struct observed_trace trace = {0};
	const cJSON *item;
	size_t n;

	(void)out;
	read_trace_names(in, &trace);
	item = member_array(in, "spans", &n);
	for (size_t i = 0; i < n; i++, item = item->next) {
		struct members inner = members_of(in->source, item);

		if (in->source->failed)
			return;
		skim_span(reader, &inner);
	}
	if (!in->source->failed && !dynamic_skim_is_of(skim, trace.id))
		fail_trace_id(in, trace.id);
	read_trace_end(&skim->pool, in, skim->trace_spans, &trace);
	if (!in->source->failed)
		dynamic_skim_trace(skim, &trace);
}

static const struct document_section sections[DYNAMIC_SECTION_COUNT] = {
	[DYNAMIC_RUNS] = {.item_bytes = sizeof(struct traced_run), .read = read_run},
	[DYNAMIC_PROCESSES] = {.item_bytes = sizeof(struct process),
		.read = read_process},
	[DYNAMIC_FUNCTIONS] = {.item_bytes = sizeof(struct function),
		.read = read_function},
	[DYNAMIC_CALLS] = {.item_bytes = sizeof(struct observed_call), .read = read_call},
	[DYNAMIC_ENTRIES] = {.item_bytes = sizeof(struct covered_entry),
		.read = read_entry},
	[DYNAMIC_ROUTES] = {.item_bytes = sizeof(struct covered_route),
		.read = read_route},
	[DYNAMIC_TRACES] = {.item_bytes = sizeof(struct observed_trace),
		.read = read_trace},
};

static void read_summary(struct document_reader *reader, struct members *in)
{
	struct dynamic_parts *parts = parts_of(reader);

	parts->drops = read_drops(reader, in, &parts->ndrops);
	parts->is_complete = member_bool(in, "complete");
}

static bool read_source(struct dynamic_parts *parts, struct arena *arena,
	const struct json_source *source, struct dynamic_trace *out, struct error *err)
{
	struct document_section used[DYNAMIC_SECTION_COUNT];
	struct document_reader reader = {
		.parts = &parts->document,
		.arena = arena,
		.sections = used,
		.read_summary = read_summary,
	};
	bool ok;

	memcpy(used, sections, sizeof(used));
	if (parts->skim)
		used[DYNAMIC_TRACES] = (struct document_section){
			.read = skim_trace, .inner = "spans", .read_inner = skim_span};
	ok = document_read(&reader, source, err) &&
	     dynamic_parts_link(parts, arena, out, err);
	document_parts_release(&parts->document);
	return ok;
}

bool dynamic_json_read_source(struct arena *arena, const struct json_source *source,
	struct dynamic_trace *out, struct error *err)
{
	struct dynamic_parts parts = {.document = {.kind = &dynamic_kind}};

	return read_source(&parts, arena, source, out, err);
}

bool dynamic_json_read(struct arena *arena, const char *path, struct dynamic_trace *out,
	struct error *err)
{
	return dynamic_json_read_source(arena, &(struct json_source){.name = path}, out,
		err);
}

bool dynamic_json_skim(struct dynamic_skim *skim, const struct json_source *source,
	struct dynamic_trace *out, struct error *err)
{
	struct dynamic_parts parts = {.document = {.kind = &dynamic_kind}, .skim = skim};

	return read_source(&parts, skim->arena, source, out, err);
}
