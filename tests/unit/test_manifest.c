#include "analyzer/cache/manifest.h"

#include "analyzer/cache/path_list.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <string.h>
#include <xxhash.h>

static void list_of(const char *const *paths, size_t n, struct text *list)
{
	for (size_t i = 0; i < n; i++)
		path_list_add(list, i ? paths[i - 1] : "", paths[i]);
}

static struct manifest_record record_of(const struct text *list, uint64_t content)
{
	return (struct manifest_record){.content = {0, content},
		.facts = {1, content},
		.nfiles = 1,
		.paths = text_string(list),
		.paths_size = list->len};
}

Test(path_list, gives_back_what_was_put_in)
{
	static const char *const paths[] = {"/", "/a", "/a/b.h", "/a/b.h", "/a/bc.h",
		"/b", "/usr/include/stdio.h", "/usr/include/stdlib.h"};
	enum {
		COUNT = sizeof(paths) / sizeof(*paths)
	};
	scoped_text list = {0};
	struct path_reader reader;

	list_of(paths, COUNT, &list);
	reader = (struct path_reader){.at = list.bytes, .end = list.bytes + list.len};
	for (size_t i = 0; i < COUNT; i++) {
		cr_assert(path_reader_next(&reader));
		cr_assert_str_eq(reader.path, paths[i]);
	}
	cr_assert_eq(reader.at, reader.end);
	cr_assert_not(path_reader_next(&reader));
}

static bool reads(uint16_t shared, uint16_t rest, const char *bytes, size_t size)
{
	struct path_reader reader = {0};
	scoped_text list = {0};

	text_add_bytes(&list, (const char *)&shared, sizeof(shared));
	text_add_bytes(&list, (const char *)&rest, sizeof(rest));
	text_add_bytes(&list, bytes, size);
	reader.at = list.bytes;
	reader.end = list.bytes + list.len;
	return path_reader_next(&reader);
}

Test(path_list, refuses_what_no_list_holds)
{
	static char longest[PATH_MAX];

	memset(longest, '/', sizeof(longest));
	cr_expect(reads(0, 2, "/a", 2));
	cr_expect_not(reads(1, 2, "/a", 2), "shares with nothing");
	cr_expect_not(reads(0, 3, "/a", 2), "longer than what is there");
	cr_expect_not(reads(0, 2, "a/", 2), "relative");
	cr_expect_not(reads(0, 0, "", 0), "empty");
	cr_expect_not(reads(0, 3, "/\0a", 3), "NUL inside");
	cr_expect_not(reads(0, PATH_MAX, longest, PATH_MAX), "too long");
	cr_expect(reads(0, PATH_MAX - 1, longest, PATH_MAX - 1));
}

Test(path_list, takes_only_absolute_paths_of_bounded_length)
{
	static char longest[PATH_MAX + 1];

	memset(longest, '/', PATH_MAX);
	cr_expect_not(path_list_takes(longest));
	cr_expect(path_list_takes(longest + 1));
	cr_expect_not(path_list_takes("a.h"));
	cr_expect_not(path_list_takes(""));
}

Test(manifest, reads_what_it_wrote)
{
	static const char *const paths[] = {"/a.c", "/a.h"};
	scoped_text list = {0}, bytes = {0};
	struct manifest written = {0}, read;
	struct manifest_record first, second;

	list_of(paths, 2, &list);
	first = record_of(&list, 1);
	second = record_of(&list, 2);
	second.nabsent = 1;
	second.prefix = (struct digest){5, 6};
	manifest_add(&written, &first);
	manifest_add(&written, &second);
	manifest_write(&written, &bytes);
	cr_assert(manifest_parse(bytes.bytes, bytes.len, &read));
	cr_assert_eq(read.nrecords, 2);
	cr_assert(manifest_record_same_input(&read.records[0], &second));
	cr_assert(digest_equal(read.records[0].prefix, second.prefix));
	cr_assert(manifest_record_same_input(&read.records[1], &first));
	cr_assert(digest_equal(read.records[1].facts, first.facts));
}

Test(manifest, keeps_the_four_newest_records)
{
	scoped_text list = {0};
	struct manifest manifest = {0};

	text_add(&list, "paths");
	for (uint64_t i = 1; i <= 6; i++) {
		struct manifest_record record = record_of(&list, i);

		manifest_add(&manifest, &record);
	}
	cr_assert_eq(manifest.nrecords, 4);
	for (size_t i = 0; i < 4; i++)
		cr_assert_eq(manifest.records[i].content.low, 6 - i);
}

Test(manifest, record_of_the_same_input_takes_the_place_of_the_old)
{
	scoped_text list = {0};
	struct manifest manifest = {0};
	struct manifest_record record;

	for (uint64_t i = 1; i <= 3; i++) {
		record = record_of(&list, i);
		manifest_add(&manifest, &record);
	}
	record = record_of(&list, 2);
	record.facts = (struct digest){9, 9};
	manifest_add(&manifest, &record);
	cr_assert_eq(manifest.nrecords, 3);
	cr_assert_eq(manifest.records[0].facts.high, 9);
	cr_assert_eq(manifest.records[1].content.low, 3);
	cr_assert_eq(manifest.records[2].content.low, 1);
}

static void write_one(struct text *bytes)
{
	static const char *const paths[] = {"/a.c", "/a.h"};
	scoped_text list = {0};
	struct manifest manifest = {0};
	struct manifest_record record;

	list_of(paths, 2, &list);
	record = record_of(&list, 1);
	manifest_add(&manifest, &record);
	manifest_write(&manifest, bytes);
}

Test(manifest, refuses_every_truncation)
{
	scoped_text bytes = {0};
	struct manifest manifest;

	write_one(&bytes);
	for (size_t size = 0; size < bytes.len; size++)
		cr_assert_not(manifest_parse(bytes.bytes, size, &manifest));
	cr_assert(manifest_parse(bytes.bytes, bytes.len, &manifest));
}

Test(manifest, refuses_every_flipped_bit)
{
	scoped_text bytes = {0};
	struct manifest manifest;

	write_one(&bytes);
	for (size_t bit = 0; bit < bytes.len * 8; bit++) {
		bytes.bytes[bit / 8] ^= (char)(1 << bit % 8);
		cr_assert_not(manifest_parse(bytes.bytes, bytes.len, &manifest));
		bytes.bytes[bit / 8] ^= (char)(1 << bit % 8);
	}
}

/* Where a good checksum hides a lie, the bounds must hold. */
Test(manifest, refuses_lies_with_a_good_checksum)
{
	scoped_text bytes = {0};
	struct manifest manifest;

	write_one(&bytes);
	for (size_t at = 0; at < bytes.len - 8; at++) {
		char old = bytes.bytes[at];
		uint64_t checksum;

		bytes.bytes[at] = (char)0xff;
		checksum = XXH3_64bits(bytes.bytes, bytes.len - 8);
		memcpy(bytes.bytes + bytes.len - 8, &checksum, 8);
		if (manifest_parse(bytes.bytes, bytes.len, &manifest))
			cr_assert_eq(manifest.records[0].paths +
					     manifest.records[0].paths_size,
				bytes.bytes + bytes.len - 8);
		bytes.bytes[at] = old;
	}
}
