#include "diff/compare/comparison.h"

#include "tests/made_comparison.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * a.c: main (10) calls `direct` at 12, and through ops.run `known` at 14; `other` is
 * never called. It ran: main, called by nobody.
 */
struct small {
	struct made_comparison made;
	uint32_t main, direct, known, other; /* of the scan */
	uint32_t ran_main;
	uint32_t site; /* the indirect one */
	uint32_t direct_call, known_call;
};

static struct small small;

static void small_open(enum site_state state)
{
	struct made_comparison *made = &small.made;

	made_open(made);
	small.main = made_scan(made, "main", "a.c", 10);
	small.direct = made_scan(made, "direct", "a.c", 30);
	small.known = made_scan(made, "known", "a.c", 50);
	small.other = made_scan(made, "other", "b.c", 10);
	small.direct_call = made_direct(made, small.main, 12, small.direct);
	small.site = made_indirect(made, small.main, 14, state);
	small.known_call = made_call_at(made, small.site, small.known, "flow");
	made_entry(made, "cli_0", "cli", small.main);
	small.ran_main = made_ran(made, "main", "a.c", 10);
	made_root(made, small.ran_main, ROOT_MAIN);
}

static void small_close(void)
{
	made_close(&small.made);
}

Test(comparison, what_the_scan_foresees_is_counted_and_not_reported)
{
	const struct comparison *result;

	small_open(SITE_CLOSED);
	made_saw(&small.made, small.ran_main, made_ran(&small.made, "direct", "a.c", 30),
		"a.c", 12);
	made_see(&small.made, (struct observed_call){.caller = small.ran_main,
				      .callee = made_ran(&small.made, "known", "a.c", 50),
				      .file = "a.c",
				      .line = 14,
				      .count = 7});
	result = made_compare(&small.made);
	made_nothing(result);
	cr_assert_eq(result->seen[small.direct_call], 1);
	cr_assert_eq(result->seen[small.known_call], 7);
	cr_assert_eq(result->ran[small.known], 7);
	cr_assert_eq(result->ran[small.main], 1);
	cr_assert_eq(result->ran[small.other], 0);
	cr_assert_eq(result->nindirect, 1);
	cr_assert_eq(result->indirect[0].nconfirmed, 1);
	cr_assert_eq(result->indirect[0].count, 7);
	small_close();
}

/* main called `other` at the line of the indirect site. */
static const struct comparison *see_other(enum site_state state, const char *file,
	unsigned line)
{
	small_open(state);
	made_saw(&small.made, small.ran_main, made_ran(&small.made, "other", file, line),
		"a.c", 14);
	return made_compare(&small.made);
}

Test(comparison, a_call_that_a_closed_site_does_not_list_is_a_bug)
{
	const struct comparison *result = see_other(SITE_CLOSED, "b.c", 10);
	const struct runtime_call *call = made_only(result, VERDICT_BUG);

	cr_assert_eq(call->site, small.site);
	cr_assert_eq(call->caller, small.main);
	cr_assert_eq(call->callee, small.other);
	cr_assert_eq(call->npath, 1);
	cr_assert_eq(call->entry_point, 0);
	cr_assert(strstr(call->because, "a.c:14"), "%s", call->because);
	small_close();
}

Test(comparison, a_call_that_an_open_site_does_not_list_was_predicted)
{
	const struct comparison *result = see_other(SITE_OPEN, "b.c", 10);
	const struct runtime_call *call = made_only(result, VERDICT_HOLE);

	cr_assert_eq(call->site, small.site);
	cr_assert(strstr(call->because, "cast from integer"), "%s", call->because);
	small_close();
}

Test(comparison, a_line_without_a_site_in_the_source_that_was_scanned_is_a_bug)
{
	const struct runtime_call *call;

	small_open(SITE_CLOSED);
	made_saw(&small.made, small.ran_main, made_ran(&small.made, "other", "b.c", 10),
		"a.c", 11);
	call = made_only(made_compare(&small.made), VERDICT_BUG);
	cr_assert_eq(call->site, TRACE_NONE);
	cr_assert(strstr(call->because, "no call"), "%s", call->because);
	small_close();
}

Test(comparison, a_function_of_no_scanned_unit_is_foreign)
{
	struct made_comparison *made = &small.made;
	struct loaded_object object = {"libplug.so", NULL};
	const struct runtime_call *call;

	small_open(SITE_OPEN);
	made_process(made, (struct process){.id = "p",
				   .pid = 1,
				   .objects = &object,
				   .nobjects = 1,
				   .is_complete = true});
	made_saw(made, small.ran_main,
		made_ran_as(made, (struct function){.module = "libplug.so",
					  .name = "plug",
					  .file = "",
					  .type = FUNCTION_EXTERNAL}),
		"a.c", 14);
	call = made_only(made_compare(made), VERDICT_FOREIGN);
	cr_assert_str_eq(call->object, "libplug.so");
	cr_assert(strstr(call->because, "1 of 1 processes"), "%s", call->because);
	cr_assert(strstr(call->because, "cast from integer"), "%s", call->because);
	cr_assert_eq(made->result.nfunctions, 1);
	cr_assert_eq(made->result.functions[0].verdict, VERDICT_FOREIGN);
	small_close();
}

Test(comparison, what_calls_from_no_scanned_unit_is_foreign)
{
	struct made_comparison *made = &small.made;
	uint32_t plug;

	small_open(SITE_OPEN);
	plug = made_ran(made, "plug", "plugins/plug.c", 5);
	made_saw(made, plug, made_ran(made, "other", "b.c", 10), "plugins/plug.c", 7);
	made_only(made_compare(made), VERDICT_FOREIGN);
	small_close();
}

Test(comparison, a_unit_that_was_not_read_whole_is_no_foreign_code)
{
	struct made_comparison *made = &small.made;

	small_open(SITE_CLOSED);
	made->units[made->scan.nunits++] =
		(struct unit){.file = "lost.c", .status = UNIT_FAILED};
	made_saw(made, small.ran_main, made_ran(made, "lost", "lost.c", 5), "a.c", 14);
	made_only(made_compare(made), VERDICT_HOLE);
	small_close();
}

Test(comparison, a_definition_of_another_object_was_interposed)
{
	struct made_comparison *made = &small.made;
	const struct runtime_call *call;

	small_open(SITE_CLOSED);
	made_saw(made, small.ran_main, made_ran(made, "known", "a.c", 50), "a.c", 14);
	made_saw(made, small.ran_main,
		made_ran_as(made, (struct function){.module = "libmock.so",
					  .name = "direct",
					  .file = "",
					  .type = FUNCTION_EXTERNAL}),
		"a.c", 12);
	call = made_only(made_compare(made), VERDICT_INTERPOSED);
	cr_assert_str_eq(call->object, "libmock.so");
	small_close();
}

Test(comparison, a_library_calls_what_it_was_given)
{
	struct made_comparison *made = &small.made;
	const struct runtime_call *call;

	small_open(SITE_CLOSED);
	made_see(made, (struct observed_call){.caller = TRACE_NONE,
			       .callee = made_ran(made, "other", "b.c", 10),
			       .through = "libc.so.6:qsort"});
	call = made_only(made_compare(made), VERDICT_LIBRARY);
	cr_assert_str_eq(call->object, "libc.so.6");
	cr_assert_eq(call->from, TRACE_NONE);
	small_close();
}

Test(comparison, a_model_foresees_what_a_library_calls)
{
	struct made_comparison *made = &small.made;
	uint32_t call;

	small_open(SITE_CLOSED);
	call = made_direct(made, small.main, 16, small.direct);
	made->calls[call].callee = small.other;
	made->calls[call].via = "model";
	made->calls[call].through = "qsort";
	made_see(made, (struct observed_call){.caller = TRACE_NONE,
			       .callee = made_ran(made, "other", "b.c", 10),
			       .through = "libc.so.6:qsort_r",
			       .count = 5});
	made_nothing(made_compare(made));
	cr_assert_eq(made->result.seen[call], 5);
	small_close();
}

Test(comparison, roots_are_entry_points_or_news)
{
	struct made_comparison *made = &small.made;

	small_open(SITE_CLOSED);
	made_entry(made, "thread_0", "thread", small.other);
	made_root(made, made_ran(made, "other", "b.c", 10), ROOT_THREAD);
	made_nothing(made_compare(made));
	small_close();
	small_open(SITE_CLOSED);
	made_root(made, made_ran(made, "other", "b.c", 10), ROOT_SIGNAL);
	cr_assert(strstr(made_only(made_compare(made), VERDICT_LIBRARY)->because,
		"signal handler"));
	small_close();
}

Test(comparison, what_compilers_make_has_no_source)
{
	struct made_comparison *made = &small.made;

	small_open(SITE_CLOSED);
	made_saw(made, small.ran_main,
		made_ran_as(made, (struct function){.module = "program",
					  .name = "+0x1139",
					  .file = "",
					  .type = FUNCTION_UNKNOWN}),
		"a.c", 14);
	made_only(made_compare(made), VERDICT_GENERATED);
	small_close();
	small_open(SITE_CLOSED);
	made_saw(made, small.ran_main,
		made_ran_as(made, (struct function){.module = "libc.so.6",
					  .name = "memcpy",
					  .file = "",
					  .type = FUNCTION_EXTERNAL}),
		"a.c", 11);
	made_only(made_compare(made), VERDICT_GENERATED);
	small_close();
}

Test(comparison, functions_that_moved_make_the_scan_stale)
{
	struct made_comparison *made = &small.made;
	uint32_t main;

	made_open(made);
	made_scan(made, "main", "a.c", 10);
	made_scan(made, "other", "b.c", 10);
	main = made_ran(made, "main", "a.c", 13);
	made_root(made, main, ROOT_MAIN);
	made_saw(made, main, made_ran(made, "other", "b.c", 10), "a.c", 15);
	made_only(made_compare(made), VERDICT_STALE);
	made_close(made);
}

Test(comparison, an_edit_inside_a_function_shows_in_the_next_one)
{
	struct made_comparison *made = &small.made;
	uint32_t direct;

	small_open(SITE_CLOSED);
	direct = made_ran(made, "direct", "a.c", 32);
	made_saw(made, small.ran_main, direct, "a.c", 12);
	made_saw(made, small.ran_main, made_ran(made, "other", "b.c", 10), "a.c", 16);
	made_only(made_compare(made), VERDICT_STALE);
	small_close();
}

Test(comparison, a_line_beyond_the_function_is_not_of_the_source_that_was_scanned)
{
	struct made_comparison *made = &small.made;

	small_open(SITE_CLOSED);
	made_saw(made, small.ran_main, made_ran(made, "other", "b.c", 10), "a.c", 25);
	made_only(made_compare(made), VERDICT_STALE);
	small_close();
}

Test(comparison, calls_are_found_where_a_whole_file_moved)
{
	struct made_comparison *made = &small.made;
	uint32_t main;

	small_open(SITE_CLOSED);
	dynamic_builder_release(&made->builder);
	dynamic_builder_init(&made->builder, &made->arena);
	dynamic_builder_run(&made->builder, "run");
	main = made_ran(made, "main", "a.c", 110);
	made_root(made, main, ROOT_MAIN);
	made_saw(made, main, made_ran(made, "direct", "a.c", 130), "a.c", 112);
	made_nothing(made_compare(made));
	cr_assert_eq(made->result.seen[small.direct_call], 1);
	small_close();
}

Test(comparison, clones_are_what_they_are_made_of)
{
	static const char *const names[] = {"direct.isra.0", "direct.constprop.1.isra.0",
		"direct.part.3", "direct.cold", "direct.lto_priv.0", "direct.llvm.123"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		small_open(SITE_CLOSED);
		made_saw(&small.made, small.ran_main,
			made_ran(&small.made, names[i], "a.c", 30), "a.c", 12);
		made_nothing(made_compare(&small.made));
		small_close();
	}
}

Test(comparison, another_build_directory_is_no_other_program)
{
	struct made_comparison *made = &small.made;
	uint32_t main;

	small_open(SITE_CLOSED);
	dynamic_builder_release(&made->builder);
	dynamic_builder_init(&made->builder, &made->arena);
	dynamic_builder_run(&made->builder, "run");
	main = made_ran(made, "main", "work/build/a.c", 10);
	made_root(made, main, ROOT_MAIN);
	made_saw(made, main, made_ran(made, "direct", "work/build/a.c", 30),
		"work/build/a.c", 12);
	made_nothing(made_compare(made));
	cr_assert_eq(made->result.seen[small.direct_call], 1);
	small_close();
}

Test(comparison, static_functions_of_one_name_are_told_apart_by_file_then_line)
{
	static struct made_comparison made;
	uint32_t near, far, elsewhere, main;

	made_open(&made);
	near = made_scan(&made, "help", "a/util.c", 10);
	far = made_scan(&made, "help", "a/util.c", 90);
	elsewhere = made_scan(&made, "help", "b/util.c", 10);
	made_scan(&made, "main", "main.c", 1);
	main = made_ran(&made, "main", "main.c", 1);
	made_root(&made, main, ROOT_MAIN);
	made_saw(&made, main, made_ran(&made, "help", "a/util.c", 92), "main.c", 3);
	made_saw(&made, main, made_ran(&made, "help", "b/util.c", 10), "main.c", 4);
	made_compare(&made);
	cr_assert_eq(made.result.ran[near], 0);
	cr_assert_eq(made.result.ran[far], 1);
	cr_assert_eq(made.result.ran[elsewhere], 1);
	made_close(&made);
}

Test(comparison, a_call_that_spans_lines_is_recorded_at_any_of_them)
{
	for (unsigned line = 12; line <= 13; line++) {
		small_open(SITE_CLOSED);
		made_saw(&small.made, small.ran_main,
			made_ran(&small.made, "direct", "a.c", 30), "a.c", line);
		made_nothing(made_compare(&small.made));
		small_close();
	}
}

Test(comparison, of_several_sites_that_call_the_same_the_line_decides)
{
	struct made_comparison *made = &small.made;
	uint32_t later;

	small_open(SITE_CLOSED);
	later = made_direct(made, small.main, 17, small.direct);
	made_saw(made, small.ran_main, made_ran(made, "direct", "a.c", 30), "a.c", 17);
	made_nothing(made_compare(made));
	cr_assert_eq(made->result.seen[small.direct_call], 0);
	cr_assert_eq(made->result.seen[later], 1);
	small_close();
}

Test(comparison, a_call_without_a_line_is_of_a_body_that_was_inlined)
{
	struct made_comparison *made = &small.made;
	uint32_t inner;

	small_open(SITE_CLOSED);
	inner = made_direct(made, small.direct, 33, small.other);
	made_saw(made, small.ran_main, made_ran(made, "other", "b.c", 10), NULL, 0);
	made_nothing(made_compare(made));
	cr_assert_eq(made->result.seen[inner], 1);
	small_close();
}

Test(comparison, functions_that_do_the_same_are_folded)
{
	struct made_comparison *made = &small.made;
	uint32_t twin;

	small_open(SITE_CLOSED);
	twin = made_scan(made, "twin", "a.c", 70);
	made_direct(made, twin, 72, small.other);
	made_direct(made, small.direct, 32, small.other);
	made_saw(made, small.ran_main, made_ran(made, "twin", "a.c", 70), "a.c", 12);
	made_nothing(made_compare(made));
	cr_assert_eq(made->result.seen[small.direct_call], 1);
	small_close();
}

Test(comparison, an_alias_is_what_it_stands_for)
{
	struct made_comparison *made = &small.made;
	struct function fn = made_function("alias", "a.c", 80);
	uint32_t alias, call;

	small_open(SITE_CLOSED);
	fn.flags = FUNCTION_ALIAS;
	alias = made_add(made, fn);
	call = made_direct(made, small.main, 18, alias);
	made->calls[made->scan.ncalls++] = (struct call){.site = TRACE_NONE,
		.caller = alias,
		.callee = small.other,
		.via = "alias",
		.confidence = 1};
	made_saw(made, small.ran_main, made_ran(made, "other", "b.c", 10), "a.c", 18);
	made_nothing(made_compare(made));
	cr_assert_eq(made->result.seen[call], 1);
	small_close();
}

Test(comparison, a_way_leads_from_where_control_came)
{
	struct made_comparison *made = &small.made;
	const struct runtime_call *call;
	uint32_t direct;

	small_open(SITE_CLOSED);
	direct = made_ran(made, "direct", "a.c", 30);
	made_saw(made, small.ran_main, direct, "a.c", 12);
	made_saw(made, direct, made_ran(made, "other", "b.c", 10), "a.c", 35);
	call = made_only(made_compare(made), VERDICT_BUG);
	cr_assert_eq(call->npath, 2);
	cr_assert_str_eq(made->run.functions[call->path[0]].name, "main");
	cr_assert_str_eq(made->run.functions[call->path[1]].name, "direct");
	cr_assert_eq(call->entry_point, 0);
	small_close();
}

Test(comparison, the_gravest_comes_first)
{
	struct made_comparison *made = &small.made;
	const struct comparison *result;

	small_open(SITE_CLOSED);
	made_saw(made, small.ran_main, made_ran(made, "plug", "x/plug.c", 5), "a.c", 11);
	made_saw(made, small.ran_main, made_ran(made, "other", "b.c", 10), "a.c", 14);
	made_see(made, (struct observed_call){.caller = TRACE_NONE,
			       .callee = made_ran(made, "known", "a.c", 50),
			       .through = "libx.so"});
	result = made_compare(made);
	cr_assert_eq(result->ncalls, 3);
	for (size_t i = 1; i < 3; i++)
		cr_assert_lt(result->calls[i - 1].verdict, result->calls[i].verdict);
	small_close();
}

Test(comparison, programs_without_a_common_function_are_refused)
{
	struct made_comparison *made = &small.made;
	struct comparison result;
	struct error err;

	made_open(made);
	made_scan(made, "main", "a.c", 10);
	made_root(made, made_ran(made, "start", "z.c", 3), ROOT_MAIN);
	dynamic_builder_finish(&made->builder, "0", &made->run);
	program_init(&made->program, &made->arena, &made->scan);
	cr_assert_not(comparison_make(&made->arena, &made->program, &made->run, &result,
		&err));
	cr_assert(strstr(err.text, "no function in common"), "%s", err.text);
	made_close(made);
}
