/* Function values through calls: arguments, results, aliases. */
#include "tests/made_program.h"

TestSuite(flow_calls, .init = made_start, .fini = made_drop);

/* `visit(f, g)()` */
static unsigned call_visit(uint32_t site)
{
	made_flow(made_address(made.f), made_argument(site, 0), 0);
	made_flow(made_address(made.g), made_argument(site, 1), 0);
	return made_query(made_answer(site));
}

Test(flow_calls, direct_call_passes_arguments_and_results)
{
	unsigned called, returned;
	uint32_t visit = made_visit(&called);

	returned = call_visit(made_call(visit));
	made_finish();
	made_expect(called, "f", "");
	made_expect(returned, "g", "");
}

Test(flow_calls, call_by_pointer_passes_arguments_and_results)
{
	unsigned called, returned;
	uint32_t visit = made_visit(&called), p = made_local("p");

	made_flow(made_address(visit), p, 0);
	made_query(p);
	returned = call_visit(facts_count_sites(made.facts) - 1);
	made_finish();
	made_expect(called, "f", "");
	made_expect(returned, "g", "");
}

Test(flow_calls, arguments_after_the_parameters_are_the_rest)
{
	uint32_t visit = made_static("visit"), site;
	unsigned line;

	made_body(visit);
	line = made_query(made_node((struct facts_node){.kind = NODE_REST, .a = visit}));
	made_body(made.main);
	site = made_call(visit);
	made_flow(made_address(made.f), made_argument(site, 1), 0);
	made_flow(made_address(made.g), made_argument(site, 5), 0);
	made_finish();
	made_expect(line, "g", "");
}

Test(flow_calls, cell_is_filled_by_a_function_called_by_pointer)
{
	uint32_t fill = made_static("fill"), x = made_local("x"), p = made_local("p");
	uint32_t site;
	unsigned line;

	made_body(fill);
	made_flow(made_address(made.f), made_parameter(fill, 0), FLOW_STORE | FLOW_UP);
	made_body(made.main);
	made_flow(made_address(fill), p, 0);
	made_query(p);
	site = facts_count_sites(made.facts) - 1;
	made_flow(x, made_argument(site, 0), FLOW_UP | FLOW_BOTH_WAYS);
	line = made_query(x);
	made_finish();
	made_expect(line, "f", "");
}

Test(flow_calls, alias_is_what_it_stands_for)
{
	uint32_t alias = made_declare("other_name", FUNCTION_ALIAS);
	uint32_t p = made_local("p");
	unsigned line;

	facts_function(made.facts, alias)->target = made_name("real");
	made_declare("real", FACTS_DEFINED);
	made_flow(made_address(alias), p, 0);
	line = made_query(p);
	made_finish();
	cr_assert_str_eq(made_calls(line), "real flow 0.98");
}

/* An ifunc whose resolver returns these. */
static uint32_t made_ifunc(void)
{
	uint32_t ifunc = made_declare("work", FUNCTION_IFUNC);
	uint32_t resolver = made_declare("resolve", FACTS_DEFINED);

	facts_function(made.facts, ifunc)->target = made_name("resolve");
	made_body(resolver);
	made_flow(made_address(made.f), made_result(resolver), 0);
	made_flow(made_address(made.g), made_result(resolver), 0);
	made_body(made.main);
	return ifunc;
}

Test(flow_calls, ifunc_is_what_its_resolver_returns)
{
	uint32_t ifunc = made_ifunc(), p = made_local("p");
	unsigned by_name, by_pointer;

	made_call(ifunc);
	by_name = made.line;
	made_flow(made_address(ifunc), p, 0);
	by_pointer = made_query(p);
	made_finish();
	cr_assert_str_eq(made_calls(by_name), "f ifunc 0.90, g ifunc 0.90");
	cr_assert_str_eq(made_reasons(by_name), "");
	made_expect(by_pointer, "f g", "");
}

Test(flow_calls, ifunc_passes_arguments_to_what_it_is)
{
	uint32_t ifunc = made_ifunc(), site;
	unsigned line;

	made_body(made.f);
	line = made_query(made_parameter(made.f, 0));
	made_body(made.main);
	site = made_call(ifunc);
	made_flow(made_address(made.g), made_argument(site, 0), 0);
	made_finish();
	made_expect(line, "g", "");
}
