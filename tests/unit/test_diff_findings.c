/* Fingerprints, baselines, and what comments ask to be ignored. */
#include "core/arena.h"
#include "core/baseline_json.h"
#include "core/error.h"
#include "core/rule_file.h"
#include "diff/report/finding_list.h"
#include "diff/report/known_findings.h"
#include "diff/report/source_comments.h"
#include "diff/report/suppressions.h"
#include "scratch.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;

static void drop_arena(void)
{
	arena_release(&arena);
}

TestSuite(diff_findings, .fini = drop_arena);

static void add(struct finding_list *list, enum finding kind, const char *function,
	unsigned line)
{
	const struct diff_finding finding = {.kind = kind,
		.at = {"a.c", line, 1},
		.module = "a",
		.function = function,
		.message = function};

	finding_list_add(list, &finding, "callee");
}

static const char *fingerprint_of(const struct diff_findings *findings, size_t i)
{
	return findings->items[i].fingerprint;
}

Test(diff_findings, fingerprints_do_not_know_lines)
{
	scoped_findings before = {.arena = &arena}, after = {.arena = &arena};
	struct diff_findings a, b;

	add(&before, FINDING_PREDICTED_HOLE, "f", 10);
	add(&before, FINDING_PREDICTED_HOLE, "g", 20);
	add(&after, FINDING_PREDICTED_HOLE, "f", 110);
	add(&after, FINDING_PREDICTED_HOLE, "g", 120);
	finding_list_finish(&before, &a);
	finding_list_finish(&after, &b);
	cr_expect_str_eq(fingerprint_of(&a, 0), fingerprint_of(&b, 0));
	cr_expect_str_eq(fingerprint_of(&a, 1), fingerprint_of(&b, 1));
	cr_expect_str_neq(fingerprint_of(&a, 0), fingerprint_of(&a, 1));
	cr_expect_eq(strlen(fingerprint_of(&a, 0)), FINGERPRINT_DIGITS);
}

Test(diff_findings, several_of_one_name_are_several_and_their_number_is_what_counts)
{
	scoped_findings two = {.arena = &arena}, three = {.arena = &arena};
	struct diff_findings a, b;
	size_t ncommon = 0;

	add(&two, FINDING_PREDICTED_HOLE, "f", 10);
	add(&two, FINDING_PREDICTED_HOLE, "f", 20);
	add(&three, FINDING_PREDICTED_HOLE, "f", 5);
	add(&three, FINDING_PREDICTED_HOLE, "f", 10);
	add(&three, FINDING_PREDICTED_HOLE, "f", 20);
	finding_list_finish(&two, &a);
	finding_list_finish(&three, &b);
	cr_expect_str_neq(fingerprint_of(&a, 0), fingerprint_of(&a, 1));
	for (size_t i = 0; i < a.count; i++)
		for (size_t k = 0; k < b.count; k++)
			ncommon +=
				strcmp(fingerprint_of(&a, i), fingerprint_of(&b, k)) == 0;
	cr_expect_eq(ncommon, 2);
}

Test(diff_findings, errors_stand_first_then_it_goes_by_place)
{
	scoped_findings list = {.arena = &arena};
	struct diff_findings out;

	add(&list, FINDING_DEAD_FUNCTION, "f", 1);
	add(&list, FINDING_PREDICTED_HOLE, "f", 9);
	add(&list, FINDING_PREDICTED_HOLE, "f", 3);
	add(&list, FINDING_ANALYSIS_BUG, "f", 30);
	finding_list_finish(&list, &out);
	cr_expect_eq(out.items[0].kind, FINDING_ANALYSIS_BUG);
	cr_expect_eq(out.items[1].at.line, 3);
	cr_expect_eq(out.items[2].at.line, 9);
	cr_expect_eq(out.items[3].kind, FINDING_DEAD_FUNCTION);
}

Test(diff_findings, a_baseline_tells_new_known_and_fixed_apart, .init = scratch_make)
{
	scoped_findings before = {.arena = &arena}, after = {.arena = &arena};
	const bool all[FINDING_COUNT] = {[FINDING_PREDICTED_HOLE] = true};
	const bool none[FINDING_COUNT] = {false};
	struct diff_findings old, new;
	struct baseline baseline;
	struct error err;

	add(&before, FINDING_PREDICTED_HOLE, "stays", 1);
	add(&before, FINDING_PREDICTED_HOLE, "goes", 2);
	add(&after, FINDING_PREDICTED_HOLE, "stays", 11);
	add(&after, FINDING_PREDICTED_HOLE, "comes", 12);
	finding_list_finish(&before, &old);
	finding_list_finish(&after, &new);
	known_findings_list(&arena, &old, &baseline);
	cr_assert(baseline_json_save(&baseline, scratch_path("b.json"), &err), "%s",
		err.text);
	cr_assert(baseline_json_read(&arena, scratch_path("b.json"), &baseline, &err),
		"%s", err.text);
	cr_expect_eq(known_findings_mark(&new, &baseline, all), 1);
	cr_expect_eq(new.items[0].state, DIFF_KNOWN);
	cr_expect_eq(new.items[1].state, DIFF_NEW);
	cr_expect_eq(known_findings_mark(&new, &baseline, none), 0,
		"what nobody looked for is not fixed");
	scratch_remove();
}

static void check_refused(const char *text, const char *part)
{
	struct baseline out;
	struct error err = {0};

	scratch_write("b.json", text);
	cr_expect_not(baseline_json_read(&arena, scratch_path("b.json"), &out, &err),
		"accepted: %s", text);
	cr_expect(strstr(err.text, part), "'%s' lacks '%s'", err.text, part);
}

#define DIGITS "0123456789abcdef0123456789abcdef"
#define ENTRY                                                                                   \
	"{\"id\": \"PCA019\", \"module\": null, \"function\": null, \"fingerprint\": \"" DIGITS \
	"\"}"

Test(diff_findings, a_wrong_baseline_is_refused, .init = scratch_make)
{
	check_refused("", "empty");
	check_refused("{\"kind\": \"baseline\", \"schema_version\": \"1.0\"}",
		"'findings'");
	check_refused("{\"kind\": \"static\"}", "the kind is 'static'");
	check_refused("{\"kind\": \"baseline\", \"schema_version\": \"2.0\"}", "newer");
	check_refused("{\"schema_version\": \"1.0\", \"findings\": []}", "'kind'");
	check_refused(
		"{\"kind\": \"baseline\", \"schema_version\": \"1.0\", \"findings\": "
		"[{\"id\": \"x\", \"module\": null, \"function\": null, "
		"\"fingerprint\": \"12\"}]}",
		"hexadecimal");
	check_refused(
		"{\"kind\": \"baseline\", \"schema_version\": \"1.0\", \"findings\": [" ENTRY
		", " ENTRY "]}",
		"twice");
	check_refused("{\"kind\": \"baseline\", \"findings\": [1]}", "");
	scratch_remove();
}

static const struct source_comment *only_comment(const char *source)
{
	struct source_comments found =
		source_comments_find(&arena, source, strlen(source));

	cr_assert_eq(found.count, 1, "%zu in: %s", found.count, source);
	return &found.items[0];
}

Test(diff_findings, a_comment_covers_its_line_or_the_next_with_code)
{
	cr_expect_eq(only_comment("f(); // pcarch: ignore PCA019 why")->covers, 1);
	cr_expect_eq(only_comment("\n/* pcarch: ignore PCA019 why */ f();")->covers, 2);
	cr_expect_eq(only_comment("// pcarch: ignore PCA019 why\n\n/* x */\nf();")
			     ->covers,
		4);
	cr_expect_eq(only_comment("/* pcarch: ignore PCA019\n * why */\nf();")->covers,
		3);
	cr_expect_eq(only_comment("// pcarch: ignore PCA019 why")->covers, 1);
}

Test(diff_findings, a_comment_gives_findings_and_a_reason)
{
	const struct source_comment *comment = only_comment(
		"/*  pcarch: ignore PCA019,dead-function   plug-ins\n * by\tname  */");

	cr_expect_str_eq(comment->findings, "PCA019,dead-function");
	cr_expect_str_eq(comment->reason, "plug-ins by name");
	comment = only_comment("// pcarch: ignore PCA019\nf();");
	cr_expect_str_eq(comment->reason, "");
	comment = only_comment("// pcarch: ignore");
	cr_expect_str_eq(comment->findings, "");
}

Test(diff_findings, what_only_looks_like_a_comment_is_none)
{
	static const char *const sources[] = {
		"char *s = \"/* pcarch: ignore PCA019 x */\";",
		"char *s = \"\\\" // pcarch: ignore PCA019 x\";",
		"// pcarch: ignored PCA019 x",
		"// see pcarch: ignore PCA019 x",
		"pcarch: ignore PCA019 x",
	};

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++)
		cr_expect_eq(source_comments_find(&arena, sources[i], strlen(sources[i]))
				     .count,
			0, "%s", sources[i]);
	cr_expect_eq(only_comment("char c = '\"'; // pcarch: ignore PCA019 x")->covers,
		1);
	cr_expect_eq(only_comment("/* unclosed\n*/ x /* pcarch: ignore PCA019 x")->covers,
		2);
}

static struct finding_list *suppressed(const char *source, const struct rule_file *rules)
{
	static const char *const files[] = {"a.c", "a.c", "../a.c", "<a.h>", ""};
	static struct finding_list list;
	const struct suppressions_request request = {
		.root = scratch_dir,
		.files = files,
		.nfiles = 5,
		.rules = rules,
		.rules_name = ".pcarch.json",
	};

	list = (struct finding_list){.arena = &arena};
	scratch_write("a.c", source);
	add(&list, FINDING_PREDICTED_HOLE, "f", 2);
	add(&list, FINDING_ANALYSIS_BUG, "f", 2);
	suppressions_apply(&request, &list);
	return &list;
}

Test(diff_findings, a_comment_suppresses_what_it_names_on_its_line, .init = scratch_make)
{
	struct finding_list *list =
		suppressed("// pcarch: ignore predicted-hole meant\nf();\n", NULL);

	cr_expect_eq(list->count, 2);
	cr_expect_str_eq(list->items[0].suppressed, "meant");
	cr_expect(list->items[0].is_suppressed_in_source);
	cr_expect_null(list->items[1].suppressed);
	finding_list_release(list);
	scratch_remove();
}

Test(diff_findings, without_a_reason_nothing_is_suppressed, .init = scratch_make)
{
	struct finding_list *list = suppressed("\nf(); // pcarch: ignore PCA019\n", NULL);

	cr_expect_eq(list->count, 3);
	cr_expect_null(list->items[0].suppressed);
	cr_expect_eq(list->items[2].kind, FINDING_SUPPRESSION_WITHOUT_REASON);
	cr_expect_eq(list->items[2].at.line, 2);
	finding_list_release(list);
	list = suppressed("\nf(); // pcarch: ignore PCA999 because\n", NULL);
	cr_expect_eq(list->count, 3);
	cr_expect(strstr(list->items[2].message, "'PCA999'"));
	finding_list_release(list);
	scratch_remove();
}

Test(diff_findings, a_rule_suppresses_by_patterns, .init = scratch_make)
{
	static const char *const names[] = {"PCA019", "PCA018"};
	const struct suppression_rule rules[] = {
		{names, 1, "b*", NULL, NULL, "another module", {0}},
		{names, 2, "a", "[f]", "*.c", "meant", {0}},
	};
	const struct rule_file file = {.suppressions = rules, .nsuppressions = 2};
	struct finding_list *list = suppressed("", &file);

	cr_expect_eq(list->count, 2);
	cr_expect_str_eq(list->items[0].suppressed, "meant");
	cr_expect_str_eq(list->items[1].suppressed, "meant");
	cr_expect_not(list->items[0].is_suppressed_in_source);
	finding_list_release(list);
	scratch_remove();
}
