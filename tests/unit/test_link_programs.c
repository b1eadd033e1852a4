/* Which definition a call means where the units make up several programs. */
#include "analyzer/link/link.h"

#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "core/trace.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_UNITS = 8,
};

static char *images[MAX_UNITS];
static struct facts opened[MAX_UNITS];
static size_t nimages;
static struct arena arena;
static struct static_trace trace;

/* The unit being put together. */
static struct facts_builder *builder;
static const char *unit_path, *unit_arguments;
static uint32_t unit_file, unit_function; /* the last one defined */
static unsigned unit_line;

static void begin_unit(const char *path, const char *arguments)
{
	builder = facts_builder_new();
	unit_path = path;
	unit_arguments = arguments;
	unit_line = 0;
	unit_file = facts_add_file(builder,
		(struct facts_file){.path = facts_intern(builder, path)});
}

static uint32_t add(const char *name, uint32_t file, unsigned flags)
{
	unit_line++;
	return facts_add_function(builder,
		(struct facts_function){
			.name = facts_intern(builder, name),
			.signature = facts_intern(builder, "int (void)"),
			.file = file,
			.line = unit_line,
			.offset = unit_line * 10,
			.flags = flags,
		});
}

static void defines(const char *name, unsigned flags)
{
	unit_function = add(name, unit_file, FACTS_DEFINED | flags);
}

/* The last function defined calls `name`. */
static void calls(const char *name, unsigned flags)
{
	uint32_t callee = add(name, FACTS_NONE, flags);
	struct facts_function *fn = facts_function(builder, unit_function);
	uint32_t site = facts_add_site(builder, (struct facts_site){
							.file = unit_file,
							.line = unit_line,
							.spelling_file = FACTS_NONE,
							.callee = callee,
							.expression = CALLEE_NAME,
							.node = FACTS_NONE,
						});

	if (!fn->nsites++)
		fn->first_site = site;
}

static void end_unit_as(enum unit_status status)
{
	struct text image = {0};
	struct error err;

	facts_build(builder,
		(struct facts_unit){
			.kind = FACTS_UNIT,
			.path = facts_intern(builder, unit_path),
			.arguments = facts_intern(builder, unit_arguments),
			.status = status,
		},
		&image);
	facts_builder_free(builder);
	images[nimages] = image.bytes;
	cr_assert(facts_open(image.bytes, image.len, (struct facts_place){unit_path, 0},
			  &opened[nimages], &err),
		"%s", err.text);
	nimages++;
}

static void end_unit(void)
{
	end_unit_as(UNIT_PARSED);
}

static void link_all(void)
{
	static const struct link_options options = {.root = "/p", .tool_version = "test"};
	struct facts inputs[MAX_UNITS];

	memcpy(inputs, opened, sizeof(inputs));
	link_facts(&arena, inputs, nimages, &options, &trace);
}

static void drop(void)
{
	for (size_t i = 0; i < nimages; i++)
		free(images[i]);
	nimages = 0;
	arena_release(&arena);
}

/* The files that define what the first function of that name calls, "a.c b.c". */
static const char *callees_of(const char *name)
{
	static char text[256];
	size_t len = 0;

	text[0] = '\0';
	for (size_t i = 0; i < trace.ncalls; i++) {
		const struct call *call = &trace.calls[i];
		const struct function *callee = &trace.functions[call->callee];

		if (strcmp(trace.functions[call->caller].name, name) == 0)
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s",
				len ? " " : "", callee->file[0] ? callee->file : "?");
	}
	return text;
}

static const char *reason_in(const char *name)
{
	for (size_t i = 0; i < trace.nsites; i++)
		if (strcmp(trace.functions[trace.sites[i].caller].name, name) == 0)
			return trace.sites[i].nreasons ? trace.sites[i].reasons[0]
						       : "closed";
	return "no site";
}

/* Two tools with functions of the same names, and a library that calls one of them. */
static void make_tools(void)
{
	static const char *const paths[] = {"/p/one.c", "/p/two.c"};
	static const char *const users[] = {"work_one", "work_two"};

	for (size_t i = 0; i < 2; i++) {
		begin_unit(paths[i], "");
		defines("usage", 0);
		defines("die", 0);
		defines("main", 0);
		calls("usage", 0);
		calls("check", 0);
		defines(users[i], 0);
		calls("die", 0);
		end_unit();
	}
	begin_unit("/p/check.c", "");
	defines("check", 0);
	calls("die", 0);
	end_unit();
}

TestSuite(link_programs, .fini = drop);

Test(link_programs, a_library_may_call_into_each_of_them)
{
	make_tools();
	link_all();
	cr_assert_str_eq(callees_of("check"), "one.c two.c");
	cr_assert_str_eq(reason_in("check"), "2 definitions of 'die'");
}

/* A tool that calls the library's `die` gets it, though another one has its own. */
Test(link_programs, a_program_never_calls_into_another)
{
	make_tools();
	begin_unit("/p/three.c", "");
	defines("main", 0);
	defines("three", 0);
	calls("die", 0);
	end_unit();
	begin_unit("/p/die.c", "");
	defines("die", 0);
	end_unit();
	link_all();
	cr_assert_str_eq(callees_of("three"), "die.c");
	cr_assert_str_eq(reason_in("three"), "closed");
	cr_assert_str_eq(callees_of("check"), "die.c one.c two.c");
}

Test(link_programs, where_only_another_one_defines_it_the_call_stays)
{
	make_tools();
	begin_unit("/p/three.c", "");
	defines("main", 0);
	defines("three", 0);
	calls("work_one", 0);
	end_unit();
	link_all();
	cr_assert_str_eq(callees_of("three"), "one.c");
}

/* As redis does: parts of the server need the server, and so its own `panic`. */
static void make_server(const char *arguments, enum unit_status last)
{
	begin_unit("/p/server.c", arguments);
	defines("main", 0);
	calls("debug", 0);
	defines("lookup", 0);
	end_unit();
	begin_unit("/p/debug.c", arguments);
	defines("panic", 0);
	defines("debug", 0);
	end_unit();
	begin_unit("/p/acl.c", arguments);
	defines("acl", 0);
	calls("panic", 0);
	calls("lookup", 0);
	end_unit();
	begin_unit("/p/client.c", arguments);
	defines("main", 0);
	calls("dict", 0);
	end_unit();
	begin_unit("/p/simple_panic.c", arguments);
	defines("panic", 0);
	end_unit();
	begin_unit("/p/dict.c", arguments);
	defines("dict", 0);
	calls("panic", 0);
	end_unit_as(last);
}

Test(link_programs, what_a_unit_cannot_do_without_is_linked_with_it)
{
	make_server("", UNIT_PARSED);
	link_all();
	cr_assert_str_eq(callees_of("acl"), "debug.c server.c");
	cr_assert_str_eq(callees_of("dict"), "debug.c simple_panic.c");
}

/* There, the program's own definition comes before that of the library. */
Test(link_programs, nothing_is_concluded_of_code_for_shared_objects)
{
	make_server("-O2 -fPIC", UNIT_PARSED);
	link_all();
	cr_assert_str_eq(callees_of("acl"), "debug.c simple_panic.c server.c");
}

Test(link_programs, nothing_is_concluded_where_a_unit_was_not_read_whole)
{
	make_server("", UNIT_PARTIAL);
	link_all();
	cr_assert_str_eq(callees_of("acl"), "debug.c simple_panic.c server.c");
}

/* A header's inline function, which the object may not have, tells nothing. */
Test(link_programs, only_code_that_every_compiler_keeps_tells)
{
	begin_unit("/p/a.c", "");
	unit_function = add("in_header",
		facts_add_file(builder,
			(struct facts_file){.path = facts_intern(builder, "/p/a.h")}),
		FACTS_DEFINED | FACTS_INTERNAL);
	calls("only_b", 0);
	defines("dropped", FACTS_INTERNAL);
	calls("only_b", 0);
	defines("a", 0);
	calls("both", 0);
	end_unit();
	begin_unit("/p/b.c", "");
	defines("only_b", 0);
	defines("both", 0);
	end_unit();
	begin_unit("/p/c.c", "");
	defines("both", 0);
	end_unit();
	link_all();
	cr_assert_str_eq(callees_of("a"), "b.c c.c");
}

/*
 * As busybox does: an applet is part of the one program, and, compiled again, a program
 * of its own with a `die` of its own.
 */
Test(link_programs, one_source_may_be_in_two_of_them)
{
	begin_unit("/p/applet.c", "");
	defines("applet", 0);
	calls("die", 0);
	end_unit();
	begin_unit("/p/applet.c", "-DALONE");
	defines("applet", 0);
	calls("die", 0);
	unit_line = 10;
	defines("die", 0);
	defines("main", 0);
	end_unit();
	begin_unit("/p/box.c", "");
	defines("main", 0);
	defines("box", 0);
	calls("applet", 0);
	calls("die", 0);
	end_unit();
	begin_unit("/p/library.c", "");
	defines("die", 0);
	end_unit();
	link_all();
	/* Of one variant its own; of the other one any: who knows what it is in. */
	cr_assert_str_eq(callees_of("applet"), "applet.c applet.c library.c");
	cr_assert_str_eq(callees_of("box"), "applet.c library.c");
}

static void make_hook(void)
{
	begin_unit("/p/library.c", "");
	defines("hook", FUNCTION_WEAK);
	defines("library", 0);
	calls("hook", 0);
	end_unit();
	begin_unit("/p/hooked.c", "");
	defines("main", 0);
	calls("library", 0);
	defines("hook", 0);
	end_unit();
}

Test(link_programs, weak_gives_way_to_strong_in_one_program)
{
	make_hook();
	link_all();
	cr_assert_str_eq(callees_of("library"), "hooked.c");
	cr_assert_str_eq(reason_in("library"), "closed");
}

Test(link_programs, weak_stays_where_another_program_may_use_it)
{
	make_hook();
	begin_unit("/p/plain.c", "");
	defines("main", 0);
	calls("library", 0);
	end_unit();
	link_all();
	cr_assert_str_eq(callees_of("library"), "hooked.c library.c");
	cr_assert_str_eq(reason_in("library"), "2 definitions of 'hook'");
}

Test(link_programs, weak_and_defined_nowhere_is_open)
{
	begin_unit("/p/a.c", "");
	defines("a", 0);
	calls("plugin", FUNCTION_WEAK);
	end_unit();
	link_all();
	cr_assert_eq(trace.ncalls, 1);
	cr_assert_str_eq(trace.calls[0].via, "weak");
	cr_assert_str_eq(reason_in("a"),
		"weak, defined nowhere: 'plugin' is nothing, unless a library brings it");
}

Test(link_programs, weak_in_one_unit_and_needed_in_another_is_there)
{
	begin_unit("/p/a.c", "");
	defines("a", 0);
	calls("plugin", FUNCTION_WEAK);
	end_unit();
	begin_unit("/p/b.c", "");
	defines("b", 0);
	calls("plugin", 0);
	end_unit();
	link_all();
	cr_assert_str_eq(reason_in("a"), "closed");
}
