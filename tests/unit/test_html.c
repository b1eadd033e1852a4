#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/program.h"
#include "diff/compare/changes.h"
#include "diff/compare/comparison.h"
#include "diff/html/markup.h"
#include "diff/report/report.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What would end a script, open a tag, leave an attribute, turn text around. */
#define EVIL "</script><img src=x onerror=alert(1)>\"'&<!--\x01\xe2\x80\xae\xff"

/* A stream in memory: what a test wrote, as a string. */
struct written {
	char *text;
	size_t size;
	FILE *stream;
};

static FILE *begin(struct written *written)
{
	written->stream = open_memstream(&written->text, &written->size);
	return written->stream;
}

static const char *end(struct written *written)
{
	fclose(written->stream);
	return written->text;
}

Test(markup, shows_what_a_name_holds_and_obeys_none_of_it)
{
	struct written written;
	struct markup out = {.stream = begin(&written)};

	markup_text(&out, EVIL);
	cr_assert_str_eq(end(&written),
		"&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;&lt;!--"
		"\\x01\\xE2\\x80\\xAE\\xFF");
	cr_assert_eq(out.nbytes, written.size);
	free(written.text);
}

Test(markup, json_holds_nothing_that_ends_a_script)
{
	struct written written;
	struct markup out = {.stream = begin(&written)};

	markup_json(&out, "a\n\t\"\\</script><!--\xff");
	cr_assert_str_eq(end(&written),
		"\"a\\n\\t\\\"\\\\\\u003c/script>\\u003c!--\\\\xFF\"");
	free(written.text);
}

Test(markup, json_keeps_a_nul_byte_out)
{
	struct written written;
	struct markup out = {.stream = begin(&written)};

	markup_json_bytes(&out, "a\0b", 3);
	cr_assert_str_eq(end(&written), "\"a\\\\x00b\"");
	free(written.text);
}

Test(markup, groups_digits)
{
	static const struct {
		uint64_t value;
		const char *text;
	} cases[] = {{0, "0"}, {999, "999"}, {1000, "1,000"}, {123456, "123,456"},
		{UINT64_MAX, "18,446,744,073,709,551,615"}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct written written;
		struct markup out = {.stream = begin(&written)};

		markup_number(&out, cases[i].value);
		cr_assert_str_eq(end(&written), cases[i].text);
		free(written.text);
	}
}

/* A program of three functions in which main calls the second one, and was seen to call
 * the third one, and a function that no source has. */
struct made {
	struct arena arena;
	struct static_trace scan;
	struct dynamic_trace run;
	struct program program;
	struct comparison comparison;
	struct diff_finding finding;
	struct diff_step step;
	struct report report;
};

static void make_scan(struct made *made, const char *name)
{
	static const char *const reasons[] = {EVIL};
	static struct call_site sites[] = {
		{.caller = 0, .file = "src/main.c", .line = 5, .is_direct = true},
		{.caller = 0,
			.file = "src/main.c",
			.line = 6,
			.state = SITE_OPEN,
			.reasons = reasons,
			.nreasons = 1,
			.expression = CALLEE_FIELD,
			.expression_name = EVIL},
	};
	static struct call calls[] = {
		{.site = 0, .caller = 0, .callee = 1, .via = "direct", .confidence = 1}};
	static const char *const tokens[] = {EVIL};
	static struct route routes[] = {{.program = EVIL,
		.tokens = tokens,
		.ntokens = 1,
		.parent = TRACE_NONE,
		.match = "exact",
		.handler = 1,
		.pattern = "table",
		.file = "src/main.c",
		.line = 1,
		.help = EVIL,
		.route_id = "00000000000000000000000000000000",
		.reached_from = 0}};
	static struct metadata metadata[] = {{EVIL, EVIL}};
	static struct entry_point entries[] = {{.id = "cli_0",
		.type = "cli",
		.function = 0,
		.metadata = metadata,
		.nmetadata = 1}};
	static uint32_t reached[] = {0, 1};
	static struct reach reaches[] = {{0, reached, 2, 2, 2}};
	struct function *functions = arena_alloc(&made->arena, 3 * sizeof(*functions));

	functions[0] = (struct function){"src/main", "main", "src/main.c", "int (void)",
		0, 3, 5, 9, FUNCTION_PUBLIC, 0};
	functions[1] = (struct function){
		name, name, name, name, 0, 13, 5, 19, FUNCTION_PRIVATE, 0};
	functions[2] = (struct function){"src/main", "third", "src/main.c", NULL, 0, 23,
		5, 29, FUNCTION_PUBLIC, 0};
	made->scan = (struct static_trace){.tool_version = "test",
		.functions = functions,
		.nfunctions = 3,
		.sites = sites,
		.nsites = 2,
		.calls = calls,
		.ncalls = 1,
		.routes = routes,
		.nroutes = 1,
		.entry_points = entries,
		.nentry_points = 1,
		.reaches = reaches,
		.nreaches = 1};
}

static void make_run(struct made *made, const char *name)
{
	scoped_builder builder;
	uint32_t functions[4], run;
	struct function foreign = {"libevil.so",
		arena_printf(&made->arena, "foreign %s", name), "", NULL, 0, 0, 0, 0,
		FUNCTION_UNKNOWN, 0};

	dynamic_builder_init(&builder, &made->arena);
	run = dynamic_builder_run(&builder, "run0");
	dynamic_builder_process(&builder,
		&(struct process){
			.id = "p", .run = run, .program = "p", .is_complete = true});
	for (size_t i = 0; i < 3; i++)
		functions[i] =
			dynamic_builder_function(&builder, &made->scan.functions[i]);
	functions[3] = dynamic_builder_function(&builder, &foreign);
	for (unsigned i = 1; i < 4; i++)
		dynamic_builder_count(&builder,
			&(struct observed_call){.caller = functions[0],
				.callee = functions[i],
				.file = "src/main.c",
				.line = i == 1 ? 5 : 6},
			&(struct call_share){run, i, 0});
	dynamic_builder_count(&builder,
		&(struct observed_call){
			.caller = TRACE_NONE, .callee = functions[0], .root = ROOT_MAIN},
		&(struct call_share){run, 1, 0});
	dynamic_builder_finish(&builder, "test", &made->run);
}

static void make(struct made *made, const char *name)
{
	struct error err;

	make_scan(made, name);
	make_run(made, name);
	program_init(&made->program, &made->arena, &made->scan);
	cr_assert(comparison_make(&made->arena, &made->program, &made->run,
			  &made->comparison, &err),
		"%s", err.text);
	cr_assert_eq(made->comparison.ncalls, 2, "not %zu", made->comparison.ncalls);
	made->step = (struct diff_step){.at = {name, 1, 1}, .text = name};
	made->finding = (struct diff_finding){.kind = FINDING_PREDICTED_HOLE,
		.at = {name, 6, 1},
		.module = "src/main",
		.function = "main",
		.message = name,
		.help = name,
		.path = &made->step,
		.npath = 1,
		.suppressed = name,
		.count = 1};
	made->report = (struct report){.tool_version = "test",
		.before = name,
		.after = name,
		.comparison = &made->comparison,
		.findings = {&made->finding, 1},
		.has_baseline = true};
}

static const char *write_report(const struct report *report, struct written *written)
{
	cr_assert(report_html(report, begin(written)));
	return end(written);
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		n++;
	return n;
}

Test(html, no_name_leaves_the_place_it_is_shown_in)
{
	struct made made = {0};
	struct written written;
	const char *html;

	make(&made, EVIL);
	html = write_report(&made.report, &written);
	cr_assert_eq(count(html, "<script"), 3);
	cr_assert_eq(count(html, "</script>"), 3);
	cr_assert_eq(count(html, "<img"), 0);
	cr_assert_eq(count(html, "\xe2\x80\xae"), 0);
	cr_assert_eq(count(html, "\x01"), 0);
	cr_assert_gt(count(html, "&lt;img src=x"), 10, "the names are shown");
	arena_release(&made.arena);
	free(written.text);
}

static bool see_value(void *context, const char *key, const struct cJSON *value,
	uint64_t offset, struct error *err)
{
	(void)value, (void)offset, (void)err;
	*(size_t *)context += strcmp(key, "functions") == 0;
	return true;
}

Test(html, data_for_scripts_is_json)
{
	struct made made = {0};
	struct written written;
	const char *html, *data;
	size_t nfields = 0;
	const struct json_visitor visitor = {.value = see_value, .context = &nfields};
	struct error err;

	make(&made, EVIL);
	html = write_report(&made.report, &written);
	data = strstr(html, "id=\"data\">");
	cr_assert_not_null(data);
	data += strlen("id=\"data\">");
	cr_assert(json_read_text(data, (size_t)(strstr(data, "</script>") - data), "data",
			  &visitor, &err),
		"%s", err.text);
	cr_assert_eq(nfields, 4 * 9,
		"nine fields of three functions, and of a foreign one");
	arena_release(&made.arena);
	free(written.text);
}

Test(html, same_report_is_the_same_bytes)
{
	struct made made = {0};
	struct written first, second;

	make(&made, "plain");
	cr_assert_str_eq(write_report(&made.report, &first),
		write_report(&made.report, &second));
	arena_release(&made.arena);
	free(first.text);
	free(second.text);
}

Test(html, full_disk_is_told)
{
	FILE *full = fopen("/dev/full", "w");
	struct made made = {0};

	if (!full)
		cr_skip_test("there is no /dev/full");
	make(&made, "plain");
	cr_assert_not(report_html(&made.report, full));
	cr_assert_eq(errno, ENOSPC);
	fclose(full);
	arena_release(&made.arena);
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	cr_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

/* Lines 1 to 30, of which line 3 begins main and line 23 third. */
static void put_source(const char *path, const char *secret)
{
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file);
	for (int i = 1; i <= 30; i++)
		fprintf(file, "%s %s%d\n",
			i == 3    ? "main"
			: i == 23 ? "third"
				  : "line",
			secret, i);
	fclose(file);
}

Test(html, sources_are_the_functions_own_lines)
{
	char root[] = "/tmp/pcarch-test.XXXXXX";
	struct made made = {0};
	struct written written;
	const char *html;

	cr_assert(mkdtemp(root));
	make(&made, "plain");
	made.report.source_root = root;
	cr_assert_eq(chdir(root), 0);
	cr_assert_eq(mkdir("src", 0700), 0);
	put_source("src/main.c", "x");
	html = write_report(&made.report, &written);
	cr_assert_not_null(strstr(html, "\"0\":\"main x3\\nline x4\\n"));
	cr_assert_not_null(strstr(html, "line x9\""));
	cr_assert_null(strstr(html, "x10"));
	cr_assert_not_null(strstr(html, "\"2\":\"third x23\\n"));
	unlink("src/main.c");
	rmdir("src");
	rmdir(root);
	arena_release(&made.arena);
	free(written.text);
}

Test(html, symlink_out_of_the_tree_is_not_followed)
{
	char root[] = "/tmp/pcarch-test.XXXXXX", outside[] = "/tmp/pcarch-test.XXXXXX";
	struct made made = {0};
	struct written written;
	int fd = mkstemp(outside);

	cr_assert(fd >= 0 && mkdtemp(root));
	put_source(outside, "secret");
	make(&made, "plain");
	made.report.source_root = root;
	cr_assert_eq(chdir(root), 0);
	cr_assert_eq(mkdir("src", 0700), 0);
	cr_assert_eq(symlink(outside, "src/main.c"), 0);
	cr_assert_null(strstr(write_report(&made.report, &written), "secret"));
	unlink("src/main.c");
	rmdir("src");
	rmdir(root);
	unlink(outside);
	close(fd);
	arena_release(&made.arena);
	free(written.text);
}

Test(html, edited_source_is_not_shown)
{
	char root[] = "/tmp/pcarch-test.XXXXXX";
	struct made made = {0};
	struct written written;

	cr_assert(mkdtemp(root));
	make(&made, "plain");
	made.report.source_root = root;
	cr_assert_eq(chdir(root), 0);
	cr_assert_eq(mkdir("src", 0700), 0);
	put("src/main.c", "\n\n1\n2\n3\n4\n5\n6\n7\n8\n9\n");
	cr_assert_null(strstr(write_report(&made.report, &written), "1\\n2\\n"));
	unlink("src/main.c");
	rmdir("src");
	rmdir(root);
	arena_release(&made.arena);
	free(written.text);
}

Test(html, two_scans_are_listed_without_functions)
{
	static const struct change items[] = {
		{.what = CHANGE_ROUTE,
			.way = CHANGE_CAME,
			.name = EVIL,
			.other = EVIL,
			.detail = EVIL,
			.before.file = "",
			.after = {EVIL, 2, 0}},
		{.what = CHANGE_CALL,
			.way = CHANGE_WENT,
			.name = "f",
			.other = "g",
			.before = {"a.c", 1, 0},
			.after.file = "",
			.count = 3},
	};
	struct changes changes = {.items = items, .nitems = 2};
	struct report report = {.tool_version = "test",
		.before = "a.json",
		.after = "b.json",
		.changes = &changes};
	struct written written;
	const char *html;

	changes.counts[CHANGE_ROUTE][CHANGE_CAME] = 1;
	changes.counts[CHANGE_CALL][CHANGE_WENT] = 1;
	html = write_report(&report, &written);
	cr_assert_not_null(strstr(html, "2 changes"));
	cr_assert_eq(count(html, "<img"), 0);
	cr_assert_null(strstr(html, "id=\"data\""));
	free(written.text);
}
