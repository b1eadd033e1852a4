#include "cli/terminal.h"

#include "core/terminal_text.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <pty.h>
#include <stdlib.h>
#include <unistd.h>

static void assert_escaped(const char *untrusted, const char *expected)
{
	scoped_text text = {0};

	terminal_escape(&text, untrusted);
	cr_assert_str_eq(text_string(&text), expected);
}

Test(terminal, plain_text_stays_as_it_is)
{
	assert_escaped("", "");
	assert_escaped("src/io.c: call 'read'", "src/io.c: call 'read'");
	assert_escaped("na\u00EFve \u65E5\u672C \U0001F600",
		"na\u00EFve \u65E5\u672C \U0001F600");
}

Test(terminal, control_characters_are_shown_not_obeyed)
{
	assert_escaped("a\033[2Jb\r\n\t\177", "a\\x1B[2Jb\\x0D\\x0A\\x09\\x7F");
	assert_escaped("\xC2\x9B"
		       "2J",
		"\\xC2\\x9B2J"); /* C1: CSI in one character */
}

Test(terminal, characters_that_reorder_text_are_shown)
{
	assert_escaped("a\u202Eb\u2066c\u200Bd\uFEFF",
		"a\\xE2\\x80\\xAEb\\xE2\\x81\\xA6c\\xE2\\x80\\x8Bd\\xEF\\xBB\\xBF");
}

Test(terminal, bad_utf8_is_shown_byte_by_byte)
{
	assert_escaped("\xFF\x80", "\\xFF\\x80");
	assert_escaped("\xC0\xAF", "\\xC0\\xAF"); /* overlong '/' */
	assert_escaped("\xE0\x80\xAF", "\\xE0\\x80\\xAF");
	assert_escaped("\xED\xA0\x80", "\\xED\\xA0\\x80"); /* surrogate */
	assert_escaped("\xF4\x90\x80\x80", "\\xF4\\x90\\x80\\x80"); /* above 10FFFF */
	assert_escaped("a\xE2\x82", "a\\xE2\\x82"); /* cut off */
	assert_escaped("\xC3(", "\\xC3(");
}

Test(terminal, wide_characters_take_two_columns)
{
	size_t len;

	cr_assert_not_null(setlocale(LC_CTYPE, "C.UTF-8"));
	cr_assert(terminal_is_utf8());
	cr_assert_eq(terminal_character("\u65E5x", &len), 2);
	cr_assert_eq(len, 3);
	cr_assert_eq(terminal_character("e\u0301", &len), 1);
	cr_assert_eq(terminal_character("\u0301", &len), 0); /* combining */
	cr_assert_eq(terminal_character("\xFFx", &len), 1);
	cr_assert_eq(len, 1);
}

/* A pseudo terminal of that width; the slave's stream, the master in *master. */
static FILE *open_terminal(unsigned short columns, int *master)
{
	struct winsize size = {.ws_row = 24, .ws_col = columns};
	int slave;

	cr_assert_eq(openpty(master, &slave, NULL, NULL, &size), 0);
	return fdopen(slave, "w");
}

Test(terminal, colours_obey_the_stream_the_option_and_the_environment)
{
	int master;
	FILE *terminal = open_terminal(80, &master), *pipe = tmpfile();

	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	cr_assert_str_eq(style_on(terminal, STYLE_BAD), "\033[31m");
	cr_assert_str_eq(style_off(terminal), "\033[0m");
	cr_assert_str_eq(style_on(pipe, STYLE_BAD), "");
	setenv("NO_COLOR", "", 1); /* empty counts as unset */
	cr_assert_str_eq(style_on(terminal, STYLE_BAD), "\033[31m");
	setenv("NO_COLOR", "1", 1);
	cr_assert_str_eq(style_on(terminal, STYLE_BAD), "");
	cr_assert(terminal_set_color("always"));
	cr_assert_str_eq(style_on(pipe, STYLE_GOOD), "\033[32m");
	cr_assert(terminal_set_color("never"));
	unsetenv("NO_COLOR");
	cr_assert_str_eq(style_on(terminal, STYLE_GOOD), "");
	cr_assert_not(terminal_set_color("sometimes"));
	cr_assert(terminal_set_color("auto"));
	setenv("TERM", "dumb", 1);
	cr_assert_str_eq(style_on(terminal, STYLE_GOOD), "");
	cr_assert_not(terminal_is_smart(terminal));
	cr_assert(terminal_is(terminal));
	fclose(pipe);
	fclose(terminal);
	close(master);
}

Test(terminal, width_is_the_terminals_or_80)
{
	int master;
	FILE *wide = open_terminal(132, &master), *file = tmpfile();

	cr_assert_eq(terminal_columns(wide), 132);
	cr_assert_eq(terminal_columns(file), 80);
	fclose(wide);
	fclose(file);
	close(master);
}
