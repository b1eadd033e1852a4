#include "diff/report/report.h"

#include "core/json_writer.h"
#include "core/trace.h"
#include "core/trace_names.h"
#include "diff/compare/changes.h"
#include "diff/report/json_parts.h"

static const char *kind_of(const struct report *report)
{
	if (report->comparison)
		return "static-dynamic";
	return report->changes && report->changes->is_dynamic ? "dynamic-dynamic"
							      : "static-static";
}

void json_function(struct json_writer *json, const char *key, const struct function *fn)
{
	json_key(json, key);
	if (!fn) {
		json_null(json);
		return;
	}
	json_begin_line_object(json);
	json_member_string(json, "module", fn->module);
	json_member_string(json, "function", fn->name);
	json_member_uint(json, "arity", fn->arity);
	json_member_string(json, "file", fn->file);
	json_member_uint(json, "line", fn->line);
	json_member_string(json, "type", function_type_names[fn->type]);
	json_end_object(json);
}

static void write_header(struct json_writer *json, const struct report *report)
{
	char version[32];

	snprintf(version, sizeof(version), "%d.%d", TRACE_SCHEMA_MAJOR,
		TRACE_SCHEMA_MINOR);
	json_member_string(json, "schema_version", version);
	json_member_string(json, "kind", "diff");
	json_key(json, "tool");
	json_begin_line_object(json);
	json_member_string(json, "name", "pcarch");
	json_member_string(json, "version", report->tool_version);
	json_end_object(json);
	json_member_string(json, "compared", kind_of(report));
	json_member_string(json, "before", report->before);
	json_member_string(json, "after", report->after);
}

static void write_summary(struct json_writer *json, const struct report *report)
{
	const struct report_counts counts = report_count(report);

	json_key(json, "summary");
	json_begin_object(json);
	json_member_uint(json, "finding_count", report->findings.count);
	json_member_uint(json, "error_count", counts.severity[FINDING_ERROR]);
	json_member_uint(json, "warning_count", counts.severity[FINDING_WARNING]);
	json_member_uint(json, "note_count", counts.severity[FINDING_NOTE]);
	json_member_uint(json, "known_count", counts.known);
	json_member_uint(json, "fixed_count", report->nfixed);
	json_member_uint(json, "suppressed_count", counts.suppressed);
	if (report->comparison)
		json_comparison_summary(json, report->comparison);
	if (report->changes)
		json_changes_summary(json, report->changes);
	json_end_object(json);
}

static void write_place(struct json_writer *json, const struct diff_place *place)
{
	json_member_string(json, "file", place->file);
	json_member_uint(json, "line", place->line);
	json_member_nonzero(json, "column", place->column);
}

static void write_path(struct json_writer *json, const struct diff_finding *finding)
{
	json_key(json, "path");
	json_begin_array(json);
	for (size_t i = 0; i < finding->npath; i++) {
		json_begin_line_object(json);
		write_place(json, &finding->path[i].at);
		json_member_string(json, "text", finding->path[i].text);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_finding(struct json_writer *json, const struct diff_finding *finding)
{
	const struct finding_kind *kind = &finding_kinds[finding->kind];

	json_begin_line_object(json);
	json_member_string(json, "id", kind->id);
	json_member_string(json, "name", kind->name);
	json_member_string(json, "severity", finding_severity_name(kind->severity));
	write_place(json, &finding->at);
	json_member_string(json, "module", finding->module);
	json_member_string(json, "function", finding->function);
	json_member_string(json, "message", finding->message);
	json_member_string(json, "help", finding->help ? finding->help : kind->help);
	json_member_uint(json, "count", finding->count);
	json_member_string(json, "fingerprint", finding->fingerprint);
	json_member_string(json, "state", finding->state == DIFF_KNOWN ? "known" : "new");
	json_member_string(json, "suppressed", finding->suppressed);
	if (finding->npath)
		write_path(json, finding);
	json_end_object(json);
}

bool report_json(const struct report *report, FILE *out)
{
	struct json_writer json;

	json_open(&json, out);
	json_begin_object(&json);
	write_header(&json, report);
	write_summary(&json, report);
	json_key(&json, "findings");
	json_begin_array(&json);
	for (size_t i = 0; i < report->findings.count; i++)
		write_finding(&json, &report->findings.items[i]);
	json_end_array(&json);
	if (report->comparison)
		json_comparison(&json, report->comparison);
	if (report->changes)
		json_changes(&json, report->changes);
	json_end_object(&json);
	return json_close(&json);
}
