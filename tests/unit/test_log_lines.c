#include "core/log_lines.h"

#include "core/error.h"
#include "tests/unit/scratch.h"

TestSuite(log_lines, .init = scratch_make, .fini = scratch_remove);

static void write_bytes(const char *bytes, size_t len)
{
	FILE *out = fopen(scratch_path("log"), "w");

	cr_assert_eq(fwrite(bytes, 1, len, out), len);
	cr_assert_eq(fclose(out), 0);
}

static void open_log(struct log_lines *lines)
{
	struct error err;

	cr_assert(log_lines_open(lines, scratch_path("log"), &err));
}

Test(log_lines, gives_each_line_its_place)
{
	static const char bytes[] = "one\n\nthr\0e\nrest";
	scoped_lines lines = {.buffer = NULL};
	struct log_line line;

	write_bytes(bytes, sizeof(bytes) - 1);
	open_log(&lines);
	cr_assert(log_lines_next(&lines, &line));
	cr_assert(line.len == 3 && line.number == 1 && line.offset == 0 && line.has_end);
	cr_assert(log_lines_next(&lines, &line));
	cr_assert(line.len == 0 && line.number == 2 && line.offset == 4);
	cr_assert(log_lines_next(&lines, &line));
	cr_assert(line.len == 5 && line.number == 3 && line.offset == 5);
	cr_assert_eq(memcmp(line.bytes, "thr\0e", 5), 0);
	cr_assert(log_lines_next(&lines, &line));
	cr_assert(line.len == 4 && line.number == 4 && line.offset == 11);
	cr_assert_not(line.has_end);
	cr_assert_not(log_lines_next(&lines, &line));
	cr_assert_not(log_lines_next(&lines, &line));
	cr_assert(log_lines_rewind(&lines));
	cr_assert(log_lines_next(&lines, &line));
	cr_assert(line.number == 1 && line.offset == 0);
}

Test(log_lines, of_an_empty_file_there_are_none)
{
	scoped_lines lines = {.buffer = NULL};
	struct log_line line;
	struct error err;

	write_bytes("", 0);
	open_log(&lines);
	cr_assert_not(log_lines_next(&lines, &line));
	cr_assert(log_lines_end(&lines, &err));
}

/* Lengths around the limit, and around what is read at once. */
Test(log_lines, what_is_too_long_is_cut_and_passed)
{
	static const size_t lengths[] = {LOG_LINE_MAX - 1, LOG_LINE_MAX, LOG_LINE_MAX + 1,
		2 * LOG_LINE_MAX, 2 * LOG_LINE_MAX + 1, 7 * LOG_LINE_MAX + 12345};
	const size_t n = sizeof(lengths) / sizeof(lengths[0]);
	FILE *out = fopen(scratch_path("log"), "w");
	scoped_lines lines = {.buffer = NULL};
	struct log_line line;
	uint64_t offset = 0;

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < lengths[i]; j++)
			fputc('a' + (int)i, out);
		fputs("\nshort\n", out);
	}
	fclose(out);
	open_log(&lines);
	for (size_t i = 0; i < n; i++) {
		bool is_too_long = lengths[i] > LOG_LINE_MAX;

		cr_assert(log_lines_next(&lines, &line));
		cr_assert_eq(line.is_too_long, is_too_long, "of %zu bytes", lengths[i]);
		cr_assert_eq(line.len, is_too_long ? LOG_LINE_MAX : lengths[i]);
		cr_assert(line.offset == offset && line.has_end);
		cr_assert(line.bytes[0] == 'a' + (char)i &&
			  line.bytes[line.len - 1] == 'a' + (char)i);
		offset += lengths[i] + 1;
		cr_assert(log_lines_next(&lines, &line));
		cr_assert(line.len == 5 && line.offset == offset && !line.is_too_long);
		offset += 6;
	}
	cr_assert_not(log_lines_next(&lines, &line));
	cr_assert_eq(line.number, 2 * n + 1);
}

Test(log_lines, says_what_cannot_be_read)
{
	struct log_lines lines;
	struct error err;

	cr_assert_not(log_lines_open(&lines, scratch_path("missing"), &err));
	cr_assert(strstr(err.text, "missing': No such file or directory"));
	cr_assert_not(log_lines_open(&lines, scratch_dir, &err));
	cr_assert(strstr(err.text, "Is a directory; give the log files in it"));
}
