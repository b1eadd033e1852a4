#include "core/shell_words.h"

#include "core/text.h"

#include <criterion/criterion.h>
#include <string.h>

/* The words of `text`, each in brackets. */
static void expect(enum quoting quoting, const char *text, const char *expected)
{
	scoped_text word = {0}, all = {0};
	struct shell_words words;

	shell_words_init(&words, text, strlen(text), quoting);
	while (shell_words_next(&words, &word))
		text_printf(&all, "[%s]", word.bytes);
	cr_assert_str_eq(text_string(&all), expected);
}

Test(shell_words, are_separated_by_blanks)
{
	expect(QUOTING_SHELL, "  cc -c\t a.c \n", "[cc][-c][a.c]");
	expect(QUOTING_SHELL, "", "");
	expect(QUOTING_SHELL, " \t ", "");
}

Test(shell_words, quotes_join_and_may_be_empty)
{
	expect(QUOTING_SHELL, "-D'A B'\"C D\"e '' \"\"", "[-DA BC De][][]");
}

Test(shell_words, backslash_quotes_one_character_outside_quotes)
{
	expect(QUOTING_SHELL, "-DS=\\\"x\\ y\\\" a\\\\b", "[-DS=\"x y\"][a\\b]");
}

Test(shell_words, backslash_in_double_quotes_stays_before_other_characters)
{
	expect(QUOTING_SHELL, "\"a\\\"b\\$c\\nd\\\\\"", "[a\"b$c\\nd\\]");
}

Test(shell_words, backslash_in_single_quotes_is_a_character)
{
	expect(QUOTING_SHELL, "'a\\b\\'", "[a\\b\\]");
}

Test(shell_words, escaped_line_end_is_nothing)
{
	expect(QUOTING_SHELL, "a\\\nb \\\n c", "[ab][c]");
}

Test(shell_words, variables_are_not_expanded)
{
	expect(QUOTING_SHELL, "$HOME `ls` *.c ~", "[$HOME][`ls`][*.c][~]");
}

Test(shell_words, backslash_quotes_everywhere_in_a_response_file)
{
	expect(QUOTING_RESPONSE, "'a\\'b' \"c\\nd\" e\\ f", "[a'b][cnd][e f]");
}

Test(shell_words, unclosed_quote_is_told)
{
	scoped_text word = {0};
	struct shell_words words;

	shell_words_init(&words, "a 'b", 4, QUOTING_SHELL);
	cr_assert(shell_words_next(&words, &word));
	cr_assert_not(words.is_unclosed);
	cr_assert(shell_words_next(&words, &word));
	cr_assert_str_eq(word.bytes, "b");
	cr_assert(words.is_unclosed);
}

Test(shell_words, nul_byte_and_final_backslash_are_harmless)
{
	scoped_text word = {0};
	struct shell_words words;

	shell_words_init(&words, "a\0b \"\\", 6, QUOTING_SHELL);
	cr_assert(shell_words_next(&words, &word));
	cr_assert_str_eq(word.bytes, "a");
	cr_assert(shell_words_next(&words, &word));
	cr_assert_str_eq(word.bytes, "b");
	cr_assert(shell_words_next(&words, &word));
	cr_assert_str_eq(word.bytes, "\\");
	cr_assert_not(shell_words_next(&words, &word));
}
