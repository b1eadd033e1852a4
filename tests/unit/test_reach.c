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

static void compute(struct program *program)
{
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
	cr_assert_eq(program.trace.nentry_points, 1);
	cr_assert_str_eq(program.trace.entry_points[0].id, "cli_0");
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

Test(reach, constructors_are_entry_points_and_library_mains_are_not)
{
	struct program program = {0};
	uint32_t i;

	add(&program, "main", FUNCTION_EXTERNAL);
	add(&program, "main", FUNCTION_PRIVATE);
	i = add(&program, "before", FUNCTION_PRIVATE);
	program.functions[i].flags = FUNCTION_CONSTRUCTOR;
	i = add(&program, "after", FUNCTION_PUBLIC);
	program.functions[i].flags = FUNCTION_DESTRUCTOR;
	compute(&program);
	cr_assert_eq(program.trace.nentry_points, 2);
	cr_assert_str_eq(program.trace.entry_points[0].id, "constructor_0");
	cr_assert_str_eq(program.trace.entry_points[0].metadata[0].value, "constructor");
	cr_assert_str_eq(program.trace.entry_points[1].metadata[0].value, "destructor");
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
	cr_assert_eq(program.trace.nentry_points, 0);
	cr_assert_eq(program.trace.norphans, 0);
	arena_release(&program.arena);
}
