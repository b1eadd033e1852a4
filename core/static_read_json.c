/* Reading static.json; writing is in static_json.c, the references in static_parts.c. */
#include "core/static_json.h"

#include "core/call_json.h"
#include "core/document_read_json.h"
#include "core/json_reader.h"
#include "core/member_json.h"
#include "core/record_json.h"
#include "core/route_json.h"
#include "core/static_parts.h"
#include "core/trace_names.h"

#include <cjson/cJSON.h>
#include <string.h>

/* reader->parts is the `document` of these, their first member. */
static struct static_parts *parts_of(struct document_reader *reader)
{
	return (struct static_parts *)reader->parts;
}

static const struct diagnostic *read_diagnostics(struct document_reader *reader,
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

static void read_unit(struct document_reader *reader, struct members *in, void *out)
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

static void read_function(struct document_reader *reader, struct members *in, void *out)
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

static void read_site(struct document_reader *reader, struct members *in, void *out)
{
	call_site_read(in, reader->arena, out);
}

static void read_call(struct document_reader *reader, struct members *in, void *out)
{
	call_read(in, reader->arena, out);
}

static void read_route(struct document_reader *reader, struct members *in, void *out)
{
	route_read(in, reader->arena, &parts_of(reader)->scratch, out);
}

static void read_branch(struct document_reader *reader, struct members *in, void *out)
{
	branch_read(in, reader->arena, out);
}

static void read_entry_point(struct document_reader *reader, struct members *in,
	void *out)
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

static void read_trace(struct document_reader *reader, struct members *in, void *out)
{
	struct part_trace *part = out;
	struct function_ref *functions;
	const cJSON *item;

	part->entry_point_id = member_string(in, "entry_point_id");
	item = member_array(in, "functions", &part->nfunctions);
	functions = arena_alloc(&parts_of(reader)->scratch,
		part->nfunctions * sizeof(*functions));
	part->functions = functions;
	for (size_t i = 0; i < part->nfunctions; i++, item = item->next) {
		struct members inner = members_of(in->source, item);

		functions[i] = function_ref_read(&inner);
	}
	part->function_count = member_uint(in, "function_count", DOCUMENT_COUNT_MAX);
	part->is_truncated = member_bool(in, "truncated");
	part->depth = member_unsigned(in, "depth");
}

static void read_shared_module(struct document_reader *reader, struct members *in,
	void *out)
{
	struct part_shared_module *part = out;
	const cJSON *item;

	part->module = member_string(in, "module");
	part->trace_count = member_uint(in, "trace_count", DOCUMENT_COUNT_MAX);
	item = member_array(in, "trace_ids", &part->ntrace_ids);
	part->trace_ids = item_strings(in, &parts_of(reader)->scratch, item,
		part->ntrace_ids, "trace_ids");
	part->function_count = member_uint(in, "function_count", DOCUMENT_COUNT_MAX);
}

static void read_orphan(struct document_reader *reader, struct members *in, void *out)
{
	struct part_orphan *part = out;

	(void)reader;
	part->function = function_ref_read(in);
	part->reason = member_string(in, "reason");
	part->called_from = member_optional_id(in, "called_from");
	part->is_address_taken = member_bool(in, "address_taken");
}

static const struct document_section sections[SECTION_COUNT] = {
	[SECTION_UNITS] = {.item_bytes = sizeof(struct unit), .read = read_unit},
	[SECTION_FUNCTIONS] = {.item_bytes = sizeof(struct function),
		.read = read_function},
	[SECTION_CALL_SITES] = {.item_bytes = sizeof(struct call_site),
		.read = read_site},
	[SECTION_CALLS] = {.item_bytes = sizeof(struct call), .read = read_call},
	[SECTION_ROUTES] = {.item_bytes = sizeof(struct part_route), .read = read_route},
	[SECTION_BRANCHES] = {.item_bytes = sizeof(struct branch), .read = read_branch},
	[SECTION_ENTRY_POINTS] = {.item_bytes = sizeof(struct part_entry_point),
		.read = read_entry_point},
	[SECTION_TRACES] = {.item_bytes = sizeof(struct part_trace), .read = read_trace},
	[SECTION_SHARED_MODULES] = {.item_bytes = sizeof(struct part_shared_module),
		.read = read_shared_module},
	[SECTION_ORPHANS] = {.item_bytes = sizeof(struct part_orphan),
		.read = read_orphan},
};

static void read_summary(struct document_reader *reader, struct members *in)
{
	parts_of(reader)->nleft_out = (size_t)member_optional_uint(in,
		"left_out_unit_count", DOCUMENT_COUNT_MAX);
}

bool static_json_read_source(struct arena *arena, const struct json_source *source,
	struct static_trace *out, struct error *err)
{
	struct static_parts parts = {.document = {.kind = &static_kind}};
	struct document_reader reader = {
		.parts = &parts.document,
		.arena = arena,
		.sections = sections,
		.read_summary = read_summary,
	};
	bool ok = document_read(&reader, source, err) &&
		  static_parts_link(&parts, arena, out, err);

	static_parts_release(&parts);
	return ok;
}

bool static_json_read(struct arena *arena, const char *path, struct static_trace *out,
	struct error *err)
{
	return static_json_read_source(arena, &(struct json_source){.name = path}, out,
		err);
}
