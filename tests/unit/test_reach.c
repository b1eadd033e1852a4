#include "analyzer/link/reach.h"

#include "analyzer/link/link.h"
#include "core/arena.h"
#include "core/trace.h"

#include <criterion/criterion.h>
#include <string.h>

enum {
	MAX_FUNCTIONS = 16,
};

/* A program in short: names, and calls as pairs of letters, "mab" being m, a, b. */
struct program {
	struct arena arena;
	struct function functions[MAX_FUNCTIONS];
	struct call calls[64];
	struct entry_point entries[MAX_FUNCTIONS];
	struct static_trace trace;
	struct link_options options;
};

static uint32_t add(struct program *program, const char *name, enum function_type type)
{
	uint32_t i = (uint32_t)program->trace.nfunctions++;

	program->functions[i] = (struct function){
		.module = "module",
		.name = name,
		.file = "module.c",
		.signature = "",
		.type = type,
	};
	return i;
}

static void call(struct program *program, uint32_t caller, uint32_t callee)
{
	program->calls[program->trace.ncalls++] = (struct call){
		.site = TRACE_NONE, .caller = caller, .callee = callee, .via = "direct"};
}

static void enter(struct program *program, const char *type, uint32_t function)
{
	program->entries[program->trace.nentry_points++] =
		(struct entry_point){.id = type, .type = type, .function = function};
}

/* Control enters at what is called main, and wherever the test said. */
static void compute(struct program *program)
{
	size_t given = program->trace.nentry_points;

	for (uint32_t i = 0; i < program->trace.nfunctions && !given; i++)
		if (strcmp(program->functions[i].name, "main") == 0)
			enter(program, "cli", i);
	program->trace.entry_points = program->entries;
	program->trace.functions = program->functions;
	program->trace.calls = program->calls;
	reach_compute(&program->arena, &program->options, &program->trace);
}

static const char *orphan_reason(const struct program *program, uint32_t function)
{
	for (size_t i = 0; i < program->trace.norphans; i++)
		if (program->trace.orphans[i].function == function)
			return program->trace.orphans[i].reason;
	return "reached";
}

Test(reach, is_breadth_first_with_the_real_depth)
{
	struct program program = {0};
	uint32_t last = add(&program, "main", FUNCTION_PUBLIC), a, b;
	const struct reach *reach;

	a = add(&program, "a", FUNCTION_PRIVATE);
	b = add(&program, "b", FUNCTION_EXTERNAL);
	call(&program, last, a);
	call(&program, last, b);
	call(&program, a, add(&program, "c", FUNCTION_PUBLIC));
	compute(&program);
	cr_assert_eq(program.trace.nreaches, 1);
	reach = &program.trace.reaches[0];
	cr_assert_eq(reach->nfunctions, 4);
	cr_assert_eq(reach->functions[1], a);
	cr_assert_eq(reach->functions[2], b);
	cr_assert_eq(reach->depth, 3);
	arena_release(&program.arena);
}

Test(reach, ends_in_a_cycle)
{
	struct program program = {0};
	uint32_t start = add(&program, "main", FUNCTION_PUBLIC);
	uint32_t other = add(&program, "other", FUNCTION_PUBLIC);

	call(&program, start, start);
	call(&program, start, other);
	call(&program, other, start);
	compute(&program);
	cr_assert_eq(program.trace.reaches[0].function_count, 2);
	cr_assert_eq(program.trace.reaches[0].depth, 2);
	arena_release(&program.arena);
}

Test(reach, limits_shorten_the_list_and_nothing_else)
{
	struct program program = {.options = {.max_functions = 3}};
	uint32_t caller = add(&program, "main", FUNCTION_PUBLIC);

	for (int i = 0; i < 9; i++) {
		uint32_t callee = add(&program, "f", FUNCTION_PUBLIC);

		call(&program, caller, callee);
		caller = callee;
	}
	compute(&program);
	cr_assert_eq(program.trace.reaches[0].nfunctions, 3);
	cr_assert_eq(program.trace.reaches[0].function_count, 10);
	cr_assert_eq(program.trace.reaches[0].depth, 10);
	cr_assert_eq(program.trace.norphans, 0);
	program.options = (struct link_options){.max_depth = 5};
	compute(&program);
	cr_assert_eq(program.trace.reaches[0].nfunctions, 5);
	cr_assert_eq(program.trace.reaches[0].function_count, 10);
	arena_release(&program.arena);
}

Test(reach, many_entry_points_of_a_type_share_what_is_listed)
{
	enum {
		ENTRIES = 11
	};
	struct program program = {.options = {.max_functions = 1000}};
	struct function functions[1000];
	struct call calls[999];
	struct entry_point entries[ENTRIES + 1];

	for (uint32_t i = 0; i < 1000; i++)
		functions[i] = (struct function){
			.module = "m", .name = "f", .file = "m.c", .signature = ""};
	for (uint32_t i = 0; i < 999; i++)
		calls[i] = (struct call){.caller = 0, .callee = i + 1, .via = "direct"};
	for (uint32_t i = 0; i <= ENTRIES; i++)
		entries[i] = (struct entry_point){
			.type = i ? "callback" : "cli", .function = 0};
	program.trace = (struct static_trace){
		.functions = functions,
		.nfunctions = 1000,
		.calls = calls,
		.ncalls = 999,
		.entry_points = entries,
		.nentry_points = ENTRIES + 1,
	};
	reach_compute(&program.arena, &program.options, &program.trace);
	cr_expect_eq(program.trace.reaches[0].nfunctions, 1000);
	cr_expect_eq(program.trace.reaches[1].nfunctions, 500);
	cr_expect_eq(program.trace.reaches[1].function_count, 1000);
	program.options.max_functions = 0; /* all */
	reach_compute(&program.arena, &program.options, &program.trace);
	cr_expect_eq(program.trace.reaches[1].nfunctions, 1000);
	arena_release(&program.arena);
}

Test(reach, says_why_a_function_is_an_orphan)
{
	struct program program = {0};
	uint32_t alone = add(&program, "alone", FUNCTION_PUBLIC);
	uint32_t itself = add(&program, "itself", FUNCTION_PUBLIC);
	uint32_t private = add(&program, "private", FUNCTION_PRIVATE);
	uint32_t below = add(&program, "below", FUNCTION_PUBLIC);
	uint32_t odd = add(&program, "odd", FUNCTION_PUBLIC);
	uint32_t even = add(&program, "even", FUNCTION_PUBLIC);
	uint32_t start = add(&program, "main", FUNCTION_PUBLIC);

	call(&program, itself, itself);
	call(&program, private, below);
	call(&program, odd, even);
	call(&program, even, odd);
	compute(&program);
	cr_assert_str_eq(orphan_reason(&program, alone), "no_callers");
	cr_assert_str_eq(orphan_reason(&program, itself), "no_callers");
	cr_assert_str_eq(orphan_reason(&program, below), "only_private_callers");
	cr_assert_str_eq(orphan_reason(&program, odd), "unreached_cycle");
	cr_assert_str_eq(orphan_reason(&program, even), "unreached_cycle");
	cr_assert_str_eq(orphan_reason(&program, start), "reached");
	cr_assert_str_eq(orphan_reason(&program, private), "reached",
		"private: no orphan");
	arena_release(&program.arena);
}

Test(reach, a_module_that_two_entry_points_reach_is_shared)
{
	struct program program = {0};
	uint32_t client = add(&program, "main", FUNCTION_PUBLIC);
	uint32_t server = add(&program, "main", FUNCTION_PUBLIC);
	uint32_t common = add(&program, "common", FUNCTION_PUBLIC);
	uint32_t own = add(&program, "own", FUNCTION_PUBLIC);
	uint32_t library = add(&program, "printf", FUNCTION_EXTERNAL);

	program.functions[client].module = "client";
	program.functions[server].module = "server";
	program.functions[own].module = "client";
	program.functions[library].module = "stdio.h";
	call(&program, client, common);
	call(&program, server, common);
	call(&program, client, own);
	call(&program, client, library);
	call(&program, server, library);
	compute(&program);
	cr_assert_eq(program.trace.nshared_modules, 1);
	cr_assert_str_eq(program.trace.shared_modules[0].module, "module");
	cr_assert_eq(program.trace.shared_modules[0].nentry_points, 2);
	cr_assert_eq(program.trace.shared_modules[0].function_count, 1);
	arena_release(&program.arena);
}

Test(reach, of_nothing_is_nothing)
{
	struct program program = {0};

	compute(&program);
	cr_assert_eq(program.trace.nreaches, 0);
	cr_assert_eq(program.trace.norphans, 0);
	arena_release(&program.arena);
}
