/* Function values: along each kind of edge, and between the nodes of each kind. */
#include "tests/made_program.h"

TestSuite(flow, .init = made_start, .fini = made_drop);

static void expect(unsigned line, const char *targets)
{
	made_expect(line, targets, "");
}

static void expect_nothing(unsigned line)
{
	made_expect(line, "", MADE_NOTHING);
}

static void made_both(uint32_t node)
{
	made_flow(made_address(made.f), node, 0);
	made_flow(made_address(made.g), node, 0);
}

Test(flow, address_goes_along_edges)
{
	uint32_t a = made_local("a"), b = made_local("b");
	unsigned line;

	made_flow(made_address(made.f), a, 0);
	made_flow(a, b, 0);
	line = made_query(b);
	made_finish();
	cr_assert_str_eq(made_calls(line), "f flow 0.98");
	cr_assert_str_eq(made_reasons(line), "");
}

Test(flow, one_of_several_is_less_likely)
{
	uint32_t a = made_local("a");
	unsigned line;

	made_both(a);
	line = made_query(a);
	made_finish();
	cr_assert_str_eq(made_calls(line), "f flow 0.90, g flow 0.90");
}

Test(flow, goes_round_in_circles_once)
{
	uint32_t a = made_local("a"), b = made_local("b");
	unsigned line;

	made_flow(a, b, 0);
	made_flow(b, a, 0);
	made_flow(a, a, 0);
	made_flow(a, a, FLOW_UP);
	made_flow(made_address(made.f), a, 0);
	line = made_query(b);
	made_finish();
	expect(line, "f");
}

Test(flow, what_nothing_reaches_is_open_with_guesses)
{
	uint32_t a = made_local("a");
	unsigned line;

	facts_add_use(made.facts, (struct facts_use){made.main, made.f});
	line = made_query(a);
	made_finish();
	cr_assert_str_eq(made_calls(line), "f signature 0.30");
	cr_assert_str_eq(made_reasons(line), MADE_NOTHING);
}

Test(flow, other_signatures_are_unlikely)
{
	uint32_t a = made_local("a");
	unsigned line;

	facts_function(made.facts, made.f)->signature = made_name("void (void)");
	facts_function(made.facts, made.g)->signature = made_name("int ()");
	facts_function(made.facts, made.g)->flags |= FUNCTION_NO_PROTOTYPE;
	made_both(a);
	line = made_query(a);
	made_finish();
	cr_assert_str_eq(made_calls(line), "f flow 0.50, g flow 0.90");
}

Test(flow, what_cannot_be_followed_is_a_reason)
{
	uint32_t a = made_local("a");
	unsigned line;

	made_flow(made_address(made.f), a, 0);
	made_flow(made_plain(NODE_INTEGER), a, 0);
	made_flow(made_plain(NODE_OTHER), a, 0);
	line = made_query(a);
	made_finish();
	cr_assert_str_eq(made_calls(line), "f flow 0.75");
	cr_assert_str_eq(made_reasons(line),
		"cast from integer; expression not understood");
}

Test(flow, address_of_memory_is_no_function)
{
	uint32_t p = made_local("p"), a = made_local("a");
	unsigned in_p, in_a;

	made_flow(made_address(made.f), p, FLOW_UP);
	made_flow(p, a, FLOW_DOWN);
	in_p = made_query(p);
	in_a = made_query(a);
	made_finish();
	expect_nothing(in_p);
	expect(in_a, "f");
}

Test(flow, function_has_no_memory_with_others)
{
	uint32_t p = made_local("p"), a = made_local("a");
	unsigned line;

	made_flow(made_address(made.f), p, 0);
	made_flow(p, a, FLOW_DOWN);
	line = made_query(a);
	made_finish();
	expect_nothing(line);
}

Test(flow, twice_up_is_twice_down)
{
	uint32_t p = made_local("p"), once = made_local("once");
	uint32_t twice = made_local("twice");
	unsigned in_once, in_twice;

	made_flow(made_address(made.f), p, FLOW_UP | FLOW_TWICE);
	made_flow(p, twice, FLOW_DOWN | FLOW_TWICE);
	made_flow(made_address(made.g), once, FLOW_UP);
	made_flow(once, made_local("lost"), FLOW_DOWN | FLOW_TWICE);
	in_twice = made_query(twice);
	in_once = made_query(p);
	made_finish();
	expect(in_twice, "f");
	expect_nothing(in_once);
}

/* Depth is not counted past two: whatever goes down may be there already. */
Test(flow, deep_memory_gives_what_is_in_it_at_any_depth)
{
	uint32_t nodes[6];
	unsigned line;

	for (size_t i = 0; i < 6; i++)
		nodes[i] = made_local("p");
	made_flow(made_address(made.f), nodes[0], FLOW_UP);
	for (size_t i = 0; i < 2; i++)
		made_flow(nodes[i], nodes[i + 1], FLOW_UP);
	for (size_t i = 2; i < 5; i++)
		made_flow(nodes[i], nodes[i + 1], FLOW_DOWN);
	line = made_query(nodes[5]);
	made_finish();
	expect(line, "f");
}

/* `q = p; *q = f; (*p)()` */
static unsigned store_through_copy(uint32_t flags)
{
	uint32_t p = made_local("p"), q = made_local("q"), a = made_local("a");

	made_flow(p, q, flags);
	made_flow(made_address(made.f), q, FLOW_STORE | FLOW_UP);
	made_flow(p, a, FLOW_DOWN);
	return made_query(a);
}

Test(flow, what_is_stored_flows_back_where_memory_is_shared)
{
	unsigned line = store_through_copy(FLOW_BOTH_WAYS);

	made_finish();
	expect(line, "f");
}

Test(flow, what_is_stored_flows_back_through_pointers_to_anything)
{
	unsigned line = store_through_copy(FLOW_RAW);

	made_finish();
	expect(line, "f");
}

Test(flow, what_is_stored_stays_where_values_are_copied)
{
	unsigned line = store_through_copy(0);

	made_finish();
	expect_nothing(line);
}

Test(flow, what_a_copy_of_a_pointer_holds_is_not_written_back)
{
	uint32_t p = made_local("p"), q = made_local("q"), a = made_local("a");
	unsigned line;

	/* `q = p; q = &f_variable`: p still points elsewhere. */
	made_flow(p, q, FLOW_RAW);
	made_flow(made_address(made.f), q, FLOW_UP);
	made_flow(p, a, FLOW_DOWN);
	line = made_query(a);
	made_finish();
	expect_nothing(line);
}

/* `p = &x; *p = f; x()` */
Test(flow, variable_is_written_through_its_address)
{
	uint32_t x = made_local("x"), p = made_local("p");
	unsigned line;

	made_flow(x, p, FLOW_UP | FLOW_BOTH_WAYS);
	made_flow(made_address(made.f), p, FLOW_STORE | FLOW_UP);
	line = made_query(x);
	made_finish();
	expect(line, "f");
}

Test(flow, text_is_no_function)
{
	uint32_t a = made_local("a");
	unsigned line;

	made_flow(made_text("f"), a, 0);
	line = made_query(a);
	made_finish();
	expect_nothing(line);
}

Test(flow, stays_out_of_what_cannot_hold_it)
{
	uint32_t memory =
		made_node((struct facts_node){.kind = NODE_LOCAL, .holds = HOLDS_MEMORY});
	uint32_t address = made_node((struct facts_node){
		.kind = NODE_LOCAL, .holds = HOLDS_ADDRESS});
	uint32_t both = made_node((struct facts_node){
		.kind = NODE_LOCAL, .holds = HOLDS_ADDRESS | HOLDS_MEMORY});
	uint32_t behind = made_local("behind");
	unsigned in_memory, in_behind, in_both;

	made_flow(made_address(made.f), memory, 0);
	made_flow(made_address(made.f), both, 0);
	made_flow(made_address(made.f), address, FLOW_UP);
	made_flow(address, behind, FLOW_DOWN);
	in_memory = made_query(memory);
	in_behind = made_query(behind);
	in_both = made_query(both);
	made_finish();
	expect_nothing(in_memory);
	expect_nothing(in_behind);
	expect(in_both, "f");
}

/* One unit knows `hook` as a function pointer, another one as `void *`. */
Test(flow, variable_holds_what_any_unit_says_that_it_can)
{
	uint32_t hook = made_node((struct facts_node){.kind = NODE_GLOBAL,
		.holds = HOLDS_MEMORY,
		.a = 1,
		.name = made_name("hook")});
	unsigned line;

	made_flow(made_address(made.f), hook, 0);
	line = made_query(hook);
	made_end();
	made_begin("/p/b.c");
	made_node((struct facts_node){.kind = NODE_GLOBAL,
		.holds = HOLDS_ADDRESS,
		.a = 1,
		.name = made_name("hook")});
	made_finish();
	expect(line, "f");
}

/* A `void *` with the address of a record: its fields get what is stored through it. */
static unsigned store_through_view(const char *signature)
{
	uint32_t record = made_record(made.source, "ops", 0), p = made_local("p");
	uint32_t field = made_node((struct facts_node){.kind = NODE_FIELD,
		.a = record,
		.b = made_name(signature),
		.name = made_name("run")});

	made_flow(p, field, FLOW_VIEW | FLOW_DOWN);
	made_flow(made_address(made.f), p, FLOW_STORE | FLOW_UP);
	made_flow(made_address(made.g), p, FLOW_STORE | FLOW_UP);
	return made_query(field);
}

Test(flow, view_takes_functions_of_the_fields_type)
{
	unsigned line;

	facts_function(made.facts, made.g)->signature = made_name("void (void)");
	line = store_through_view("int (int)");
	made_finish();
	expect(line, "f");
}

Test(flow, view_of_a_field_without_signature_takes_any)
{
	unsigned line;

	facts_function(made.facts, made.g)->signature = made_name("void (void)");
	line = store_through_view("");
	made_finish();
	expect(line, "f g");
}

Test(flow, view_takes_functions_without_prototype)
{
	unsigned line;

	facts_function(made.facts, made.g)->signature = made_name("int ()");
	facts_function(made.facts, made.g)->flags |= FUNCTION_NO_PROTOTYPE;
	line = store_through_view("int (int)");
	made_finish();
	expect(line, "f g");
}

Test(flow, view_takes_no_reasons)
{
	uint32_t field = made_field(made_record(made.source, "ops", 0), "run");
	uint32_t p = made_local("p");
	unsigned line;

	made_flow(p, field, FLOW_VIEW | FLOW_DOWN);
	made_flow(made_plain(NODE_INTEGER), p, FLOW_STORE | FLOW_UP);
	line = made_query(field);
	made_finish();
	expect_nothing(line);
}

Test(flow, only_what_is_loaded_goes_along_an_edge_for_it)
{
	uint32_t a = made_local("a");
	unsigned line;

	made_flow(made_address(made.f), a, FLOW_LOADED);
	made_flow(made_plain(NODE_INTEGER), a, FLOW_LOADED);
	line = made_query(a);
	made_finish();
	expect_nothing(line);
}

Test(flow, fields_of_a_type_are_one)
{
	uint32_t ops = made_record(made.source, "ops", 0);
	uint32_t others = made_record(made.source, "others", 0);
	unsigned same, other_field, other_record;

	made_flow(made_address(made.f), made_field(ops, "run"), 0);
	same = made_query(made_field(ops, "run"));
	other_field = made_query(made_field(ops, "stop"));
	other_record = made_query(made_field(others, "run"));
	made_finish();
	expect(same, "f");
	expect_nothing(other_field);
	expect_nothing(other_record);
}

Test(flow, members_of_a_union_are_one)
{
	uint32_t record = made_record(made.source, "either", 0);
	unsigned line;

	made_flow(made_address(made.f),
		made_node((struct facts_node){.kind = NODE_UNION, .a = record}), 0);
	line = made_query(made_node((struct facts_node){
		.kind = NODE_UNION, .a = record}));
	made_finish();
	expect(line, "f");
}

Test(flow, locals_are_each_their_own)
{
	unsigned line;

	made_flow(made_address(made.f), made_local("x"), 0);
	line = made_query(made_local("x"));
	made_finish();
	expect_nothing(line);
}

static uint32_t made_static_variable(const char *name, uint32_t offset)
{
	return made_node((struct facts_node){.kind = NODE_STATIC,
		.a = made.source,
		.b = offset,
		.name = made_name(name)});
}

Test(flow, static_variables_are_told_apart_by_place_and_name)
{
	unsigned same, elsewhere, other_name, other_file;

	made_flow(made_address(made.f), made_static_variable("x", 10), 0);
	same = made_query(made_static_variable("x", 10));
	elsewhere = made_query(made_static_variable("x", 20));
	other_name = made_query(made_static_variable("y", 10));
	made_end();
	made_begin("/p/b.c");
	made_body(made_declare("b", FACTS_DEFINED));
	other_file = made_query(made_static_variable("x", 10));
	made_finish();
	expect(same, "f");
	expect_nothing(elsewhere);
	expect_nothing(other_name);
	expect_nothing(other_file);
}

Test(flow, integers_with_addresses_are_one)
{
	unsigned line;

	made_flow(made_address(made.f), made_plain(NODE_BYTES), 0);
	line = made_query(made_plain(NODE_BYTES));
	made_finish();
	expect(line, "f");
}

Test(flow, at_most_eight_reasons_are_listed)
{
	uint32_t a = made_local("a");
	scoped_text expected = {0};
	unsigned line;

	for (unsigned i = 0; i < 12; i++) {
		char name[8];

		snprintf(name, sizeof(name), "x%02u", i);
		made_flow(made_answer(made_call(made_declare(name, 0))), a, 0);
		if (i < 7)
			text_printf(&expected, "result of external '%s'; ", name);
	}
	text_add(&expected, "and 5 more");
	line = made_query(a);
	made_finish();
	cr_assert_str_eq(made_reasons(line), text_string(&expected));
}

Test(flow, lost_unit_opens_every_indirect_site)
{
	uint32_t a = made_local("a");
	unsigned indirect, direct;

	made_flow(made_address(made.f), a, 0);
	indirect = made_query(a);
	made_call(made.g);
	direct = made.line;
	made_end();
	made_begin("/p/b.c");
	made_end_as(UNIT_FAILED);
	made_begin("/p/c.c");
	made_end_as(UNIT_PARTIAL);
	made_link();
	cr_assert_str_eq(made_calls(indirect), "f flow 0.75");
	cr_assert_str_eq(made_reasons(indirect), "unit failed to parse: b.c, and 1 more");
	cr_assert_str_eq(made_reasons(direct), "");
}
