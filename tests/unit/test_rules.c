#include "analyzer/rules/rules.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/json_reader.h"
#include "core/rules_json.h"
#include "core/text.h"
#include "tests/unit/scratch.h"

#include <criterion/criterion.h>
#include <string.h>

#define EXAMPLE TEST_DATA "/../schemas/examples/rules.json"

static struct arena arena;

static struct rule_file read_text(const char *json)
{
	const struct json_source source = {"r.json", json, strlen(json)};
	struct rule_file file;
	struct error err;

	cr_assert(rules_json_read(&arena, &source, &file, &err), "%u: %s", err.at.line,
		err.text);
	return file;
}

/* "LINE:COLUMN: message" of the first thing that is wrong. */
static void check_refused(const char *json, const char *message)
{
	const struct json_source source = {"r.json", json, strlen(json)};
	struct rule_file file;
	scoped_text found = {0};
	struct error err;

	cr_assert_not(rules_json_read(&arena, &source, &file, &err), "accepted: %s",
		json);
	cr_assert_str_eq(err.at.file, "r.json");
	text_printf(&found, "%u:%u: %s", err.at.line, err.at.col, err.text);
	cr_expect_str_eq(found.bytes, message, "'%s' instead of '%s'", found.bytes,
		message);
}

static struct rules load(const char *root, const char *const *files, size_t nfiles)
{
	struct rules_request request = {root, files, nfiles};
	struct rules rules;
	struct error err;

	cr_assert(rules_load(&arena, &request, &rules, &err), "%s", err.text);
	return rules;
}

Test(rules, the_example_reads_as_the_manual_says)
{
	const struct json_source source = {.name = EXAMPLE};
	struct rule_file file;
	struct error err;

	cr_assert(rules_json_read(&arena, &source, &file, &err), "%s", err.text);
	cr_assert_eq(file.ntables, 4);
	cr_expect_str_eq(file.tables[0].sub, "children");
	cr_expect_str_eq(file.tables[0].roles[0].field, "complete");
	cr_expect_str_eq(file.tables[0].roles[0].role, "completer");
	cr_expect_eq(file.tables[0].match, RULE_UNIQUE_PREFIX);
	cr_expect_str_eq(file.tables[1].name[1].prefix, "--");
	cr_expect_str_eq(file.tables[1].sub_list, "rows");
	cr_expect_eq(file.tables[1].nwhere, 3);
	cr_expect_str_eq(file.tables[1].where[1].value, "0");
	cr_expect_str_eq(file.tables[1].where[2].value, "NULL");
	cr_expect_eq(file.tables[2].kind, RULE_FFI);
	cr_expect_str_eq(file.tables[3].names, "all_names");
	cr_expect_str_eq(file.tables[3].separator, "", "a NUL");
	cr_expect_eq(file.dispatchers[0].table, 1);
	cr_expect_eq(file.compares[0].is_equal_when, RULE_NOT_ZERO);
	cr_expect_eq(file.compares[0].match, RULE_FIRST_PREFIX);
	cr_expect_eq(file.forwards[0].roles[0].argument, 4);
	cr_expect_eq(file.nassignments, 5, "a list of fields is a rule each");
	cr_expect_eq(file.assignments[3].parameters.values[0].kind, RULE_SELF);
	cr_expect_str_eq(file.assignments[3].parameters.values[1].name, "data");
	cr_expect_str_eq(file.functions[2].queue_from.call, "amqp_basic_consume");
}

Test(rules, a_call_says_what_becomes_of_each_argument)
{
	struct rule_file file = read_text(
		"{\"version\":1,\"calls\":[{\"call\":\"f\",\"handler\":[1,{\"argument\":2,"
		"\"arguments\":[{\"slot\":\"s\",\"pointer\":true}],\"role\":\"filter\"}],"
		"\"arguments\":[0,null,\"fresh\"],\"copies\":[[3,4]],\"fills\":{\"5\":6},"
		"\"stores\":{\"s\":7},\"returns\":{\"argument\":8,\"pointer\":true},"
		"\"keeps\":false,\"roles\":{\"9\":\"usage\"}}]}");
	const struct call_rule *rule = &file.calls[0];

	cr_assert_eq(file.ncalls, 1);
	cr_assert_eq(rule->ncallbacks, 3);
	cr_expect_eq(rule->callbacks[0].parameters.nvalues, 3);
	cr_expect_eq(rule->callbacks[0].parameters.values[0].argument, 0);
	cr_expect_eq(rule->callbacks[0].parameters.values[1].kind, RULE_NOTHING);
	cr_expect_eq(rule->callbacks[0].parameters.values[2].kind, RULE_FRESH);
	cr_expect_null(rule->callbacks[0].role);
	cr_expect_eq(rule->callbacks[1].parameters.values[0].kind, RULE_SLOT);
	cr_expect(rule->callbacks[1].parameters.values[0].is_pointer);
	cr_expect_str_eq(rule->callbacks[1].role, "filter");
	cr_expect_eq(rule->callbacks[2].argument, 9);
	cr_expect_eq(rule->copies[0].to, 3);
	cr_expect_eq(rule->copies[0].from, 4);
	cr_expect_eq(rule->fills[0].argument, 5);
	cr_expect_eq(rule->fills[0].value.argument, 6);
	cr_expect_str_eq(rule->stores[0].slot, "s");
	cr_expect_eq(rule->result.argument, 8);
	cr_expect_not(rule->keeps);
	cr_expect_eq(rule->name, RULE_NO_ARGUMENT);
	cr_expect_eq(rule->kind, RULE_NO_KIND);
}

Test(rules, what_a_rule_does_not_say_is_unknown)
{
	struct rule_file file = read_text("{\"version\":1,\"calls\":[{\"call\":\"f\"}]}");

	cr_expect_eq(file.calls[0].result.kind, RULE_UNKNOWN);
	cr_expect(file.calls[0].keeps);
}

Test(rules, a_wrong_file_is_refused_at_the_line)
{
	check_refused("{\"version\":1,\n \"calls\":[{\"call\":\"f\",\n  \"hanlder\":1}]}",
		"3:3: '/calls/0/hanlder' is not allowed here: no such member is known; did you "
		"mean 'handler'?");
	check_refused(
		"{\"version\":1,\n\"registrations\":[\n{\"kind\":\"htpp\",\"call\":\"f\"}]}",
		"3:2: '/registrations/0/kind' is \"htpp\", expected one of \"cli\", \"http\", "
		"\"amqp\", \"signal\", \"thread\", \"timer\", \"event\", \"callback\", "
		"\"constructor\", \"destructor\", \"plugin\", \"ffi\", \"library\"; did you mean "
		"\"http\"?");
	check_refused("{\"version\":1,\"calls\":[{\"call\":7}]}",
		"1:24: '/calls/0/call' is an integer, expected a string or an array");
	check_refused("{\"version\":1,\"calls\":[{\"call\":\"f\",\"handler\":64}]}",
		"1:35: '/calls/0/handler' is 64, expected at most 63");
	check_refused("{\"calls\":[]}", "1:1: '/' has no member 'version'");
	check_refused("{\"version\":1,\n\"calls\":[{]}",
		"2:11: expected a key in double quotes, found ']'");
	check_refused("{\"later\":true,\n \"version\":2}",
		"2:12: version 2 is newer than the 1 that this pcarch knows: use a later pcarch");
}

Test(rules, what_makes_no_sense_is_refused_at_the_line)
{
	check_refused(
		"{\"version\":1,\"registrations\":[\n{\"kind\":\"http\",\"call\":\"f\"}]}",
		"2:1: registrations[0]: a registration needs 'handler', the argument that is "
		"called, or 'symbol', that names it");
	check_refused("{\"version\":1,\"calls\":[{\"call\":\"f\",\"arguments\":[0]}]}",
		"1:23: calls[0]: 'arguments' is given without 'handler', whose parameters they "
		"are");
	check_refused("{\"version\":1,\"calls\":[{\"call\":\"f\",\"handler\":[1,1]}]}",
		"1:23: calls[0]: argument 1 is given twice among the handlers and roles");
	check_refused(
		"{\"version\":1,\"calls\":[{\"call\":\"f\",\"roles\":{\"x\":\"y\"}}]}",
		"1:23: calls[0]: the key 'x' in 'roles' is not the number of an argument: "
		"expected \"0\" to \"63\"");
	check_refused("{\"version\":1,\"calls\":[{\"call\":\"f\",\"copies\":[[1,2,3]]}]}",
		"1:23: calls[0]: 'copies' needs pairs of arguments: [to, from]");
	check_refused("{\"version\":1,\"calls\":[{\"call\":\"f\",\"returns\":{}}]}",
		"1:23: calls[0]: a value needs one of 'argument', 'slot', 'field' and 'self', "
		"and has 0");
	check_refused(
		"{\"version\":1,\"calls\":[{\"call\":\"f\"},\n{\"call\":[\"g\",\"f\"]}]}",
		"2:0: the function 'f' has a rule in line 1 already: make one of the two");
	check_refused("{\"version\":1,\"tables\":[{\"id\":\"t\"}]}",
		"1:24: tables[0]: a table needs one of 'elem', the struct of its rows, and "
		"'parallel'");
	check_refused("{\"version\":1,\"tables\":[{\"elem\":\"t\"}]}",
		"1:24: tables[0]: a table of 't' needs 'name' and 'handler', the fields with "
		"them");
	check_refused(
		"{\"version\":1,\"assignments\":[{\"kind\":\"http\",\"field\":\"*\"}]}",
		"1:29: assignments[0]: the field '*', all fields, needs 'struct': of which");
	check_refused(
		"{\"version\":1,\"functions\":[{\"kind\":\"ffi\",\"name\":\"(a\"}]}",
		"1:27: functions[0]: 'name' is '(a', no POSIX extended regular expression: "
		"Unmatched ( or \\(");
}

Test(rules, patterns_that_would_take_all_memory_are_refused)
{
	check_refused(
		"{\"version\":1,\"functions\":[{\"kind\":\"ffi\",\"name\":\"(((((((((a+)+)+)+)+)+)+)+)+)+\"}]}",
		"1:27: functions[0]: 'name' may have 200 bytes, 8 '+', and neither braces nor "
		"backslashes");
	check_refused(
		"{\"version\":1,\"functions\":[{\"kind\":\"ffi\",\"name\":\"(a{255}){255}\"}]}",
		"1:41: '/functions/0/name' is \"(a{255}){255}\", which does not match "
		"'^[^{}\\\\]+$'");
}

Test(rules, every_problem_is_listed_in_order)
{
	static const char json[] =
		"{\"version\":1,\"calls\":[{\"call\":1},{\"call\":2},{\"call\":3}]}";
	const struct json_source source = {"r.json", json, sizeof(json) - 1};
	struct rule_problems problems;
	struct rule_file file;

	cr_assert_not(rules_json_check(&arena, &source, &file, &problems));
	cr_assert_eq(problems.count, 3);
	for (size_t i = 0; i + 1 < problems.nlisted; i++)
		cr_expect_lt(problems.list[i].at.col, problems.list[i + 1].at.col);
	cr_expect_str_eq(problems.list[2].at.file, "r.json");
}

Test(rules, what_the_project_says_wins_and_the_last_file_wins_over_it)
{
	const char *files[2];
	const struct call_rule *rule;
	struct rules rules;

	scratch_make();
	files[0] = scratch_path("a.json");
	files[1] = scratch_path("b.json");
	scratch_write(".pcarch.json",
		"{\"version\":1,\"calls\":[{\"call\":\"qsort\",\"handler\":7},{\"call\":\"mine\","
		"\"handler\":1}],\"tables\":[{\"id\":\"PyMethodDef\",\"elem\":\"p\",\"name\":\"n\","
		"\"handler\":\"h\"}]}");
	scratch_write("a.json",
		"{\"version\":1,\"calls\":[{\"call\":\"mine\",\"handler\":2}]}");
	scratch_write("b.json",
		"{\"version\":1,\"calls\":[{\"call\":\"mine\",\"handler\":3}]}");
	rules = load(scratch_dir, files, 2);
	cr_expect(text_has_suffix(rules.project_file, "/.pcarch.json"));
	cr_expect_eq(rules_call(&rules, "qsort")->callbacks[0].argument, 7);
	cr_expect_not(rules_call(&rules, "qsort")->origin.is_shipped);
	rule = rules_call(&rules, "mine");
	cr_expect_eq(rule->callbacks[0].argument, 3);
	cr_expect_eq(rule->origin.line, 1);
	for (size_t i = 0; i < rules.all.ntables; i++)
		cr_expect_str_neq(rules.all.tables[i].elem, "PyMethodDef");
	cr_expect(rules_call(&rules, "bsearch"));
	rules_release(&rules);
	scratch_remove();
}

Test(rules, functions_are_found_by_any_pattern)
{
	static const char json[] =
		"{\"version\":1,\"functions\":[{\"kind\":\"http\",\"name\":\"^zz_a|^zz_b\"},"
		"{\"kind\":\"timer\",\"name\":\"^zz_cx?_end$\"},{\"kind\":\"amqp\",\"name\":\"zz_d\"},"
		"{\"kind\":\"event\",\"name\":\"^(zz_e|zz_f)$\"},{\"kind\":\"signal\",\"attribute\":"
		"\"constructor\"},{\"kind\":\"cli\",\"name\":\"^zz_g\"}]}";
	static const struct {
		const char *name;
		enum rule_kind kind;
	} names[] = {{"zz_a1", RULE_HTTP}, {"zz_b", RULE_HTTP}, {"zz_c_end", RULE_TIMER},
		{"zz_cx_end", RULE_TIMER}, {"a_zz_d_z", RULE_AMQP}, {"zz_e", RULE_EVENT},
		{"zz_f", RULE_EVENT}, {"zz_gg", RULE_CLI}, {"zz_h", RULE_NO_KIND},
		{"zz_ee", RULE_NO_KIND}, {"", RULE_NO_KIND}};
	const char *path;
	struct rules rules;

	scratch_make();
	path = scratch_path("r.json");
	scratch_write("r.json", json);
	rules = load(NULL, &path, 1);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct function_rule *rule = rules_function(&rules, names[i].name);

		cr_expect_eq(rule ? rule->kind : RULE_NO_KIND, names[i].kind, "%s",
			names[i].name);
	}
	rules_release(&rules);
	scratch_remove();
}

Test(rules, another_kind_for_a_constant_argument_needs_a_kind_and_a_text)
{
	check_refused(
		"{\"version\":1,\"calls\":[{\"call\":\"f\",\"except\":[{\"argument\":1,"
		"\"value\":\"0\",\"kind\":\"timer\"}]}]}",
		"1:23: calls[0]: 'except' is given without 'kind', from which it differs");
	check_refused("{\"version\":1,\"calls\":[{\"call\":\"f\",\"kind\":\"event\",\n"
		      "\"except\":[{\"argument\":1,\"value\":0,\"kind\":\"timer\"}]}]}",
		"2:25: '/calls/0/except/0/value' is an integer, expected a string");
}
