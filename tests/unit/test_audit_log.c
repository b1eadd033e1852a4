#include "tracer/audit_log.h"

#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/error.h"
#include "scratch.h"

#include <criterion/criterion.h>

static struct arena arena;
static struct dynamic_builder builder;

static void set_up(void)
{
	scratch_make();
	dynamic_builder_init(&builder, &arena);
}

static void tear_down(void)
{
	dynamic_builder_release(&builder);
	arena_release(&arena);
	scratch_remove();
}

TestSuite(audit_log, .init = set_up, .fini = tear_down);

static struct dynamic_trace read_log(const char *text)
{
	struct dynamic_trace trace;
	struct error err;

	scratch_write("log", text);
	cr_assert(audit_log_read(&builder, scratch_path("log"),
			  dynamic_builder_run(&builder, "run"), &err),
		"%s", err.text);
	dynamic_builder_finish(&builder, "0.1.0", &trace);
	return trace;
}

Test(audit_log, bindings_are_calls_between_modules)
{
	struct dynamic_trace trace = read_log("pcarch-audit 1 12 11 1746372660000000000\n"
					      "object 0 /bin/prog\n"
					      "object 1 /lib/libc.so.6\n"
					      "bind 0 1 qsort\n");

	cr_assert_eq(trace.ncalls, 1);
	cr_assert_str_eq(trace.functions[trace.calls[0].caller].module, "prog");
	cr_assert_str_eq(trace.functions[trace.calls[0].callee].module, "libc.so.6");
	cr_assert_str_eq(trace.functions[trace.calls[0].callee].name, "qsort");
	cr_assert_str_eq(trace.processes[0].program, "prog");
	cr_assert_eq(trace.processes[0].start_us, 1746372660000000);
	cr_assert_not(trace.processes[0].is_complete, "nobody counted calls");
}

Test(audit_log, ends_where_a_line_makes_no_sense_or_was_cut_off)
{
	struct dynamic_trace trace =
		read_log("pcarch-audit 1 12 11 99999999999999999999999\n"
			 "object 0 /bin/prog\n"
			 "bind 0 0 first\n"
			 "bind 0 7 nowhere\n"
			 "bind 0 0 after\n");

	cr_assert_eq(trace.ncalls, 1);
	trace = read_log("pcarch-audit 1 12 11 5\nobject 4000000000 /x\n");
	trace = read_log("pcarch-audit 1 12 11 6\nobject 0 /bin/prog\nbind 0 0 cut");
	cr_assert_eq(trace.ncalls, 1);
}

Test(audit_log, refuses_what_is_none)
{
	struct error err;

	scratch_write("log", "object 0 /bin/prog\n");
	cr_assert_not(audit_log_read(&builder, scratch_path("log"), 0, &err));
	cr_assert_str_eq(err.text, "this is no list of what a program bound");
}
