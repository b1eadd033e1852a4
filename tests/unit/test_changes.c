/* What came, went and moved between two scans, and between two recordings. */
#include "diff/compare/changes.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/trace.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;

static void drop_arena(void)
{
	arena_release(&arena);
}

TestSuite(changes, .fini = drop_arena);

enum {
	MOST = 8
};

/* A program of a few functions, each in a module of its own or not, that call. */
struct made {
	struct function functions[MOST];
	struct call_site sites[MOST];
	struct call calls[MOST];
	struct static_trace trace;
};

static void add_function(struct made *made, const char *module, const char *name,
	unsigned line)
{
	made->functions[made->trace.nfunctions++] = (struct function){.module = module,
		.name = name,
		.file = module,
		.signature = "",
		.line = line};
	made->trace.functions = made->functions;
}

static void add_call(struct made *made, uint32_t caller, uint32_t callee, unsigned line)
{
	size_t n = made->trace.ncalls++;

	made->trace.nsites++;
	made->sites[n] = (struct call_site){
		.caller = caller, .file = made->functions[caller].file, .line = line};
	made->calls[n] = (struct call){
		.site = (uint32_t)n, .caller = caller, .callee = callee, .via = "direct"};
	made->trace.sites = made->sites;
	made->trace.calls = made->calls;
}

static void make_program(struct made *made)
{
	*made = (struct made){0};
	add_function(made, "main", "main", 1);
	add_function(made, "store", "store_open", 2);
	add_function(made, "store", "store_read", 3);
	add_function(made, "log", "log_line", 4);
	add_call(made, 0, 1, 11);
	add_call(made, 1, 2, 12);
}

static const struct change *find(const struct changes *changes, enum change_what what,
	const char *name)
{
	for (size_t i = 0; i < changes->nitems; i++)
		if (changes->items[i].what == what &&
			strcmp(changes->items[i].name, name) == 0)
			return &changes->items[i];
	return NULL;
}

Test(changes, lines_that_moved_are_none)
{
	struct made before, after;
	struct changes changes;

	make_program(&before);
	make_program(&after);
	for (size_t i = 0; i < MOST; i++) {
		after.functions[i].line += 100;
		after.sites[i].line += 100;
	}
	changes_of_static(&arena, &before.trace, &after.trace, &changes);
	cr_expect_eq(changes.nitems, 0);
	cr_expect_eq(changes.nshared, 3, "main is everywhere");
}

Test(changes, a_call_more_is_one_that_came_and_a_dependency)
{
	struct made before, after;
	struct changes changes;
	const struct change *change;

	make_program(&before);
	make_program(&after);
	add_call(&after, 2, 3, 13);
	changes_of_static(&arena, &before.trace, &after.trace, &changes);
	cr_expect_eq(changes.nitems, 2);
	change = find(&changes, CHANGE_CALL, "store_read");
	cr_assert_not_null(change);
	cr_expect_eq(change->way, CHANGE_CAME);
	cr_expect_str_eq(change->other, "log_line");
	cr_expect_eq(change->after.line, 13);
	change = find(&changes, CHANGE_DEPENDENCY, "store");
	cr_assert_not_null(change);
	cr_expect_str_eq(change->other, "log");
	changes_of_static(&arena, &after.trace, &before.trace, &changes);
	cr_expect_eq(find(&changes, CHANGE_CALL, "store_read")->way, CHANGE_WENT);
}

Test(changes, a_second_call_of_the_same_function_came_but_no_dependency)
{
	struct made before, after;
	struct changes changes;

	make_program(&before);
	make_program(&after);
	add_call(&after, 0, 1, 13);
	changes_of_static(&arena, &before.trace, &after.trace, &changes);
	cr_assert_eq(changes.nitems, 1);
	cr_expect_eq(changes.items[0].what, CHANGE_CALL);
	cr_expect_eq(changes.items[0].count, 1);
}

Test(changes, a_function_in_another_module_has_moved_and_its_calls_with_it)
{
	struct made before, after;
	struct changes changes;
	const struct change *change;

	make_program(&before);
	make_program(&after);
	after.functions[2].module = after.functions[2].file = "reader";
	changes_of_static(&arena, &before.trace, &after.trace, &changes);
	change = find(&changes, CHANGE_FUNCTION, "store_read");
	cr_assert_not_null(change);
	cr_expect_eq(change->way, CHANGE_MOVED);
	cr_expect_str_eq(change->detail, "store");
	cr_expect_str_eq(change->module, "reader");
	cr_expect_null(find(&changes, CHANGE_CALL, "store_open"));
	cr_expect_eq(changes.counts[CHANGE_DEPENDENCY][CHANGE_CAME], 1);
}

Test(changes, an_opened_certificate_says_why)
{
	static const char *const reasons[] = {"escapes to external f"};
	struct made before, after;
	struct changes changes;

	make_program(&before);
	make_program(&after);
	after.sites[1].state = SITE_OPEN;
	after.sites[1].reasons = reasons;
	after.sites[1].nreasons = 1;
	changes_of_static(&arena, &before.trace, &after.trace, &changes);
	cr_assert_eq(changes.nitems, 1);
	cr_expect_eq(changes.items[0].way, CHANGE_OPENED);
	cr_expect_str_eq(changes.items[0].detail, reasons[0]);
	changes_of_static(&arena, &after.trace, &before.trace, &changes);
	cr_expect_eq(changes.counts[CHANGE_CERTIFICATE][CHANGE_CLOSED], 1);
}

Test(changes, a_route_with_another_handler_has_moved)
{
	static const char *const tokens[] = {"add"};
	const struct route old = {.program = "p",
		.tokens = tokens,
		.ntokens = 1,
		.handler = 1,
		.file = "main"};
	struct route new = old;
	struct made before, after;
	struct changes changes;

	make_program(&before);
	make_program(&after);
	new.handler = 2;
	before.trace.routes = &old;
	after.trace.routes = &new;
	before.trace.nroutes = after.trace.nroutes = 1;
	changes_of_static(&arena, &before.trace, &after.trace, &changes);
	cr_assert_eq(changes.nitems, 1);
	cr_expect_eq(changes.items[0].what, CHANGE_ROUTE);
	cr_expect_eq(changes.items[0].way, CHANGE_MOVED);
	cr_expect_str_eq(changes.items[0].name, "p add");
	cr_expect_str_eq(changes.items[0].other, "store_read");
	cr_expect_str_eq(changes.items[0].detail, "store:store_open");
	after.trace.nroutes = 0;
	changes_of_static(&arena, &before.trace, &after.trace, &changes);
	cr_expect_eq(changes.counts[CHANGE_ROUTE][CHANGE_WENT], 1);
}

Test(changes, programs_that_share_no_function_are_told)
{
	struct made before, after = {0};
	struct changes changes;

	make_program(&before);
	add_function(&after, "main", "main", 1);
	add_function(&after, "other", "other_thing", 2);
	changes_of_static(&arena, &before.trace, &after.trace, &changes);
	cr_expect_eq(changes.nshared, 0);
}

Test(changes, a_library_that_others_use_already_is_a_minor_dependency)
{
	struct made before, after;
	struct changes changes;

	make_program(&before);
	add_function(&before, "string.h", "strlen", 0);
	before.functions[4].type = FUNCTION_EXTERNAL;
	add_call(&before, 0, 4, 14);
	after = before;
	after.trace.functions = after.functions;
	after.trace.sites = after.sites;
	after.trace.calls = after.calls;
	add_function(&after, "zlib.h", "inflate", 0);
	after.functions[5].type = FUNCTION_EXTERNAL;
	add_call(&after, 1, 4, 15);
	add_call(&after, 1, 5, 16);
	changes_of_static(&arena, &before.trace, &after.trace, &changes);
	cr_assert_eq(changes.counts[CHANGE_DEPENDENCY][CHANGE_CAME], 2);
	for (size_t i = 0; i < changes.nitems; i++)
		if (changes.items[i].what == CHANGE_DEPENDENCY)
			cr_expect_eq(changes.items[i].is_minor,
				strcmp(changes.items[i].other, "string.h") == 0, "%s",
				changes.items[i].other);
}

Test(changes, of_recordings_how_often_is_no_change)
{
	static const struct function functions[] = {
		{.module = "main", .name = "main", .file = "main.c", .line = 1},
		{.module = "a", .name = "f", .file = "a.c", .line = 2},
	};
	struct observed_call old[] = {
		{.caller = TRACE_NONE, .callee = 0, .root = ROOT_MAIN, .count = 1},
		{.caller = 0, .callee = 1, .file = "main.c", .line = 3, .count = 5},
	};
	struct observed_call new[] = {old[0], old[1]};
	struct dynamic_trace before = {
		.functions = functions, .nfunctions = 2, .calls = old, .ncalls = 2};
	struct dynamic_trace after = before;
	struct changes changes;

	new[1].count = 500;
	after.calls = new;
	changes_of_dynamic(&arena, &before, &after, &changes);
	cr_expect_eq(changes.nitems, 0);
	cr_expect(changes.is_dynamic);
	after.ncalls = 1;
	changes_of_dynamic(&arena, &before, &after, &changes);
	cr_expect_eq(changes.counts[CHANGE_CALL][CHANGE_WENT], 1);
	cr_expect_eq(changes.counts[CHANGE_DEPENDENCY][CHANGE_WENT], 1);
}
