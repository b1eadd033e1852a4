#include "diff/report/report.h"

#include "core/json_writer.h"
#include "core/text.h"

/*
 * GitLab's Code Quality report, a subset of Code Climate's. Findings that are known are
 * in it, too: GitLab itself compares it with that of the target branch. Source: GitLab
 * docs, "Code Quality", "Implement a custom tool".
 */
static void write_finding(struct json_writer *json, const struct report *report,
	const struct diff_finding *finding)
{
	static const char *const severities[] = {
		[FINDING_ERROR] = "critical",
		[FINDING_WARNING] = "major",
		[FINDING_NOTE] = "info",
	};
	const struct finding_kind *kind = &finding_kinds[finding->kind];
	bool has_place = finding->at.file && *finding->at.file;
	scoped_text text = {0};

	text_printf(&text, "%s [%s]", finding->message, kind->id);
	json_begin_line_object(json);
	json_member_string(json, "description", text_string(&text));
	json_member_string(json, "check_name", kind->name);
	json_member_string(json, "fingerprint", finding->fingerprint);
	json_member_string(json, "severity", severities[kind->severity]);
	json_key(json, "location");
	json_begin_line_object(json);
	json_member_string(json, "path", has_place ? finding->at.file : report->before);
	json_key(json, "lines");
	json_begin_line_object(json);
	json_member_uint(json, "begin", finding->at.line ? finding->at.line : 1);
	json_end_object(json);
	json_end_object(json);
	json_end_object(json);
}

bool report_gitlab(const struct report *report, FILE *out)
{
	struct json_writer json;

	json_open(&json, out);
	json_begin_array(&json);
	for (size_t i = 0; i < report->findings.count; i++)
		if (!report->findings.items[i].suppressed)
			write_finding(&json, report, &report->findings.items[i]);
	json_end_array(&json);
	return json_close(&json);
}
