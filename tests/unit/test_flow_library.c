/* What library functions do with functions, as the rules that ship say; and binaries. */
#include "analyzer/binary/binary.h"
#include "analyzer/rules/rules.h"
#include "tests/made_program.h"

static struct rules rules;
static struct arena kept; /* what is read from files */

static void start(void)
{
	const struct rules_request request = {0};
	struct error err;

	cr_assert(rules_load(&kept, &request, &rules, &err), "%s", err.text);
	made_start();
	made.options.rules = &rules;
}

static void drop(void)
{
	made_drop();
	rules_release(&rules);
	arena_release(&kept);
}

TestSuite(flow_library, .init = start, .fini = drop);

static uint32_t made_library_call(const char *name)
{
	return made_call(made_declare(name, FACTS_SYSTEM));
}

Test(flow_library, callback_is_called_through_the_library)
{
	unsigned called, line;
	uint32_t visit = made_visit(&called), cell = made_local("cell"), site;

	site = made_library_call("qsort");
	line = made.line;
	/* Its elements are handed on: memory with `f`. */
	made_flow(made_address(made.f), cell, FLOW_UP);
	made_flow(cell, made_argument(site, 0), FLOW_RAW);
	made_flow(made_address(visit), made_argument(site, 3), 0);
	made_finish();
	cr_assert_str_eq(made_calls(line),
		"visit model 0.90 through qsort, qsort direct 1.00");
	made_expect(called, "", MADE_NOTHING);
}

Test(flow_library, elements_reach_the_callback)
{
	uint32_t compare = made_static("compare"), element = made_local("element");
	uint32_t cell = made_local("cell"), site;
	unsigned line;

	made_body(compare);
	made_flow(made_parameter(compare, 1), element, FLOW_DOWN);
	line = made_query(element);
	made_body(made.main);
	site = made_library_call("qsort");
	made_flow(made_address(made.f), cell, FLOW_UP);
	made_flow(cell, made_argument(site, 0), FLOW_RAW);
	made_flow(made_address(compare), made_argument(site, 3), 0);
	made_finish();
	made_expect(line, "f", "");
}

Test(flow_library, user_data_reaches_a_thread)
{
	unsigned called;
	uint32_t visit = made_visit(&called);
	uint32_t site = made_library_call("pthread_create");

	made_flow(made_address(visit), made_argument(site, 2), 0);
	made_flow(made_address(made.f), made_argument(site, 3), FLOW_RAW);
	made_finish();
	made_expect(called, "f", "");
}

Test(flow_library, what_a_rule_does_not_give_is_unknown)
{
	unsigned called;
	uint32_t visit = made_visit(&called), site = made_library_call("atexit");

	made_flow(made_address(visit), made_argument(site, 0), 0);
	made_finish();
	made_expect(called, "", "given by external 'atexit'");
}

Test(flow_library, arguments_without_a_rule_are_left_alone)
{
	unsigned called;
	uint32_t visit = made_visit(&called), site = made_library_call("printf");
	uint32_t own;

	made_flow(made_address(visit), made_argument(site, 1), 0);
	own = made_call(visit);
	made_flow(made_address(made.f), made_argument(own, 0), 0);
	made_finish();
	made_expect(called, "f", "");
}

/* `memcpy(&x, &y, sizeof(x)); x()` */
Test(flow_library, memory_is_copied)
{
	uint32_t x = made_local("x"), y = made_local("y");
	uint32_t site = made_library_call("memcpy");
	unsigned line;

	made_flow(made_address(made.f), y, 0);
	made_flow(x, made_argument(site, 0), FLOW_UP | FLOW_BOTH_WAYS);
	made_flow(y, made_argument(site, 1), FLOW_UP | FLOW_BOTH_WAYS);
	line = made_query(x);
	made_finish();
	made_expect(line, "f", "");
}

Test(flow_library, record_copied_to_its_own_type_holds_what_it_held)
{
	uint32_t record = made_record(made.source, "ops", 0);
	uint32_t site = made_library_call("memcpy");
	unsigned line;

	for (uint32_t i = 0; i < 2; i++)
		made_flow(made_field(record, "run"), made_argument(site, i),
			FLOW_POINTEE | FLOW_RAW);
	made_flow(made_address(made.f), made_field(record, "run"), 0);
	line = made_query(made_field(record, "run"));
	made_finish();
	made_expect(line, "f", "");
}

Test(flow_library, record_filled_from_bytes_may_hold_anything)
{
	uint32_t record = made_record(made.source, "ops", 0);
	uint32_t site = made_library_call("memcpy");
	unsigned line;

	made_flow(made_field(record, "run"), made_argument(site, 0),
		FLOW_POINTEE | FLOW_RAW);
	made_flow(made_address(made.f), made_field(record, "run"), 0);
	line = made_query(made_field(record, "run"));
	made_finish();
	made_expect(line, "f", "field written through 'memcpy'");
}

Test(flow_library, slot_remembers_what_any_call_put_there)
{
	uint32_t set = made_library_call("pthread_setspecific"), get;
	unsigned line;

	made_flow(made_address(made.f), made_argument(set, 1), FLOW_RAW);
	get = made_library_call("pthread_getspecific");
	line = made_query(made_answer(get));
	made_finish();
	made_expect(line, "f", "");
	cr_assert_not_null(strstr(made_steps(line), "pthread_specific"), "%s",
		made_steps(line));
}

/* `dlsym(handle, NAME)()`, where `name` comes to be the name. */
static unsigned made_lookup(uint32_t name)
{
	uint32_t site = made_library_call("dlsym");

	if (name != FACTS_NONE)
		made_flow(name, made_argument(site, 1), 0);
	return made_query(made_answer(site));
}

Test(flow_library, name_is_looked_up_among_public_functions)
{
	unsigned line, hidden;

	made_declare("plug", FACTS_DEFINED);
	line = made_lookup(made_text("plug"));
	hidden = made_lookup(made_text("f"));
	made_finish();
	made_expect(line, "plug", "dlsym: any loaded object may define 'plug'");
	made_expect(hidden, "", "dlsym: any loaded object may define 'f'");
}

Test(flow_library, computed_name_may_be_any)
{
	unsigned line, nothing;

	line = made_lookup(made_local("name"));
	nothing = made_lookup(FACTS_NONE);
	made_finish();
	made_expect(line, "", "dlsym with computed name");
	made_expect(nothing, "", "dlsym with computed name");
}

/* A wrapper of dlsym(), whose callers are linked after it or before it. */
static unsigned made_wrapper(const char *path)
{
	uint32_t wrapper;
	unsigned line;

	made_end();
	made_begin(path);
	wrapper = made_declare("find", FACTS_DEFINED);
	made_body(wrapper);
	line = made_lookup(made_parameter(wrapper, 0));
	made_finish();
	return line;
}

static void call_wrapper(void)
{
	uint32_t name = made_local("name");

	made_declare("plug", FACTS_DEFINED);
	made_flow(name, made_argument(made_call(made_declare("find", 0)), 0), 0);
	made_flow(made_text("plug"), name, 0);
}

Test(flow_library, name_that_comes_by_a_wrapper_is_not_computed)
{
	call_wrapper();
	made_expect(made_wrapper("/p/z.c"), "plug",
		"dlsym: any loaded object may define 'plug'");
}

Test(flow_library, name_that_comes_by_a_wrapper_linked_first_is_not_computed)
{
	call_wrapper();
	made_expect(made_wrapper("/p/A.c"), "plug",
		"dlsym: any loaded object may define 'plug'");
}

Test(flow_library, handler_in_a_field_that_a_rule_names_is_called)
{
	uint32_t record = made_record(made.source, "sigaction", RECORD_SYSTEM);
	unsigned called;
	uint32_t visit = made_visit(&called);

	made_flow(made_address(visit), made_field(record, "sa_handler"), 0);
	made_finish();
	/* The first parameter is a number: the rule gives nothing. */
	made_expect(called, "", MADE_NOTHING);
}

Test(flow_library, record_with_handlers_is_called_through_the_library)
{
	uint32_t record = made_record(made.source, "sigaction", RECORD_SYSTEM);
	uint32_t site;
	unsigned line;

	site = made_library_call("sigaction");
	line = made.line;
	made_flow(made_address(made.f), made_field(record, "sa_handler"), 0);
	made_flow(made_field(record, "sa_handler"), made_argument(site, 1), FLOW_POINTEE);
	made_finish();
	cr_assert_str_eq(made_calls(line),
		"f model 0.90 through sigaction, sigaction direct 1.00");
}

Test(flow_library, variable_that_a_rule_names_is_called_by_the_library)
{
	unsigned line;

	made_flow(made_address(made.f), made_global("rl_startup_hook", false), 0);
	line = made_query(made_global("rl_startup_hook", false));
	made_finish();
	made_expect(line, "f",
		"variable 'rl_startup_hook', which may be set by a library");
}

/* A unit of the binary, with a function that it exports and one that it does not. */
Test(flow_library, binary_says_which_functions_others_may_call)
{
	struct binary binary;
	struct error err;
	unsigned exported, other;
	uint32_t function;

	cr_assert(binary_read(&kept, TEST_DATA "/fuzz/corpus/elf/shared_object", &binary,
			  &err),
		"%s", err.text);
	cr_assert(binary_exports(&binary, "a"));
	made_end();
	made_drop();
	made_begin("/src/tiny.c");
	made.options.binaries = &binary;
	made.options.nbinaries = 1;
	made.options.root = "/src";
	function = made_declare("a", FACTS_DEFINED);
	made_body(function);
	exported = made_query(made_parameter(function, 0));
	function = made_declare("not_exported", FACTS_DEFINED);
	made_body(function);
	other = made_query(made_parameter(function, 0));
	made_finish();
	made_expect(exported, "", "parameter of an exported function");
	made_expect(other, "", MADE_NOTHING);
}
