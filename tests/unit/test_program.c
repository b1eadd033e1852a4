#include "core/program.h"

#include "core/function_name.h"
#include "tests/random_trace.h"

#include <criterion/criterion.h>
#include <string.h>

/*
 * main -> parse -> fail, main -> run -> fail, run -> run; static `help` in two files, of
 * which main calls the first; nobody calls `lonely`.
 */
enum {
	MAIN,
	HELP_A,
	PARSE,
	HELP_B,
	RUN,
	FAIL,
	LONELY,
	NFUNCTIONS
};

static const struct function functions[] = {
	[MAIN] = {.module = "src/main",
		.name = "main",
		.file = "src/main.c",
		.line = 10,
		.end_line = 20,
		.column = 5},
	[HELP_A] = {.module = "src/main",
		.name = "help",
		.file = "src/main.c",
		.line = 30,
		.end_line = 31,
		.column = 13},
	[PARSE] = {.module = "src/parse",
		.name = "parse",
		.file = "src/parse.c",
		.line = 5,
		.end_line = 50,
		.column = 6},
	[HELP_B] = {.module = "src/parse",
		.name = "help",
		.file = "src/parse.c",
		.line = 60,
		.end_line = 61,
		.column = 13},
	[RUN] = {.module = "lib/run",
		.name = "run",
		.file = "lib/run.c",
		.line = 7,
		.end_line = 9,
		.column = 6},
	[FAIL] = {.module = "lib/run",
		.name = "fail",
		.file = "lib/run.h",
		.line = 3,
		.end_line = 3,
		.column = 20},
	[LONELY] = {.module = "lib/run",
		.name = "lonely",
		.file = "lib/run.h",
		.line = 3,
		.end_line = 3,
		.column = 40},
};

static const struct call_site sites[] = {{.caller = MAIN}, {.caller = MAIN},
	{.caller = MAIN}, {.caller = PARSE}, {.caller = RUN}, {.caller = RUN}};

static const struct call calls[] = {
	{.site = 0, .caller = MAIN, .callee = PARSE},
	{.site = 1, .caller = MAIN, .callee = RUN},
	{.site = 2, .caller = MAIN, .callee = HELP_A},
	{.site = 3, .caller = PARSE, .callee = FAIL},
	{.site = 4, .caller = RUN, .callee = FAIL},
	{.site = 5, .caller = RUN, .callee = RUN},
	{.site = TRACE_NONE, .caller = RUN, .callee = FAIL},
};

static const struct static_trace trace = {
	.functions = functions,
	.nfunctions = NFUNCTIONS,
	.sites = sites,
	.nsites = sizeof(sites) / sizeof(sites[0]),
	.calls = calls,
	.ncalls = sizeof(calls) / sizeof(calls[0]),
};

static struct arena arena;
static struct program program;

static void setup(void)
{
	program_init(&program, &arena, &trace);
}

static void teardown(void)
{
	arena_release(&arena);
}

TestSuite(program, .init = setup, .fini = teardown);
TestSuite(function_name, .init = setup, .fini = teardown);

static void check_list(struct index_list list, size_t count, const uint32_t *expected)
{
	cr_assert_eq(list.count, count, "%zu items, not %zu", list.count, count);
	for (size_t i = 0; i < count; i++)
		cr_assert_eq(list.items[i], expected[i]);
}

#define CHECK_LIST(list, ...)                                                  \
	check_list(list, sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t), \
		(const uint32_t[]){__VA_ARGS__})

Test(program, groups_calls_by_either_end_and_by_site)
{
	CHECK_LIST(program_calls_from(&program, MAIN), 0, 1, 2);
	CHECK_LIST(program_calls_from(&program, RUN), 4, 5, 6);
	CHECK_LIST(program_calls_to(&program, FAIL), 3, 4, 6);
	CHECK_LIST(program_calls_to(&program, RUN), 1, 5);
	CHECK_LIST(program_calls_at(&program, 4), 4);
	CHECK_LIST(program_sites_in(&program, RUN), 4, 5);
	cr_assert_eq(program_calls_to(&program, LONELY).count, 0);
	cr_assert_eq(program_calls_from(&program, LONELY).count, 0);
}

Test(program, knows_functions_by_name_and_module)
{
	CHECK_LIST(program_named(&program, "help"), HELP_A, HELP_B);
	CHECK_LIST(program_named(&program, "run"), RUN);
	cr_assert_eq(program_named(&program, "hel").count, 0);
	cr_assert_eq(program.nmodules, 3);
	cr_assert_str_eq(program.modules[2], "lib/run");
	CHECK_LIST(program_in_module(&program, 2), RUN, FAIL, LONELY);
	cr_assert_eq(program.module_of[HELP_B], 1);
}

Test(program, measures_distances_both_ways)
{
	uint32_t from = MAIN, to[] = {FAIL, FAIL, HELP_B};
	const uint32_t *down = program_distances(&program, &arena,
		(struct index_list){&from, 1}, PROGRAM_CALLEES);
	const uint32_t *up = program_distances(&program, &arena,
		(struct index_list){to, 3}, PROGRAM_CALLERS);

	cr_assert_eq(down[MAIN], 0);
	cr_assert_eq(down[RUN], 1);
	cr_assert_eq(down[FAIL], 2);
	cr_assert_eq(down[LONELY], TRACE_NONE);
	cr_assert_eq(down[HELP_B], TRACE_NONE);
	cr_assert_eq(up[FAIL], 0);
	cr_assert_eq(up[HELP_B], 0);
	cr_assert_eq(up[MAIN], 2);
	cr_assert_eq(up[HELP_A], TRACE_NONE);
}

Test(program, of_nothing_has_nothing)
{
	const struct static_trace nothing = {0};
	struct program empty;

	program_init(&empty, &arena, &nothing);
	cr_assert_eq(empty.nmodules, 0);
	cr_assert_eq(program_named(&empty, "main").count, 0);
	cr_assert_eq(function_name_find(&empty, &arena, "main.c:3").count, 0);
	cr_assert_eq(module_name_find(&empty, &arena, "main").count, 0);
}

/* Every call stands once under its caller and once under its callee. */
Test(program, every_call_of_a_random_trace_is_found_from_both_ends)
{
	for (unsigned seed = 0; seed < 50; seed++) {
		struct random_trace random = {&arena, seed, seed % 2};
		struct static_trace made = random_trace(&random, 1 + seed * 3);
		size_t nout = 0, nin = 0;

		program_init(&program, &arena, &made);
		for (uint32_t f = 0; f < made.nfunctions; f++) {
			struct index_list out = program_calls_from(&program, f);
			struct index_list in = program_calls_to(&program, f);

			for (size_t i = 0; i < out.count; i++)
				cr_assert_eq(made.calls[out.items[i]].caller, f);
			for (size_t i = 0; i < in.count; i++)
				cr_assert_eq(made.calls[in.items[i]].callee, f);
			nout += out.count;
			nin += in.count;
		}
		cr_assert_eq(nout, made.ncalls);
		cr_assert_eq(nin, made.ncalls);
	}
}

static struct index_list find(const char *spelled)
{
	return function_name_find(&program, &arena, spelled);
}

Test(function_name, finds_by_name_file_and_module)
{
	CHECK_LIST(find("run"), RUN);
	CHECK_LIST(find("help"), HELP_A, HELP_B);
	CHECK_LIST(find("src/main.c:help"), HELP_A);
	CHECK_LIST(find("src/parse:help"), HELP_B);
	CHECK_LIST(find("./src/parse:help"), HELP_B);
	cr_assert_eq(find("lib/run:help").count, 0);
	cr_assert_eq(find("nothing").count, 0);
	cr_assert_eq(find("").count, 0);
	cr_assert_eq(find(":").count, 0);
}

Test(function_name, finds_by_any_line_of_the_function)
{
	CHECK_LIST(find("src/main.c:10"), MAIN);
	CHECK_LIST(find("src/main.c:20"), MAIN);
	cr_assert_eq(find("src/main.c:21").count, 0);
	cr_assert_eq(find("src/main.c:9").count, 0);
	CHECK_LIST(find("src/main.c:15:3"), MAIN);
	cr_assert_eq(find("src/main.c:99999999999999999999").count, 0);
}

Test(function_name, a_column_tells_functions_of_one_line_apart)
{
	CHECK_LIST(find("lib/run.h:3"), FAIL, LONELY);
	CHECK_LIST(find("lib/run.h:3:40"), LONELY);
}

Test(function_name, paths_may_be_cut_at_the_left_after_a_slash)
{
	CHECK_LIST(find("parse.c:help"), HELP_B);
	CHECK_LIST(find("parse:help"), HELP_B);
	CHECK_LIST(find("run.c:8"), RUN);
	cr_assert_eq(find("arse.c:help").count, 0);
}

Test(function_name, a_whole_path_hides_a_cut_one)
{
	static const struct function two[] = {
		{.module = "a", .name = "f", .file = "a.c", .line = 1},
		{.module = "lib/a", .name = "f", .file = "lib/a.c", .line = 1},
	};
	const struct static_trace made = {.functions = two, .nfunctions = 2};

	program_init(&program, &arena, &made);
	CHECK_LIST(find("a.c:f"), 0);
	CHECK_LIST(find("a.c:1"), 0);
	CHECK_LIST(find("f"), 0, 1);
	CHECK_LIST(module_name_find(&program, &arena, "a"), 0);
}

Test(function_name, the_unique_name_finds_its_function_and_no_other)
{
	cr_assert_str_eq(function_name_unique(&program, &arena, RUN), "run");
	cr_assert_str_eq(function_name_unique(&program, &arena, HELP_B),
		"src/parse:help");
	for (uint32_t f = 0; f < NFUNCTIONS; f++)
		CHECK_LIST(find(function_name_unique(&program, &arena, f)), f);
}

Test(function_name, modules_are_found_by_their_files_too)
{
	CHECK_LIST(module_name_find(&program, &arena, "lib/run"), 2);
	CHECK_LIST(module_name_find(&program, &arena, "run.h"), 2);
	CHECK_LIST(module_name_find(&program, &arena, "parse"), 1);
	cr_assert_eq(module_name_find(&program, &arena, "un").count, 0);
	cr_assert_eq(module_name_find(&program, &arena, "").count, 0);
}
