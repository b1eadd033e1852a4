#include "analyzer/binary/binary.h"

#include "analyzer/binary/linked_units.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "tests/unit/scratch.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Programs of a few hundred bytes of code, made for the fuzzer: of /src/tiny.c each. */
#define PROGRAM(name) TEST_DATA "/fuzz/corpus/elf/" name

static struct arena arena;
static struct binary binary;
static struct error err;

static void drop(void)
{
	arena_release(&arena);
}

static void read_program(const char *path)
{
	cr_assert(binary_read(&arena, path, &binary, &err), "%s", err.text);
}

TestSuite(binary, .fini = drop);

Test(binary, of_one_unit_says_so)
{
	static const char *const programs[] = {
		PROGRAM("program"), PROGRAM("compressed"), PROGRAM("shared_object")};

	for (size_t i = 0; i < 3; i++) {
		read_program(programs[i]);
		cr_assert_eq(binary.nunits, 1);
		cr_assert_str_eq(binary.units[0].path, "/src/tiny.c");
		cr_assert(binary.units[0].is_c);
		cr_assert(binary_has_unit(&binary, "/src/tiny.c"));
		cr_assert_not(binary_has_unit(&binary, "/other/src/tiny.c"));
	}
}

Test(binary, says_where_a_function_is_from)
{
	const struct binary_function *fn;

	read_program(PROGRAM("program"));
	fn = binary_definition(&binary, "a");
	cr_assert(fn);
	cr_assert_str_eq(fn->file, "/src/tiny.c");
	cr_assert_eq(fn->line, 1);
	cr_assert(fn->is_external);
	cr_assert_null(binary_definition(&binary, "b"), "weak, and defined nowhere");
	cr_assert_null(binary_definition(&binary, "none"));
	cr_assert_not(binary.is_shared);
	cr_assert(binary.binds_itself);
	cr_assert_not(binary_exports(&binary, "a"));
}

Test(binary, of_link_time_optimisation_leads_back_to_the_source)
{
	read_program(PROGRAM("lto"));
	cr_assert_eq(binary.nunits, 1);
	cr_assert(binary_has_unit(&binary, "/src/tiny.c"));
	cr_assert(binary_definition(&binary, "_start"));
}

Test(binary, that_is_shared_exports_what_it_defines)
{
	read_program(PROGRAM("shared_object"));
	cr_assert(binary.is_shared);
	cr_assert_not(binary.binds_itself);
	cr_assert(binary_exports(&binary, "a"));
	cr_assert_not(binary_exports(&binary, "b"), "it is needed, not offered");
	cr_assert(binary_mentions(&binary, "b"));
	cr_assert_not(binary_mentions(&binary, "none"));
}

Test(binary, with_debug_information_elsewhere_names_the_file)
{
	cr_assert_not(binary_read(&arena, PROGRAM("split"), &binary, &err));
	cr_assert(strstr(err.text, "'split-tiny.dwo', which cannot be read"), "%s",
		err.text);
}

Test(binary, is_found_by_the_end_of_a_path_where_the_build_hid_the_rest)
{
	static const struct binary_unit units[] = {{"lib/a.c", true}, {"/p/b.c", true}};
	static const struct binary hidden = {.units = units, .nunits = 2};

	cr_assert(binary_has_unit(&hidden, "/home/x/lib/a.c"));
	cr_assert_not(binary_has_unit(&hidden, "/home/x/mylib/a.c"));
	cr_assert_not(binary_has_unit(&hidden, "lib/a.c"));
	cr_assert(binary_has_unit(&hidden, "/p/b.c"));
	cr_assert_not(binary_has_unit(&hidden, "/q/p/b.c"));
}

Test(binary, every_truncation_is_refused, .init = scratch_make, .fini = scratch_remove)
{
	const char *path = scratch_path("cut");
	struct file_map whole;

	cr_assert(file_map(PROGRAM("shared_object"), &whole, &err));
	for (size_t size = 0; size < whole.size; size++) {
		FILE *out = fopen(path, "w");

		fwrite(whole.bytes, 1, size, out);
		fclose(out);
		err.text[0] = '\0';
		cr_assert_not(binary_read(&arena, path, &binary, &err),
			"%zu of %zu bytes", size, whole.size);
		cr_assert(err.text[0]);
		arena_release(&arena);
	}
	file_unmap(&whole);
}

Test(binary, damage_is_refused_or_harmless, .init = scratch_make, .fini = scratch_remove)
{
	const char *path = scratch_path("bad");
	struct file_map whole;
	unsigned state = 1;

	cr_assert(file_map(PROGRAM("program"), &whole, &err));
	for (unsigned round = 0; round < 3000; round++) {
		char *bytes = malloc(whole.size);
		FILE *out = fopen(path, "w");

		memcpy(bytes, whole.bytes, whole.size);
		for (unsigned i = 0; i <= round % 4; i++) {
			state = state * 1103515245 + 12345;
			bytes[(state >> 8) % whole.size] ^= (char)(1 << (state >> 29));
		}
		fwrite(bytes, 1, whole.size, out);
		fclose(out);
		free(bytes);
		if (binary_read(&arena, path, &binary, &err))
			binary_definition(&binary, "a");
		arena_release(&arena);
	}
	file_unmap(&whole);
}

Test(binary, what_is_no_program_is_refused)
{
	cr_assert_not(binary_read(&arena, "/dev/null", &binary, &err));
	cr_assert_str_eq(err.text,
		"not a regular file; a program or shared object was expected");
	cr_assert_not(binary_read(&arena, __FILE__, &binary, &err));
	cr_assert_str_eq(err.text,
		"not an ELF file; a program or shared object was expected");
}

static bool fit(const char *const *paths, size_t npaths, struct linked_units *units)
{
	return linked_units_find(&arena, (struct binary_list){&binary, 1},
		(struct source_list){paths, npaths}, units, &err);
}

Test(binary, fits_the_sources_that_it_is_made_of)
{
	static const char *const sources[] = {"/src/other.c", "/src/tiny.c"};
	struct linked_units units;

	read_program(PROGRAM("program"));
	cr_assert(fit(sources, 2, &units), "%s", err.text);
	cr_assert_not(units.may_be_linked[0]);
	cr_assert(units.may_be_linked[1]);
	cr_assert_eq(units.fits[0].nmissing, 0);
	cr_assert_not(fit(sources, 1, &units));
	cr_assert_str_eq(err.text,
		"no unit of it is in the compile database: it is made of '/src/tiny.c', "
		"where the database has '/src/other.c'; name a program that these commands "
		"build");
}
