/* Writing; reading is in dynamic_read_json.c. Fields stand in the order of the schema. */
#include "core/dynamic_json.h"

#include "core/dynamic_trace.h"
#include "core/error.h"
#include "core/file.h"
#include "core/json_writer.h"
#include "core/record_json.h"

#include <stdlib.h>

static void write_optional(struct json_writer *json, const char *key, const char *value)
{
	if (value)
		json_member_string(json, key, value);
}

/* null: not known. */
static void write_known(struct json_writer *json, const char *key, uint64_t value,
	bool is_known)
{
	json_key(json, key);
	if (is_known)
		json_uint(json, value);
	else
		json_null(json);
}

static void write_drops(struct json_writer *json, const struct drop *drops, size_t n)
{
	json_key(json, "dropped");
	json_begin_line_object(json);
	for (size_t i = 0; i < n; i++)
		json_member_uint(json, drops[i].reason, drops[i].count);
	json_end_object(json);
}

static void write_summary(struct json_writer *json, const struct dynamic_trace *trace)
{
	size_t ndrops;
	struct drop *drops = dynamic_drops(trace, &ndrops);

	json_key(json, "summary");
	json_begin_object(json);
	json_member_uint(json, "trace_count", trace->ntraces);
	json_member_uint(json, "total_spans", dynamic_span_count(trace));
	json_member_uint(json, "entry_points_covered", trace->nentries);
	json_member_uint(json, "routes_covered", dynamic_covered_count(trace));
	json_member_uint(json, "process_count", trace->nprocesses);
	json_member_uint(json, "function_count", trace->nfunctions);
	json_member_uint(json, "edge_count", trace->ncalls);
	write_drops(json, drops, ndrops);
	json_member_bool(json, "complete", dynamic_is_complete(trace));
	json_end_object(json);
	free(drops);
}

static void write_sources(struct json_writer *json, const struct traced_run *run)
{
	if (!run->nsources)
		return;
	json_key(json, "sources");
	json_begin_array(json);
	for (size_t i = 0; i < run->nsources; i++)
		json_string(json, run->sources[i]);
	json_end_array(json);
}

static void write_runs(struct json_writer *json, const struct dynamic_trace *trace)
{
	json_key(json, "runs");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nruns; i++) {
		json_begin_line_object(json);
		json_member_string(json, "id", trace->runs[i].id);
		write_sources(json, &trace->runs[i]);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_objects(struct json_writer *json, const struct process *process)
{
	json_key(json, "modules");
	json_begin_array(json);
	for (size_t i = 0; i < process->nobjects; i++) {
		json_begin_line_object(json);
		json_member_string(json, "name", process->objects[i].name);
		write_optional(json, "build_id", process->objects[i].build_id);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_processes(struct json_writer *json, const struct dynamic_trace *trace)
{
	json_key(json, "processes");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nprocesses; i++) {
		const struct process *process = &trace->processes[i];

		json_begin_line_object(json);
		json_member_string(json, "id", process->id);
		json_member_uint(json, "run", process->run);
		json_member_uint(json, "pid", process->pid);
		write_known(json, "parent", process->parent, process->parent);
		json_member_string(json, "program", process->program);
		json_member_string(json, "mode", process_mode_names[process->mode]);
		json_member_uint(json, "start", process->start_us);
		write_known(json, "end", process->end_us, process->end_us);
		write_known(json, "status", (unsigned)process->status,
			process->status >= 0);
		write_drops(json, process->drops, process->ndrops);
		json_member_bool(json, "complete", process->is_complete);
		json_member_nonzero(json, "tick_us", process->tick_us);
		write_objects(json, process);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_functions(struct json_writer *json, const struct dynamic_trace *trace)
{
	json_key(json, "functions");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nfunctions; i++) {
		json_begin_line_object(json);
		json_member_uint(json, "id", i);
		record_json_write(json, &trace->functions[i], "type");
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_site(struct json_writer *json, const struct observed_call *call)
{
	json_key(json, "call_site");
	if (!call->file) {
		json_null(json);
		return;
	}
	json_begin_line_object(json);
	json_member_string(json, "file", call->file);
	json_member_uint(json, "line", call->line);
	if (call->column)
		json_member_uint(json, "column", call->column);
	json_end_object(json);
}

/* With one run, its share is the whole. */
static void write_shares(struct json_writer *json, const struct observed_call *call)
{
	json_key(json, "runs");
	json_begin_array(json);
	for (size_t i = 0; i < call->nshares; i++) {
		json_begin_line_object(json);
		json_member_uint(json, "run", call->shares[i].run);
		json_member_uint(json, "count", call->shares[i].count);
		json_member_uint(json, "total_us", call->shares[i].total_us);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_calls(struct json_writer *json, const struct dynamic_trace *trace)
{
	json_key(json, "calls");
	json_begin_array(json);
	for (size_t i = 0; i < trace->ncalls; i++) {
		const struct observed_call *call = &trace->calls[i];

		json_begin_line_object(json);
		write_known(json, "caller", call->caller, call->caller != TRACE_NONE);
		json_member_uint(json, "callee", call->callee);
		write_site(json, call);
		json_member_uint(json, "count", call->count);
		json_member_uint(json, "total_us", call->total_us);
		write_optional(json, "through", call->through);
		if (call->root != ROOT_NONE)
			json_member_string(json, "root", call_root_names[call->root]);
		if (call->is_inlined)
			json_member_bool(json, "inlined", true);
		if (trace->nruns > 1)
			write_shares(json, call);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_entries(struct json_writer *json, const struct dynamic_trace *trace)
{
	json_key(json, "entry_points");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nentries; i++) {
		json_begin_line_object(json);
		json_member_string(json, "id", trace->entries[i].id);
		json_member_string(json, "type", trace->entries[i].type);
		json_member_uint(json, "function_id", trace->entries[i].function);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_route(struct json_writer *json, const struct covered_route *route,
	bool has_runs)
{
	json_begin_line_object(json);
	json_member_string(json, "route_id", route->id);
	json_member_string(json, "program", route->program);
	json_key(json, "tokens");
	json_begin_array(json);
	for (size_t i = 0; i < route->ntokens; i++)
		json_string(json, route->tokens[i]);
	json_end_array(json);
	if (route->is_default)
		json_member_bool(json, "default", true);
	json_member_uint(json, "count", route->count);
	json_member_nonzero(json, "undecided", route->undecided);
	if (has_runs) {
		json_key(json, "runs");
		json_begin_array(json);
	}
	for (size_t i = 0; has_runs && i < route->nshares; i++) {
		json_begin_line_object(json);
		json_member_uint(json, "run", route->shares[i].run);
		json_member_uint(json, "count", route->shares[i].count);
		json_member_nonzero(json, "undecided", route->shares[i].undecided);
		json_end_object(json);
	}
	if (has_runs)
		json_end_array(json);
	json_end_object(json);
}

static void write_routes(struct json_writer *json, const struct dynamic_trace *trace)
{
	json_key(json, "routes");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nroutes; i++)
		write_route(json, &trace->routes[i], trace->nruns > 1);
	json_end_array(json);
}

/* A named section stands where the record's function would. */
static void write_span_function(struct json_writer *json,
	const struct dynamic_trace *trace, const struct span *span)
{
	static const struct function unknown = {
		.module = "", .file = "", .type = FUNCTION_UNKNOWN};
	struct function fn =
		span->function == TRACE_NONE ? unknown : trace->functions[span->function];

	if (span->name)
		fn.name = span->name;
	write_known(json, "function_id", span->function, span->function != TRACE_NONE);
	record_json_write(json, &fn, "type");
}

static void write_span(struct json_writer *json, const struct dynamic_trace *trace,
	const char *trace_id, const struct span *span)
{
	json_begin_line_object(json);
	json_member_string(json, "trace_id", trace_id);
	json_member_string(json, "span_id", span->id);
	json_member_string(json, "parent_span_id", span->parent);
	json_member_uint(json, "process", span->process);
	write_span_function(json, trace, span);
	json_member_uint(json, "timestamp", span->start_us);
	json_member_uint(json, "duration_us", span->duration_us);
	json_key(json, "metadata");
	json_begin_line_object(json);
	for (size_t i = 0; i < span->nmetadata; i++)
		json_member_string(json, span->metadata[i].key, span->metadata[i].value);
	json_end_object(json);
	json_end_object(json);
}

static void write_trace(struct json_writer *json, const struct dynamic_trace *trace,
	const struct observed_trace *one)
{
	json_begin_object(json);
	json_member_string(json, "trace_id", one->id);
	json_member_string(json, "guid", one->guid);
	json_member_string(json, "route_id", one->route_id);
	json_member_string(json, "route", one->route);
	json_member_string(json, "entry_point", one->entry_point);
	json_key(json, "spans");
	json_begin_array(json);
	for (size_t i = 0; i < one->nspans; i++)
		write_span(json, trace, one->id, &one->spans[i]);
	json_end_array(json);
	json_member_uint(json, "span_count", one->nspans);
	json_key(json, "links");
	json_begin_array(json);
	for (size_t i = 0; i < one->nlinks; i++)
		json_string(json, one->links[i]);
	json_end_array(json);
	json_end_object(json);
}

static void write_traces(struct json_writer *json, const struct dynamic_trace *trace)
{
	json_key(json, "traces");
	json_begin_array(json);
	for (size_t i = 0; i < trace->ntraces; i++)
		write_trace(json, trace, &trace->traces[i]);
	json_end_array(json);
}

static void write_header(struct json_writer *json, const struct dynamic_trace *trace)
{
	char version[32];

	snprintf(version, sizeof(version), "%d.%d", TRACE_SCHEMA_MAJOR,
		TRACE_SCHEMA_MINOR);
	json_member_string(json, "schema_version", version);
	json_member_string(json, "kind", "dynamic");
	json_key(json, "tool");
	json_begin_line_object(json);
	json_member_string(json, "name", "pcarch");
	json_member_string(json, "version", trace->tool_version);
	json_end_object(json);
}

bool dynamic_json_write(const struct dynamic_trace *trace, FILE *stream)
{
	struct json_writer json;

	json_open(&json, stream);
	json_begin_object(&json);
	write_header(&json, trace);
	write_summary(&json, trace);
	write_runs(&json, trace);
	write_processes(&json, trace);
	write_functions(&json, trace);
	write_calls(&json, trace);
	write_entries(&json, trace);
	write_routes(&json, trace);
	write_traces(&json, trace);
	json_end_object(&json);
	return json_close(&json);
}

bool dynamic_json_save(const struct dynamic_trace *trace, const char *path,
	struct error *err)
{
	scoped_out out = {0};

	if (!file_create(&out, path, err))
		return false;
	if (!dynamic_json_write(trace, out.stream))
		return file_write_failed(&out, err);
	return file_commit(&out, err);
}
