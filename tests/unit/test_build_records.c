#include "tracer/records.h"

#include "core/arena.h"
#include "core/text.h"
#include "tracer/recorder/record.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct text file;

static void teardown(void)
{
	text_release(&file);
	arena_release(&arena);
}

TestSuite(build_records, .fini = teardown);

/* Append the record of "cc -c a.c @rsp", the last word's content being `response`. */
static void add_record(const char *response)
{
	static const char strings[] = "/d\0/usr/bin/cc\0cc\0-c\0a.c\0@rsp";
	struct record_response row = {3, response ? (uint32_t)strlen(response) : 0};
	const uint64_t end = RECORD_END;
	size_t rows_size = response ? sizeof(row) : 0;
	struct record_header header = {
		.magic = RECORD_MAGIC,
		.size = sizeof(header) + rows_size + sizeof(strings) + row.size +
			sizeof(end),
		.nwords = 4,
		.nresponses = response ? 1 : 0,
	};

	text_add_bytes(&file, (const char *)&header, sizeof(header));
	text_add_bytes(&file, (const char *)&row, rows_size);
	text_add_bytes(&file, strings, sizeof(strings));
	text_add_bytes(&file, response ? response : "", row.size);
	text_add_bytes(&file, (const char *)&end, sizeof(end));
}

/* Read exactly `size` bytes, so that a sanitizer sees every byte beyond them. */
static struct records read_bytes(const char *bytes, size_t size)
{
	struct records records;
	char *copy = calloc(1, size + !size);

	memcpy(copy, bytes, size);
	records_read(&arena, copy, size, &records);
	free(copy);
	return records;
}

static struct records read_file(void)
{
	return read_bytes(text_string(&file), file.len);
}

Test(build_records, of_an_empty_file_are_none)
{
	struct records records = read_bytes("", 0);

	cr_assert_eq(records.nruns, 0);
	cr_assert_eq(records.ndamaged, 0);
}

Test(build_records, give_the_command_line_with_the_path_that_was_run)
{
	struct records records;

	add_record(NULL);
	add_record(NULL);
	records = read_file();
	cr_assert_eq(records.nruns, 2);
	cr_assert_eq(records.ndamaged, 0);
	cr_assert_str_eq(records.runs[1].directory, "/d");
	cr_assert_eq(records.runs[1].nwords, 4);
	cr_assert_str_eq(records.runs[1].words[0], "/usr/bin/cc");
	cr_assert_str_eq(records.runs[1].words[3], "@rsp");
	cr_assert_null(records.runs[1].words[4]);
}

Test(build_records, give_the_words_of_response_files)
{
	struct records records;

	add_record("-DX='a b'\n-Iinc");
	records = read_file();
	cr_assert_eq(records.nruns, 1);
	cr_assert_eq(records.runs[0].nwords, 5);
	cr_assert_str_eq(records.runs[0].words[3], "-DX=a b");
	cr_assert_str_eq(records.runs[0].words[4], "-Iinc");
}

Test(build_records, that_are_cut_off_cost_only_themselves)
{
	struct records records;
	size_t one;

	add_record("-DX");
	one = file.len;
	for (size_t cut = 1; cut < one; cut++) {
		file.len = cut;
		add_record("-DY");
		records = read_file();
		cr_assert_eq(records.nruns, 1, "cut at %zu: %zu runs", cut,
			records.nruns);
		cr_assert_eq(records.ndamaged, 1);
		cr_assert_str_eq(records.runs[0].words[3], "-DY");
		text_clear(&file);
		add_record("-DX");
	}
}

Test(build_records, whose_numbers_lie_are_no_records)
{
	struct record_header header;

	add_record("-DX");
	for (size_t at = sizeof(header.magic); at < sizeof(header); at++) {
		for (unsigned value = 0; value < 256; value += 5) {
			char old = file.bytes[at];
			struct records records;

			if ((char)value == old)
				continue;
			file.bytes[at] = (char)value;
			records = read_file();
			cr_assert_eq(records.nruns, 0, "byte %zu as %u", at, value);
			file.bytes[at] = old;
		}
	}
	cr_assert_eq(read_file().nruns, 1);
}

Test(build_records, take_any_bytes_without_harm)
{
	add_record("-DX");
	srand(1);
	for (unsigned i = 0; i < 20000; i++) {
		size_t at = (size_t)rand() % file.len;
		char old = file.bytes[at];

		file.bytes[at] = (char)rand();
		cr_assert_leq(read_file().nruns, 1);
		file.bytes[at] = old;
	}
}
