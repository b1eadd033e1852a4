#include "core/file.h"

#include "core/error.h"
#include "core/text.h"
#include "scratch.h"

#include <criterion/criterion.h>

TestSuite(file, .init = scratch_make, .fini = scratch_remove);

static void write_bytes(const char *name, size_t size)
{
	scoped_text bytes = {0};

	for (size_t i = 0; i < size; i++)
		text_add_char(&bytes, (char)('a' + i % 26));
	scratch_write(name, text_string(&bytes));
}

Test(file, small_and_large_ones_are_read_alike)
{
	static const size_t sizes[] = {1, 4096, (1 << 20) - 1, 1 << 20, (1 << 20) + 1};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		scoped_map map = {"", 0};
		struct error err;

		write_bytes("x", sizes[i]);
		cr_assert(file_map(scratch_path("x"), &map, &err), "%s", err.text);
		cr_assert_eq(map.size, sizes[i]);
		cr_assert_eq(map.bytes[map.size - 1], (char)('a' + (sizes[i] - 1) % 26));
		cr_assert_eq((uintptr_t)map.bytes % 8, 0);
	}
}

Test(file, one_that_is_cut_short_while_it_is_used_stays_whole)
{
	scoped_map map = {"", 0};
	struct error err;

	write_bytes("x", 100000);
	cr_assert(file_map(scratch_path("x"), &map, &err));
	cr_assert_eq(truncate(scratch_path("x"), 0), 0);
	cr_assert_eq(map.bytes[99999], (char)('a' + 99999 % 26));
}

Test(file, an_empty_one_has_no_bytes)
{
	scoped_map map = {NULL, 1};
	struct error err;

	scratch_write("x", "");
	cr_assert(file_map(scratch_path("x"), &map, &err));
	cr_assert_eq(map.size, 0);
	cr_assert_str_eq(map.bytes, "");
}

Test(file, a_pipe_is_refused_and_not_waited_for, .timeout = 10)
{
	struct file_map map;
	struct error err = {0};

	cr_assert_eq(mkfifo(scratch_path("pipe"), 0600), 0);
	cr_assert_not(file_map(scratch_path("pipe"), &map, &err));
	cr_assert(text_has_suffix(err.text, "it is not a regular file"), "%s", err.text);
}

Test(file, the_old_one_stays_until_the_new_one_is_whole)
{
	struct file_out out;
	scoped_map map = {"", 0};
	struct error err;

	scratch_write("x", "old");
	cr_assert(file_create(&out, scratch_path("x"), &err));
	fputs("new one", out.stream);
	cr_assert(file_map(scratch_path("x"), &map, &err));
	cr_assert_eq(map.size, 3);
	file_unmap(&map);
	cr_assert(file_commit(&out, &err));
	cr_assert(file_map(scratch_path("x"), &map, &err));
	cr_assert_eq(map.size, 7);
}

Test(file, a_full_disk_is_said_so)
{
	struct file_out out;
	struct error err = {0};

	cr_assert(file_create(&out, "/dev/full", &err));
	for (int i = 0; i < 100000; i++)
		fputs("more than a buffer holds", out.stream);
	cr_assert_not(file_commit(&out, &err));
	cr_assert(strstr(err.text, "cannot write '/dev/full'"), "%s", err.text);
	cr_assert_not(strstr(err.text, "Success"), "%s", err.text);
}
