#include "cli/table.h"

#include "core/arena.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static struct arena arena;
static struct table table;

static void setup(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	table.arena = &arena;
}

static void teardown(void)
{
	table_release(&table);
	arena_release(&arena);
}

TestSuite(table, .init = setup, .fini = teardown);

static void check_file(const char *expected)
{
	char text[1024] = "";
	FILE *file = tmpfile();

	table_print(&table, file);
	rewind(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	cr_assert_str_eq(text, expected);
}

/* What a terminal of `columns` is sent; its driver puts \r before each \n. */
static void check_terminal(unsigned short columns, const char *expected)
{
	struct winsize size = {.ws_row = 24, .ws_col = columns};
	char text[4096] = "", *end = text;
	int terminal, program;
	FILE *out;

	cr_assert_eq(openpty(&terminal, &program, NULL, NULL, &size), 0);
	out = fdopen(program, "w");
	cr_assert(terminal_set_color("never"));
	table_print(&table, out);
	fputs("\x04", out); /* where to stop reading */
	fflush(out);
	while (!memchr(text, '\x04', (size_t)(end - text)))
		end += read(terminal, end, sizeof(text) - (size_t)(end - text));
	fclose(out);
	close(terminal);
	*strchr(text, '\x04') = '\0';
	end = text;
	for (const char *c = text; *c; c++)
		if (*c != '\r')
			*end++ = *c;
	*end = '\0';
	cr_assert_str_eq(text, expected);
}

Test(table, cells_stand_under_each_other_and_nothing_ends_in_spaces)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "a");
	table_cell(&table, STYLE_PLAIN, "%d", 1);
	table_row(&table, 2);
	table_cell(&table, STYLE_PLAIN, "long");
	table_cell(&table, STYLE_PLAIN, "%s", "");
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "b");
	table_cell(&table, STYLE_PLAIN, "2");
	check_file("a       1\n  long\nb       2\n");
}

Test(table, a_column_without_text_takes_no_place)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "a");
	table_cell(&table, STYLE_PLAIN, "%s", "");
	table_cell(&table, STYLE_PLAIN, "c");
	check_file("a  c\n");
}

Test(table, a_wide_cell_pushes_only_its_own_row)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "%050d", 0);
	table_cell(&table, STYLE_PLAIN, "x");
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "a");
	table_cell(&table, STYLE_PLAIN, "x");
	check_file("00000000000000000000000000000000000000000000000000  x\na  x\n");
}

Test(table, lines_stand_in_no_column)
{
	table_line(&table, 0, STYLE_PLAIN, "a heading that is long");
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "a");
	table_cell(&table, STYLE_PLAIN, "b");
	table_line(&table, 0, STYLE_PLAIN, "%s", "");
	check_file("a heading that is long\na  b\n\n");
}

Test(table, width_is_what_a_terminal_shows_and_controls_are_escaped)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "h\xc3\xa9");
	table_cell(&table, STYLE_PLAIN, "1");
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "\033[2J");
	table_cell(&table, STYLE_PLAIN, "2");
	check_file("h\xc3\xa9       1\n\\x1B[2J  2\n");
}

Test(table, the_last_cell_goes_on_under_itself_on_a_terminal)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "name");
	table_cell(&table, STYLE_PLAIN, "file.c:100,200,300,400,500,600,700");
	check_terminal(39, "name  file.c:100,200,300,400,500,600,\n      700\n");
}

Test(table, a_last_cell_without_room_has_a_line_of_its_own)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "a_name_of_twenty_four_b");
	table_cell(&table, STYLE_PLAIN, "two words that wrap");
	check_terminal(40, "a_name_of_twenty_four_b\n        two words that wrap\n");
}

Test(table, a_word_wider_than_the_terminal_is_printed_whole)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "%060d", 0);
	check_terminal(20, "000000000000000000000000000000000000000000000000000000000000"
			   "\n");
}

Test(table, a_last_cell_makes_no_column_wider)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "a");
	table_cell(&table, STYLE_PLAIN, "all that is said of it");
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "b");
	table_cell(&table, STYLE_PLAIN, "x");
	table_cell(&table, STYLE_PLAIN, "y");
	check_file("a  all that is said of it\nb  x  y\n");
}

Test(table, a_path_loses_directories_where_the_line_is_short)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "function_name");
	table_path(&table, "some/long/way/file.c:12");
	check_terminal(30, "function_name  way/file.c:12\n");
}

Test(table, a_path_is_whole_where_it_fits)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "function_name");
	table_path(&table, "some/long/way/file.c:12");
	check_terminal(38, "function_name  some/long/way/file.c:12\n");
}

Test(table, a_path_on_a_line_of_its_own_is_as_whole_as_it_can_be)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "a_name_of_twenty_six_bytes");
	table_path(&table, "some/long/file.c:12");
	check_terminal(30, "a_name_of_twenty_six_bytes\n        some/long/file.c:12\n");
}

Test(table, an_extra_is_cut_where_the_line_ends)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "name");
	table_extra(&table, STYLE_DIM, "help that goes on and on and on and on");
	check_terminal(36, "name  help that goes on and on an...\n");
}

Test(table, an_extra_is_left_out_where_next_to_nothing_would_be_seen)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "a_name_of_twenty_four_b");
	table_extra(&table, STYLE_DIM, "help that goes on and on and on and on");
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "b");
	table_extra(&table, STYLE_DIM, "short");
	check_terminal(40, "a_name_of_twenty_four_b\nb  short\n");
}

Test(table, an_extra_is_whole_in_a_file)
{
	table_row(&table, 0);
	table_cell(&table, STYLE_PLAIN, "name");
	table_cell(&table, STYLE_PLAIN, "%s", "");
	table_extra(&table, STYLE_PLAIN, "%0100d", 0);
	check_file("name  00000000000000000000000000000000000000000000000000"
		   "00000000000000000000000000000000000000000000000000\n");
}
