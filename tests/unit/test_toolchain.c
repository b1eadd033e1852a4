#include "analyzer/compile/toolchain.h"

#include "analyzer/compile/toolchain_list.h"
#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;
static char top[] = "/tmp/pcarch-toolchain-XXXXXX";

static int remove_entry(const char *path, const struct stat *st, int type,
	struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void setup(void)
{
	umask(022);
	cr_assert(mkdtemp(top) && chdir(top) == 0);
	mkdir("bin", 0755);
	mkdir("src", 0755);
}

static void teardown(void)
{
	nftw(top, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	arena_release(&arena);
}

TestSuite(toolchain, .init = setup, .fini = teardown);

/* A compiler at `path` (from `top`) that runs `script`; returns its absolute path. */
static const char *make_compiler(const char *path, const char *script)
{
	FILE *out = fopen(path, "w");

	fprintf(out, "#!/bin/sh\n%s\n", script);
	fclose(out);
	chmod(path, 0755);
	return arena_printf(&arena, "%s/%s", top, path);
}

/* One that answers as a cross compiler for `target` with the headers in TOP/inc and
 * TOP/sub. */
static const char *make_cross(const char *path, const char *target)
{
	mkdir("inc", 0755);
	mkdir("sub", 0755);
	mkdir("lib", 0755);
	mkdir("lib/gcc", 0755);
	mkdir("lib/gcc/include", 0755);
	fclose(fopen("lib/gcc/include/stddef.h", "w"));
	return make_compiler(path,
		arena_printf(&arena,
			"echo \"$@\" >>%s/asked\n"
			"case \"$*\" in *-dumpmachine) echo %s; exit;; esac\n"
			"{ echo '#include <...> search starts here:'\n"
			"echo ' %s/lib/gcc/include'; echo ' %s/inc'; echo ' %s/gone'\n"
			"echo ' %s/inc/../sub'; echo 'End of search list.'; } >&2",
			top, target, top, top, top, top));
}

static struct toolchain_policy policy(void)
{
	return (struct toolchain_policy){
		.root = arena_printf(&arena, "%s/src", top),
		.database_dir = arena_printf(&arena, "%s/build", top),
		.timeout_ms = 5000,
	};
}

static const char *print(const struct scan_unit *unit)
{
	scoped_text all = {0};

	for (size_t i = 0; i < unit->narguments; i++) {
		const char *word = unit->arguments[i];
		bool is_inside = text_has_prefix(word, top);

		text_printf(&all, "%s%s%s", i ? " " : "", is_inside ? "TOP" : "",
			word + (is_inside ? strlen(top) : 0));
	}
	return arena_strdup(&arena, text_string(&all));
}

/* The arguments of a unit made with `compiler` and `argument`, after all three steps. */
static const char *apply(const char *compiler, const char *argument,
	struct unit_list *list)
{
	struct toolchain_policy rules = policy();
	struct scan_unit *unit = arena_alloc(&arena, sizeof(*unit));
	const char **arguments = arena_alloc(&arena, sizeof(*arguments));
	struct toolchain_list toolchains;

	arguments[0] = argument;
	*unit = (struct scan_unit){.directory = top,
		.file = "/a.c",
		.compiler = compiler,
		.arguments = arguments,
		.narguments = 1};
	*list = (struct unit_list){.units = unit, .nunits = 1};
	toolchains_find(&arena, &rules, list, &toolchains);
	toolchains_ask(&arena, &rules, &toolchains, list);
	toolchains_apply(&arena, &toolchains, list);
	return print(unit);
}

static bool was_asked(void)
{
	return access("asked", F_OK) == 0;
}

static const char cross_arguments[] =
	"-DA --target=arm-none-eabi -nostdlibinc -Xclang -internal-isystem -Xclang TOP/inc "
	"-Xclang -internal-isystem -Xclang TOP/sub";

Test(toolchain, of_a_cross_compiler_gives_target_and_directories)
{
	struct unit_list list;

	cr_assert_str_eq(apply(make_cross("bin/arm-none-eabi-gcc", "arm-none-eabi"),
				 "-DA", &list),
		cross_arguments);
	cr_assert_eq(list.nnotes, 0);
}

Test(toolchain, is_found_in_path_behind_ccache)
{
	struct unit_list list;

	make_compiler("bin/ccache", "exit 1");
	mkdir("masks", 0755);
	cr_assert(symlink("../bin/ccache", "masks/arm-none-eabi-gcc") == 0);
	make_cross("bin/arm-none-eabi-gcc", "arm-none-eabi");
	setenv("PATH", arena_printf(&arena, ".:%s/masks:%s/bin", top, top), 1);
	cr_assert_str_eq(apply("arm-none-eabi-gcc", "-DA", &list), cross_arguments);
	cr_assert_str_eq(apply("masks/arm-none-eabi-gcc", "-DA", &list), cross_arguments);
}

Test(toolchain, without_standard_directories_gives_the_target_only)
{
	struct unit_list list;

	cr_assert_str_eq(apply(make_cross("bin/arm-none-eabi-gcc", "arm-none-eabi"),
				 "-nostdinc", &list),
		"-nostdinc --target=arm-none-eabi");
}

Test(toolchain, that_clang_cannot_target_gives_directories_only)
{
	struct unit_list list;

	cr_assert_str_eq(apply(make_cross("bin/sh4-elf-gcc", "sh4-elf"), "-DA", &list),
		"-DA -nostdlibinc -Xclang -internal-isystem -Xclang TOP/inc "
		"-Xclang -internal-isystem -Xclang TOP/sub");
}

Test(toolchain, of_clang_is_read_from_its_name_and_not_run)
{
	struct unit_list list;

	cr_assert_str_eq(apply(make_cross("bin/aarch64_be-linux-gnu-clang-19", "x"),
				 "-DA", &list),
		"-DA --target=aarch64_be-linux-gnu");
	cr_assert_str_eq(apply(make_cross("bin/afl-clang", "x"), "-DA", &list), "-DA");
	cr_assert_not(was_asked());
}

Test(toolchain, of_the_native_compiler_adds_nothing)
{
	struct unit_list list;

	if (access("/usr/bin/gcc", X_OK) < 0)
		cr_skip("no gcc");
	cr_assert_str_eq(apply("/usr/bin/gcc", "-DA", &list), "-DA");
	cr_assert_eq(list.nnotes, 0, "%s", list.nnotes ? list.notes[0] : "");
}

/* `compiler` is not run; the note says `reason`. */
static void expect_refused(const char *compiler, const char *reason)
{
	struct unit_list list;

	cr_assert_str_eq(apply(compiler, "-DA", &list), "-DA");
	cr_assert_eq(list.nnotes, 1);
	cr_assert(strstr(list.notes[0], reason), "%s", list.notes[0]);
	cr_assert_not(was_asked());
}

Test(toolchain, from_the_scanned_tree_is_not_run)
{
	expect_refused(make_cross("src/gcc", "arm-none-eabi"),
		"it lies in the scanned tree");
	mkdir("build", 0755);
	expect_refused(make_cross("build/gcc", "x"),
		"it lies beside the compile database");
	expect_refused("src/gcc", "it lies in the scanned tree");
}

Test(toolchain, linked_from_outside_into_the_scanned_tree_is_not_run)
{
	make_cross("src/gcc", "arm-none-eabi");
	cr_assert(symlink("../src/gcc", "bin/gcc") == 0);
	expect_refused("bin/gcc", "it lies in the scanned tree");
}

Test(toolchain, that_others_can_write_is_not_run)
{
	const char *compiler = make_cross("bin/gcc", "arm-none-eabi");

	chmod("bin/gcc", 0757);
	expect_refused(compiler, "others can write to it");
	chmod("bin/gcc", 0755);
	chmod("bin", 0777);
	expect_refused(compiler, "others can write to a directory above it");
}

Test(toolchain, that_is_not_called_like_a_compiler_is_not_run)
{
	make_cross("bin/evil", "x");
	cr_assert(symlink("evil", "bin/gcc") == 0);
	expect_refused("bin/evil", "it is not called like a C compiler");
	expect_refused("bin/gcc", "it is not called like a C compiler");
	expect_refused(make_cross("bin/gcc-evil", "x"),
		"it is not called like a C compiler");
	expect_refused(make_cross("bin/cc1", "x"), "it is not called like a C compiler");
	expect_refused("bin/no-gcc", "it is not there");
}

/* The compiler made of `script` is run, and of no use; the note says `reason`. */
static void expect_useless(const char *script, unsigned timeout_ms, const char *reason)
{
	struct toolchain_policy rules = policy();
	struct toolchain toolchain = {.path = make_compiler("bin/gcc", script)};
	struct error err = {0};

	rules.timeout_ms = timeout_ms;
	cr_assert_not(toolchain_ask(&arena, &rules, &toolchain, &err));
	cr_assert(strstr(err.text, reason), "%s", err.text);
	cr_assert_not(toolchain.is_answered);
	cr_assert_null(toolchain.target);
}

Test(toolchain, that_hangs_is_killed, .timeout = 10)
{
	expect_useless("while :; do read x </dev/zero; done", 50, "it takes too long");
	expect_useless("exec >&- 2>&-; while :; do :; done", 50, "it takes too long");
}

Test(toolchain, that_answers_nonsense_is_told)
{
	expect_useless("exit 3", 5000, "it fails");
	expect_useless("yes", 5000, "it prints too much");
	expect_useless("echo 'a b'", 5000, "does not name its machine");
	expect_useless("echo --config=evil", 5000, "does not name its machine");
	expect_useless("echo arm-none-eabi", 5000,
		"does not list its include directories");
}

Test(toolchain, is_asked_with_a_clean_environment_and_once)
{
	struct toolchain_policy rules = policy();
	struct scan_unit units[100];
	struct unit_list list = {.units = units, .nunits = 100};
	struct toolchain_list toolchains;
	const char *compiler = make_cross("bin/arm-none-eabi-gcc", "arm-none-eabi");
	const char *const arguments[] = {"-m32", "--sysroot=rel"};
	FILE *asked;
	char line[256];
	int lines = 0;

	for (size_t i = 0; i < 100; i++)
		units[i] = (struct scan_unit){.directory = top,
			.file = "/a.c",
			.compiler = i % 2 ? compiler : "bin/arm-none-eabi-gcc",
			.arguments = arguments,
			.narguments = i < 50 ? 2 : 1};
	toolchains_find(&arena, &rules, &list, &toolchains);
	cr_assert_eq(toolchains.ntoolchains, 2);
	toolchains_ask(&arena, &rules, &toolchains, &list);
	asked = fopen("asked", "r");
	cr_assert(fgets(line, sizeof(line), asked));
	cr_assert_str_eq(line,
		arena_printf(&arena, "-m32 --sysroot=%s/rel -dumpmachine\n", top));
	for (lines = 1; fgets(line, sizeof(line), asked);)
		lines++;
	fclose(asked);
	cr_assert_eq(lines, 4);
	setenv("CPATH", "/evil", 1);
	make_compiler("bin/gcc",
		arena_printf(&arena, "env >%s/env; pwd >>%s/env", top, top));
	apply("bin/gcc", "-DA", &list);
	asked = fopen("env", "r");
	while (fgets(line, sizeof(line), asked))
		cr_assert_not(text_has_prefix(line, "CPATH"));
	cr_assert_str_eq(line, "/\n");
	fclose(asked);
}

Test(toolchain, of_too_many_compilers_are_not_all_asked)
{
	struct toolchain_policy rules = policy();
	struct scan_unit units[200];
	struct unit_list list = {.units = units, .nunits = 200};
	struct toolchain_list toolchains;

	for (size_t i = 0; i < 200; i++)
		units[i] = (struct scan_unit){.directory = top,
			.file = "/a.c",
			.compiler = arena_printf(&arena, "/nonexistent/x%zu-gcc", i)};
	toolchains_find(&arena, &rules, &list, &toolchains);
	cr_assert_eq(list.nnotes, TOOLCHAIN_MAX + 1);
	cr_assert(strstr(list.notes[TOOLCHAIN_MAX], "(and 135 more)"), "%s",
		list.notes[TOOLCHAIN_MAX]);
}
