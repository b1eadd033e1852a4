/* Each format of a report, on names that mean something to it. */
#include "diff/report/report.h"

#include "cli/diff_text.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/text.h"
#include "core/utf8.h"
#include "diff/compare/changes.h"
#include "diff/report/finding_list.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char hostile[] =
	"a\"]]></script>\n::error::%0A|`@x`|\\\x1b[2J\xff[y](http://z)";

static struct arena arena;

static void drop_arena(void)
{
	arena_release(&arena);
}

TestSuite(diff_formats, .fini = drop_arena);

/* A report of `count` findings in which every name is `name`. */
static struct report report_of(const char *name, size_t count)
{
	struct changes *changes = arena_alloc(&arena, sizeof(*changes));
	struct change *items = arena_alloc(&arena, 2 * sizeof(*items));
	struct diff_step *step = arena_alloc(&arena, sizeof(*step));
	scoped_findings list = {.arena = &arena};
	struct report report = {.tool_version = "1.2.3",
		.before = name,
		.after = name,
		.changes = changes};

	items[0] = (struct change){.what = CHANGE_DEPENDENCY,
		.way = CHANGE_CAME,
		.name = name,
		.other = "b",
		.before = {.file = ""},
		.after = {name, 1, 1}};
	items[1] = (struct change){.what = CHANGE_DEPENDENCY,
		.way = CHANGE_WENT,
		.name = "b",
		.other = name,
		.before = {name, 1, 1},
		.after = {.file = ""}};
	*changes = (struct changes){.items = items, .nitems = 2};
	*step = (struct diff_step){{name, 3, 1}, name, name};
	for (size_t i = 0; i < count; i++) {
		const struct diff_finding finding = {
			.kind = i % 2 ? FINDING_PREDICTED_HOLE : FINDING_ANALYSIS_BUG,
			.at = {name, 7, 3},
			.module = name,
			.function = name,
			.message = name,
			.path = step,
			.npath = 1,
		};

		finding_list_add(&list, &finding, name);
	}
	finding_list_finish(&list, &report.findings);
	return report;
}

static char *written(report_writer *write, const struct report *report)
{
	char *bytes;
	size_t size;
	FILE *out = open_memstream(&bytes, &size);

	cr_assert(write(report, out));
	fclose(out);
	cr_assert_eq(strlen(bytes), size, "a NUL is written");
	return bytes;
}

static void check_utf8(const char *text)
{
	size_t len = strlen(text), n;

	for (size_t at = 0; at < len; at += n) {
		n = utf8_sequence(text + at, len - at);
		cr_assert_gt(n, 0, "byte %zu is no UTF-8", at);
	}
}

static bool ignore(void *context, const char *key, const struct cJSON *value,
	uint64_t offset, struct error *err)
{
	(void)context;
	(void)key;
	(void)value;
	(void)offset;
	(void)err;
	return true;
}

Test(diff_formats, json_formats_stay_json_whatever_the_names)
{
	static report_writer *const writers[] = {
		report_json, report_sarif, report_gitlab};
	const struct json_visitor visitor = {.value = ignore};
	struct report report = report_of(hostile, 2);

	for (size_t i = 0; i < 3; i++) {
		char *text = written(writers[i], &report);
		struct error err = {0};

		check_utf8(text);
		cr_expect(json_read_text(text, strlen(text), "x", &visitor, &err),
			"%s: %s", err.text, text);
		free(text);
	}
}

Test(diff_formats, same_report_same_bytes)
{
	static report_writer *const writers[] = {report_json, report_sarif, report_gitlab,
		report_github, report_junit, report_markdown, report_dot, report_mermaid};
	struct report report = report_of(hostile, 10);

	for (size_t i = 0; i < sizeof(writers) / sizeof(*writers); i++) {
		char *one = written(writers[i], &report),
		     *two = written(writers[i], &report);

		cr_expect_str_eq(one, two);
		free(one);
		free(two);
	}
}

Test(diff_formats, github_writes_one_line_a_finding_and_no_command_of_a_name)
{
	struct report report = report_of(hostile, 1);
	char *text = written(report_github, &report);

	cr_expect_eq(strchr(text, '\n'), text + strlen(text) - 1, "%s", text);
	cr_expect_eq(strncmp(text, "::error file=", 13), 0);
	cr_expect(strstr(text, "%3A%3Aerror%3A%3A%250A"), "%s", text);
	cr_expect_null(strchr(text, '\x1b'));
	free(text);
}

Test(diff_formats, github_counts_notes)
{
	struct report report = report_of("f", 3);
	char *text;

	report.findings.items[1].kind = report.findings.items[2].kind =
		FINDING_DEAD_FUNCTION;
	text = written(report_github, &report);
	cr_expect(strstr(text, "::notice title=pcarch diff::2 notes"), "%s", text);
	cr_expect_null(strstr(text, "PCA026"));
	free(text);
}

Test(diff_formats, junit_escapes_marks_and_quotes)
{
	struct report report = report_of(hostile, 1);
	char *text = written(report_junit, &report);

	cr_expect_null(strstr(text, "]]>"));
	cr_expect_null(strstr(text, "</script>"));
	cr_expect(strstr(text, "message=\"a&quot;]]&gt;&lt;/script&gt;\\x0A"), "%s",
		text);
	cr_expect(strstr(text, "tests=\"1\" failures=\"1\""), "%s", text);
	free(text);
}

Test(diff_formats, junit_has_a_case_even_without_findings)
{
	struct report report = report_of("a", 0);
	char *text = written(report_junit, &report);

	cr_expect(strstr(text, "tests=\"1\" failures=\"0\""), "%s", text);
	free(text);
}

Test(diff_formats, markdown_mentions_nobody_and_links_nowhere)
{
	struct report report = report_of(hostile, 1);
	char *text = written(report_markdown, &report);

	cr_expect_null(strchr(text, '@'));
	cr_expect_null(strstr(text, "</script>"));
	cr_expect(strstr(text, "\\[y\\](http\\://z"), "%s", text);
	cr_expect_null(strstr(text, "http://"));
	cr_expect(strstr(text, "\\|\\`&#64;x\\`\\|"), "%s", text);
	free(text);
}

Test(diff_formats, markdown_fits_into_a_comment_and_counts_what_does_not)
{
	struct report report = report_of("some_function_of_a_usual_length", 5000);
	char *text = written(report_markdown, &report);

	cr_expect_lt(strlen(text), 60000);
	cr_expect_gt(strlen(text), 50000);
	cr_expect(strstr(text, " more findings."), "%s", text + 58000);
	free(text);
}

Test(diff_formats, sarif_has_the_gravest_results_and_says_how_many_are_left_out)
{
	struct report report = report_of("f", 6000);
	char *text = written(report_sarif, &report);
	size_t count = 0;

	for (const char *at = text; (at = strstr(at, "\"ruleId\"")); at++)
		count++;
	cr_expect_eq(count, 5000);
	cr_expect(strstr(text, "1000 more findings, the least grave, are left out"));
	free(text);
}

Test(diff_formats, sarif_has_uris_that_are_relative)
{
	struct report report = report_of("a b:c%.c", 1);
	char *text = written(report_sarif, &report);

	cr_expect(strstr(text, "\"uri\": \"./a%20b%3Ac%25.c\""), "%s", text);
	free(text);
	report = report_of("<stdio.h>", 1);
	text = written(report_sarif, &report);
	cr_expect_null(strstr(text, "\"physicalLocation\""), "no file of the tree");
	free(text);
}

Test(diff_formats, sarif_tells_baseline_and_suppressions)
{
	struct report report = report_of("f", 2);
	char *text;

	report.has_baseline = true;
	report.findings.items[0].state = DIFF_KNOWN;
	report.findings.items[1].suppressed = "because";
	text = written(report_sarif, &report);
	cr_expect(strstr(text, "\"baselineState\": \"unchanged\""));
	cr_expect(strstr(text, "\"baselineState\": \"new\""));
	cr_expect(strstr(text, "\"kind\": \"external\", \"justification\": \"because\""));
	free(text);
}

Test(diff_formats, known_and_suppressed_findings_are_no_annotations)
{
	struct report report = report_of("f", 3);
	char *text;

	report.findings.items[0].state = DIFF_KNOWN;
	report.findings.items[1].suppressed = "because";
	text = written(report_github, &report);
	cr_expect_eq(strchr(text, '\n'), text + strlen(text) - 1, "%s", text);
	free(text);
	text = written(report_gitlab, &report);
	cr_expect(strstr(text, "analysis-bug"), "GitLab compares by itself: %s", text);
	free(text);
}

Test(diff_formats, drawings_quote_names_and_colour_what_came)
{
	struct report report = report_of(hostile, 0);
	char *text = written(report_dot, &report);

	cr_expect(strstr(text, "label=\"a\\\"]]></script>\\\\x0A"), "%s", text);
	cr_expect(strstr(text, "m0 -> m1 [color=\"#c2410c\""), "%s", text);
	free(text);
	text = written(report_mermaid, &report);
	cr_expect_null(strstr(text, "</script>"));
	cr_expect(strstr(text, "m0 ==> m1"), "%s", text);
	cr_expect(strstr(text, "linkStyle 0 stroke:#c2410c"), "%s", text);
	free(text);
}

Test(diff_formats, text_drives_no_terminal_and_says_each_thing_once)
{
	struct report report = report_of(hostile, 30);
	char *bytes;
	size_t size;

	for (int all = 0; all < 2; all++) {
		FILE *out = open_memstream(&bytes, &size);

		diff_text_print(&report, all, out);
		fclose(out);
		cr_expect_null(strchr(bytes, '\x1b'));
		check_utf8(bytes);
		if (!all)
			cr_expect(strstr(bytes, "... and 14 more like it here"), "%s",
				bytes);
		free(bytes);
	}
}
