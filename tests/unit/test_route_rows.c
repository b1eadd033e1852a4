#include "analyzer/routes/rows.h"

#include "tests/unit/outlined_program.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct row_list *lists;
static size_t nlists;

static void teardown(void)
{
	free(lists);
	outlined_drop();
}

TestSuite(route_rows, .init = outlined_make, .fini = teardown);

static void read_rows(void)
{
	outlined_read();
	lists = rows_read(&program, &nlists);
}

/* "command: name=add run, name=del run; …": each list, row by row. */
static void expect(const char *expected)
{
	scoped_text found = {0};

	for (size_t l = 0; l < nlists; l++) {
		text_printf(&found, "%s%s:", l ? "; " : "", lists[l].record);
		for (size_t r = 0; r < lists[l].nrows; r++) {
			const struct row *row = &lists[l].rows[r];

			text_add(&found, r ? "," : "");
			for (size_t c = 0; c < row->ncells; c++) {
				const struct cell *cell = &row->cells[c];

				text_printf(&found, " %s", cell->field);
				if (term_is(cell->value, TERM_TEXT))
					text_printf(&found, "=%s",
						term_name(cell->value));
			}
		}
	}
	cr_expect_str_eq(text_string(&found), expected);
}

#define ROW(name, run) "(list:command (slot:name '" name "') (slot:run @" run "))"

Test(route_rows, an_array_of_records_is_a_list)
{
	object("table:command",
		"(array (slot:0 " ROW("add", "add") ") (slot:1 " ROW("del", "del") "))");
	read_rows();
	expect("command: name=add run, name=del run");
	cr_expect_eq(lists[0].object, 0);
	cr_expect_eq(lists[0].holder, TRACE_NONE);
}

Test(route_rows, an_array_of_pointers_has_the_rows_that_they_point_to)
{
	object("one:command", ROW("add", "add"));
	object("table:command", "(array (slot:0 (& $one:command)) (slot:1 (other)))");
	read_rows();
	expect("command: name=add run; command: name=add run");
	cr_expect_eq(lists[1].rows[0].object, 0, "where the row is, not the pointer");
}

Test(route_rows, cells_of_a_record_within_the_row_say_how_deep_they_are)
{
	object("table:command", "(array (slot:0 (list:command (slot:base (list:base "
				"(slot:name 'add'))) (slot:run @add))))");
	read_rows();
	expect("command: name=add run");
	cr_expect_eq(lists[0].rows[0].cells[0].depth, 1);
	cr_expect_str_eq(lists[0].rows[0].cells[0].record, "base");
	cr_expect_eq(lists[0].rows[0].cells[1].depth, 0);
}

Test(route_rows, each_name_of_an_array_of_names_is_a_cell)
{
	object("table:command", "(array (slot:0 (list:command (slot:names (array (slot:0 "
				"'add') (slot:1 'new'))) (slot:run @add))))");
	read_rows();
	expect("command: names=add names=new run");
}

Test(route_rows, rows_in_a_group_are_held_by_it)
{
	object("groups:group",
		"(array (slot:0 (list:group (slot:title 'keys') (slot:rows "
		"(array (slot:0 " ROW("add", "add") "))))))");
	read_rows();
	expect("group: title=keys rows; command: name=add run");
	cr_expect_eq(lists[1].holder, 0);
}

Test(route_rows, numbers_and_texts_alone_are_no_rows)
{
	object("numbers:command", "(array (slot:0 1) (slot:1 2))");
	object("texts", "(array (slot:0 'a') (slot:1 'b'))");
	read_rows();
	cr_expect_eq(nlists, 0);
}

/* The facts are a stranger's: what is too deep is not seen. */
Test(route_rows, records_in_records_without_end_are_survived)
{
	enum {
		DEPTH = 20000
	};
	scoped_text source = {0};

	text_add(&source, "(array (slot:0 ");
	for (int i = 0; i < DEPTH; i++)
		text_add(&source, "(list:command (slot:next ");
	text_add(&source, "'add'");
	for (int i = 0; i < DEPTH; i++)
		text_add(&source, "))");
	text_add(&source, "))");
	object("table:command", text_string(&source));
	read_rows();
	cr_expect_eq(nlists, 1);
}
