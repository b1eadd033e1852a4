#include "cli/source_line.h"

#include "cli/site_place.h"
#include "core/arena.h"
#include "tests/unit/scratch.h"

static struct arena arena;
static struct source_line line;

static void setup(void)
{
	scratch_make();
	cr_assert_eq(chdir(scratch_dir), 0);
	mkdir("tree", 0700);
	scratch_write("tree/static.json", "{}");
	scratch_write("tree/a.c", "one\n\t two(x);\n\n\tthree\x1b[2J();\r\nlast");
	scratch_write("secret", "of another directory\n");
}

static void teardown(void)
{
	arena_release(&arena);
	scratch_remove();
}

TestSuite(source_line, .init = setup, .fini = teardown);

static bool read_at(const char *file, unsigned row, unsigned column)
{
	struct site_place place = {file, row, column};

	return source_line_read(&arena, "tree/static.json", &place, &line);
}

Test(source_line, is_found_beside_the_trace_and_loses_its_indent)
{
	cr_assert(read_at("a.c", 2, 3));
	cr_assert_str_eq(line.text, "two(x);");
	cr_assert_eq(line.caret, 0);
	cr_assert(read_at("a.c", 2, 7));
	cr_assert_eq(line.caret, 4);
	cr_assert(read_at("a.c", 5, 1));
	cr_assert_str_eq(line.text, "last");
}

Test(source_line, is_found_here_when_it_is_not_beside_the_trace)
{
	struct site_place place = {"secret", 1, 1};

	cr_assert(source_line_read(&arena, "standard input", &place, &line));
	cr_assert_str_eq(line.text, "of another directory");
}

Test(source_line, does_not_drive_the_terminal)
{
	cr_assert(read_at("a.c", 4, 2));
	cr_assert_str_eq(line.text, "three\\x1B[2J();");
}

Test(source_line, of_a_place_that_is_not_there_is_none)
{
	cr_assert_not(read_at("a.c", 3, 1)); /* empty */
	cr_assert_not(read_at("a.c", 6, 1));
	cr_assert_not(read_at("a.c", 0, 1));
	cr_assert_not(read_at("a.c", 1, 40));
	cr_assert_not(read_at("b.c", 1, 1));
}

Test(source_line, never_leaves_the_tree)
{
	static const char *const names[] = {"../secret", "x/../../secret", "..", "",
		"/etc/passwd", "<stdio.h>", "./../secret"};

	mkdir("tree/x", 0700);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		cr_assert_not(read_at(names[i], 1, 1), "%s", names[i]);
}

Test(source_line, does_not_wait_for_a_pipe)
{
	cr_assert_eq(mkfifo("tree/pipe", 0600), 0);
	cr_assert_not(read_at("pipe", 1, 1));
}

Test(source_line, of_a_file_that_changed_later_says_so)
{
	scratch_age("tree/static.json", 100);
	cr_assert(read_at("a.c", 1, 1));
	cr_assert(line.is_newer);
	scratch_age("tree/a.c", 200);
	cr_assert(read_at("a.c", 1, 1));
	cr_assert_not(line.is_newer);
}
