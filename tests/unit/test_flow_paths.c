/* How a function's address is said to have got to a call. */
#include "tests/made_program.h"

TestSuite(flow_paths, .init = made_start, .fini = made_drop);

/* "LINE WORDS, ", for what is expected. */
static void add(struct text *out, unsigned line, const char *words)
{
	text_printf(out, "%s%u %s", out->len ? ", " : "", line, words);
}

static void expect(unsigned line, const struct text *steps)
{
	cr_assert_str_eq(made_steps(line), text_string(steps));
}

Test(flow_paths, steps_are_places_with_their_lines)
{
	uint32_t record = made_record(made.source, "ops", 0);
	uint32_t nodes[] = {made_local("a"), made_global("b", true),
		made_field(record, "run"),
		made_node((struct facts_node){.kind = NODE_UNION, .a = record}),
		made_plain(NODE_BYTES)};
	const char *const words[] = {
		"variable a", "variable b", "field ops.run", "union ops", "integers"};
	uint32_t last = made_address(made.f);
	scoped_text expected = {0};
	unsigned line;

	for (size_t i = 0; i < sizeof(nodes) / sizeof(*nodes); i++) {
		add(&expected, made_flow(last, nodes[i], 0), words[i]);
		last = nodes[i];
	}
	line = made_query(last);
	made_finish();
	expect(line, &expected);
}

Test(flow_paths, parameters_and_results_are_of_their_function)
{
	uint32_t visit = made_static("visit"), site, named;
	scoped_text expected = {0};
	unsigned line;

	made_body(visit);
	named = made_node((struct facts_node){.kind = NODE_PARAMETER,
		.a = visit,
		.b = 1,
		.name = made_name("handler")});
	line = made_flow(named, made_result(visit), 0);
	made_body(made.main);
	site = made_call(visit);
	add(&expected, made_flow(made_address(made.f), made_argument(site, 1), 0),
		"parameter handler of visit");
	add(&expected, line, "result of visit");
	line = made_query(made_answer(site));
	made_finish();
	expect(line, &expected);
}

Test(flow_paths, parameter_without_a_name_has_its_number)
{
	uint32_t visit = made_static("visit"), site;
	scoped_text expected = {0};
	unsigned line;

	made_body(visit);
	line = made_query(made_parameter(visit, 1));
	made_body(made.main);
	site = made_call(visit);
	add(&expected, made_flow(made_address(made.f), made_argument(site, 1), 0),
		"parameter 2 of visit");
	made_finish();
	expect(line, &expected);
}

/* What a call by pointer binds stands nowhere: it has the place of the step before. */
Test(flow_paths, step_without_a_place_has_that_of_the_one_before)
{
	uint32_t visit = made_static("visit"), p = made_local("p"), site;
	scoped_text expected = {0};
	unsigned line;

	made_body(visit);
	line = made_query(made_parameter(visit, 0));
	made_body(made.main);
	made_flow(made_address(visit), p, 0);
	made_query(p);
	site = facts_count_sites(made.facts) - 1;
	add(&expected, made_flow(made_address(made.f), made_argument(site, 0), 0),
		"parameter 1 of visit");
	made_finish();
	expect(line, &expected);
}

Test(flow_paths, shortest_way_is_taken)
{
	uint32_t a = made_local("a"), b = made_local("b"), c = made_local("c");
	scoped_text expected = {0};
	unsigned last, line;

	made_flow(made_address(made.f), a, 0);
	made_flow(a, b, 0);
	last = made_flow(b, c, 0);
	add(&expected, made_flow(made_address(made.f), b, 0), "variable b");
	add(&expected, last, "variable c");
	line = made_query(c);
	made_finish();
	expect(line, &expected);
}

Test(flow_paths, of_ways_of_one_length_the_one_that_ends_first_is_taken)
{
	uint32_t a = made_local("a"), b = made_local("b"), c = made_local("c");
	scoped_text expected = {0};
	unsigned line;

	made_flow(made_address(made.f), b, 0);
	add(&expected, made_flow(made_address(made.f), a, 0), "variable a");
	add(&expected, made_flow(a, c, 0), "variable c");
	made_flow(b, c, 0);
	line = made_query(c);
	made_finish();
	expect(line, &expected);
}

Test(flow_paths, of_ways_that_end_in_one_line_the_one_that_begins_first_is_taken)
{
	uint32_t a = made_local("a"), b = made_local("b"), c = made_local("c");
	scoped_text expected = {0};
	unsigned line;

	add(&expected, made_flow(made_address(made.f), b, 0), "variable b");
	made_flow(made_address(made.f), a, 0);
	made_flow(a, c, 0);
	made.line--;
	add(&expected, made_flow(b, c, 0), "variable c");
	line = made_query(c);
	made_finish();
	expect(line, &expected);
}

/* Two temporaries look the same: what they lead to says which way comes first. */
Test(flow_paths, of_ways_that_look_the_same_so_far_names_decide)
{
	uint32_t hidden[] = {made_plain(NODE_TEMPORARY), made_plain(NODE_TEMPORARY)};
	uint32_t b = made_local("b"), a = made_local("a"), c = made_local("c");
	scoped_text expected = {0};
	unsigned line;

	for (size_t i = 0; i < 2; i++, made.line--)
		made_flow(made_address(made.f), hidden[i], 0);
	made.line++;
	made_flow(hidden[0], b, 0);
	made.line--;
	add(&expected, made_flow(hidden[1], a, 0), "variable a");
	made_flow(b, c, 0);
	made.line--;
	add(&expected, made_flow(a, c, 0), "variable c");
	line = made_query(c);
	made_finish();
	expect(line, &expected);
}

/* `p = &x; *p = f; x()` */
Test(flow_paths, goes_back_by_memory)
{
	uint32_t x = made_local("x"), p = made_local("p");
	scoped_text expected = {0};
	unsigned shared, line;

	shared = made_flow(x, p, FLOW_UP | FLOW_BOTH_WAYS);
	add(&expected, made_flow(made_address(made.f), p, FLOW_STORE | FLOW_UP),
		"variable p");
	add(&expected, shared, "variable x");
	line = made_query(x);
	made_finish();
	expect(line, &expected);
}

Test(flow_paths, temporaries_are_left_out)
{
	uint32_t a = made_local("a"), hidden = made_plain(NODE_TEMPORARY);
	scoped_text expected = {0};
	unsigned line;

	made_flow(made_address(made.f), hidden, 0);
	add(&expected, made_flow(hidden, a, 0), "variable a");
	line = made_query(a);
	made_finish();
	expect(line, &expected);
}

Test(flow_paths, each_target_has_its_own_way)
{
	uint32_t a = made_local("a");
	unsigned in_f, in_g, line;

	in_f = made_flow(made_address(made.f), a, 0);
	in_g = made_flow(made_address(made.g), a, 0);
	line = made_query(a);
	made_finish();
	made_expect(line, "f g", "");
	for (size_t i = 0; i < made.trace.ncalls; i++) {
		const struct call *call = &made.trace.calls[i];

		cr_assert_eq(call->nflow, 1);
		cr_assert_eq(call->flow[0].line,
			strcmp(made.trace.functions[call->callee].name, "f") == 0 ? in_f
										  : in_g);
	}
}
