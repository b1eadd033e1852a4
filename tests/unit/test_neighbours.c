#include "cli/neighbours.h"

#include "core/arena.h"
#include "core/trace.h"

#include <criterion/criterion.h>

enum {
	A,
	B,
	C,
	NFUNCTIONS
};

static const struct function functions[NFUNCTIONS] = {
	{.module = "m", .name = "a", .file = "m.c"},
	{.module = "m", .name = "b", .file = "m.c"},
	{.module = "m", .name = "c", .file = "m.c"},
};

static const struct call_site sites[] = {
	{.caller = A}, {.caller = A}, {.caller = A}, {.caller = A}, {.caller = B}};

static const struct call calls[] = {
	{.site = 0, .caller = A, .callee = C, .via = "direct", .confidence = 1},
	{.site = 1, .caller = A, .callee = B, .via = "direct", .confidence = 1},
	{.site = 2, .caller = A, .callee = C, .via = "direct", .confidence = 1},
	{.site = 3, .caller = A, .callee = C, .via = "flow", .confidence = 0.5},
	{.site = 4, .caller = B, .callee = C, .via = "direct", .confidence = 1},
};

static const struct static_trace trace = {
	.functions = functions,
	.nfunctions = NFUNCTIONS,
	.sites = sites,
	.nsites = 5,
	.calls = calls,
	.ncalls = 5,
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

TestSuite(neighbours, .init = setup, .fini = teardown);

Test(neighbours, callees_come_in_the_order_of_their_first_calls)
{
	struct neighbours callees = neighbours_of(&program, &arena, A, PROGRAM_CALLEES);

	cr_assert_eq(callees.count, 3);
	cr_assert_eq(callees.items[0].function, C);
	cr_assert_eq(callees.items[0].calls.count, 2);
	cr_assert_eq(callees.items[0].calls.items[1], 2);
	cr_assert_eq(callees.items[1].function, B);
}

Test(neighbours, one_that_is_known_in_two_ways_stands_twice_the_surer_first)
{
	struct neighbours callers = neighbours_of(&program, &arena, C, PROGRAM_CALLERS);

	cr_assert_eq(callers.count, 3);
	cr_assert_eq(callers.items[0].function, A);
	cr_assert_str_eq(callers.items[0].via, "direct");
	cr_assert_eq(callers.items[1].function, A);
	cr_assert_str_eq(callers.items[1].via, "flow");
	cr_assert_float_eq(callers.items[1].confidence, 0.5, 1e-9);
	cr_assert_eq(callers.items[2].function, B);
}

Test(neighbours, of_a_leaf_there_are_none)
{
	cr_assert_eq(neighbours_of(&program, &arena, C, PROGRAM_CALLEES).count, 0);
	cr_assert_eq(neighbours_of(&program, &arena, A, PROGRAM_CALLERS).count, 0);
}
