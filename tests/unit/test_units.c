#include "analyzer/compile/units.h"

#include "analyzer/compile/response.h"
#include "core/arena.h"
#include "core/compdb_json.h"
#include "core/error.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;
static char top[] = "/tmp/pcarch-units-XXXXXX"; /* working directory of each test */

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
	cr_assert(mkdtemp(top) && chdir(top) == 0);
}

static void teardown(void)
{
	nftw(top, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	arena_release(&arena);
}

TestSuite(units, .init = setup, .fini = teardown);

static void put(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	cr_assert(out);
	fputs(text, out);
	fclose(out);
}

/* The list from entries "FILE|COMMAND\n…" with `top` as the directory. */
static bool load(const char *entries, struct unit_list *list, struct error *err)
{
	FILE *out = fopen("compile_commands.json", "w");
	const char *path = arena_printf(&arena, "%s/compile_commands.json", top);
	struct compdb db;

	fputs("[", out);
	for (const char *at = entries; *at;) {
		int file = (int)strcspn(at, "|"), rest = (int)strcspn(at + file, "\n");

		fprintf(out,
			"%s{\"directory\":\"%s\",\"file\":\"%.*s\",\"command\":\"%.*s\"}",
			at == entries ? "" : ",", top, file, at, rest - 1, at + file + 1);
		at += file + rest + (at[file + rest] == '\n');
	}
	fputs("]", out);
	fclose(out);
	cr_assert(compdb_read(&arena, path, &db, err), "%s", err->text);
	return units_from_database(&arena, &db, path, list, err);
}

/* A line for each unit, "file#variant args", file from `top`. */
static const char *print(const struct unit_list *list)
{
	scoped_text all = {0};

	for (size_t i = 0; i < list->nunits; i++) {
		const struct scan_unit *unit = &list->units[i];
		bool is_inside = text_has_prefix(unit->file, top);

		text_printf(&all, "%s#%u", unit->file + (is_inside ? strlen(top) + 1 : 0),
			unit->variant);
		for (size_t k = 0; k < unit->narguments; k++)
			text_printf(&all, " %s", unit->arguments[k]);
		text_add_char(&all, '\n');
	}
	return arena_strdup(&arena, text_string(&all));
}

static void expect(const char *entries, const char *units)
{
	struct unit_list list = {0};
	struct error err = {0};

	cr_assert(load(entries, &list, &err), "%s", err.text);
	cr_assert_str_eq(print(&list), units, "%s", print(&list));
}

static bool has_note(const struct unit_list *list, const char *part)
{
	for (size_t i = 0; i < list->nnotes; i++)
		if (strstr(list->notes[i], part))
			return true;
	return false;
}

Test(units, are_sorted_by_file)
{
	expect("b.c|cc -c b.c\na.c|cc -c a.c\n", "a.c#0\nb.c#0\n");
}

Test(units, that_say_the_same_again_are_dropped)
{
	struct unit_list list;
	struct error err;

	cr_assert(load(
		"a.c|cc -I x -c a.c\na.c|cc -Ix -c -o b.o ./a.c\nx/../a.c|cc -Ix a.c",
		&list, &err));
	cr_assert_str_eq(print(&list), "a.c#0 -Ix\n");
	cr_assert_eq(list.nduplicates, 2);
}

Test(units, variants_are_numbered_by_arguments_whatever_the_order)
{
	static const char expected[] = "a.c#0\na.c#1 -DA\na.c#2 -DB\nb.c#0 -DA\n";

	expect("a.c|cc -DB a.c\na.c|cc a.c\nb.c|cc -DA b.c\na.c|cc -DA a.c", expected);
	expect("a.c|cc -DA a.c\na.c|cc -DB a.c\na.c|cc a.c\nb.c|cc -DA b.c", expected);
}

Test(units, what_is_no_c_is_skipped_with_a_note)
{
	struct unit_list list;
	struct error err;

	cr_assert(load(
		"a.c|cc a.c\nb.S|cc b.S\nc.cc|g++ c.cc\nd.o|cc d.o\ne.f90|gfortran e.f90\n"
		"f.h|cc f.h\ng.c|g++ g.c\nh.c|cc -x c++ h.c\ni.c|cc -E i.c\nj.s|cc j.s\n"
		"k.c|cc -x assembler-with-cpp k.c\nl.c|cc -M l.c",
		&list, &err));
	cr_assert_str_eq(print(&list), "a.c#0\n");
	cr_assert_eq(list.nskipped, 11);
	cr_assert(has_note(&list, "'b.S': assembly (and 2 more)"));
	cr_assert(has_note(&list, "'c.cc': C++ (and 2 more)"));
	cr_assert(has_note(&list, "'i.c': its command only preprocesses (and 1 more)"));
	cr_assert(has_note(&list, "'f.h': a header"));
}

Test(units, of_another_suffix_are_c_when_the_command_says_so)
{
	expect("a.inc|cc -x c a.inc\nb.c|cc -x c b.c", "a.inc#0 -xc\nb.c#0\n");
}

Test(units, of_no_c_are_an_error)
{
	struct unit_list list = {0};
	struct error err = {0};

	cr_assert_not(load("b.S|cc b.S", &list, &err));
	cr_assert(strstr(err.text, "none of its 1 commands compiles C"), "%s", err.text);
	cr_assert_eq(list.nunits, 0);
}

Test(units, launchers_are_peeled)
{
	struct unit_list list;
	struct error err;

	cr_assert(load("a.c|ccache /usr/bin/gcc -DA a.c\n"
		       "b.c|/bin/sh ../libtool --tag=CC --mode=compile gcc -DB b.c\n"
		       "c.c|env LANG=C distcc x86_64-linux-gnu-gcc-12 -DC c.c\n"
		       "d.c|mycc -I gcc d.c\ne.c|/usr/lib/ccache/clang-19 -DE e.c",
			  &list, &err),
		"%s", err.text);
	cr_assert_str_eq(print(&list),
		"a.c#0 -DA\nb.c#0 -DB\nc.c#0 -DC\nd.c#0 -Igcc\ne.c#0 -DE\n");
	cr_assert_str_eq(list.units[0].compiler, "/usr/bin/gcc");
	cr_assert_str_eq(list.units[1].compiler, "gcc");
	cr_assert_str_eq(list.units[2].compiler, "x86_64-linux-gnu-gcc-12");
	cr_assert_str_eq(list.units[3].compiler, "mycc");
}

Test(units, of_a_command_with_several_sources_is_the_named_file)
{
	expect("a.c|cc -DX a.c b.c", "a.c#0 -DX\n");
}

Test(units, symlinks_are_resolved_and_loops_are_not_followed)
{
	mkdir("real", 0700);
	put("real/a.c", "");
	cr_assert(symlink("real", "link") == 0 && symlink("loop.c", "loop.c") == 0 &&
		  symlink("real/a.c", "other.c") == 0);
	expect("link/a.c|cc link/a.c\nother.c|cc other.c\nloop.c|cc loop.c\ngone/./x/../b.c|cc b.c",
		"gone/b.c#0\nloop.c#0\nreal/a.c#0\n");
}

Test(units, a_directory_that_is_gone_is_noted)
{
	struct compile_command command = {.directory = "/nonexistent/d",
		.file = "../a.c",
		.arguments = (const char *const[]){"cc", "-c", "a.c", NULL},
		.narguments = 3};
	struct compdb db = {&command, 1};
	struct unit_list list;
	struct error err;

	cr_assert(units_from_database(&arena, &db, "compile_commands.json", &list, &err));
	cr_assert_str_eq(list.units[0].file, "/nonexistent/a.c");
	cr_assert(has_note(&list, "/nonexistent/d"));
}

Test(units, response_files_are_expanded_from_the_directory)
{
	put("a.rsp", "-DA='x y' \"-DB=\\\"s\\\"\" @b.rsp\n");
	put("b.rsp", "-DC a.c");
	expect("a.c|cc @a.rsp -DD", "a.c#0 -DA=x y -DB=\"s\" -DC -DD\n");
}

Test(units, lost_response_files_cost_a_note)
{
	struct unit_list list;
	struct error err;

	put("loop.rsp", "-DL @loop.rsp");
	cr_assert(mkfifo("pipe.rsp", 0600) == 0);
	cr_assert(load("a.c|cc -DA @gone.rsp @loop.rsp @pipe.rsp -DB a.c", &list, &err));
	cr_assert_str_eq(print(&list), "a.c#0 -DA -DL -DB\n");
	cr_assert_eq(list.nlost_responses, 3);
	cr_assert(has_note(&list, "gone.rsp' is left out: it does not exist"));
	cr_assert(has_note(&list, "loop.rsp' is left out: it includes itself"));
	cr_assert(has_note(&list, "pipe.rsp' is left out: it is not a regular file"));
}

Test(units, nested_response_files_have_a_limit)
{
	struct unit_list list;
	struct error err;
	char name[16], text[64];

	for (int i = 0; i < 40; i++) { /* each names the next one three times */
		snprintf(name, sizeof(name), "r%d", i);
		snprintf(text, sizeof(text), "-DR%d @r%d @r%d @r%d", i, i + 1, i + 1,
			i + 1);
		put(name, text);
	}
	cr_assert(load("a.c|cc @r0 a.c", &list, &err));
	cr_assert(has_note(&list, "nested too deep"));
	cr_assert(has_note(&list, "names too many of them"));
}

Test(units, hostile_flags_do_not_get_through)
{
	put("evil.rsp", "-fplugin=evil.so -Xclang -load -Xclang evil.so");
	expect("a.c|cc @evil.rsp -Wp,-load,evil.so -fpass-plugin=x -DA a.c",
		"a.c#0 -DA\n");
}

Test(units, one_command_makes_one_unit)
{
	static const char *const words[] = {
		"ccache", "gcc", "-DA", "-c", "sub/a.c", "-o", "b.c"};
	struct scan_unit unit;
	struct error err;

	cr_assert(units_from_command(&arena, top, &(struct word_list){words, 7}, &unit,
			  &err),
		"%s", err.text);
	cr_assert_str_eq(unit.file, arena_printf(&arena, "%s/sub/a.c", top));
	cr_assert_str_eq(unit.compiler, "gcc");
	cr_assert_eq(unit.narguments, 1);
}

Test(units, a_command_of_no_or_several_sources_is_an_error)
{
	static const char *const several[] = {"gcc", "a.c", "b.c"}, *const none[] = {
									    "gcc", "a.o"};
	struct scan_unit unit;
	struct error err;

	cr_assert_not(units_from_command(&arena, top, &(struct word_list){several, 3},
		&unit, &err));
	cr_assert(strstr(err.text, "'a.c' and 'b.c'"), "%s", err.text);
	cr_assert_not(units_from_command(&arena, top, &(struct word_list){none, 2}, &unit,
		&err));
	cr_assert(strstr(err.text, "names no C source"), "%s", err.text);
	cr_assert_not(units_from_command(&arena, top, &(struct word_list){none, 0}, &unit,
		&err));
}

/* What is found from `start` (from `top`) is `expected`, or an error with that text. */
static void expect_found(const char *start, const char *expected, bool is_error)
{
	const char *from = arena_printf(&arena, "%s/%s", top, start), *found;
	struct error err = {0};

	found = units_find_database(&arena, from, &err);
	if (is_error) {
		cr_assert_null(found);
		cr_assert(strstr(err.text, expected), "%s", err.text);
		return;
	}
	cr_assert(found, "%s", err.text);
	cr_assert_str_eq(found, arena_printf(&arena, "%s/%s", top, expected));
}

Test(units, database_is_found_here_in_build_and_above)
{
	mkdir(".git", 0700);
	mkdir("src", 0700);
	mkdir("src/deep", 0700);
	expect_found("src", "'bear -- make'", true);
	mkdir("build-x", 0700);
	put("build-x/compile_commands.json", "");
	expect_found("src/deep", "build-x/compile_commands.json", false);
	mkdir("out", 0700);
	put("out/compile_commands.json", "");
	expect_found("src", "-p DIR", true);
	mkdir("build", 0700);
	put("build/compile_commands.json", "");
	expect_found("src/deep", "build/compile_commands.json", false);
	put("src/compile_commands.json", "");
	expect_found("src/deep", "src/compile_commands.json", false);
}

Test(units, search_stops_at_the_checkout)
{
	put("compile_commands.json", "");
	mkdir("sub", 0700);
	expect_found("sub", "compile_commands.json", false);
	mkdir("sub/.git", 0700);
	expect_found("sub", "no compile_commands.json in", true);
}

static void expect_root(const char *first, const char *last, const char *database,
	const char *root)
{
	struct scan_unit units[] = {{.file = first}, {.file = last}};
	struct unit_list list = {.units = units, .nunits = 2};

	cr_assert_str_eq(units_root(&arena, &list, database), root);
}

Test(units, root_holds_the_sources_and_if_possible_the_database)
{
	expect_root("/p/src/a.c", "/p/z.c", "/p/compile_commands.json", "/p");
	expect_root("/p/src/a.c", "/p/src/z.c", "/p/compile_commands.json", "/p");
	expect_root("/p/src/a.c", "/p/src/z.c", "/p/build/compile_commands.json", "/p");
	expect_root("/p/src/a.c", "/p/src-2/z.c", "/q/compile_commands.json", "/p");
	expect_root("/p/a.c", "/p/z.c", "/pp/compile_commands.json", "/p");
	expect_root("/p/src/a.c", "/q/z.c", "/p/compile_commands.json", "/p");
	expect_root("/p/src/a.c", "/p/src/z.c", NULL, "/p/src");
}
