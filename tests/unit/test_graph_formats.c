#include "diff/dot.h"
#include "diff/graph.h"
#include "diff/graphml.h"
#include "diff/mermaid.h"
#include "diff/metacg.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/text.h"
#include "core/utf8.h"
#include "tests/random_trace.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

typedef bool write_fn(const struct graph *graph, FILE *out);

/* Two functions of the given name, which the one calls. */
static char *written(write_fn *write, const char *name)
{
	const struct function functions[] = {
		{.module = name, .name = "caller", .file = "a.c", .line = 3},
		{.module = "b", .name = name, .file = name, .line = 4},
	};
	const struct call call = {.site = TRACE_NONE,
		.callee = 1,
		.via = "flow",
		.confidence = .5,
		.through = name};
	const struct static_trace trace = {.functions = functions,
		.nfunctions = 2,
		.calls = &call,
		.ncalls = 1,
		.tool_version = "0.1.0"};
	const struct graph_choice all = {
		.depth = GRAPH_ANY_DEPTH, .max_nodes = SIZE_MAX, .max_edges = SIZE_MAX};
	struct arena arena = {0};
	struct program program;
	struct graph graph;
	char *bytes;
	size_t size;
	FILE *out = open_memstream(&bytes, &size);

	program_init(&program, &arena, &trace);
	graph = graph_select(&program, &arena, &all);
	cr_assert(write(&graph, out));
	fclose(out);
	arena_release(&arena);
	return bytes;
}

static void check_has(write_fn *write, const char *name, const char *expected)
{
	char *text = written(write, name);

	cr_expect(strstr(text, expected), "'%s' lacks '%s'", text, expected);
	free(text);
}

Test(graph_formats, dot_escapes_what_ends_a_string_or_means_more_in_a_label)
{
	check_has(dot_write, "a\"b", "label=\"a\\\"b\"");
	check_has(dot_write, "a\\Nb", "label=\"a\\\\Nb\"");
	check_has(dot_write, "a&lt;b", "label=\"a&amp;lt;b\"");
	check_has(dot_write, "a\nb", "label=\"a\\\\x0Ab\"");
	check_has(dot_write, "\xf0\x9f\x98\x80", "label=\"\xf0\x9f\x98\x80\"");
	check_has(dot_write, "\"];x", "tooltip=\"\\\"];x:4\"");
}

Test(graph_formats, dot_draws_what_is_not_simply_written_dashed_with_its_way)
{
	check_has(dot_write, "qsort",
		"f0 -> f1 [style=dashed, label=\"flow 0.50 through qsort\"];");
}

Test(graph_formats, graphml_escapes_marks_and_has_no_control_characters)
{
	check_has(graphml_write, "a<b>&\"", ">a&lt;b&gt;&amp;\"<");
	check_has(graphml_write, "]]>", ">]]&gt;<");
	check_has(graphml_write, "a\x01", ">a\\x01<");
	check_has(graphml_write, "a\xef\xbf\xbe", ">a\xef\xbf\xbd<");
	check_has(graphml_write, "a\xef\xbf\xbd\xef\xbf\xbf",
		">a\xef\xbf\xbd\xef\xbf\xbd<");
}

Test(graph_formats, mermaid_leaves_nothing_that_has_a_meaning)
{
	check_has(mermaid_write, "end", "f1[\"end\"]");
	check_has(mermaid_write, "a\"]", "f1[\"a#34;#93;\"]");
	check_has(mermaid_write, "%%{init: x}%%",
		"f1[\"#37;#37;#123;init#58; x#125;#37;#37;\"]");
	check_has(mermaid_write, "src/a:f", "f1[\"src/a:f\"]");
	check_has(mermaid_write, "`md`", "f1[\"#96;md#96;\"]");
	check_has(mermaid_write, "#34;", "f1[\"#35;34#59;\"]");
	check_has(mermaid_write, "a|b", "-.->|\"flow 0.50 through a#124;b\"| f1");
	check_has(mermaid_write, "caf\xc3\xa9", "f1[\"caf\xc3\xa9\"]");
}

Test(graph_formats, metacg_names_are_json_keys)
{
	check_has(metacg_write, "a\"b", "\"a\\\"b\": {\"callees\": []");
	check_has(metacg_write, "a\"b", "\"callers\": [\"caller\"]");
	check_has(metacg4_write, "a\"b", "\"functionName\": \"a\\\"b\"");
	check_has(metacg4_write, "a",
		"\"callees\": {\"1\": {\"pcarch\": {\"via\": \"flow\"");
}

static bool ignore_array(void *context, const char *key, uint64_t offset,
	struct error *err)
{
	(void)context;
	(void)key;
	(void)offset;
	(void)err;
	return true;
}

static bool ignore_value(void *context, const char *key, const struct cJSON *value,
	uint64_t offset, struct error *err)
{
	(void)value;
	return ignore_array(context, key, offset, err);
}

/* The reader refuses keys that come twice. */
static void check_json(const char *bytes, size_t size)
{
	const struct json_visitor visitor = {
		.value = ignore_value, .array = ignore_array};
	const struct json_source source = {"written", bytes, size};
	struct error err;

	cr_assert(json_read(&source, &visitor, &err), "%s", err.text);
}

static bool is_utf8(const char *bytes, size_t size)
{
	size_t len;

	for (; size; bytes += len, size -= len) {
		len = utf8_sequence(bytes, size);
		if (!len)
			return false;
	}
	return true;
}

Test(graph_formats, of_hostile_traces_are_utf8_and_the_json_ones_json)
{
	static write_fn *const writers[] = {
		metacg_write, metacg4_write, dot_write, graphml_write, mermaid_write};
	const struct graph_choice all = {
		.depth = GRAPH_ANY_DEPTH, .max_nodes = 200, .max_edges = SIZE_MAX};

	for (unsigned seed = 0; seed < 40; seed++) {
		struct arena arena = {0};
		struct random_trace random = {&arena, seed, true};
		struct static_trace made = random_trace(&random, 1 + seed * 10);
		struct program program;
		struct graph graph;

		program_init(&program, &arena, &made);
		graph = graph_select(&program, &arena, &all);
		for (size_t i = 0; i < sizeof(writers) / sizeof(*writers); i++) {
			char *bytes;
			size_t size;
			FILE *out = open_memstream(&bytes, &size);

			cr_assert(writers[i](&graph, out));
			fclose(out);
			cr_assert(is_utf8(bytes, size));
			if (i < 2)
				check_json(bytes, size);
			free(bytes);
		}
		arena_release(&arena);
	}
}

Test(graph_formats, metacg_2_has_no_key_twice_whatever_the_names_are)
{
	static const struct function functions[] = {
		{.module = "a", .name = "f", .file = "a.c"},
		{.module = "b", .name = "f", .file = "b.c"},
		{.module = "c", .name = "a:f", .file = "c.c"},
		{.module = "c", .name = "a:f#2", .file = "c.c"},
		{.module = "c", .name = "\xff", .file = "c.c"},
		{.module = "c", .name = "\xfe", .file = "c.c"},
	};
	const struct static_trace trace = {
		.functions = functions, .nfunctions = 6, .tool_version = "0.1.0"};
	const struct graph_choice all = {.max_nodes = SIZE_MAX, .max_edges = SIZE_MAX};
	struct arena arena = {0};
	struct program program;
	struct graph graph;
	char *bytes;
	size_t size;
	FILE *out = open_memstream(&bytes, &size);

	program_init(&program, &arena, &trace);
	graph = graph_select(&program, &arena, &all);
	cr_assert(metacg_write(&graph, out));
	fclose(out);
	check_json(bytes, size);
	free(bytes);
	arena_release(&arena);
}
