#include "analyzer/routes/chains.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/fields.h"
#include "analyzer/routes/tables.h"
#include "analyzer/routes/tree.h"
#include "tests/unit/outlined_program.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct dispatch_list list;

static void teardown(void)
{
	free(list.items);
	outlined_drop();
}

TestSuite(route_owners, .init = outlined_make, .fini = teardown);

/* "add=add, key=key, key new=key_new": the routes, in order. */
static void expect(const char *expected)
{
	struct found_routes found;
	scoped_text text = {0};
	struct fields *fields;
	uint32_t *order;

	outlined_read();
	fields = fields_read(&program);
	tables_find(&program, fields, &list);
	chains_find(&program, &list);
	order = arena_alloc(&arena, program.nfunctions * sizeof(*order));
	for (uint32_t i = 0; i < program.nfunctions; i++)
		order[i] = i;
	tree_build(&program, &list, order, &found);
	fields_free(fields);
	for (size_t i = 0; i < found.count; i++) {
		const struct route *route = &found.routes[i];

		text_add(&text, i ? ", " : "");
		for (size_t t = 0; t < route->ntokens; t++)
			text_printf(&text, "%s%s", t ? " " : "", route->tokens[t]);
		text_printf(&text, "=%s",
			route->handler == TRACE_NONE
				? route->handler_reason
				: program_name(&program, route->handler));
		for (size_t h = 0; h < route->nothers; h++)
			text_printf(&text, "|%s",
				program_name(&program, route->others[h].function));
	}
	cr_expect_str_eq(text_string(&text), expected);
}

#define IS(n, word) "(== (call @strcmp ([] #1 " n ") '" word "') 0)"
#define TRY(n, word, run) "(if " IS(n, word) " (return (call @" run " #0 #1)))"

static void runs(const char *name)
{
	body(name, "(call @strlen 'x')");
}

Test(route_owners, what_a_handler_chooses_among_is_below_its_word)
{
	runs("key_new");
	runs("key_drop");
	runs("show");
	body("key", TRY("2", "new", "key_new") TRY("2", "drop", "key_drop"));
	body("main", TRY("1", "key", "key") TRY("1", "show", "show"));
	expect("key=key, key drop=key_drop, key new=key_new, show=show");
}

Test(route_owners, a_table_is_whose_function_searches_it)
{
	runs("add");
	runs("del");
	object("table:command",
		"(array (slot:0 (list:command (slot:name 'add') (slot:run @add)))"
		" (slot:1 (list:command (slot:name 'del') (slot:run @del))))");
	body("main", "(loop (other) (if (== (call @strcmp (.name $row) ([] #1 1)) 0)"
		     " (return (call (.run $row) #0 #1))))(call @strlen $table:command)");
	expect("add=add, del=del");
}

Test(route_owners, one_word_that_is_found_twice_is_ambiguous)
{
	runs("add");
	runs("del");
	runs("old_add");
	body("old", TRY("1", "add", "old_add") TRY("1", "del", "del"));
	body("main", TRY("1", "add", "add")
			     TRY("1", "del", "del") "(return (call @old #0 #1))");
	expect("add=add|old_add, del=del");
}

/* Three and more: options, kinds of objects, what they have in common. */
Test(route_owners, what_many_handlers_come_to_is_below_none)
{
	runs("on");
	runs("off");
	body("common", TRY("2", "on", "on") TRY("2", "off", "off"));
	body("a", "(return (call @common #0 #1))");
	body("b", "(return (call @common #0 #1))");
	body("c", "(return (call @common #0 #1))");
	body("main", TRY("1", "a", "a") TRY("1", "b", "b") TRY("1", "c", "c"));
	expect("a=a, b=b, c=c");
}

/* A handler that comes to itself: levels end. */
Test(route_owners, a_circle_of_handlers_ends)
{
	runs("leaf");
	body("main", TRY("1", "again", "main") TRY("1", "leaf", "leaf"));
	expect("again=main, leaf=leaf");
}
