#include "diff/graph.h"

#include "core/text.h"
#include "diff/node_names.h"
#include "tests/random_trace.h"

#include <criterion/criterion.h>
#include <string.h>

/*
 * main -> a -> b -> end, main -> end (a guess), a -> puts; c -> b; d is apart. Modules:
 * "m" has main and a, "n" has b, c and end, "o" has d, "puts.h" has puts.
 */
enum {
	MAIN,
	A,
	B,
	C,
	END,
	D,
	PUTS,
	NFUNCTIONS
};

static const struct function functions[] = {
	[MAIN] = {.module = "m", .name = "main", .file = "m.c", .line = 1},
	[A] = {.module = "m", .name = "a", .file = "m.c", .line = 2},
	[B] = {.module = "n", .name = "b", .file = "n.c", .line = 1},
	[C] = {.module = "n", .name = "c", .file = "n.c", .line = 2},
	[END] = {.module = "n", .name = "end", .file = "n.c", .line = 3},
	[D] = {.module = "o", .name = "d", .file = "o.c", .line = 1},
	[PUTS] = {.module = "puts.h",
		.name = "puts",
		.file = "<puts.h>",
		.type = FUNCTION_EXTERNAL},
};

static const char *const reasons[] = {"unresolved"};
static const struct call_site sites[] = {
	{.caller = A, .state = SITE_OPEN, .reasons = reasons, .nreasons = 1},
	{.caller = A},
};

static const struct call calls[] = {
	{.site = TRACE_NONE,
		.caller = MAIN,
		.callee = A,
		.via = "direct",
		.confidence = 1},
	{.site = TRACE_NONE,
		.caller = MAIN,
		.callee = A,
		.via = "flow",
		.confidence = .9},
	{.site = TRACE_NONE,
		.caller = MAIN,
		.callee = END,
		.via = "signature",
		.confidence = .2},
	{.site = TRACE_NONE, .caller = A, .callee = B, .via = "flow", .confidence = .5},
	{.site = TRACE_NONE, .caller = A, .callee = B, .via = "flow", .confidence = .75},
	{.site = TRACE_NONE,
		.caller = A,
		.callee = PUTS,
		.via = "direct",
		.confidence = 1},
	{.site = TRACE_NONE,
		.caller = B,
		.callee = END,
		.via = "direct",
		.confidence = 1},
	{.site = TRACE_NONE, .caller = C, .callee = B, .via = "direct", .confidence = 1},
};

static const struct entry_point entries[] = {{.id = "cli_0", .function = MAIN}};

static const struct static_trace trace = {
	.functions = functions,
	.nfunctions = NFUNCTIONS,
	.sites = sites,
	.nsites = 2,
	.calls = calls,
	.ncalls = sizeof(calls) / sizeof(calls[0]),
	.entry_points = entries,
	.nentry_points = 1,
};

static struct arena arena;
static struct program program;
static struct graph_choice choice;
static struct graph graph;

static void setup(void)
{
	program_init(&program, &arena, &trace);
	choice = (struct graph_choice){
		.depth = GRAPH_ANY_DEPTH, .max_nodes = SIZE_MAX, .max_edges = SIZE_MAX};
}

static void teardown(void)
{
	arena_release(&arena);
}

TestSuite(graph, .init = setup, .fini = teardown);
TestSuite(node_names, .init = setup, .fini = teardown);

/* `expected` holds a letter for each function: "main" is m, "end" e, "puts" p. */
static void check_nodes(const char *expected)
{
	static const char letters[] = "mabcedp";

	graph = graph_select(&program, &arena, &choice);
	cr_assert_eq(graph.nnodes, strlen(expected), "%zu nodes, not '%s'", graph.nnodes,
		expected);
	for (size_t i = 0; i < graph.nnodes; i++)
		cr_assert_eq(letters[graph.nodes[i]], expected[i]);
}

static struct index_list list_of(struct index_list *list, uint32_t *items, size_t count)
{
	*list = (struct index_list){items, count};
	return *list;
}

Test(graph, has_all_when_nothing_is_asked_for)
{
	check_nodes("mabcedp");
	cr_assert_eq(graph.nedges, 6);
	cr_assert_eq(graph.in_module.ngroups, 4);
	cr_assert_eq(grouping_at(&graph.in_module, 1).count, 3);
}

Test(graph, an_edge_is_the_surest_of_the_calls_between_two)
{
	check_nodes("mabcedp");
	cr_assert_eq(graph.edges[0].caller, MAIN);
	cr_assert_eq(graph.edges[0].callee, A);
	cr_assert_eq(graph.edges[0].ncalls, 2);
	cr_assert_str_eq(graph.edges[0].call->via, "direct");
	cr_assert_eq(graph.edges[2].callee, B);
	cr_assert_float_eq(graph.edges[2].call->confidence, .75, 1e-9);
}

Test(graph, from_and_to_keep_what_is_between)
{
	uint32_t main_id = MAIN, end = END, ends[] = {MAIN, C};

	list_of(&choice.from, &main_id, 1);
	check_nodes("mabep");
	list_of(&choice.to, &end, 1);
	check_nodes("mabe");
	list_of(&choice.from, NULL, 0);
	check_nodes("mabce");
	list_of(&choice.from, ends, 2);
	check_nodes("mabce");
}

Test(graph, depth_counts_calls_and_between_two_ends_those_of_the_way)
{
	uint32_t main_id = MAIN, end = END;

	list_of(&choice.from, &main_id, 1);
	choice.depth = 1;
	check_nodes("mae");
	choice.depth = 0;
	check_nodes("m");
	list_of(&choice.to, &end, 1);
	choice.depth = 1;
	check_nodes("me");
	choice.depth = 3;
	check_nodes("mabe");
}

Test(graph, nothing_is_between_two_ends_that_no_calls_join)
{
	uint32_t d = D, main_id = MAIN;

	list_of(&choice.from, &d, 1);
	list_of(&choice.to, &main_id, 1);
	check_nodes("");
	cr_assert_eq(graph.nedges, 0);
}

Test(graph, of_a_module_there_is_the_inside_and_with_a_depth_what_is_near)
{
	uint32_t n = 1;

	list_of(&choice.modules, &n, 1);
	check_nodes("bce");
	choice.depth = 1;
	check_nodes("mabce");
	cr_assert_eq(graph.nedges, 4); /* main -> a is on the rim */
	choice.depth = 2;
	check_nodes("mabce"); /* not puts: what calls a module may call more */
	cr_assert_eq(graph.nedges, 5);
}

Test(graph, a_module_narrows_what_is_between_ends)
{
	uint32_t n = 1, main_id = MAIN;

	list_of(&choice.modules, &n, 1);
	list_of(&choice.from, &main_id, 1);
	check_nodes("be");
}

Test(graph, may_be_without_external_functions)
{
	choice.only_defined = true;
	check_nodes("mabced");
}

Test(graph, without_unsure_calls_is_another_one)
{
	struct static_trace sure = graph_sure_calls(&arena, &trace, .5);
	uint32_t main_id = MAIN;

	cr_assert_eq(sure.ncalls, 7);
	program_init(&program, &arena, &sure);
	list_of(&choice.from, &main_id, 1);
	choice.depth = 1;
	check_nodes("ma");
}

Test(graph, a_limit_keeps_the_nearest_and_says_what_it_leaves_out)
{
	scoped_text note = {0};

	choice.max_nodes = 3;
	check_nodes("mae");
	cr_assert(graph_is_cut(&graph, &note));
	cr_assert_str_eq(text_string(&note),
		"4 of 7 functions, the farthest from the entry points, and 4 of 6 edges are "
		"left out");
}

Test(graph, a_limit_that_is_not_reached_is_not_spoken_of)
{
	scoped_text note = {0};

	choice.max_nodes = NFUNCTIONS;
	check_nodes("mabcedp");
	cr_assert_not(graph_is_cut(&graph, &note));
	cr_assert_str_eq(text_string(&note), "");
}

Test(graph, a_limit_of_edges_keeps_as_many_functions_as_it_allows)
{
	choice.max_edges = 2;
	check_nodes("mae");
	cr_assert_eq(graph.nedges, 2);
	choice.max_edges = 0;
	check_nodes("m");
}

Test(graph, a_limit_leaves_the_shortest_ways_whole)
{
	uint32_t main_id = MAIN, end = END;

	list_of(&choice.from, &main_id, 1);
	list_of(&choice.to, &end, 1);
	choice.max_nodes = 2;
	check_nodes("me");
	cr_assert_eq(graph.nedges, 1);
}

Test(graph, knows_where_calls_are_open)
{
	check_nodes("mabcedp");
	cr_assert_eq(graph_open_sites(&graph, A), 1);
	cr_assert_eq(graph_open_sites(&graph, MAIN), 0);
	cr_assert(graph_has(&graph, D));
	choice.max_nodes = 1;
	check_nodes("m");
	cr_assert_not(graph_has(&graph, D));
}

/* Whatever is asked for: edges join nodes, sorted, no pair twice, within the limits. */
Test(graph, of_a_random_trace_refers_to_its_own_nodes)
{
	for (unsigned seed = 0; seed < 60; seed++) {
		struct random_trace random = {&arena, seed, seed % 2};
		struct static_trace made = random_trace(&random, 1 + seed * 2);
		uint32_t from = (uint32_t)random_below(&random, made.nfunctions);

		program_init(&program, &arena, &made);
		if (seed % 3)
			list_of(&choice.from, &from, 1);
		choice.max_nodes = 1 + random_below(&random, 20);
		choice.max_edges = 1 + random_below(&random, 30);
		graph = graph_select(&program, &arena, &choice);
		cr_assert(graph.nnodes && graph.nnodes <= choice.max_nodes);
		cr_assert(graph.nedges <= choice.max_edges || graph.nnodes == 1);
		for (size_t i = 0; i < graph.nedges; i++) {
			const struct graph_edge *edge = &graph.edges[i];

			cr_assert(graph_has(&graph, edge->caller));
			cr_assert(graph_has(&graph, edge->callee));
			cr_assert(!i || edge[-1].caller < edge->caller ||
				  edge[-1].callee < edge->callee);
		}
	}
}

Test(node_names, tell_functions_of_one_name_apart)
{
	static const struct function same[] = {
		{.module = "a", .name = "f", .file = "a.c", .line = 1, .column = 3},
		{.module = "a", .name = "f", .file = "a.c", .line = 1, .column = 9},
		{.module = "b", .name = "f", .file = "b.c", .line = 1},
		{.module = "c", .name = "f", .file = "c.c", .line = 5},
		{.module = "c", .name = "f", .file = "c.h", .line = 5},
		{.module = "c", .name = "g", .file = "c.h", .line = 5},
	};
	static const char *const expected[] = {
		"a:f:1:3", "a:f:1:9", "b:f", "c:f#3", "c:f#4", "g"};
	const struct static_trace made = {.functions = same, .nfunctions = 6};
	const char *const *names;

	program_init(&program, &arena, &made);
	names = node_names(&program, &arena);
	for (size_t i = 0; i < 6; i++)
		cr_expect_str_eq(names[i], expected[i]);
}
