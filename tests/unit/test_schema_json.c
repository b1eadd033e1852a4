#include "core/schema_json.h"

#include "core/error.h"
#include "core/file.h"
#include "core/json_reader.h"
#include "core/static_json.h"
#include "core/text.h"
#include "tests/random_trace.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define SCHEMAS TEST_DATA "/../schemas/"
#define JUDGE "python3 " TEST_DATA "/schema_judge.py "

static struct schema *schema_of(const char *text)
{
	struct error err;
	struct schema *schema = schema_new(text, strlen(text), "s.json", &err);

	cr_assert(schema, "%s", err.text);
	return schema;
}

static struct schema *static_schema(void)
{
	struct arena arena = {0};
	struct error err;
	char *text = file_read(&arena, SCHEMAS "static.schema.json", NULL, &err);
	struct schema *schema;

	cr_assert(text, "%s", err.text);
	schema = schema_of(text);
	arena_release(&arena);
	return schema;
}

/* Check `json`, and compare all findings, "byte pointer text;" one after the other. */
static void check(const char *schema_text, const char *json, const char *expected)
{
	struct schema *schema = schema_of(schema_text);
	struct json_source source = {"t.json", json, strlen(json)};
	struct schema_report report = {0};
	scoped_text found = {0};
	struct error err;

	cr_assert(schema_check(schema, &source, &report, &err), "%s", err.text);
	for (size_t i = 0; i < report.nfindings && i < SCHEMA_FINDINGS_MAX; i++)
		text_printf(&found, "%u %s %s;", (unsigned)report.findings[i].offset,
			report.findings[i].pointer, report.findings[i].text);
	cr_expect_str_eq(text_string(&found), expected, "%s: '%s' instead of '%s'", json,
		text_string(&found), expected);
	schema_report_release(&report);
	schema_free(schema);
}

static void check_refused(const char *schema_text, const char *message)
{
	struct error err = {0};
	struct schema *schema =
		schema_new(schema_text, strlen(schema_text), "s.json", &err);

	cr_expect_null(schema, "accepted: %s", schema_text);
	cr_expect_str_eq(err.text, message, "'%s' instead of '%s'", err.text, message);
	schema_free(schema);
}

Test(schema_json, checks_types_of_members_and_elements)
{
	static const char schema[] =
		"{\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":[\"string\",\"null\"]},"
		"\"c\":{\"type\":\"array\",\"items\":{\"type\":\"boolean\"}}}}";

	check(schema, "{\"a\":1,\"b\":null,\"c\":[true,false],\"d\":7}", "");
	check(schema, "{\"a\":1.0,\"b\":\"x\",\"c\":[]}", "");
	check(schema, "{\"a\":1.5}", "5 /a is a number, expected an integer;");
	check(schema, "{\"b\":2}", "5 /b is an integer, expected null or a string;");
	check(schema, "{\"c\":[true,\"x\",null]}",
		"11 /c/1 is a string, expected a boolean;15 /c/2 is null, expected a boolean;");
	check(schema, "{\"c\":{}}", "5 /c is an object, expected an array;");
	check(schema, "{\"a\":[1]}", "5 /a is an array, expected an integer;");
}

Test(schema_json, checks_required_and_additional_members_at_every_level)
{
	static const char schema[] =
		"{\"required\":[\"a\",\"z\"],\"additionalProperties\":false,\"properties\":{"
		"\"a\":{\"required\":[\"n\"],\"additionalProperties\":{\"type\":\"string\"},"
		"\"properties\":{\"n\":{}}},\"l\":{\"items\":{\"required\":[\"n\"]}},\"z\":{}}}";

	check(schema, "{\"a\":{\"n\":1,\"more\":\"x\"},\"z\":[]}", "");
	check(schema, "{\"a\":{\"x\":1}}",
		"5 /a/x is an integer, expected a string;5 /a has no member 'n';"
		"0  has no member 'z';");
	check(schema, "{\"z\":1,\"a\":{\"n\":1},\"q\":1,\"r\":[1,2]}",
		"23 /q is not allowed here: no such member is known, only 'a', 'z', 'l';"
		"29 /r is not allowed here: no such member is known, only 'a', 'z', 'l';");
	check(schema, "{\"a\":{\"n\":1},\"z\":1,\"l\":[{\"n\":1},{}]}",
		"32 /l/1 has no member 'n';");
}

Test(schema_json, checks_values)
{
	check("{\"properties\":{\"a\":{\"enum\":[\"x\",1,null]}}}", "{\"a\":\"y\"}",
		"5 /a is \"y\", expected one of \"x\", 1, null;");
	check("{\"properties\":{\"a\":{\"const\":\"x\"}}}", "{\"a\":true}",
		"5 /a is true, expected \"x\";");
	check("{\"properties\":{\"a\":{\"const\":\"x\"}}}", "{\"a\":[\"x\"]}",
		"5 /a must not be an array;");
	check("{\"properties\":{\"a\":{\"enum\":[1]}}}", "{\"a\":1.0}", "");
	check("{\"properties\":{\"a\":{\"minimum\":0,\"maximum\":9}}}", "{\"a\":-1}",
		"5 /a is -1, expected at least 0;");
	check("{\"properties\":{\"a\":{\"minimum\":0,\"maximum\":9}}}", "{\"a\":9.5}",
		"5 /a is 9.5, expected at most 9;");
	check("{\"properties\":{\"a\":{\"minimum\":0}}}", "{\"a\":\"x\"}", "");
	check("{\"properties\":{\"a\":{\"minLength\":2}}}", "{\"a\":\"\xc3\xa9\"}",
		"5 /a has 1 characters, expected at least 2;");
	check("{\"properties\":{\"a\":{\"pattern\":\"^a+$\"}}}", "{\"a\":\"aab\"}",
		"5 /a is \"aab\", which does not match '^a+$';");
	check("{\"properties\":{\"a\":false}}", "{\"a\":1}", "5 /a is not allowed here;");
	check("{\"properties\":{\"a\":{\"items\":false}}}", "{\"a\":[1]}",
		"6 /a/0 is not allowed here;");
}

Test(schema_json, names_what_was_probably_meant)
{
	check("{\"additionalProperties\":false,\"properties\":{\"handler\":{},\"name\":{}}}",
		"{\"hanlder\":1}",
		"11 /hanlder is not allowed here: no such member is known; did you mean "
		"'handler'?;");
	check("{\"properties\":{\"a\":{\"enum\":[\"thread\",\"timer\",1]}}}",
		"{\"a\":\"tread\"}",
		"5 /a is \"tread\", expected one of \"thread\", \"timer\", 1; did you mean "
		"\"thread\"?;");
}

Test(schema_json, checks_the_items_of_arrays)
{
	check("{\"properties\":{\"a\":{\"minItems\":2}}}", "{\"a\":[1],\"b\":1}",
		"5 /a has 1 items, expected at least 2;");
	check("{\"properties\":{\"a\":{\"properties\":{\"b\":{\"minItems\":1}}}}}",
		"{\"a\":{\"b\":[]}}", "5 /a/b has 0 items, expected at least 1;");
	check("{\"properties\":{\"a\":{\"items\":{\"uniqueItems\":true}}}}",
		"{\"a\":[[1,2,{\"x\":1,\"y\":[2]},\"1\"],[1,2,{\"y\":[2],\"x\":1},2,"
		"{\"x\":1,\"y\":[2]}]]}",
		"32 /a/1 has the same item twice, at 1 and 3;");
	check("{\"properties\":{\"a\":{\"items\":{\"uniqueItems\":true}}}}",
		"{\"a\":[[{\"y\":[2],\"x\":1},{\"x\":1,\"y\":[2]}]]}",
		"6 /a/0 has the same item twice, at 0 and 1;");
	check("{\"properties\":{\"a\":{\"items\":{\"uniqueItems\":true}}}}",
		"{\"a\":[[0,-0.0]]}", "6 /a/0 has the same item twice, at 0 and 1;");
}

Test(schema_json, follows_references_and_alternatives)
{
	static const char schema[] =
		"{\"properties\":{\"tree\":{\"$ref\":\"#/$defs/tree\"},"
		"\"s\":{\"items\":{\"anyOf\":[{\"type\":\"string\"},{\"const\":1}]}},"
		"\"o\":{\"items\":{\"oneOf\":[{\"type\":\"integer\"},{\"minimum\":5}]}}},"
		"\"$defs\":{\"tree\":{\"type\":\"object\",\"additionalProperties\":false,"
		"\"properties\":{\"a~b/c\":{\"$ref\":\"#/$defs/tree\"}}},"
		"\"x\":{\"$ref\":\"#/$defs/tree/properties/a~0b~1c\"}}}";

	check(schema, "{\"tree\":{\"a~b/c\":{\"a~b/c\":{}}}}", "");
	check(schema, "{\"tree\":{\"a~b/c\":{\"a~b/c\":7}}}",
		"8 /tree/a~0b~1c/a~0b~1c is an integer, expected an object;");
	check(schema, "{\"s\":[\"x\",1,2]}",
		"12 /s/2 is none of the 2 things that it may be;");
	check(schema, "{\"o\":[1,5.5,6,1.5]}",
		"12 /o/2 is 2 of the 2 things of which it must be one;"
		"14 /o/3 is 0 of the 2 things of which it must be one;");
}

Test(schema_json, a_document_may_be_an_array)
{
	check("{\"type\":\"array\",\"minItems\":2,\"items\":{\"type\":\"integer\"}}",
		"[\"x\"]",
		"1 /0 is a string, expected an integer;"
		"0  has 1 items, expected at least 2;");
	check("{\"type\":\"object\"}", "[1]", "0  is an array, expected an object;");
	check("{\"type\":\"array\"}", "{}", "0  is an object, expected an array;");
}

Test(schema_json, refuses_keywords_it_does_not_know)
{
	check_refused("{\"properties\":{\"a\":{\"maxLength\":3}}}",
		"'maxLength' is a keyword that pcarch does not know, in 'a'");
	check_refused("{\"if\":{}}",
		"'if' is a keyword that pcarch does not know, in 'the schema'");
	check_refused("{\"$defs\":{\"unused\":{\"prefixItems\":[]}}}",
		"'prefixItems' is a keyword that pcarch does not know, in 'unused'");
	check_refused("{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
		"'$schema' must be that of JSON Schema 2020-12");
}

Test(schema_json, refuses_schemas_that_make_no_sense)
{
	check_refused("{\"properties\":[]}", "'properties' must be an object");
	check_refused("{\"type\":\"int\"}",
		"'type' must be the name of a type, or several");
	check_refused("{\"minimum\":\"0\"}", "'minimum' must be a number");
	check_refused("{\"minItems\":-1}",
		"'minItems' must be a whole number, not negative");
	check_refused("{\"required\":[\"a\",\"a\"]}",
		"'required' must name each member once");
	check_refused("{\"pattern\":\"(\"}",
		"'pattern' is not a POSIX extended regular expression: Unmatched ( or \\(");
	check_refused("{\"properties\":{\"a\":{\"$ref\":\"#/$defs/b\"}}}",
		"'$ref' refers to '#/$defs/b', which is not there");
	check_refused("{\"properties\":{\"a\":{\"$ref\":\"other.json\"}}}",
		"'$ref' must be '#/…', a reference within the schema; 'other.json' is not");
	check_refused("{\"properties\":{\"a\":{\"uniqueItems\":true}}}",
		"'a' must not use anyOf, oneOf or uniqueItems at the top level: documents are read "
		"element by element");
	check_refused("[]", "'the schema' must be a schema: an object, true or false");
	check_refused("{\"type\":",
		"byte 8: the text ends here: expected a value (an object, an "
		"array, a string, a number, true, false or null); the file may "
		"be cut off");
}

Test(schema_json, refuses_references_without_end)
{
	scoped_text deep = {0};
	struct error err;

	check_refused("{\"properties\":{\"a\":{\"$ref\":\"#/properties/a\"}}}",
		"'a' refers to itself without end, or through more than 32 references");
	check_refused("{\"$defs\":{\"a\":{\"anyOf\":[{\"$ref\":\"#/$defs/a\"}]}}}",
		"'a' refers to itself without end, or through more than 32 references");
	text_add(&deep, "{\"$defs\":{\"n0\":{}");
	for (unsigned i = 1; i < 2000; i++)
		text_printf(&deep, ",\"n%u\":{\"$ref\":\"#/$defs/n%u\"}", i, i - 1);
	text_add(&deep, "}}");
	cr_assert_null(schema_new(deep.bytes, deep.len, "s.json", &err));
	cr_assert(strstr(err.text, "through more than 32 references"), "%s", err.text);
}

Test(schema_json, keeps_twenty_findings_and_counts_the_rest)
{
	struct schema *schema = schema_of("{\"items\":false}");
	struct schema_report report = {0};
	scoped_text json = {0};
	struct error err;

	for (unsigned i = 0; i < 1000; i++)
		text_add(&json, i ? ",1" : "[1");
	text_add(&json, "]");
	cr_assert(schema_check(schema, &(struct json_source){"t", json.bytes, json.len},
		&report, &err));
	cr_assert_eq(report.nfindings, 1000);
	cr_assert_str_eq(report.findings[19].pointer, "/19");
	schema_report_release(&report);
	schema_free(schema);
}

Test(schema_json, what_is_not_json_is_an_error_not_a_finding)
{
	struct schema *schema = schema_of("{}");
	struct schema_report report = {0};
	struct error err;

	cr_assert_not(schema_check(schema, &(struct json_source){"t", "{\"a\"}", 5},
		&report, &err));
	cr_assert_str_eq(err.text, "byte 4: expected ':' after a key, found '}'");
	schema_free(schema);
}

Test(schema_json, accepts_what_the_writer_makes)
{
	struct schema *schema = static_schema();

	for (unsigned seed = 0; seed < 50; seed++) {
		struct arena arena = {0};
		struct random_trace random = {&arena, seed, seed % 2};
		struct static_trace trace = random_trace(&random, 1 + seed);
		struct schema_report report = {0};
		struct json_source source = {.name = "t"};
		struct error err;
		char *bytes;
		FILE *stream = open_memstream(&bytes, &source.size);

		cr_assert(static_json_write(&trace, stream));
		fclose(stream);
		source.bytes = bytes;
		cr_assert(schema_check(schema, &source, &report, &err), "%s", err.text);
		cr_assert_eq(report.nfindings, 0, "%s %s", report.findings[0].pointer,
			report.findings[0].text);
		schema_report_release(&report);
		arena_release(&arena);
		free(bytes);
	}
	schema_free(schema);
}

/* jsonschema's own opinion of the schema, the example and a file that the writer made. */
Test(schema_json, the_outside_judge_accepts_schema_example_and_output)
{
	struct arena arena = {0};
	struct random_trace random = {&arena, 3, true};
	struct static_trace trace = random_trace(&random, 60);
	char path[] = "/tmp/pcarch-test-XXXXXX";
	FILE *stream = fdopen(mkstemp(path), "w");
	scoped_text command = {0};
	int status;

	cr_assert(static_json_write(&trace, stream));
	fclose(stream);
	text_printf(&command,
		JUDGE "check " SCHEMAS "static.schema.json " SCHEMAS
		      "examples/static.json %s",
		path);
	status = system(command.bytes); // NOLINT(cert-env33-c): a fixed command
	unlink(path);
	if (WEXITSTATUS(status) == 77)
		cr_skip_test("no python3-jsonschema");
	cr_assert_eq(status, 0);
	arena_release(&arena);
}

/* On damaged documents, both validators must say the same. */
Test(schema_json, agrees_with_the_outside_judge)
{
	struct schema *schema = static_schema();
	FILE *judge = popen(JUDGE "mutate " SCHEMAS "static.schema.json " SCHEMAS
				  "examples/static.json 400",
		"r"); // NOLINT(cert-env33-c): a fixed command
	unsigned nvalid = 0, ninvalid = 0;
	char *line = NULL;
	size_t room = 0;
	int status;

	while (getline(&line, &room, judge) > 0) {
		bool is_valid = text_has_prefix(line, "valid ");
		char *json = strchr(line, ' ') + 1;
		struct json_source source = {"t", json, strlen(json)};
		struct schema_report report = {0};
		struct error err;

		cr_assert(schema_check(schema, &source, &report, &err), "%s", err.text);
		cr_expect_eq(report.nfindings == 0, is_valid, "the judge says %s: %s",
			is_valid ? "valid" : report.findings[0].text, json);
		*(is_valid ? &nvalid : &ninvalid) += 1;
		schema_report_release(&report);
	}
	free(line);
	schema_free(schema);
	status = pclose(judge);
	if (WEXITSTATUS(status) == 77)
		cr_skip_test("no python3-jsonschema");
	cr_assert(nvalid > 50 && ninvalid > 50, "%u valid, %u invalid", nvalid, ninvalid);
}
