#include "analyzer/compile/compilation.h"

#include "core/arena.h"
#include "scratch.h"

#include <string.h>

static struct arena arena;
static struct compilations found;

static void setup(void)
{
	scratch_make();
	scratch_write("a.c", "");
	scratch_write("b.c", "");
	found = (struct compilations){.arena = &arena};
}

static void teardown(void)
{
	compilations_release(&found);
	arena_release(&arena);
	scratch_remove();
}

TestSuite(build_compilation, .init = setup, .fini = teardown);

/* Run `line`, words parted by single spaces, in the scratch directory. */
static void run(const char *line)
{
	const char *words[32];
	size_t n = 0;

	for (char *at = arena_strdup(&arena, line), *word; (word = strsep(&at, " "));)
		words[n++] = word;
	compilations_add(&found, scratch_dir, words, n);
}

/* The words of entry `i` are those of `line`. */
static void expect_words(size_t i, const char *line)
{
	const struct compile_command *command = &found.commands[i];
	char actual[512] = "";
	size_t used = 0;

	for (size_t k = 0; k < command->narguments; k++)
		used += (size_t)snprintf(actual + used, sizeof(actual) - used, "%s%s",
			k ? " " : "", command->arguments[k]);
	cr_assert_str_eq(actual, line);
}

Test(build_compilation, names_source_directory_and_output)
{
	run("/usr/bin/cc -DX -o a.o -c ./a.c");
	cr_assert_eq(found.ncommands, 1);
	cr_assert_str_eq(found.commands[0].directory, scratch_dir);
	cr_assert_str_eq(found.commands[0].file, scratch_path("a.c"));
	cr_assert_str_eq(found.commands[0].output, "a.o");
	expect_words(0, "/usr/bin/cc -DX -o a.o -c ./a.c");
}

Test(build_compilation, gives_each_source_its_own_entry)
{
	run("gcc -DX a.c b.c -o prog x.o -lm");
	cr_assert_eq(found.ncommands, 2);
	expect_words(0, "gcc -DX a.c -o prog x.o -lm");
	expect_words(1, "gcc -DX b.c -o prog x.o -lm");
}

Test(build_compilation, tells_a_source_from_an_equal_argument_of_a_flag)
{
	const char *a = "a.c";
	const char *words[] = {"cc", "-include", a, a, "b.c"};

	compilations_add(&found, scratch_dir, words, 5);
	cr_assert_eq(found.ncommands, 2);
	expect_words(0, "cc -include a.c a.c");
	expect_words(1, "cc -include a.c b.c");
}

Test(build_compilation, is_what_a_launcher_launches)
{
	run("ccache CCACHE_DIR=x gcc -c a.c");
	cr_assert_eq(found.ncommands, 1);
	expect_words(0, "gcc -c a.c");
}

Test(build_compilation, is_not_what_makes_no_object_of_c)
{
	static const char *const lines[] = {"cc", "cc --version", "cc -o prog a.o b.o",
		"cc -E a.c", "cc -M a.c", "cc -MM a.c", "g++ -c a.c", "cc -x c++ a.c",
		"cc -c a.S", "gcc-ar rc lib.a a.c", "clang -cc1 -emit-obj a.c",
		"/usr/lib/gcc/12/cc1 a.c", "cc -E -", "ccache -s", "clang-format a.c"};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		run(lines[i]);
		cr_assert_eq(found.ncommands, 0, "%s", lines[i]);
	}
	cr_assert_eq(found.nprobes + found.ngone, 0);
}

Test(build_compilation, knows_compilers_by_target_and_version)
{
	static const char *const lines[] = {"arm-none-eabi-gcc -c a.c",
		"/opt/x/clang-19 -c a.c", "c99 a.c", "x86_64-linux-gnu-gcc-12 a.c"};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		run(lines[i]);
		cr_assert_eq(found.ncommands, i + 1, "%s", lines[i]);
	}
}

Test(build_compilation, leaves_probes_out_even_where_they_stay)
{
	scratch_write("conftest.c", "");
	mkdir(scratch_path("meson-private"), 0700);
	scratch_write("meson-private/sanitycheckc.c", "");
	mkdir(scratch_path("CMakeFiles"), 0700);
	mkdir(scratch_path("CMakeFiles/CMakeScratch"), 0700);
	scratch_write("CMakeFiles/CMakeScratch/x.c", "");
	run("cc -c conftest.c");
	run("cc meson-private/sanitycheckc.c");
	run("cc -c CMakeFiles/CMakeScratch/x.c");
	cr_assert_eq(found.ncommands, 0);
	cr_assert_eq(found.nprobes, 3);
}

Test(build_compilation, leaves_out_a_source_from_elsewhere_that_a_probe_compiles)
{
	const char *words[] = {"cc", "-c", scratch_path("a.c")};

	compilations_add(&found, "/x/CMakeFiles/CMakeTmp", words, 3);
	cr_assert_eq(found.ncommands, 0);
	cr_assert_eq(found.nprobes, 1);
}

Test(build_compilation, leaves_out_what_is_no_file)
{
	mkdir(scratch_path("d.c"), 0700);
	run("cc -c gone.c");
	run("cc -c d.c");
	run("cc -xc -c /dev/null");
	run("cc -xc -c -");
	cr_assert_eq(found.ncommands, 0);
	cr_assert_eq(found.ngone, 4);
}
