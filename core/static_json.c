/* Writing; reading is in static_read_json.c. Fields stand in the order of the schema. */
#include "core/static_json.h"

#include "core/call_json.h"
#include "core/error.h"
#include "core/file.h"
#include "core/json_writer.h"
#include "core/record_json.h"
#include "core/route_json.h"
#include "core/trace.h"
#include "core/trace_names.h"

static void write_metadata(struct json_writer *json, const struct entry_point *entry)
{
	json_key(json, "metadata");
	json_begin_line_object(json);
	for (size_t i = 0; i < entry->nmetadata; i++)
		json_member_string(json, entry->metadata[i].key,
			entry->metadata[i].value);
	json_end_object(json);
}

static size_t count_failed(const struct static_trace *trace)
{
	size_t n = 0;

	for (size_t i = 0; i < trace->nunits; i++)
		n += trace->units[i].status != UNIT_PARSED;
	return n;
}

static size_t count_open(const struct static_trace *trace)
{
	size_t n = 0;

	for (size_t i = 0; i < trace->nsites; i++)
		n += trace->sites[i].state == SITE_OPEN;
	return n;
}

static void write_summary(struct json_writer *json, const struct static_trace *trace)
{
	json_key(json, "summary");
	json_begin_object(json);
	json_member_uint(json, "entry_point_count", trace->nentry_points);
	json_member_uint(json, "trace_count", trace->nreaches);
	json_member_uint(json, "shared_module_count", trace->nshared_modules);
	json_member_uint(json, "orphan_function_count", trace->norphans);
	json_member_uint(json, "unit_count", trace->nunits);
	json_member_uint(json, "failed_unit_count", count_failed(trace));
	json_member_uint(json, "function_count", trace->nfunctions);
	json_member_uint(json, "call_site_count", trace->nsites);
	json_member_uint(json, "open_site_count", count_open(trace));
	json_member_uint(json, "call_count", trace->ncalls);
	json_member_uint(json, "route_count", trace->nroutes);
	if (trace->nleft_out)
		json_member_uint(json, "left_out_unit_count", trace->nleft_out);
	json_end_object(json);
}

static void write_diagnostics(struct json_writer *json, const struct unit *unit)
{
	if (!unit->ndiagnostics)
		return;
	json_key(json, "diagnostics");
	json_begin_array(json);
	for (size_t i = 0; i < unit->ndiagnostics; i++) {
		const struct diagnostic *diagnostic = &unit->diagnostics[i];

		json_begin_line_object(json);
		json_member_string(json, "file", diagnostic->file);
		json_member_uint(json, "line", diagnostic->line);
		json_member_uint(json, "column", diagnostic->column);
		json_member_string(json, "severity", diagnostic->severity);
		json_member_string(json, "text", diagnostic->text);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_units(struct json_writer *json, const struct static_trace *trace)
{
	json_key(json, "units");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nunits; i++) {
		const struct unit *unit = &trace->units[i];

		json_begin_line_object(json);
		json_member_string(json, "file", unit->file);
		json_member_nonzero(json, "variant", unit->variant);
		json_member_string(json, "status", unit_status_names[unit->status]);
		json_member_optional_string(json, "reason", unit->reason);
		json_member_optional_string(json, "finding", unit->finding);
		write_diagnostics(json, unit);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_attributes(struct json_writer *json, unsigned flags)
{
	if (!flags)
		return;
	json_key(json, "attributes");
	json_begin_array(json);
	for (size_t i = 0; function_flag_names[i]; i++) {
		if (flags & 1u << i)
			json_string(json, function_flag_names[i]);
	}
	json_end_array(json);
}

static void write_functions(struct json_writer *json, const struct static_trace *trace)
{
	json_key(json, "functions");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nfunctions; i++) {
		const struct function *fn = &trace->functions[i];

		json_begin_line_object(json);
		json_member_uint(json, "id", i);
		record_json_write(json, fn, "type");
		json_member_nonzero(json, "column", fn->column);
		json_member_nonzero(json, "end_line", fn->end_line);
		json_member_optional_string(json, "signature", fn->signature);
		write_attributes(json, fn->flags);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_sites(struct json_writer *json, const struct static_trace *trace)
{
	json_key(json, "call_sites");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nsites; i++)
		call_site_write(json, &trace->sites[i], (uint32_t)i);
	json_end_array(json);
}

static void write_calls(struct json_writer *json, const struct static_trace *trace)
{
	json_key(json, "calls");
	json_begin_array(json);
	for (size_t i = 0; i < trace->ncalls; i++)
		call_write(json, &trace->calls[i]);
	json_end_array(json);
}

static void write_routes(struct json_writer *json, const struct static_trace *trace)
{
	json_key(json, "routes");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nroutes; i++)
		route_write(json, trace, (uint32_t)i);
	json_end_array(json);
}

static void write_branches(struct json_writer *json, const struct static_trace *trace)
{
	json_key(json, "branches");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nbranches; i++)
		branch_write(json, &trace->branches[i]);
	json_end_array(json);
}

static void write_entry_points(struct json_writer *json, const struct static_trace *trace)
{
	json_key(json, "entry_points");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nentry_points; i++) {
		const struct entry_point *entry = &trace->entry_points[i];

		json_begin_line_object(json);
		json_member_string(json, "id", entry->id);
		json_member_string(json, "type", entry->type);
		record_json_write(json, &trace->functions[entry->function], "visibility");
		json_member_uint(json, "function_id", entry->function);
		write_metadata(json, entry);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_reach(struct json_writer *json, const struct static_trace *trace,
	const struct reach *reach)
{
	const struct entry_point *entry = &trace->entry_points[reach->entry_point];

	json_begin_object(json);
	json_member_string(json, "entry_point_id", entry->id);
	json_key(json, "functions");
	json_begin_array(json);
	for (size_t i = 0; i < reach->nfunctions; i++) {
		json_begin_line_object(json);
		json_member_uint(json, "id", reach->functions[i]);
		record_json_write(json, &trace->functions[reach->functions[i]], "type");
		json_end_object(json);
	}
	json_end_array(json);
	json_member_uint(json, "function_count", reach->function_count);
	json_member_bool(json, "truncated", reach->nfunctions < reach->function_count);
	json_member_uint(json, "depth", reach->depth);
	write_metadata(json, entry);
	json_end_object(json);
}

static void write_traces(struct json_writer *json, const struct static_trace *trace)
{
	json_key(json, "traces");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nreaches; i++)
		write_reach(json, trace, &trace->reaches[i]);
	json_end_array(json);
}

static void write_shared_modules(struct json_writer *json,
	const struct static_trace *trace)
{
	json_key(json, "shared_modules");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nshared_modules; i++) {
		const struct shared_module *shared = &trace->shared_modules[i];

		json_begin_line_object(json);
		json_member_string(json, "module", shared->module);
		json_member_uint(json, "trace_count", shared->nentry_points);
		json_key(json, "trace_ids");
		json_begin_array(json);
		for (size_t j = 0; j < shared->nentry_points; j++)
			json_string(json,
				trace->entry_points[shared->entry_points[j]].id);
		json_end_array(json);
		json_member_uint(json, "function_count", shared->function_count);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_orphans(struct json_writer *json, const struct static_trace *trace)
{
	json_key(json, "orphan_functions");
	json_begin_array(json);
	for (size_t i = 0; i < trace->norphans; i++) {
		const struct orphan *orphan = &trace->orphans[i];
		const struct function *fn = &trace->functions[orphan->function];

		json_begin_line_object(json);
		json_member_uint(json, "id", orphan->function);
		record_json_write(json, fn, "type");
		json_member_string(json, "reason", orphan->reason);
		if (orphan->called_from != TRACE_NONE)
			json_member_uint(json, "called_from", orphan->called_from);
		json_member_bool(json, "address_taken",
			fn->flags & FUNCTION_ADDRESS_TAKEN);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_header(struct json_writer *json, const struct static_trace *trace)
{
	char version[32];

	snprintf(version, sizeof(version), "%d.%d", TRACE_SCHEMA_MAJOR,
		TRACE_SCHEMA_MINOR);
	json_member_string(json, "schema_version", version);
	json_member_string(json, "kind", "static");
	json_key(json, "tool");
	json_begin_line_object(json);
	json_member_string(json, "name", "pcarch");
	json_member_string(json, "version", trace->tool_version);
	json_end_object(json);
}

bool static_json_write(const struct static_trace *trace, FILE *stream)
{
	struct json_writer json;

	json_open(&json, stream);
	json_begin_object(&json);
	write_header(&json, trace);
	write_summary(&json, trace);
	write_units(&json, trace);
	write_functions(&json, trace);
	write_sites(&json, trace);
	write_calls(&json, trace);
	write_routes(&json, trace);
	write_branches(&json, trace);
	write_entry_points(&json, trace);
	write_traces(&json, trace);
	write_shared_modules(&json, trace);
	write_orphans(&json, trace);
	json_end_object(&json);
	return json_close(&json);
}

bool static_json_save(const struct static_trace *trace, const char *path,
	struct error *err)
{
	scoped_out out = {0};

	if (!file_create(&out, path, err))
		return false;
	if (!static_json_write(trace, out.stream))
		return file_write_failed(&out, err);
	return file_commit(&out, err);
}
