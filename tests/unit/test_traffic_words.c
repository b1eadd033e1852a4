#include "tracer/traffic_words.h"

#include "core/arena.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

TestSuite(traffic_words, .fini = release);

static const char *const two[] = {"remote", "add it"};
static const struct traffic_values values = {.program = "/bin/x",
	.port = "80",
	.nonce = "ab",
	.tokens = {two, 2}};

Test(traffic_words, values_take_the_place_of_their_names)
{
	cr_assert_str_eq(traffic_text_fill(&arena, "{program}:{port}/{nonce}{nonce}",
				 &values),
		"/bin/x:80/abab");
	cr_assert_str_eq(traffic_text_fill(&arena, "x {tokens}|{arguments}|", &values),
		"x remote add it||");
}

Test(traffic_words, other_braces_and_unknown_values_stay)
{
	cr_assert_str_eq(traffic_text_fill(&arena, "{\"a\": {}} {directory} {prog} {",
				 &values),
		"{\"a\": {}} {directory} {prog} {");
	cr_assert_null(traffic_text_fill(&arena, NULL, &values));
}

Test(traffic_words, a_list_alone_becomes_as_many_words_as_it_has)
{
	const char *const items[] = {
		"{program}", "{tokens}", "<{tokens}>", "{arguments}", ""};
	char **words = traffic_words_fill(&arena,
		(struct traffic_words){items, sizeof(items) / sizeof(items[0])}, &values);

	cr_assert_str_eq(words[0], "/bin/x");
	cr_assert_str_eq(words[1], "remote");
	cr_assert_str_eq(words[2], "add it");
	cr_assert_str_eq(words[3], "<remote add it>");
	cr_assert_str_eq(words[4], "");
	cr_assert_null(words[5]);
}

Test(traffic_words, values_do_not_become_names_of_values)
{
	const char *const tokens[] = {"{port}"};
	const char *const items[] = {"{tokens}"};
	const struct traffic_values sly = {.port = "80", .tokens = {tokens, 1}};
	char **words = traffic_words_fill(&arena, (struct traffic_words){items, 1}, &sly);

	cr_assert_str_eq(words[0], "{port}");
	cr_assert_str_eq(traffic_text_fill(&arena, "{tokens}", &sly), "{port}");
}

Test(traffic_words, each_stamp_is_another)
{
	struct traffic_values a = {0}, b = {0};

	traffic_values_stamp(&a, &arena);
	traffic_values_stamp(&b, &arena);
	cr_assert_eq(strlen(a.nonce), 32);
	cr_assert_eq(strspn(a.nonce, "0123456789abcdef"), 32);
	cr_assert_str_neq(a.nonce, b.nonce);
	cr_assert_eq(strlen(a.time), strlen("2026-01-01T00:00:00.000000000Z"));
}
