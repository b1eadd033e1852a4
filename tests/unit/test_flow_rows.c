/* Rows of tables that say where their function goes: `*row->place = row->function`. */
#include "tests/made_program.h"

/* Of the table's type: `place` is a pointer to a variable, `function` a function. */
static uint32_t function, place, x, y;

static unsigned made_row_flow(uint32_t from, uint32_t to, uint32_t flags, uint32_t row)
{
	made.line++;
	facts_add_flow(made.facts, (struct facts_flow){
					   .from = from,
					   .to = to,
					   .file = made.source,
					   .line = made.line,
					   .owner = FACTS_NONE,
					   .flags = flags,
					   .row = row,
				   });
	return made.line;
}

static void made_row(uint32_t value, uint32_t variable, uint32_t row)
{
	made_row_flow(made_address(value), function, 0, row);
	made_row_flow(variable, place, FLOW_UP | FLOW_BOTH_WAYS, row);
}

static void made_store(void)
{
	made_flow(function, place, FLOW_PAIRED | FLOW_STORE | FLOW_UP);
}

/* Two rows: `{&x, f}` and `{&y, g}`. */
static void start(void)
{
	uint32_t record;

	made_start();
	record = made_record(made.source, "row", 0);
	function = made_field(record, "function");
	place = made_field(record, "place");
	x = made_local("x");
	y = made_local("y");
	made_row(made.f, x, 1);
	made_row(made.g, y, 2);
}

TestSuite(flow_rows, .init = start, .fini = made_drop);

static void expect(const char *in_x, const char *in_y)
{
	unsigned x_line = made_query(x), y_line = made_query(y);

	made_finish();
	made_expect(x_line, in_x, "");
	made_expect(y_line, in_y, "");
}

Test(flow_rows, each_goes_where_its_row_says)
{
	made_store();
	expect("f", "g");
}

Test(flow_rows, other_stores_go_everywhere)
{
	made_flow(function, place, FLOW_STORE | FLOW_UP);
	expect("f g", "f g");
}

Test(flow_rows, value_that_came_by_no_row_goes_everywhere)
{
	made_store();
	made_flow(made_address(made.main), function, 0);
	expect("f main", "g main");
}

Test(flow_rows, place_that_came_by_no_row_gets_everything)
{
	uint32_t z = made_local("z");
	unsigned line;

	made_store();
	made_flow(z, place, FLOW_UP | FLOW_BOTH_WAYS);
	line = made_query(z);
	expect("f", "g");
	made_expect(line, "f g", "");
}

Test(flow_rows, what_is_not_known_of_values_is_not_known_of_places)
{
	unsigned x_line, y_line;

	made_store();
	made_flow(made_plain(NODE_OTHER), function, 0);
	x_line = made_query(x);
	y_line = made_query(y);
	made_finish();
	made_expect(x_line, "f", "expression not understood");
	made_expect(y_line, "g", "expression not understood");
}

/* `p = &row->function; *p = main` */
Test(flow_rows, field_that_is_written_through_its_address_has_no_rows)
{
	uint32_t p = made_local("p");

	made_store();
	made_flow(function, p, FLOW_UP | FLOW_BOTH_WAYS);
	made_flow(made_address(made.main), p, FLOW_STORE | FLOW_UP);
	expect("f g main", "f g main");
}

/* A call by pointer, found while the flow is solved, is no row. */
Test(flow_rows, field_that_a_call_sets_has_no_rows)
{
	uint32_t set = made_static("set"), p = made_local("p"), site;

	made_store();
	made_flow(made_address(set), p, 0);
	made_query(p);
	site = facts_count_sites(made.facts) - 1;
	made_flow(made_address(made.main), made_argument(site, 0), 0);
	made_flow(made_parameter(set, 0), function, 0);
	expect("f main", "g main");
}

/* What is stored by one pair of fields may be the place of another one. */
Test(flow_rows, stores_that_reach_another_pair_are_none_of_its_rows)
{
	uint32_t record = made_record(made.source, "other", 0);
	uint32_t other = made_field(record, "function"), z = made_local("z");
	uint32_t other_place = made_field(record, "place");
	unsigned line;

	made_store();
	made_row_flow(other, place, FLOW_UP | FLOW_BOTH_WAYS, 1);
	made_row_flow(made_address(made.main), other, 0, 3);
	made_row_flow(z, other_place, FLOW_UP | FLOW_BOTH_WAYS, 4);
	made_flow(other, other_place, FLOW_PAIRED | FLOW_STORE | FLOW_UP);
	line = made_query(z);
	expect("f", "g");
	made_expect(line, "f main", "");
}

Test(flow_rows, many_places_by_no_row_make_it_a_store_as_any_other)
{
	made_store();
	for (size_t i = 0; i < 100; i++)
		made_flow(made_local("z"), place, FLOW_UP | FLOW_BOTH_WAYS);
	expect("f g", "f g");
}
