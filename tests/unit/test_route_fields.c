#include "analyzer/routes/fields.h"

#include "tests/unit/outlined_program.h"

#include <criterion/criterion.h>

static struct fields *fields;

static void teardown(void)
{
	if (fields)
		fields_free(fields);
	fields = NULL;
	outlined_drop();
}

TestSuite(route_fields, .init = outlined_make, .fini = teardown);

static struct field_use use(const char *field)
{
	if (!fields) {
		outlined_read();
		fields = fields_read(&program);
	}
	return fields_use(fields, "command", field);
}

#define NAME "(.name:command ([] $table:command (other)))"
#define RUN "(.run:command ([] $table:command (other)))"
#define FOUND "(== (call @strcmp " NAME " ([] #1 1)) 0)"

Test(route_fields, a_name_that_is_looked_up_and_a_function_that_is_called)
{
	body("main", "(loop (other) (if " FOUND " (return (call " RUN "))))");
	cr_expect_eq(use("name").compared, 1);
	cr_expect_eq(use("name").match, RULE_EXACT);
	cr_expect_str_eq(program_name(&program, use("name").comparing), "main");
	cr_expect_eq(use("run").called, 1);
	cr_expect_eq(use("run").called_beside, 1);
	cr_expect_eq(use("run").called_on, 0, "the loop ends with it");
	cr_expect_eq(use("other").compared, 0);
}

Test(route_fields, a_name_of_the_program_itself_is_not_looked_up)
{
	body("main", "(if (== (call @strcmp " NAME " 'add') 0) (return (call " RUN ")))");
	cr_expect_eq(use("name").compared, 0);
	cr_expect_eq(use("run").called, 1);
	cr_expect_eq(use("run").called_beside, 0);
}

Test(route_fields, a_parameter_that_is_always_a_literal_is_the_programs_own)
{
	body("find", "(if (== (call @strcmp " NAME " #0) 0) (return " RUN "))");
	body("main", "(call @find 'add')(call @find 'del')");
	cr_expect_eq(use("name").compared, 0);
}

Test(route_fields, what_a_local_holds_is_still_the_field)
{
	body("main",
		"(loop (other) (if " FOUND " (block (= $run " RUN ") (call $run))))");
	cr_expect_eq(use("run").called, 1);
	cr_expect_eq(use("run").called_beside, 1);
}

Test(route_fields, a_loop_that_calls_and_goes_on_is_no_choice)
{
	body("main", "(loop (other) (block (call " RUN ")))");
	cr_expect_eq(use("run").called_on, 1);
}

Test(route_fields, a_call_that_the_loop_is_left_after_is_a_choice)
{
	body("main", "(loop (other) (block (call " RUN ") (break)))");
	cr_expect_eq(use("run").called_on, 0);
}

#define BEGINS "(== (call @strncmp " NAME " ([] #1 1) (call @strlen ([] #1 1))) 0)"

Test(route_fields, the_first_that_begins_so_or_the_only_one)
{
	body("main", "(loop (other) (if " BEGINS " (return (call " RUN "))))");
	cr_expect_eq(use("name").match, RULE_FIRST_PREFIX);
}

Test(route_fields, a_look_up_that_goes_on_wants_the_only_one)
{
	body("main", "(loop (other) (if " BEGINS " (= $found " RUN
		     ")))(return (call $found))");
	cr_expect_eq(use("name").match, RULE_UNIQUE_PREFIX);
}

Test(route_fields, what_is_handed_back_is_called_by_others)
{
	body("find", "(loop (other) (if " FOUND " (return " RUN ")))");
	cr_expect_eq(use("run").called, 0);
	cr_expect_eq(use("run").given, 1);
}

Test(route_fields, an_object_that_is_named_is_told_from_others)
{
	object("table:command", "(array (slot:0 (list:command (slot:name 'add'))))");
	object("rest:command", "(array (slot:0 (list:command (slot:name 'del'))))");
	body("main", "(if " FOUND " (return))");
	cr_expect_eq(use("name").compared, 1);
	cr_expect(fields_object(fields, 0).compared);
	cr_expect(fields_object(fields, 0).accessed);
	cr_expect_not(fields_object(fields, 1).accessed);
	cr_expect_not(fields_object(fields, TRACE_NONE).accessed);
}
