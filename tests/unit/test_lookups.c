#include "analyzer/cache/lookups.h"

#include "analyzer/compile/units.h"
#include "core/text.h"
#include "tests/unit/scratch.h"

#include <criterion/criterion.h>

static struct lookups *lookups;
static struct text absent;
static size_t nabsent;

static void set_up(void)
{
	scratch_make();
	lookups = lookups_new();
	for (const char *const *name =
			(const char *const[]){"src", "one", "two", "two/sub", NULL};
		*name; name++)
		cr_assert_eq(mkdir(scratch_path(*name), 0700), 0);
}

static void tear_down(void)
{
	lookups_free(lookups);
	text_release(&absent);
	scratch_remove();
}

TestSuite(lookups, .init = set_up, .fini = tear_down);

/* Ask for a unit of src/ with -Ione -Itwo that read the files of `names`. */
static void ask(const char *const *names, size_t n)
{
	static const char *const arguments[] = {"-Ione", "-Itwo"};
	struct scan_unit unit = {
		.directory = scratch_dir,
		.file = scratch_path("src/unit.c"),
		.arguments = arguments,
		.narguments = 2,
	};
	struct text paths = {0};

	for (size_t i = 0; i < n; i++) {
		text_add(&paths, scratch_path(names[i]));
		text_add_char(&paths, '\0');
	}
	text_clear(&absent);
	nabsent = lookups_absent(lookups, &unit, &paths, n, &absent);
	text_release(&paths);
}

/* By itself, or with a directory above it that is not there. */
static bool is_absent(const char *name)
{
	const char *at = text_string(&absent), *path = scratch_path(name);

	for (size_t i = 0; i < nabsent; i++, at += strlen(at) + 1) {
		size_t len = strlen(at);

		if (strncmp(at, path, len) == 0 && (!path[len] || path[len] == '/'))
			return true;
	}
	return false;
}

Test(lookups, are_the_places_that_come_before)
{
	scratch_write("two/a.h", "");
	ask((const char *const[]){"two/a.h"}, 1);
	cr_assert_eq(nabsent, 2);
	cr_assert(is_absent("src/a.h"));
	cr_assert(is_absent("one/a.h"));
}

Test(lookups, do_not_come_after_what_was_found)
{
	scratch_write("one/a.h", "");
	ask((const char *const[]){"one/a.h"}, 1);
	cr_assert_eq(nabsent, 1);
	cr_assert(is_absent("src/a.h"));
	cr_assert_not(is_absent("two/a.h"));
}

Test(lookups, keep_the_directory_in_the_name)
{
	scratch_write("two/sub/a.h", "");
	ask((const char *const[]){"two/sub/a.h"}, 1);
	cr_assert(is_absent("one/sub/a.h"));
	cr_assert(is_absent("src/sub/a.h"));
}

Test(lookups, leave_out_what_is_there)
{
	scratch_write("two/a.h", "");
	scratch_write("one/a.h", "");
	ask((const char *const[]){"two/a.h"}, 1);
	cr_assert_not(is_absent("one/a.h"));
	cr_assert(is_absent("src/a.h"));
}

Test(lookups, are_given_once)
{
	scratch_write("two/a.h", "");
	ask((const char *const[]){"two/a.h", "two/a.h", "two/a.h"}, 3);
	cr_assert_eq(nabsent, 2);
}

Test(lookups, of_files_outside_of_the_path_are_none)
{
	scratch_write("lone.h", "");
	ask((const char *const[]){"lone.h", "src/unit.c"}, 2);
	cr_assert_eq(nabsent, 0);
	ask(NULL, 0);
	cr_assert_eq(nabsent, 0);
}
