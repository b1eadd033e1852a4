#include "analyzer/routes/words.h"

#include "core/arena.h"

#include <criterion/criterion.h>

Test(route_words, a_token_is_what_can_be_typed_as_one_word)
{
	cr_expect(words_is_token("add"));
	cr_expect(words_is_token("remote-add"));
	cr_expect(words_is_token("|"));
	cr_expect_not(words_is_token(""));
	cr_expect_not(words_is_token("show all"));
	cr_expect_not(words_is_token("tab\t"));
	cr_expect_not(words_is_token("%s"));
	cr_expect_not(words_is_token("umlaut \xc3\xa4"));
	cr_expect_not(words_is_token(
		"a-word-that-is-longer-than-anybody-would-type-in-a-prompt"));
}

Test(route_words, names_hint_at_commands_or_at_something_else)
{
	cr_expect_eq(words_hint("cmd_table"), 1);
	cr_expect_eq(words_hint("BuiltinList"), 1);
	cr_expect_eq(words_hint("long_options"), -1);
	cr_expect_eq(words_hint("commandOptions"), 1, "commands win");
	cr_expect_eq(words_hint("things"), 0);
	cr_expect_eq(words_hint(""), 0);
}

Test(route_words, a_part_begins_a_word_of_a_name)
{
	cr_expect(words_begins("struct_cmd", "cmd"));
	cr_expect(words_begins("TheCmdTable", "cmd"));
	cr_expect(words_begins("cmd", "cmd"));
	cr_expect_not(words_begins("xcmdx", "cmd"));
	cr_expect_not(words_begins("", "cmd"));
}

Test(route_words, a_text_is_split_where_it_is_parted)
{
	struct arena arena = {0};
	size_t count;
	const char **parts = words_split(&arena, "-s|--change|", "|", &count);

	cr_assert_eq(count, 2);
	cr_expect_str_eq(parts[0], "-s");
	cr_expect_str_eq(parts[1], "--change");
	words_split(&arena, "|", "|", &count);
	cr_expect_eq(count, 1, "a command of that name");
	words_split(&arena, "", "|", &count);
	cr_expect_eq(count, 0);
	words_split(&arena, "||", "|", &count);
	cr_expect_eq(count, 0);
	arena_release(&arena);
}
