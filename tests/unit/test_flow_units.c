/* What is the same in several units: variables, functions, bodies, records. */
#include "tests/made_program.h"

TestSuite(flow_units, .init = made_start, .fini = made_drop);

Test(flow_units, other_unit_gets_arguments_by_name)
{
	uint32_t visit = made_declare("visit", 0), site = made_call(visit);
	unsigned line;

	made_flow(made_address(made.f), made_argument(site, 0), 0);
	made_end();
	made_begin("/p/b.c");
	visit = made_declare("visit", FACTS_DEFINED);
	made_body(visit);
	line = made_query(made_parameter(visit, 0));
	made_finish();
	made_expect(line, "f", "");
}

Test(flow_units, variable_of_another_unit_is_the_same)
{
	unsigned line = made_query(made_global("hook", false));

	made_end();
	made_begin("/p/b.c");
	made_flow(made_address(made_static("h")), made_global("hook", true), 0);
	made_finish();
	made_expect(line, "h", "");
}

Test(flow_units, name_with_several_definitions_is_each_of_them)
{
	uint32_t p = made_local("p"), twice = made_declare("twice", 0);
	unsigned by_name, by_pointer;

	made_call(twice);
	by_name = made.line;
	made_flow(made_address(twice), p, 0);
	by_pointer = made_query(p);
	for (size_t i = 0; i < 2; i++) {
		made_end();
		made_begin(i ? "/p/b.c" : "/p/c.c");
		made_declare("twice", FACTS_DEFINED);
	}
	made_finish();
	cr_assert_str_eq(made_calls(by_name), "twice direct 0.50, twice direct 0.50");
	cr_assert_str_eq(made_reasons(by_name), "2 definitions of 'twice'");
	made_expect(by_pointer, "twice twice", "");
}

/* A header's inline function that calls what is in `hook`, in a unit of its own. */
static unsigned made_inline(const char *unit, const char *hook)
{
	uint32_t header, call_hook, user;
	unsigned line;

	made_begin(unit);
	header = made_file("/p/h.h");
	user = made_declare(unit, FACTS_DEFINED);
	call_hook = facts_add_function(made.facts,
		(struct facts_function){
			.name = made_name("call_hook"),
			.file = header,
			.line = 9,
			.offset = 90,
			.flags = FACTS_DEFINED | FACTS_INTERNAL | FUNCTION_INLINE,
		});
	made_body(call_hook);
	made.source = header;
	made.line = 99;
	line = made_query(made_global(hook, true));
	made_body(user);
	made_call(call_hook);
	made_end();
	return line;
}

Test(flow_units, body_in_a_header_is_one)
{
	unsigned line;

	made_flow(made_address(made.f), made_global("hook", true), 0);
	made_end();
	line = made_inline("/p/b.c", "hook");
	cr_assert_eq(line, made_inline("/p/c.c", "hook"));
	made_link();
	made_expect(line, "f", "");
}

Test(flow_units, body_in_a_header_that_macros_change_calls_what_each_does)
{
	unsigned line;

	made_flow(made_address(made.f), made_global("hook", true), 0);
	made_flow(made_address(made.g), made_global("other_hook", true), 0);
	made_flow(made_plain(NODE_OTHER), made_global("other_hook", true), 0);
	made_end();
	line = made_inline("/p/b.c", "hook");
	made_inline("/p/c.c", "other_hook");
	made_link();
	made_expect(line, "f g", "expression not understood");
}

/* A unit that stores a function of its own in field `run` of such a record. */
static unsigned made_user(const char *unit, const char *header, uint32_t flags)
{
	uint32_t user, record;

	made_begin(unit);
	user = made_declare("user", FACTS_DEFINED | FACTS_INTERNAL);
	record = facts_add_record(made.facts, (struct facts_record){
						      .file = made_file(header),
						      .offset = 10,
						      .name = made_name("ops"),
						      .shape = made_name("run"),
						      .flags = flags,
					      });
	made_body(user);
	made_flow(made_address(user), made_field(record, "run"), 0);
	return made_query(made_field(record, "run"));
}

Test(flow_units, records_of_units_are_one_by_place_or_by_name_and_members)
{
	unsigned b, c, d;

	made_end();
	b = made_user("/p/b.c", "/p/h.h", 0);
	made_end();
	c = made_user("/p/c.c", "/p/h.h", 0);
	made_end();
	d = made_user("/p/d.c", "/p/other.h", 0);
	made_finish();
	made_expect(b, "user user user", "");
	made_expect(c, "user user user", "");
	made_expect(d, "user user user", "");
}

Test(flow_units, record_of_one_source_alone_is_no_other_sources)
{
	unsigned b, c;

	made_end();
	b = made_user("/p/b.c", "/p/b.c", RECORD_PRIVATE);
	made_end();
	c = made_user("/p/c.c", "/p/c.c", RECORD_PRIVATE);
	made_finish();
	made_expect(b, "user", "");
	made_expect(c, "user", "");
}

/* The program's own copy of a record that a system header has, too. */
Test(flow_units, record_that_a_system_header_has_is_the_systems)
{
	const char *reason = "field 'ops.run', which may be set by a library";
	unsigned b, c;

	made_end();
	b = made_user("/p/b.c", "/p/copy.h", 0);
	made_end();
	c = made_user("/p/c.c", "/usr/include/ops.h", RECORD_SYSTEM);
	made_finish();
	made_expect(b, "user user", reason);
	made_expect(c, "user user", reason);
}
