#include "core/dynamic_json.h"

#include "core/error.h"
#include "core/file.h"
#include "core/json_reader.h"
#include "core/text.h"
#include "tests/random_dynamic.h"
#include "tests/unit/edited_file.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define EXAMPLE TEST_DATA "/../schemas/examples/dynamic.json"

struct output {
	char *bytes;
	size_t size;
};

static struct output write_trace(const struct dynamic_trace *trace)
{
	struct output out;
	FILE *stream = open_memstream(&out.bytes, &out.size);

	cr_assert(dynamic_json_write(trace, stream));
	fclose(stream);
	return out;
}

static bool read_text(struct arena *arena, const char *bytes, size_t size,
	struct dynamic_trace *out, struct error *err)
{
	return dynamic_json_read_source(arena, &(struct json_source){"t", bytes, size},
		out, err);
}

/* Read, and write again what was read: the same bytes. */
static void check_stable(const struct output *first)
{
	struct arena arena = {0};
	struct dynamic_trace trace;
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

Test(dynamic_json, writing_what_was_read_gives_the_same_bytes)
{
	for (unsigned seed = 0; seed < 200; seed++) {
		struct arena arena = {0};
		struct random_trace random = {&arena, seed, seed % 2};
		struct dynamic_trace trace = random_dynamic(&random, seed % 41);
		struct output out = write_trace(&trace);

		check_stable(&out);
		free(out.bytes);
		arena_release(&arena);
	}
}

Test(dynamic_json, a_trace_of_nothing_is_written_and_read)
{
	struct dynamic_trace nothing = {.tool_version = "0.1.0"};
	struct output out = write_trace(&nothing);

	cr_assert(strstr(out.bytes, "\"complete\": false"), "nothing is not complete");
	check_stable(&out);
	free(out.bytes);
}

Test(dynamic_json, the_example_is_as_the_writer_writes)
{
	struct arena arena = {0};
	struct output example;
	struct error err;

	example.bytes = file_read(&arena, EXAMPLE, &example.size, &err);
	cr_assert(example.bytes, "%s", err.text);
	check_stable(&example);
	arena_release(&arena);
}

Test(dynamic_json, reads_what_is_not_known_as_not_known)
{
	struct arena arena = {0};
	struct dynamic_trace trace;
	struct error err;

	cr_assert(dynamic_json_read(&arena, EXAMPLE, &trace, &err), "%s", err.text);
	cr_assert_eq(trace.processes[1].status, -1);
	cr_assert_eq(trace.processes[1].end_us, 0);
	cr_assert_eq(trace.processes[1].parent, 0);
	cr_assert_eq(trace.calls[2].caller, TRACE_NONE);
	cr_assert_null(trace.calls[2].file);
	cr_assert_eq(trace.calls[2].root, ROOT_CONSTRUCTOR);
	cr_assert_str_eq(trace.calls[4].through, "libc.so.6:qsort");
	cr_assert(trace.routes[0].is_default && !trace.routes[1].is_default);
	cr_assert_eq(trace.routes[1].shares[0].undecided, 0);
	cr_assert_null(trace.traces[0].spans[0].name, "it is the function's");
	cr_assert_str_eq(trace.traces[0].spans[1].name, "load");
	arena_release(&arena);
}

/* The error, without the offset. */
static void check_refused(const char *anchor, const char *from, const char *to,
	const char *message)
{
	struct dynamic_trace trace = {0};
	struct arena arena = {0};
	scoped_text json = {0};
	struct error err = {0};

	edit_file(&json, EXAMPLE, &(struct edit){anchor, from, to});
	cr_expect_not(read_text(&arena, json.bytes, json.len, &trace, &err),
		"accepted: %s", to);
	cr_expect(text_has_suffix(err.text, message), "'%s' instead of '%s'", err.text,
		message);
	cr_expect_null(trace.functions, "a failed read must leave the result alone");
	arena_release(&arena);
}

Test(dynamic_json, refuses_another_kind_or_version_in_a_sentence)
{
	check_refused("kind", "\"dynamic\"", "\"static\"",
		"kind: this is a 'static' file: expected a 'dynamic' one, as 'pcarch trace' "
		"writes it");
	check_refused("schema_version", "\"1.0\"", "\"2.0\"",
		"schema_version: version 2.0 is newer than the 1.x that this pcarch reads: use the "
		"pcarch that wrote the file, or a later one");
	check_refused("schema_version", "\"kind\"", "\"kin\"",
		"'kind' is missing: expected what 'pcarch trace' writes");
	check_refused("schema_version", "\"traces\"", "\"tracks\"",
		"'traces' is missing: expected what 'pcarch trace' writes");
}

Test(dynamic_json, refuses_references_to_what_is_not_there)
{
	check_refused("\"processes\"", "\"run\": 1", "\"run\": 2",
		"processes[1]: 'run' is 2, but there are 2 runs");
	check_refused("\"calls\"", "\"callee\": 3", "\"callee\": 5",
		"calls[0]: it calls function 5 from 2, but there are 5 functions");
	check_refused("\"calls\"", "\"run\": 1", "\"run\": 7",
		"calls[0]: it names run 7, but there are 2 runs");
	check_refused("\"entry_points\"", "\"function_id\": 2", "\"function_id\": 9",
		"entry_points[0]: it names function 9, but there are 5 functions");
	check_refused("\"routes\"", "\"run\": 1", "\"run\": 4",
		"routes[0]: it names run 4, but there are 2 runs");
	check_refused("\"spans\"", "\"process\": 0", "\"process\": 2",
		"traces[0]: span '00f067aa0ba902b7' is of process 2, but there are 2 processes");
	check_refused("\"spans\"", "\"function_id\": 2", "\"function_id\": 5",
		"traces[0]: span '00f067aa0ba902b7' names function 5, but there are 5 functions");
}

Test(dynamic_json, refuses_what_contradicts_itself)
{
	check_refused("\"calls\"", "\"count\": 3", "\"count\": 4",
		"calls[0]: 'count' is 4 and 'total_us' 120, but its runs add up to 3 and 120");
	check_refused("\"calls\"", "\"run\": 0", "\"run\": 1",
		"calls[0]: its runs are not in order");
	check_refused("\"routes\"", "\"undecided\": 2,", "\"undecided\": 3,",
		"routes[0]: 'count' is 0 and 'undecided' 3, but its runs add up to 0 and 2");
	check_refused("[\"list\"]", "\"run\": 0", "\"run\": 1",
		"routes[1]: its runs are not in order");
	check_refused("\"summary\"", "\"routes_covered\": 1", "\"routes_covered\": 2",
		"summary: 'routes_covered' is 2, but the file holds 1");
	check_refused("\"functions\"", "\"id\": 1", "\"id\": 2",
		"functions[1]: 'id' is 2: ids count from 0, in order");
	check_refused("\"summary\"", "\"edge_count\": 5", "\"edge_count\": 6",
		"summary: 'edge_count' is 6, but the file holds 5");
	check_refused("\"summary\"", "\"complete\": false", "\"complete\": true",
		"summary: 'complete' is true, but not all processes are");
	check_refused("\"summary\"", "\"edge_overflow\": 2", "\"edge_overflow\": 3",
		"summary: 'dropped' is not the sum of what the processes dropped");
	check_refused("\"span_count\"", "2", "3",
		"traces[0]: 'span_count' does not agree with 'spans'");
	check_refused("\"spans\"", "\"trace_id\": \"0", "\"trace_id\": \"1",
		"traces[0]: a span is of another trace than "
		"'01969bec0b2070a1a2a3a4a5a6a7a8a9'");
}

Test(dynamic_json, refuses_wrong_types_ranges_and_words)
{
	check_refused("\"processes\"", "\"edges\"", "\"some\"",
		"processes[0]: 'mode' is not one of 'edges', 'indirect', 'portable', 'spans', "
		"'audit'");
	check_refused("\"calls\"", "\"count\": 3", "\"count\": -3",
		"calls[0]: 'count' is not a whole number from 0 to 4503599627370496");
	check_refused("\"calls\"",
		"{\"file\": \"src/main.c\", \"line\": 12, \"column\": 2}", "7",
		"calls[0]: 'call_site' is not what it must be: expected an object");
	check_refused("\"calls\"", "\"call_site\"", "\"site\"",
		"calls[0]: 'call_site' is missing: expected an object");
	check_refused("\"processes\"", "\"dropped\": {}", "\"dropped\": []",
		"processes[0]: 'dropped' is not what it must be: expected an object");
	check_refused("\"routes\"", "\"tokens\": []", "\"tokens\": {}",
		"routes[0]: 'tokens' is not what it must be: expected an array");
	check_refused("\"runs\"", "{\"id\": \"01969bec0b2070a1a2a3a4a5a6a7a8a9\"}", "7",
		"runs[0]: expected an object");
}
