#include "analyzer/compile/search_path.h"

#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "tests/unit/scratch.h"

#include <criterion/criterion.h>

static struct arena arena;

static void set_up(void)
{
	scratch_make();
	for (const char *const *name = (const char *const[]){"src", "src/sub", "one",
		     "two", "quote", "system", "after", NULL};
		*name; name++)
		cr_assert_eq(mkdir(scratch_path(*name), 0700), 0);
}

static void tear_down(void)
{
	arena_release(&arena);
	scratch_remove();
}

TestSuite(search_path, .init = set_up, .fini = tear_down);

static struct search_path read_path(const char *const *arguments, size_t n)
{
	struct scan_unit unit = {
		.directory = scratch_dir,
		.file = scratch_path("src/unit.c"),
		.arguments = arguments,
		.narguments = n,
	};
	struct search_path search;

	search_path_read(&arena, &unit, &search);
	return search;
}

/* Where `line` leads, from the scratch directory; "" for nowhere. */
static const char *find(const struct search_path *search, const char *from,
	const char *line)
{
	const char *found = search_path_find(search, &arena, from, line);

	return found ? found + strlen(scratch_dir) + 1 : "";
}

Test(search_path, keeps_the_order_of_the_compiler)
{
	static const char *const arguments[] = {"-idirafterafter", "-isystem", "system",
		"-Itwo", "-Ione", "-iquotequote"};
	static const char *const order[] = {"src", "quote", "two", "one", "system"};
	struct search_path search = read_path(arguments, 6);
	const struct search_directory *last =
		&search.directories[search.ndirectories - 1];

	cr_assert_gt(search.ndirectories, 5);
	for (size_t i = 0; i < 5; i++)
		cr_assert_str_eq(search.directories[i].path, scratch_path(order[i]));
	cr_assert_str_eq(last->path, scratch_path("after"));
	cr_assert_eq(search.nquoted, 2);
}

Test(search_path, leaves_out_what_does_not_exist)
{
	static const char *const arguments[] = {"-Inone", "-Ione"};
	struct search_path search = read_path(arguments, 2);

	cr_assert_str_eq(search.directories[1].path, scratch_path("one"));
}

Test(search_path, takes_no_argument_that_is_missing)
{
	static const char *const arguments[] = {"-Ione", "-isystem"};
	struct search_path search = read_path(arguments, 2);

	cr_assert_str_eq(search.directories[1].path, scratch_path("one"));
}

Test(search_path, finds_quoted_names_beside_the_file_first)
{
	static const char *const arguments[] = {"-Ione"};
	struct search_path search = read_path(arguments, 1);
	const char *from = scratch_path("src/sub/x.h");

	scratch_write("one/a.h", "");
	cr_assert_str_eq(find(&search, NULL, "\"a.h\""), "one/a.h");
	scratch_write("src/a.h", "");
	cr_assert_str_eq(find(&search, NULL, "\"a.h\""), "src/a.h");
	cr_assert_str_eq(find(&search, from, "\"a.h\""), "src/a.h");
	scratch_write("src/sub/a.h", "");
	cr_assert_str_eq(find(&search, from, "\"a.h\""), "src/sub/a.h");
	cr_assert_str_eq(find(&search, from, "<a.h>"), "one/a.h");
	cr_assert_str_eq(find(&search, from, "\"b.h\""), "");
}

Test(search_path, finds_names_with_directories_and_absolute_ones)
{
	static const char *const arguments[] = {"-I."};
	struct search_path search = read_path(arguments, 1);
	const char *line;

	scratch_write("one/a.h", "");
	cr_assert_str_eq(find(&search, NULL, "<one/a.h>"), "one/a.h");
	line = arena_printf(&arena, "\"%s\"", scratch_path("one/a.h"));
	cr_assert_not_null(strstr(find(&search, NULL, line), "one/a.h"));
	line = arena_printf(&arena, "<%05000d.h>", 0);
	cr_assert_null(search_path_find(&search, &arena, NULL, line));
}
