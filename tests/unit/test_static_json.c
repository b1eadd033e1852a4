#include "core/static_json.h"

#include "core/error.h"
#include "core/file.h"
#include "core/json_reader.h"
#include "core/text.h"
#include "tests/random_trace.h"
#include "tests/unit/edited_file.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define EXAMPLE TEST_DATA "/../schemas/examples/static.json"

struct output {
	char *bytes;
	size_t size;
};

static struct output write_trace(const struct static_trace *trace)
{
	struct output out;
	FILE *stream = open_memstream(&out.bytes, &out.size);

	cr_assert(static_json_write(trace, stream));
	fclose(stream);
	return out;
}

static bool read_text(struct arena *arena, const char *bytes, size_t size,
	struct static_trace *out, struct error *err)
{
	return static_json_read_source(arena, &(struct json_source){"t", bytes, size},
		out, err);
}

/* Read, and write again what was read: the same bytes. */
static void check_stable(const struct output *first)
{
	struct arena arena = {0};
	struct static_trace trace;
	struct output second;
	struct error err;

	cr_assert(read_text(&arena, first->bytes, first->size, &trace, &err), "%s",
		err.text);
	second = write_trace(&trace);
	cr_assert_eq(first->size, second.size);
	cr_assert(memcmp(first->bytes, second.bytes, first->size) == 0);
	free(second.bytes);
	arena_release(&arena);
}

Test(static_json, writing_what_was_read_gives_the_same_bytes)
{
	for (unsigned seed = 0; seed < 200; seed++) {
		struct arena arena = {0};
		struct random_trace random = {&arena, seed, seed % 2};
		struct static_trace trace = random_trace(&random, 1 + seed % 41);
		struct output out = write_trace(&trace);

		check_stable(&out);
		free(out.bytes);
		arena_release(&arena);
	}
}

Test(static_json, a_trace_of_nothing_is_written_and_read)
{
	struct static_trace nothing = {.tool_version = "0.1.0"};
	struct output out = write_trace(&nothing);

	check_stable(&out);
	free(out.bytes);
}

static void check_way(const struct call *read, const struct call *written)
{
	cr_assert_str_eq(read->through ? read->through : "",
		written->through ? written->through : "");
	cr_assert_eq(read->nflow, written->nflow);
	for (size_t i = 0; i < read->nflow; i++) {
		cr_assert_str_eq(read->flow[i].file, written->flow[i].file);
		cr_assert_eq(read->flow[i].line, written->flow[i].line);
		cr_assert_str_eq(read->flow[i].to, written->flow[i].to);
	}
}

static void check_route(const struct route *read, const struct route *written)
{
	cr_assert_eq(read->ntokens, written->ntokens);
	for (size_t i = 0; i < read->ntokens; i++)
		cr_assert_str_eq(read->tokens[i], written->tokens[i]);
	cr_assert_eq(read->naliases, written->naliases);
	for (size_t i = 0; i < read->naliases; i++)
		cr_assert_str_eq(read->aliases[i], written->aliases[i]);
	cr_assert_eq(read->parent, written->parent);
	cr_assert_eq(read->handler, written->handler);
	cr_assert_eq(!read->handler_reason, !written->handler_reason);
	cr_assert_eq(read->nothers, written->nothers);
	for (size_t i = 0; i < read->nothers; i++) {
		cr_assert_eq(read->others[i].function, written->others[i].function);
		cr_assert_str_eq(read->others[i].role, written->others[i].role);
	}
	cr_assert_str_eq(read->match, written->match);
	cr_assert_str_eq(read->pattern, written->pattern);
	cr_assert_eq(!read->help, !written->help);
	cr_assert_eq(!read->route_id, !written->route_id);
	cr_assert_eq(read->reached_from, written->reached_from);
	cr_assert_eq(read->is_default, written->is_default);
	cr_assert_eq(read->is_ambiguous, written->is_ambiguous);
}

static void check_branch(const struct branch *read, const struct branch *written)
{
	cr_assert_str_eq(read->point, written->point);
	cr_assert_eq(read->nchoices, written->nchoices);
	for (size_t i = 0; i < read->nchoices; i++)
		cr_assert_str_eq(read->choices[i], written->choices[i]);
	cr_assert_str_eq(read->file, written->file);
	cr_assert_eq(read->line, written->line);
}

Test(static_json, reads_back_what_was_written)
{
	struct arena arena = {0}, copy = {0};
	struct random_trace random = {&arena, 7, false};
	struct static_trace trace = random_trace(&random, 50), read;
	struct output out = write_trace(&trace);
	struct error err;

	cr_assert(read_text(&copy, out.bytes, out.size, &read, &err));
	cr_assert_eq(read.nfunctions, trace.nfunctions);
	for (size_t i = 0; i < trace.nfunctions; i++) {
		cr_assert_str_eq(read.functions[i].name, trace.functions[i].name);
		cr_assert_eq(read.functions[i].flags, trace.functions[i].flags);
		cr_assert_eq(read.functions[i].type, trace.functions[i].type);
		cr_assert_eq(!read.functions[i].signature, !trace.functions[i].signature);
	}
	for (size_t i = 0; i < trace.nsites; i++) {
		cr_assert_eq(read.sites[i].is_direct, trace.sites[i].is_direct);
		cr_assert_eq(read.sites[i].expression, trace.sites[i].expression);
		cr_assert_eq(read.sites[i].nreasons, trace.sites[i].nreasons);
	}
	for (size_t i = 0; i < trace.ncalls; i++) {
		cr_assert_eq(read.calls[i].site, trace.calls[i].site);
		cr_assert_float_eq(read.calls[i].confidence, trace.calls[i].confidence,
			1e-9);
		check_way(&read.calls[i], &trace.calls[i]);
	}
	for (size_t i = 0; i < trace.nreaches; i++) {
		cr_assert_eq(read.reaches[i].function_count,
			trace.reaches[i].function_count);
		cr_assert_eq(read.reaches[i].depth, trace.reaches[i].depth);
	}
	cr_assert_eq(read.nroutes, trace.nroutes);
	for (size_t i = 0; i < trace.nroutes; i++)
		check_route(&read.routes[i], &trace.routes[i]);
	cr_assert_eq(read.nbranches, trace.nbranches);
	for (size_t i = 0; i < trace.nbranches; i++)
		check_branch(&read.branches[i], &trace.branches[i]);
	free(out.bytes);
	arena_release(&arena);
	arena_release(&copy);
}

Test(static_json, equal_names_are_equal_pointers)
{
	struct arena arena = {0};
	struct static_trace trace;
	struct error err;

	cr_assert(static_json_read(&arena, EXAMPLE, &trace, &err), "%s", err.text);
	cr_assert_eq(trace.functions[2].module, trace.functions[3].module);
	cr_assert_eq(trace.functions[2].file, trace.sites[0].file);
	arena_release(&arena);
}

Test(static_json, the_example_is_as_the_writer_writes)
{
	struct arena arena = {0};
	struct output example;
	struct error err;

	example.bytes = file_read(&arena, EXAMPLE, &example.size, &err);
	cr_assert(example.bytes, "%s", err.text);
	check_stable(&example);
	arena_release(&arena);
}

static void edited_example(struct text *out, const char *anchor, const char *from,
	const char *to)
{
	edit_file(out, EXAMPLE, &(struct edit){anchor, from, to});
}

/* The error, without the offset. */
static void check_refused(const char *anchor, const char *from, const char *to,
	const char *message)
{
	struct static_trace trace = {0};
	struct arena arena = {0};
	scoped_text json = {0};
	struct error err = {0};

	edited_example(&json, anchor, from, to);
	cr_expect_not(read_text(&arena, json.bytes, json.len, &trace, &err),
		"accepted: %s", to);
	cr_expect(text_has_suffix(err.text, message), "'%s' instead of '%s'", err.text,
		message);
	cr_expect_null(trace.functions, "a failed read must leave the result alone");
	arena_release(&arena);
}

Test(static_json, refuses_another_kind_or_version_in_a_sentence)
{
	check_refused("kind", "\"static\"", "\"dynamic\"",
		"kind: this is a 'dynamic' file: expected a 'static' one, as 'pcarch scan' writes "
		"it");
	check_refused("schema_version", "\"1.0\"", "\"2.0\"",
		"schema_version: version 2.0 is newer than the 1.x that this pcarch reads: use the "
		"pcarch that wrote the file, or a later one");
	check_refused("schema_version", "\"1.0\"", "\"0.9\"",
		"schema_version: version 0.9 is older than the 1.x that this pcarch reads: write "
		"the file again");
	check_refused("schema_version", "\"1.0\"", "1",
		"schema_version: expected a string such as \"1.0\"");
	check_refused("schema_version", "\"kind\"", "\"kin\"",
		"'kind' is missing: expected what 'pcarch scan' writes");
}

Test(static_json, refuses_references_to_what_is_not_there)
{
	check_refused("call_sites", "\"caller\": 2", "\"caller\": 7",
		"call_sites[0]: 'caller' is 7, but there are 7 functions");
	check_refused("\"calls\"", "\"site\": 5", "\"site\": 6",
		"calls[5]: 'site' is 6, but there are 6 call sites");
	check_refused("\"calls\"", "\"callee\": 5", "\"callee\": 9",
		"calls[1]: it calls function 9 from 3, but there are 7 functions");
	check_refused("\"calls\"", "\"caller\": 3", "\"caller\": 4",
		"calls[1]: 'caller' is 4, but its call site is in function 3");
	check_refused("entry_points\"", "\"function_id\": 3", "\"function_id\": 70",
		"entry_points[0]: it names function 70, but there are 7 functions");
	check_refused("entry_points\"", "\"function_id\": 3", "\"function_id\": 2",
		"entry_points[0]: what it says of function 2 differs from functions[2], 'on_item'");
	check_refused("entry_points\"", "constructor_0", "cli_0",
		"entry_points[1]: the id 'cli_0' is taken by an entry point before it");
	check_refused("traces\"", "\"id\": 6", "\"id\": 60",
		"traces[0]: it names function 60, but there are 7 functions");
	check_refused("traces\"", "\"line\": 16", "\"line\": 17",
		"traces[0]: what it says of function 6 differs from functions[6], 'store_log'");
	check_refused("traces\"", "\"entry_point_id\": \"cli_0\"",
		"\"entry_point_id\": \"x\"",
		"traces[0]: it is of 'x', where the trace of 'cli_0' is expected");
	check_refused("shared_modules\"", "\"constructor_0\"", "\"http_0\"",
		"shared_modules[0]: there is no entry point 'http_0'");
	check_refused("orphan_functions\"", "\"id\": 1", "\"id\": 2",
		"orphan_functions[0]: what it says of function 2 differs from functions[2], "
		"'on_item'");
}

Test(static_json, refuses_routes_that_refer_to_what_is_not_there)
{
	static const char list[] = "\"tokens\": [\"list\"]";
	static const char add[] = "\"tokens\": [\"log\", \"add\"]";

	check_refused(list, "\"id\": 5", "\"id\": 9",
		"routes[1]: it names function 9, but there are 7 functions");
	check_refused(list, "\"function\": \"on_item\"", "\"function\": \"main\"",
		"routes[1]: what it says of function 2 differs from functions[2], 'on_item'");
	check_refused(list, "\"cli_0\"", "\"cli_7\"",
		"routes[1]: there is no entry point 'cli_7'");
	check_refused(add, "\"route_2\"", "\"route_3\"",
		"routes[3]: its parent, 'route_3', does not stand before it");
	check_refused(add, "\"route_2\"", "\"route_4294967295\"",
		"routes[3]: 'parent' is 'route_4294967295': expected the id of a route, "
		"'route_0'");
	check_refused(add, "\"route_2\"", "\"route_02\"",
		"routes[3]: 'parent' is 'route_02': expected the id of a route, 'route_0'");
	check_refused("\"routes\"", "\"route_2\"", "\"route_3\"",
		"routes[2]: 'id' is not 'route_2': ids count from 0, in order");
}

Test(static_json, refuses_routes_that_are_no_tree)
{
	static const char add[] =
		"\"program\": \"store\", \"tokens\": [\"log\", \"add\"]";

	check_refused(add, "\"route_2\"", "\"route_1\"",
		"routes[3]: its parent, 'route_1', begins with other words");
	check_refused(add, "\"store\"", "\"shop\"",
		"routes[3]: its parent, 'route_2', is of another program");
	check_refused(add, "[\"log\", \"add\"]", "[]",
		"routes[3]: its parent, 'route_2', has more words");
	check_refused(add, "\"add\"", "\"sub\"",
		"routes[3]: 'route_id' is not that of its words, "
		"'f793256adb5369abfe6a20f83217ee16'");
	check_refused("\"tokens\": [\"list\"]", "\"handler\": {",
		"\"handler_reason\": \"inline\", \"handler\": {",
		"routes[1]: it has a handler, and a reason to have none");
	check_refused("\"tokens\": [\"list\"]", "\"handler\": {", "\"hundler\": {",
		"routes[1]: 'handler' is missing: expected the record of a function, or "
		"null");
	check_refused("summary", "\"route_count\": 4", "\"route_count\": 3",
		"summary: 'route_count' is 3, but the file holds 4");
	check_refused("\"branches\"", "[\"cache\", \"net\"]", "\"cache\"",
		"branches[0]: 'choices' is not what it must be: expected an array");
}

/* Its bytes are not those that were hashed, so its id cannot be checked. */
Test(static_json, takes_the_id_of_a_word_with_replaced_bytes_as_it_is)
{
	const char *const tokens[] = {"a\xff"}, *const below[] = {"a\xff", "b"};
	struct static_trace trace = {.tool_version = "0.1.0", .nroutes = 2};
	struct route routes[] = {
		{"p", tokens, 1, NULL, 0, TRACE_NONE, "exact", TRACE_NONE, "inline", NULL,
			0, "chain", "a.c", 1, NULL, NULL, TRACE_NONE, false, false},
		{"p", below, 2, NULL, 0, 0, "exact", TRACE_NONE, "inline", NULL, 0,
			"chain", "a.c", 2, NULL, NULL, TRACE_NONE, false, false},
	};
	struct output out;

	routes[0].route_id = "0123456789abcdef0123456789abcdef";
	routes[1].route_id = "0123456789abcdef0123456789abcdee";
	trace.routes = routes;
	out = write_trace(&trace);
	check_stable(&out);
	free(out.bytes);
}

Test(static_json, refuses_what_contradicts_itself)
{
	check_refused("summary", "\"call_count\": 6", "\"call_count\": 4",
		"summary: 'call_count' is 4, but the file holds 6");
	check_refused("summary", "\"open_site_count\": 1", "\"open_site_count\": 0",
		"summary: 'open_site_count' is 0, but the file holds 1");
	check_refused("traces\"", "\"truncated\": false", "\"truncated\": true",
		"traces[0]: 5 functions are listed, which does not agree with 'function_count' and "
		"'truncated'");
	check_refused("shared_modules\"", "\"trace_count\": 2", "\"trace_count\": 3",
		"shared_modules[0]: 'trace_count' is 3, but 2 traces are named");
	check_refused("call_sites", "\"reasons\": [\"unresolved\"]", "\"reasons\": []",
		"call_sites[3]: it is open without a reason");
	check_refused("call_sites", "\"state\": \"open\"", "\"state\": \"closed\"",
		"call_sites[3]: it is closed, but has reasons to be open");
	check_refused("orphan_functions\"", "\"address_taken\": false",
		"\"address_taken\": true",
		"orphan_functions[0]: 'address_taken' does not agree with functions[1]");
}

Test(static_json, refuses_wrong_types_ranges_and_words)
{
	check_refused("functions\": [\n\t\t{", "\"id\": 1", "\"id\": 2",
		"functions[1]: 'id' is 2: ids count from 0, in order");
	check_refused("functions\": [\n\t\t{", "\"arity\": 1", "\"arity\": -1",
		"functions[0]: 'arity' is not a whole number from 0 to 4294967295");
	check_refused("functions\": [\n\t\t{", "\"line\": 356", "\"line\": 1.5",
		"functions[0]: 'line' is not a whole number from 0 to 4294967295");
	check_refused("functions\": [\n\t\t{", "\"line\": 356", "\"line\": 4294967296",
		"functions[0]: 'line' is not a whole number from 0 to 4294967295");
	check_refused("functions\": [\n\t\t{", "\"function\": \"printf\"",
		"\"function\": null",
		"functions[0]: 'function' is not what it must be: expected a string");
	check_refused("functions\": [\n\t\t{", "\"module\"", "\"Module\"",
		"functions[0]: 'module' is missing: expected a string");
	check_refused("functions\": [\n\t\t{", "\"external\"", "\"extern\"",
		"functions[0]: 'type' is not one of 'public', 'private', 'external', 'unknown'");
	check_refused("\"calls\"", "\"confidence\": 1", "\"confidence\": 1.01",
		"calls[0]: 'confidence' is not what it must be: expected a number from 0 to 1");
	check_refused("\"routes\"", "\"entry_points\": [", "\"entry_points\": [4,",
		"entry_points[0]: expected an object");
	check_refused("\"calls\"", "\"via\"", "\"through\": 3, \"via\"",
		"calls[0]: 'through' is not what it must be: expected a string");
	check_refused("\"calls\"", "\"via\"", "\"flow\": {}, \"via\"",
		"calls[0]: 'flow' is not what it must be: expected an array");
	check_refused("\"calls\"", "\"via\"", "\"flow\": [4], \"via\"",
		"calls[0]: expected an object");
	check_refused("\"calls\"", "\"via\"",
		"\"flow\": [{\"file\": \"a.c\", \"line\": 1}], \"via\"",
		"calls[0]: 'to' is missing: expected a string");
	check_refused("\"calls\"", "\"via\"",
		"\"flow\": [{\"file\": \"a.c\", \"line\": -1, \"to\": \"x\"}], \"via\"",
		"calls[0]: 'line' is not a whole number from 0 to 4294967295");
	check_refused("\"summary\"", "\"summary\"", "\"calls\": 7, \"summary\"",
		"calls: expected an array");
	check_refused("\"tool\"", "{\"name\": \"pcarch\", \"version\": \"0.1.0\"}", "[]",
		"'tool' must not be an array");
	check_refused("\"shared_modules\"", "\"shared_modules\"", "\"shared_modulez\"",
		"'shared_modules' is missing: expected what 'pcarch scan' writes");
}

Test(static_json, ignores_members_and_attributes_of_later_minor_versions)
{
	static const char *const edits[][3] = {
		{"{", "\"schema_version\": \"1.0\"", "\"schema_version\": \"1.7\""},
		{"{", "\"kind\"", "\"novelty\": [{\"x\": 1}], \"more\": {}, \"kind\""},
		{"functions\": [", "\"arity\"", "\"novelty\": [{\"x\": 1}], \"arity\""},
		{"functions\": [", "\"variadic\"", "\"variadic\", \"novelty\""},
	};
	struct arena arena = {0};
	struct static_trace trace;
	struct error err;

	for (size_t i = 0; i < sizeof(edits) / sizeof(*edits); i++) {
		scoped_text json = {0};

		edited_example(&json, edits[i][0], edits[i][1], edits[i][2]);
		cr_expect(read_text(&arena, json.bytes, json.len, &trace, &err), "%s",
			err.text);
		cr_expect_eq(trace.functions[0].flags, FUNCTION_VARIADIC);
	}
	arena_release(&arena);
}

/* As `jq -S` would write it: sections before what they refer to. */
Test(static_json, members_may_come_in_any_order)
{
	struct arena arena = {0};
	struct error err;
	char *example = file_read(&arena, EXAMPLE, NULL, &err);
	char *functions = strstr(example, "\t\"functions\""), *sites;
	struct static_trace trace;
	scoped_text json = {0};

	sites = strstr(functions, "\t\"call_sites\"");
	text_add_bytes(&json, example, (size_t)(functions - example));
	text_add_bytes(&json, sites, strlen(sites) - strlen("\n}\n"));
	text_add(&json, ",\n");
	text_add_bytes(&json, functions, (size_t)(sites - functions) - strlen(",\n"));
	text_add(&json, "\n}\n");
	cr_assert(read_text(&arena, json.bytes, json.len, &trace, &err), "%s", err.text);
	cr_assert_str_eq(trace.functions[trace.calls[1].callee].name, "store_each");
	arena_release(&arena);
}

Test(static_json, errors_point_at_the_element)
{
	struct static_trace trace;
	struct arena arena = {0};
	scoped_text json = {0};
	struct error err;
	char expected[64];

	edited_example(&json, "\"calls\"", "\"callee\": 5", "\"callee\": 9");
	cr_assert_not(read_text(&arena, json.bytes, json.len, &trace, &err));
	snprintf(expected, sizeof(expected), "byte %zu: calls[1]: ",
		(size_t)(strstr(json.bytes, "{\"site\": 1") - json.bytes));
	cr_assert(text_has_prefix(err.text, expected), "%s", err.text);
	cr_assert_str_eq(err.at.file, "t");
	arena_release(&arena);
}
