#include "diff/report/report.h"

#include "core/json_writer.h"
#include "core/text.h"

#include <ctype.h>
#include <string.h>

/*
 * SARIF 2.1.0 (OASIS, March 2020), as GitHub's code scanning takes it in: it shows the
 * first 5,000 results of a run. Source: GitHub docs, "SARIF support for code scanning".
 */
enum {
	MAX_RESULTS = 5000,
	MAX_STEPS = 100, /* of one code flow */
};

static const char *level_of(const struct diff_finding *finding)
{
	return finding_severity_name(finding_kinds[finding->kind].severity);
}

static void write_text(struct json_writer *json, const char *key, const char *text)
{
	json_key(json, key);
	json_begin_line_object(json);
	json_member_string(json, "text", text);
	json_end_object(json);
}

/* "predicted-hole" as SARIF asks for: PredictedHole. */
static void write_name(struct json_writer *json, const char *name)
{
	scoped_text text = {0};
	bool starts = true;

	for (; *name; name++) {
		int c = starts ? toupper((unsigned char)*name) : *name;

		if (*name != '-')
			text_add_char(&text, (char)c);
		starts = *name == '-';
	}
	json_member_string(json, "name", text_string(&text));
}

static void write_rule(struct json_writer *json, const struct finding_kind *kind)
{
	json_begin_object(json);
	json_member_string(json, "id", kind->id);
	write_name(json, kind->name);
	write_text(json, "shortDescription", kind->summary);
	write_text(json, "fullDescription", kind->text);
	write_text(json, "help", kind->help);
	json_key(json, "defaultConfiguration");
	json_begin_line_object(json);
	json_member_string(json, "level", finding_severity_name(kind->severity));
	json_end_object(json);
	json_end_object(json);
}

/* Only rules that have results; results refer to them by id. */
static void write_rules(struct json_writer *json, const struct report *report)
{
	bool is_used[FINDING_COUNT] = {false};

	for (size_t i = 0; i < report->findings.count; i++)
		is_used[report->findings.items[i].kind] = true;
	json_key(json, "rules");
	json_begin_array(json);
	for (size_t i = 0; i < FINDING_COUNT; i++)
		if (is_used[i])
			write_rule(json, &finding_kinds[i]);
	json_end_array(json);
}

static void write_tool(struct json_writer *json, const struct report *report)
{
	json_key(json, "tool");
	json_begin_object(json);
	json_key(json, "driver");
	json_begin_object(json);
	json_member_string(json, "name", "pcarch");
	json_member_string(json, "version", report->tool_version);
	write_rules(json, report);
	json_end_object(json);
	json_end_object(json);
}

/* A path as a relative URI reference (RFC 3986). */
static void write_uri(struct json_writer *json, const char *path)
{
	scoped_text uri = {0};

	if (strchr(path, ':')) /* or it would be read as a scheme */
		text_add(&uri, "./");
	for (; *path; path++) {
		unsigned char c = (unsigned char)*path;

		if ((c < 0x80 && isalnum(c)) || strchr("/-._~+@,=", c))
			text_add_char(&uri, (char)c);
		else
			text_printf(&uri, "%%%02X", c);
	}
	json_member_string(json, "uri", text_string(&uri));
}

static bool is_in_tree(const struct diff_place *at)
{
	return at->file && *at->file && *at->file != '<' && *at->file != '/';
}

static void write_physical(struct json_writer *json, const struct diff_place *at)
{
	json_key(json, "physicalLocation");
	json_begin_line_object(json);
	json_key(json, "artifactLocation");
	json_begin_line_object(json);
	write_uri(json, at->file);
	json_member_string(json, "uriBaseId", "%SRCROOT%");
	json_end_object(json);
	json_key(json, "region");
	json_begin_line_object(json);
	json_member_uint(json, "startLine", at->line ? at->line : 1);
	json_member_nonzero(json, "startColumn", at->line ? at->column : 0);
	json_end_object(json);
	json_end_object(json);
}

static void write_logical(struct json_writer *json, const struct diff_finding *finding)
{
	json_key(json, "logicalLocations");
	json_begin_array(json);
	json_begin_line_object(json);
	json_member_string(json, "name",
		finding->function ? finding->function : finding->module);
	if (finding->function) {
		scoped_text name = {0};

		text_printf(&name, "%s:%s", finding->module ? finding->module : "",
			finding->function);
		json_member_string(json, "fullyQualifiedName", text_string(&name));
	}
	json_member_string(json, "kind", finding->function ? "function" : "module");
	json_end_object(json);
	json_end_array(json);
}

static void write_locations(struct json_writer *json, const struct diff_finding *finding)
{
	json_key(json, "locations");
	json_begin_array(json);
	json_begin_line_object(json);
	if (is_in_tree(&finding->at))
		write_physical(json, &finding->at);
	if (finding->module || finding->function)
		write_logical(json, finding);
	json_end_object(json);
	json_end_array(json);
}

static void write_step(struct json_writer *json, const struct diff_step *step)
{
	json_begin_line_object(json);
	json_key(json, "location");
	json_begin_line_object(json);
	if (is_in_tree(&step->at))
		write_physical(json, &step->at);
	write_text(json, "message", step->text);
	json_end_object(json);
	json_end_object(json);
}

/* The last steps of a long way: they lead there. */
static void write_flow(struct json_writer *json, const struct diff_finding *finding)
{
	size_t first = finding->npath > MAX_STEPS ? finding->npath - MAX_STEPS : 0;

	json_key(json, "codeFlows");
	json_begin_array(json);
	json_begin_line_object(json);
	json_key(json, "threadFlows");
	json_begin_array(json);
	json_begin_line_object(json);
	json_key(json, "locations");
	json_begin_array(json);
	for (size_t i = first; i < finding->npath; i++)
		write_step(json, &finding->path[i]);
	json_end_array(json);
	json_end_object(json);
	json_end_array(json);
	json_end_object(json);
	json_end_array(json);
}

static void write_suppression(struct json_writer *json,
	const struct diff_finding *finding)
{
	json_key(json, "suppressions");
	json_begin_array(json);
	json_begin_line_object(json);
	json_member_string(json, "kind",
		finding->is_suppressed_in_source ? "inSource" : "external");
	json_member_string(json, "justification", finding->suppressed);
	json_end_object(json);
	json_end_array(json);
}

static void write_result(struct json_writer *json, const struct report *report,
	const struct diff_finding *finding)
{
	const struct finding_kind *kind = &finding_kinds[finding->kind];
	scoped_text message = {0};

	text_printf(&message, "%s. To do: %s.", finding->message,
		finding->help ? finding->help : kind->help);
	json_begin_object(json);
	json_member_string(json, "ruleId", kind->id);
	json_member_string(json, "level", level_of(finding));
	write_text(json, "message", text_string(&message));
	write_locations(json, finding);
	json_key(json, "partialFingerprints");
	json_begin_line_object(json);
	json_member_string(json, "pcarchNames/v1", finding->fingerprint);
	json_end_object(json);
	json_member_nonzero(json, "occurrenceCount", finding->count);
	if (report->has_baseline)
		json_member_string(json, "baselineState",
			finding->state == DIFF_KNOWN ? "unchanged" : "new");
	if (finding->suppressed)
		write_suppression(json, finding);
	if (finding->npath)
		write_flow(json, finding);
	json_end_object(json);
}

static void write_invocation(struct json_writer *json, size_t nleft_out)
{
	char text[128];

	json_key(json, "invocations");
	json_begin_array(json);
	json_begin_object(json);
	json_member_bool(json, "executionSuccessful", true);
	if (nleft_out) {
		snprintf(text, sizeof(text),
			"%zu more findings, the least grave, are left out: a run has at most "
			"%d results",
			nleft_out, MAX_RESULTS);
		json_key(json, "toolExecutionNotifications");
		json_begin_array(json);
		json_begin_line_object(json);
		json_member_string(json, "level", "note");
		write_text(json, "message", text);
		json_end_object(json);
		json_end_array(json);
	}
	json_end_object(json);
	json_end_array(json);
}

static void write_run(struct json_writer *json, const struct report *report)
{
	size_t count = report->findings.count;
	size_t nwritten = count < MAX_RESULTS ? count : MAX_RESULTS;

	json_begin_object(json);
	write_tool(json, report);
	write_invocation(json, count - nwritten);
	json_key(json, "originalUriBaseIds");
	json_begin_line_object(json);
	json_key(json, "%SRCROOT%");
	json_begin_line_object(json);
	write_text(json, "description", "the root of the sources");
	json_end_object(json);
	json_end_object(json);
	json_key(json, "results");
	json_begin_array(json);
	for (size_t i = 0; i < nwritten; i++)
		write_result(json, report, &report->findings.items[i]);
	json_end_array(json);
	json_end_object(json);
}

bool report_sarif(const struct report *report, FILE *out)
{
	struct json_writer json;

	json_open(&json, out);
	json_begin_object(&json);
	json_member_string(&json, "$schema",
		"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
		"sarif-schema-2.1.0.json");
	json_member_string(&json, "version", "2.1.0");
	json_key(&json, "runs");
	json_begin_array(&json);
	write_run(&json, report);
	json_end_array(&json);
	json_end_object(&json);
	return json_close(&json);
}
