/* What did not run, how much did, and who called whom across programs. */
#include "core/dynamic_json.h"
#include "diff/compare/comparison.h"
#include "tests/made_comparison.h"
#include "tests/random_dynamic.h"
#include "tests/unit/scratch.h"

#include <stdio.h>
#include <stdlib.h>

static struct made_comparison made;

/*
 * main.c: main calls `run` and `idle`, `run` calls the static `tiny`; nobody calls
 * `orphan`. tool.c: another program's main calls `tool`.
 */
static uint32_t the_main, run, idle, tiny, orphan, tool;
static uint32_t ran_main, ran_run;

static void open_program(void)
{
	struct function fn = made_function("tiny", "main.c", 70);
	uint32_t other;

	made_open(&made);
	the_main = made_scan(&made, "main", "main.c", 10);
	run = made_scan(&made, "run", "work.c", 30);
	idle = made_scan(&made, "idle", "work.c", 50);
	fn.file = fn.module = "work.c";
	fn.type = FUNCTION_PRIVATE;
	fn.end_line = 72;
	tiny = made_add(&made, fn);
	orphan = made_scan(&made, "orphan", "work.c", 90);
	other = made_scan(&made, "tool_main", "tool.c", 10);
	tool = made_scan(&made, "tool", "tool.c", 30);
	made_direct(&made, the_main, 12, run);
	made_direct(&made, the_main, 13, idle);
	made_direct(&made, run, 32, tiny);
	made_direct(&made, other, 12, tool);
	made_entry(&made, "cli_0", "cli", the_main);
	made_entry(&made, "cli_1", "cli", other);
	made.orphans[made.scan.norphans++] =
		(struct orphan){orphan, "no_callers", TRACE_NONE};
	ran_main = made_ran(&made, "main", "main.c", 10);
	ran_run = made_ran(&made, "run", "work.c", 30);
	made_root(&made, ran_main, ROOT_MAIN);
	made_saw(&made, ran_main, ran_run, "main.c", 12);
}

/* That one was called, short as it is, says that nothing was inlined. */
static void see_tiny(void)
{
	struct function fn = made.functions[tiny];

	made_saw(&made, ran_run, made_ran_as(&made, fn), "work.c", 32);
}

Test(comparison_cover, what_the_program_that_ran_never_called_is_dead)
{
	open_program();
	see_tiny();
	made_compare(&made);
	cr_assert(made.result.is_complete);
	cr_assert_eq(made.result.ndead, 1);
	cr_assert_eq(made.result.dead[0], idle);
	cr_assert_eq(made.result.nunobserved, 1);
	cr_assert_eq(made.calls[made.result.unobserved[0]].callee, idle);
	made_close(&made);
}

Test(comparison_cover, what_may_be_inlined_is_not_called_dead)
{
	open_program();
	made_compare(&made);
	cr_assert_eq(made.result.ndead, 1, "%zu", made.result.ndead);
	cr_assert_eq(made.result.dead[0], idle, "of another file: not inlined");
	made_close(&made);
}

static void check_incomplete(struct process process)
{
	open_program();
	process.id = "p";
	made_process(&made, process);
	see_tiny();
	made_compare(&made);
	cr_assert_not(made.result.is_complete);
	cr_assert_eq(made.result.ndead, 0);
	cr_assert_eq(made.result.nunobserved, 0);
	made_close(&made);
}

Test(comparison_cover, nothing_is_dead_where_something_was_not_recorded)
{
	const struct drop drop = {"edge_overflow", 2};

	check_incomplete((struct process){.drops = &drop, .ndrops = 1});
	check_incomplete((struct process){.mode = PROCESS_INDIRECT, .is_complete = true});
	check_incomplete((struct process){.mode = PROCESS_AUDIT, .is_complete = true});
}

Test(comparison_cover, an_orphan_that_ran_is_told)
{
	open_program();
	made_see(&made, (struct observed_call){.caller = TRACE_NONE,
				.callee = made_ran(&made, "orphan", "work.c", 90),
				.through = "libx.so:f"});
	made_compare(&made);
	cr_assert_eq(made.result.nrevived, 1);
	cr_assert_eq(made.result.revived[0], orphan);
	made_close(&made);
}

static const struct coverage *module_of(const char *name)
{
	for (size_t i = 0; i < made.result.nmodules; i++)
		if (strcmp(made.result.modules[i].name, name) == 0)
			return &made.result.modules[i];
	cr_assert_fail("no module %s", name);
	return NULL;
}

Test(comparison_cover, modules_are_hot_from_75_percent_and_cold_below_25)
{
	open_program();
	see_tiny();
	made_compare(&made);
	cr_assert(module_of("main.c")->is_hot);
	cr_assert_eq(module_of("work.c")->functions, 4);
	cr_assert_eq(module_of("work.c")->functions_ran, 2);
	cr_assert_not(module_of("work.c")->is_hot || module_of("work.c")->is_cold);
	cr_assert(module_of("tool.c")->is_cold);
	cr_assert_eq(made.result.total.functions, 7);
	cr_assert_eq(made.result.total.functions_ran, 3);
	cr_assert(made.result.entries[0].has_run);
	cr_assert_not(made.result.entries[1].has_run);
	made_close(&made);
}

Test(comparison_cover, a_recording_that_knows_the_routes_tells_which_ran)
{
	static const char *const run_word[] = {"run"}, *const idle_word[] = {"idle"};
	struct route routes[] = {
		{.program = "program", .tokens = idle_word, .ntokens = 1},
		{.program = "program", .tokens = run_word, .ntokens = 1},
	};
	const struct covered_route covered = {
		.program = "program", .tokens = run_word, .ntokens = 1};

	open_program();
	routes[0].handler = routes[1].handler = run;
	made.scan.routes = routes;
	made.scan.nroutes = 2;
	made_compare(&made);
	cr_assert(made.result.routes[0].has_run && made.result.routes[0].is_unsure);
	cr_assert(made.result.routes[1].has_run && made.result.routes[1].is_unsure);
	made_close(&made);

	open_program();
	made.scan.routes = routes;
	made.scan.nroutes = 2;
	dynamic_builder_route(&made.builder, &covered, &(struct route_share){.count = 3});
	made_compare(&made);
	cr_assert_eq(made.result.routes[1].count, 3);
	cr_assert(made.result.routes[1].has_run && !made.result.routes[1].is_unsure);
	made_close(&made);
}

static const struct crossing *crossing_of(const char *kind)
{
	for (size_t i = 0; i < made.result.ncrossings; i++)
		if (strcmp(made.result.crossings[i].kind, kind) == 0)
			return &made.result.crossings[i];
	cr_assert_fail("no crossing by %s", kind);
	return NULL;
}

Test(comparison_cover, programs_that_start_others_cross)
{
	open_program();
	made_process(&made, (struct process){.id = "a", .pid = 10, .start_us = 1});
	made_process(&made,
		(struct process){.id = "b", .pid = 11, .parent = 10, .start_us = 2});
	made_process(&made, (struct process){.id = "c",
				    .pid = 11,
				    .parent = 10,
				    .start_us = 3,
				    .program = "sort"});
	made_compare(&made);
	cr_assert_eq(made.result.ncrossings, 2);
	cr_assert_str_eq(crossing_of("fork")->to, "program");
	cr_assert_str_eq(crossing_of("exec")->to, "sort");
	cr_assert_eq(crossing_of("exec")->count, 1);
	made_close(&made);
}

Test(comparison_cover, a_trace_that_enters_another_process_crosses)
{
	const struct metadata path = {"path", "/jobs"};
	struct span spans[2] = {
		{.id = "a", .function = TRACE_NONE, .name = "main", .start_us = 1},
		{.id = "b",
			.parent = "a",
			.function = TRACE_NONE,
			.name = "serve",
			.start_us = 2,
			.metadata = &path,
			.nmetadata = 1},
	};

	open_program();
	spans[0].process = made_process(&made, (struct process){.id = "a", .pid = 1});
	spans[1].process = made_process(&made,
		(struct process){.id = "b", .pid = 2, .program = "service"});
	dynamic_builder_trace(&made.builder,
		&(struct observed_trace){.id = "t", .spans = spans, .nspans = 2});
	made_compare(&made);
	cr_assert_eq(made.result.ncrossings, 1, "%zu", made.result.ncrossings);
	cr_assert_str_eq(made.result.crossings[0].from, "program");
	cr_assert_str_eq(made.result.crossings[0].to, "service");
	cr_assert_str_eq(made.result.crossings[0].detail, "/jobs");
	made_close(&made);
}

/* A story of four: the last two wait for messages, and began to before it did. */
Test(comparison_cover, a_message_crosses_from_what_began_before_it)
{
	static const char *const programs[] = {"cli", "service", "worker", "store"};
	static const struct metadata begins[] = {
		{"execution_begin", "1300"}, {"execution_begin", "1400"}};
	static const uint64_t starts[] = {1000, 1100, 900, 950};
	static const uint64_t ends[] = {1200, 1190, 1350, 1500};

	open_program();
	for (size_t i = 0; i < 4; i++) {
		struct span span = {.id = programs[i],
			.function = TRACE_NONE,
			.name = "root",
			.start_us = starts[i],
			.duration_us = ends[i] - starts[i],
			.metadata = i < 2 ? NULL : &begins[i - 2],
			.nmetadata = i >= 2};

		span.process = made_process(&made, (struct process){.id = programs[i],
							   .pid = (uint32_t)i + 1,
							   .program = programs[i]});
		dynamic_builder_trace(&made.builder, &(struct observed_trace){.id = "t",
							     .guid = programs[i],
							     .spans = &span,
							     .nspans = 1});
	}
	made_compare(&made);
	cr_assert_eq(made.result.ncrossings, 3, "%zu", made.result.ncrossings);
	for (size_t i = 0; i < 3; i++)
		cr_expect_str_eq(made.result.crossings[i].kind, "trace");
	cr_expect_str_eq(made.result.crossings[0].from, "cli");
	cr_expect_str_eq(made.result.crossings[0].to, "service");
	cr_expect_str_eq(made.result.crossings[1].from, "service");
	cr_expect_str_eq(made.result.crossings[1].to, "worker");
	cr_expect_str_eq(made.result.crossings[2].from, "worker");
	cr_expect_str_eq(made.result.crossings[2].to, "store");
	made_close(&made);
}

/* --- recordings read as one --------------------------------------------------------- */

static char *read_as_one(char *const *paths, size_t npaths)
{
	struct arena arena = {0};
	struct dynamic_trace trace;
	struct error err;
	char *bytes;
	size_t size;
	FILE *stream = open_memstream(&bytes, &size);

	cr_assert(comparison_read(&arena, paths, npaths, &trace, &err), "%s", err.text);
	trace.tool_version = "0";
	cr_assert(dynamic_json_write(&trace, stream));
	fclose(stream);
	arena_release(&arena);
	return bytes;
}

Test(comparison_cover, the_order_of_recordings_does_not_show, .init = scratch_make,
	.fini = scratch_remove)
{
	for (unsigned seed = 0; seed < 40; seed++) {
		struct arena arena = {0};
		char *paths[3], *turned[3], *left, *right;
		struct error err;

		for (size_t i = 0; i < 3; i++) {
			struct random_trace random = {&arena, seed * 3 + (unsigned)i, 0};
			struct dynamic_trace trace = random_dynamic(&random, seed % 20);

			paths[i] = arena_printf(&arena, "%s",
				scratch_path(arena_printf(&arena, "%zu.json", i)));
			turned[2 - i] = paths[i];
			cr_assert(dynamic_json_save(&trace, paths[i], &err));
		}
		left = read_as_one(paths, 3);
		right = read_as_one(turned, 3);
		cr_assert_str_eq(left, right, "seed %u", seed);
		free(left);
		free(right);
		arena_release(&arena);
	}
}

Test(comparison_cover, a_static_file_is_no_recording)
{
	char *const paths[] = {TEST_DATA "/../schemas/examples/static.json"};
	struct arena arena = {0};
	struct dynamic_trace trace;
	struct error err;

	cr_assert_not(comparison_read(&arena, paths, 1, &trace, &err));
	cr_assert(strstr(err.text, "this is a 'static' file"), "%s", err.text);
	arena_release(&arena);
}

Test(comparison_cover, nothing_is_dead_in_a_source_that_was_edited)
{
	open_program();
	see_tiny();
	made_saw(&made, ran_main, made_ran(&made, "orphan", "work.c", 93), "main.c", 14);
	made_compare(&made);
	cr_assert(made.result.is_complete);
	cr_assert_eq(made.result.ndead, 0);
	made_close(&made);
}
