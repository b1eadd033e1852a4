#include "core/dynamic_skim.h"

#include "core/dynamic_json.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "tests/random_dynamic.h"
#include "tests/unit/edited_file.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define EXAMPLE TEST_DATA "/../schemas/examples/dynamic.json"

static char *write_trace(const struct dynamic_trace *trace, size_t *size)
{
	char *bytes;
	FILE *stream = open_memstream(&bytes, size);

	cr_assert(dynamic_json_write(trace, stream));
	fclose(stream);
	return bytes;
}

static bool skim_text(struct arena *arena, const char *bytes, size_t size,
	struct dynamic_trace *out, struct error *err)
{
	struct dynamic_skim skim = {.arena = arena};
	bool ok = dynamic_json_skim(&skim, &(struct json_source){"t", bytes, size}, out,
		err);

	dynamic_skim_release(&skim);
	return ok;
}

Test(dynamic_skim, all_but_the_spans_is_as_when_all_is_read)
{
	for (unsigned seed = 0; seed < 200; seed++) {
		struct arena arena = {0};
		struct random_trace random = {&arena, seed, seed % 2};
		struct dynamic_trace trace = random_dynamic(&random, seed % 41), skimmed;
		struct error err;
		size_t size, left_size, right_size;
		char *bytes = write_trace(&trace, &size), *left, *right;

		cr_assert(skim_text(&arena, bytes, size, &skimmed, &err), "seed %u: %s",
			seed, err.text);
		cr_assert_eq(skimmed.ntraces, trace.ntraces);
		skimmed.ntraces = trace.ntraces = 0;
		left = write_trace(&trace, &left_size);
		right = write_trace(&skimmed, &right_size);
		cr_assert(strcmp(left, right) == 0, "seed %u", seed);
		free(bytes);
		free(left);
		free(right);
		arena_release(&arena);
	}
}

/* What is said of a wrong file, without the byte. */
static const char *sentence(const struct error *err)
{
	const char *colon = strstr(err->text, ": ");

	return strncmp(err->text, "byte ", 5) == 0 && colon ? colon + 2 : err->text;
}

static void check_same_refusal(const char *anchor, const char *from, const char *to)
{
	const struct edit edit = {anchor, from, to};
	struct arena arena = {0};
	struct dynamic_trace trace;
	struct error full = {0}, skimmed = {0};
	scoped_text text = {0};

	edit_file(&text, EXAMPLE, &edit);
	cr_assert_not(dynamic_json_read_source(&arena,
		&(struct json_source){"t", text.bytes, text.len}, &trace, &full));
	cr_assert_not(skim_text(&arena, text.bytes, text.len, &trace, &skimmed));
	cr_assert_str_eq(sentence(&full), sentence(&skimmed));
	arena_release(&arena);
}

Test(dynamic_skim, refuses_in_the_same_words_what_reading_refuses)
{
	check_same_refusal("\"spans\"", "\"process\": 0", "\"process\": 2");
	check_same_refusal("\"spans\"", "\"function_id\": 2", "\"function_id\": 5");
	check_same_refusal("\"spans\"", "\"trace_id\": \"0", "\"trace_id\": \"1");
	check_same_refusal("\"span_count\"", "2", "3");
	check_same_refusal("\"spans\"", "\"metadata\": {", "\"metadatum\": {");
	check_same_refusal("\"spans\"", "\"timestamp\": ", "\"timestamp\": -");
	check_same_refusal("\"summary\"", "\"total_spans\": ", "\"total_spans\": 1");
	check_same_refusal("\"summary\"", "\"trace_count\": ", "\"trace_count\": 1");
	check_same_refusal("\"runs\"", "{\"id\"", "{\"ID\"");
	check_same_refusal("kind", "\"dynamic\"", "\"static\"");
}

Test(dynamic_skim, a_key_that_is_written_with_escapes_is_the_same_key)
{
	struct arena arena = {0};
	struct dynamic_trace plain, escaped;
	struct error err = {0};
	scoped_text text = {0}, same = {0};
	size_t plain_size, escaped_size;
	char *left, *right;

	edit_file(&text, EXAMPLE,
		&(struct edit){"\"entry_point\":", "\"spans\"", "\"sp\\u0061ns\""});
	edit_file(&same, EXAMPLE, &(struct edit){"\"spans\"", "\"spans\"", "\"spans\""});
	cr_assert(skim_text(&arena, same.bytes, same.len, &plain, &err), "%s", err.text);
	cr_assert(skim_text(&arena, text.bytes, text.len, &escaped, &err), "%s",
		err.text);
	left = write_trace(&plain, &plain_size);
	right = write_trace(&escaped, &escaped_size);
	cr_assert_str_eq(left, right);
	free(left);
	free(right);
	arena_release(&arena);
}

/* A trace of `spans`, which belong to it. */
static void skim_trace(struct dynamic_skim *skim, const char *id,
	const struct span *spans, size_t nspans)
{
	for (size_t i = 0; i < nspans; i++)
		dynamic_skim_span(skim, id, &spans[i], 0, 0);
	dynamic_skim_trace(skim, &(struct observed_trace){.id = id});
}

Test(dynamic_skim, where_a_trace_enters_a_process_stays_and_whence)
{
	static const struct span spans[] = {
		{.id = "a", .process = 3, .function = 0, .name = "main", .start_us = 1},
		{.id = "b", .parent = "a", .process = 3, .name = "call", .start_us = 2},
		{.id = "c", .parent = "b", .process = 5, .name = "serve", .start_us = 3},
		{.id = "d", .parent = "c", .process = 5, .name = "work", .start_us = 4},
	};
	struct arena arena = {0};
	struct dynamic_skim skim = {.arena = &arena};
	const struct observed_trace *trace;

	skim_trace(&skim, "t", spans, 4);
	cr_assert_eq(skim.nspans, 4);
	cr_assert_eq(skim.nquiet, 0);
	cr_assert_eq(skim.ntraces, 1);
	trace = &skim.traces[0];
	cr_assert_eq(trace->nspans, 3);
	cr_assert_str_eq(trace->spans[0].id, "a");
	cr_assert_str_eq(trace->spans[1].id, "b");
	cr_assert_eq(trace->spans[1].process, 3);
	cr_assert_str_eq(trace->spans[2].id, "c");
	cr_assert_str_eq(trace->spans[2].parent, "b");
	dynamic_skim_release(&skim);
	arena_release(&arena);
}

Test(dynamic_skim, traces_that_stand_alone_do_not_pile_up)
{
	static const struct span alone = {.id = "a", .name = "main"};
	static const struct span called = {.id = "b", .parent = "x", .name = "serve"};
	struct arena arena = {0};
	struct dynamic_skim skim = {.arena = &arena};
	struct dynamic_trace trace = {0};

	skim_trace(&skim, "first", &called, 1);
	for (size_t i = 0; i < SKIM_MOST_QUIET + 100; i++)
		skim_trace(&skim, arena_printf(&arena, "%zu", i), &alone, 1);
	cr_assert_eq(skim.nquiet, SKIM_MOST_QUIET + 100);
	cr_assert_eq(skim.ntraces, SKIM_MOST_QUIET + 1);
	trace.traces = skim.traces;
	trace.ntraces = skim.ntraces;
	dynamic_skim_drop_quiet(&trace);
	cr_assert_eq(trace.ntraces, 1);
	cr_assert_str_eq(trace.traces[0].id, "first");
	dynamic_skim_release(&skim);
	arena_release(&arena);
}
