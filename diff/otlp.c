#include "diff/otlp.h"

#include "core/dynamic_trace.h"
#include "core/json_writer.h"
#include "diff/span_tree.h"

#include <inttypes.h>

enum {
	KIND_INTERNAL = 1
};

static void write_attribute(struct json_writer *json, const char *key, const char *value)
{
	json_begin_line_object(json);
	json_member_string(json, "key", key);
	json_key(json, "value");
	json_begin_line_object(json);
	json_member_string(json, "stringValue", value);
	json_end_object(json);
	json_end_object(json);
}

/* Whole numbers of 64 bits are strings in protobuf's JSON. */
static void write_number(struct json_writer *json, const char *key, uint64_t value)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%" PRIu64, value);
	json_begin_line_object(json);
	json_member_string(json, "key", key);
	json_key(json, "value");
	json_begin_line_object(json);
	json_member_string(json, "intValue", digits);
	json_end_object(json);
	json_end_object(json);
}

static void write_nanoseconds(struct json_writer *json, const char *key, uint64_t us)
{
	char digits[24];

	/* 2^52 microseconds are less than 2^64 nanoseconds. */
	snprintf(digits, sizeof(digits), "%" PRIu64, us * 1000);
	json_member_string(json, key, digits);
}

static void write_attributes(struct json_writer *json, const struct dynamic_trace *all,
	const struct observed_trace *trace, const struct span *span)
{
	json_key(json, "attributes");
	json_begin_array(json);
	if (span->function != TRACE_NONE) {
		const struct function *fn = &all->functions[span->function];

		write_attribute(json, "code.function.name", fn->name);
		if (fn->file[0]) {
			write_attribute(json, "code.file.path", fn->file);
			write_number(json, "code.line.number", fn->line);
		}
	}
	for (size_t i = 0; i < span->nmetadata; i++)
		write_attribute(json, span->metadata[i].key, span->metadata[i].value);
	if (!span->parent && trace->guid)
		write_attribute(json, "pcarch.guid", trace->guid);
	if (!span->parent && trace->route_id)
		write_attribute(json, "pcarch.route_id", trace->route_id);
	if (!span->parent && trace->entry_point)
		write_attribute(json, "pcarch.entry_point", trace->entry_point);
	json_end_array(json);
}

static void write_span(struct json_writer *json, const struct dynamic_trace *all,
	const struct observed_trace *trace, const struct span *span)
{
	json_begin_line_object(json);
	json_member_string(json, "traceId", trace->id);
	json_member_string(json, "spanId", span->id);
	if (span->parent)
		json_member_string(json, "parentSpanId", span->parent);
	json_member_string(json, "name", span_tree_name(all, span));
	json_member_uint(json, "kind", KIND_INTERNAL);
	write_nanoseconds(json, "startTimeUnixNano", span->start_us);
	write_nanoseconds(json, "endTimeUnixNano",
		dynamic_sum(span->start_us, span->duration_us));
	write_attributes(json, all, trace, span);
	json_end_object(json);
}

static void write_resource(struct json_writer *json, const struct process *process)
{
	json_key(json, "resource");
	json_begin_line_object(json);
	json_key(json, "attributes");
	json_begin_array(json);
	write_attribute(json, "service.name", process->program);
	write_attribute(json, "service.instance.id", process->id);
	write_number(json, "process.pid", process->pid);
	json_end_array(json);
	json_end_object(json);
}

static void write_request(struct json_writer *json, const struct dynamic_trace *all,
	const struct observed_trace *trace, uint32_t process)
{
	json_begin_line_object(json);
	json_key(json, "resourceSpans");
	json_begin_array(json);
	json_begin_line_object(json);
	write_resource(json, &all->processes[process]);
	json_key(json, "scopeSpans");
	json_begin_array(json);
	json_begin_line_object(json);
	json_key(json, "scope");
	json_begin_line_object(json);
	json_member_string(json, "name", "pcarch");
	json_member_string(json, "version", all->tool_version);
	json_end_object(json);
	json_key(json, "spans");
	json_begin_array(json);
	for (size_t i = 0; i < trace->nspans; i++)
		if (trace->spans[i].process == process)
			write_span(json, all, trace, &trace->spans[i]);
	json_end_array(json);
	json_end_object(json);
	json_end_array(json);
	json_end_object(json);
	json_end_array(json);
	json_end_object(json);
}

/* Has no span before this one the same process? */
static bool is_first_of(const struct observed_trace *trace, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (trace->spans[i].process == trace->spans[index].process)
			return false;
	return true;
}

static bool write_trace(const struct dynamic_trace *all,
	const struct observed_trace *trace, FILE *out)
{
	for (size_t i = 0; i < trace->nspans; i++) {
		struct json_writer json;

		if (!is_first_of(trace, i))
			continue;
		json_open(&json, out);
		write_request(&json, all, trace, trace->spans[i].process);
		if (!json_close(&json))
			return false;
	}
	return true;
}

bool otlp_write(const struct dynamic_trace *trace, FILE *out)
{
	for (size_t i = 0; i < trace->ntraces; i++)
		if (!write_trace(trace, &trace->traces[i], out))
			return false;
	return true;
}
