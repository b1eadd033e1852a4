/* What code that is not there may do with functions: libraries, loaded objects. */
#include "tests/made_program.h"

TestSuite(flow_outside, .init = made_start, .fini = made_drop);

Test(flow_outside, variable_that_no_unit_defines_is_a_librarys)
{
	uint32_t hook = made_global("hook", false);
	unsigned line, called;
	uint32_t visit = made_visit(&called);

	made_flow(made_address(visit), hook, 0);
	line = made_query(hook);
	made_finish();
	made_expect(line, "visit", "variable 'hook', which may be set by a library");
	made_expect(called, "", "stored in variable 'hook', of a library");
}

Test(flow_outside, record_in_a_librarys_variable_is_set_by_it)
{
	uint32_t record = made_record(made.source, "ops", 0);
	unsigned line;

	made_outside();
	made_flow(made_field(record, "run"), made_global("library_ops", false),
		FLOW_POINTEE);
	made_body(made.main);
	line = made_query(made_field(record, "run"));
	made_finish();
	made_expect(line, "", "variable 'library_ops', which may be set by a library");
}

Test(flow_outside, record_in_a_variable_of_the_program_is_its_own)
{
	uint32_t record = made_record(made.source, "ops", 0);
	unsigned line;

	made_outside();
	made_flow(made_field(record, "run"), made_global("own_ops", true), FLOW_POINTEE);
	made_flow(made_address(made.f), made_field(record, "run"), 0);
	made_body(made.main);
	line = made_query(made_field(record, "run"));
	made_finish();
	made_expect(line, "f", "");
}

Test(flow_outside, field_of_a_system_record_may_be_set_and_called_by_a_library)
{
	uint32_t record = made_record(made.source, "event", RECORD_SYSTEM);
	unsigned line, called;
	uint32_t visit = made_visit(&called);

	made_flow(made_address(visit), made_field(record, "run"), 0);
	line = made_query(made_field(record, "run"));
	made_finish();
	made_expect(line, "visit", "field 'event.run', which may be set by a library");
	made_expect(called, "", "stored in field 'event.run', of a library");
}

Test(flow_outside, function_passed_to_a_library_may_be_called_with_anything)
{
	unsigned called, answer;
	uint32_t visit = made_visit(&called);
	uint32_t site = made_call(made_declare("keep", 0));

	made_flow(made_address(visit), made_argument(site, 0), 0);
	answer = made_query(made_answer(site));
	made_finish();
	made_expect(called, "", "escapes to external 'keep'");
	made_expect(answer, "", "result of external 'keep'");
}

Test(flow_outside, library_fills_memory_that_it_gets)
{
	uint32_t x = made_local("x"), site = made_call(made_declare("fill", 0));
	unsigned line;

	made_flow(x, made_argument(site, 0), FLOW_UP | FLOW_BOTH_WAYS);
	line = made_query(x);
	made_finish();
	made_expect(line, "", "escapes to external 'fill'");
}

Test(flow_outside, unit_that_defines_the_callee_leaves_records_alone)
{
	uint32_t record = made_record(made.source, "ops", 0);
	uint32_t start = made_declare("start", 0), site = made_call(start);
	unsigned line;

	made_flow(made_address(made.f), made_field(record, "run"), 0);
	made_flow(made_field(record, "run"), made_argument(site, 0), FLOW_POINTEE);
	line = made_query(made_field(record, "run"));
	made_end();
	made_begin("/p/b.c");
	made_declare("start", FACTS_DEFINED);
	made_finish();
	made_expect(line, "f", "");
}

Test(flow_outside, what_is_passed_to_unknown_code_may_be_called)
{
	unsigned called, answer;
	uint32_t visit = made_visit(&called), p = made_local("p"), site;

	made_flow(made_plain(NODE_INTEGER), p, 0);
	made_query(p);
	site = facts_count_sites(made.facts) - 1;
	made_flow(made_address(visit), made_argument(site, 0), 0);
	answer = made_query(made_answer(site));
	made_finish();
	made_expect(called, "", "passed to unknown code");
	made_expect(answer, "", "cast from integer");
}

Test(flow_outside, uncalled_function_with_its_address_taken_may_get_anything)
{
	unsigned called;
	uint32_t visit = made_visit(&called);

	made_flow(made_address(visit), made_local("kept"), 0);
	made_finish();
	made_expect(called, "",
		"'visit' is called by no known call, though its address is taken");
}

Test(flow_outside, uncalled_function_without_its_address_taken_gets_nothing)
{
	unsigned called;

	made_visit(&called);
	made_finish();
	made_expect(called, "", MADE_NOTHING);
}

/* A public function in another unit that calls its parameter; `line` of that. */
static void made_exported(unsigned *line)
{
	uint32_t exported;

	made_end();
	made_begin("/p/b.c");
	exported = made_declare("exported", FACTS_DEFINED);
	made_body(exported);
	*line = made_query(made_parameter(exported, 0));
}

Test(flow_outside, public_function_of_a_program_is_called_by_it_alone)
{
	unsigned line;

	made_exported(&line);
	made_finish();
	made_expect(line, "", MADE_NOTHING);
}

Test(flow_outside, program_that_loads_objects_may_be_called_by_them)
{
	unsigned line;

	made_call(made_declare("dlopen", FACTS_SYSTEM));
	made_exported(&line);
	made_finish();
	made_expect(line, "", "parameter of a function that loaded objects may call");
}

Test(flow_outside, main_is_called_by_nobody_else)
{
	unsigned line;

	made_call(made_declare("dlopen", FACTS_SYSTEM));
	line = made_query(made_parameter(made.main, 0));
	made_finish();
	made_expect(line, "", MADE_NOTHING);
}

/* Without `main` it is a library. */
Test(flow_outside, library_is_called_from_outside)
{
	unsigned line, internal;
	uint32_t hidden;

	facts_function(made.facts, made.main)->name = made_name("start");
	made_exported(&line);
	hidden = made_static("hidden");
	made_body(hidden);
	internal = made_query(made_parameter(hidden, 0));
	made_finish();
	made_expect(line, "", "parameter of an exported function");
	made_expect(internal, "", MADE_NOTHING);
}

Test(flow_outside, library_knows_the_fields_of_a_record_that_it_gets)
{
	uint32_t record = made_record(made.source, "ops", 0), site;
	unsigned called, line;
	uint32_t visit = made_visit(&called);

	site = made_call(made_declare("start", 0));
	made_flow(made_address(visit), made_field(record, "run"), 0);
	made_flow(made_field(record, "run"), made_argument(site, 0), FLOW_POINTEE);
	line = made_query(made_field(record, "run"));
	made_finish();
	made_expect(line, "visit", "escapes to external 'start'");
	made_expect(called, "", "escapes to external 'start'");
}

Test(flow_outside, library_sets_the_fields_of_a_record_that_it_returns)
{
	uint32_t record = made_record(made.source, "ops", 0);
	uint32_t site = made_call(made_declare("find", 0));
	unsigned line;

	made_flow(made_field(record, "run"), made_answer(site), FLOW_POINTEE);
	line = made_query(made_field(record, "run"));
	made_finish();
	made_expect(line, "", "escapes to external 'find'");
}
