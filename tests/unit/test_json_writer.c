#include "core/json_writer.h"

#include "core/json_string.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <math.h>

/* A writer into memory; `text` is complete once written() has closed it. */
struct output {
	struct json_writer json;
	FILE *stream;
	char *text;
	size_t size;
};

static void output_start(struct output *out)
{
	*out = (struct output){0};
	out->stream = open_memstream(&out->text, &out->size);
	json_open(&out->json, out->stream);
}

static const char *written(struct output *out)
{
	cr_assert(json_close(&out->json));
	fclose(out->stream);
	return out->text;
}

static void check_string(const char *value, const char *expected)
{
	struct output out;

	output_start(&out);
	json_string(&out.json, value);
	cr_expect_str_eq(written(&out), expected, "%s instead of %s", out.text, expected);
	free(out.text);
}

static void check_decimal(double value, const char *expected)
{
	struct output out;

	output_start(&out);
	json_decimal(&out.json, value);
	cr_expect_str_eq(written(&out), expected, "%s instead of %s", out.text, expected);
	free(out.text);
}

static void check_uint(uint64_t value, const char *expected)
{
	struct output out;

	output_start(&out);
	json_uint(&out.json, value);
	cr_expect_str_eq(written(&out), expected, "%s instead of %s", out.text, expected);
	free(out.text);
}

Test(json_writer, members_of_blocks_have_lines_and_line_objects_one)
{
	struct output out;

	output_start(&out);
	json_begin_object(&out.json);
	json_member_string(&out.json, "kind", "static");
	json_key(&out.json, "functions");
	json_begin_array(&out.json);
	for (unsigned i = 0; i < 2; i++) {
		json_begin_line_object(&out.json);
		json_member_uint(&out.json, "id", i);
		json_key(&out.json, "reasons");
		json_begin_array(&out.json);
		json_string(&out.json, "a");
		json_bool(&out.json, true);
		json_null(&out.json);
		json_end_array(&out.json);
		json_end_object(&out.json);
	}
	json_end_array(&out.json);
	json_key(&out.json, "routes");
	json_begin_array(&out.json);
	json_end_array(&out.json);
	json_member_bool(&out.json, "last", false);
	json_end_object(&out.json);
	cr_assert_str_eq(written(&out),
		"{\n"
		"\t\"kind\": \"static\",\n"
		"\t\"functions\": [\n"
		"\t\t{\"id\": 0, \"reasons\": [\"a\", true, null]},\n"
		"\t\t{\"id\": 1, \"reasons\": [\"a\", true, null]}\n"
		"\t],\n"
		"\t\"routes\": [],\n"
		"\t\"last\": false\n"
		"}\n");
	free(out.text);
}

Test(json_writer, escapes_what_json_cannot_hold)
{
	check_string("plain", "\"plain\"\n");
	check_string("", "\"\"\n");
	check_string(NULL, "null\n");
	check_string("a\"b\\c", "\"a\\\"b\\\\c\"\n");
	check_string("\b\t\n\v\f\r", "\"\\b\\t\\n\\u000b\\f\\r\"\n");
	check_string("\x01\x1f\x7f", "\"\\u0001\\u001f\x7f\"\n");
	check_string("0123456789abcdef\"0123456789",
		"\"0123456789abcdef\\\"0123456789\"\n");
}

Test(json_writer, repairs_each_bad_byte_and_keeps_utf8)
{
	check_string("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
		"\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"\n");
	check_string("a\xff\x62", "\"a\xef\xbf\xbd\x62\"\n");
	check_string("\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"\n"); /* overlong */
	check_string("\xed\xa0\x80",
		"\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"\n"); /* surrogate */
	check_string("x\xe2\x82", "\"x\xef\xbf\xbd\xef\xbf\xbd\"\n"); /* cut off */
	check_string("\xf4\x90\x80\x80", /* above U+10FFFF */
		"\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"\n");
}

Test(json_writer, special_bytes_are_found_at_every_position)
{
	char bytes[40];

	for (size_t at = 0; at < sizeof(bytes); at++) {
		for (unsigned c = 0; c < 256; c++) {
			size_t expected =
				json_is_plain((unsigned char)c) ? sizeof(bytes) : at;

			memset(bytes, 'a', sizeof(bytes));
			bytes[at] = (char)c;
			cr_assert_eq(json_plain_run(bytes, sizeof(bytes)), expected);
		}
	}
}

Test(json_writer, whole_numbers_are_exact_or_strings)
{
	check_uint(0, "0\n");
	check_uint(7, "7\n");
	check_uint(10, "10\n");
	check_uint(99, "99\n");
	check_uint(100, "100\n");
	check_uint(12345678901, "12345678901\n");
	check_uint(UINT64_C(1) << 52, "4503599627370496\n");
	check_uint((UINT64_C(1) << 52) + 1, "\"4503599627370497\"\n");
	check_uint(UINT64_MAX, "\"18446744073709551615\"\n");
}

Test(json_writer, decimals_have_two_digits_at_most)
{
	check_decimal(1, "1\n");
	check_decimal(0, "0\n");
	check_decimal(0.5, "0.5\n");
	check_decimal(0.98, "0.98\n");
	check_decimal(0.05, "0.05\n");
	check_decimal(0.994, "0.99\n");
	check_decimal(0.996, "1\n");
	check_decimal(-2.25, "-2.25\n");
	check_decimal(-0.001, "0\n");
	check_decimal(1234567.89, "1234567.89\n");
	check_decimal((double)NAN, "null\n");
	check_decimal((double)INFINITY, "null\n");
}

Test(json_writer, long_strings_cross_the_buffer_unharmed)
{
	size_t len = 300001;
	char *value = malloc(len + 1);
	struct output out;

	for (size_t i = 0; i < len; i++)
		value[i] = (char)('a' + i % 26);
	value[len] = '\0';
	output_start(&out);
	json_begin_array(&out.json);
	json_string(&out.json, value);
	json_string(&out.json, value);
	json_end_array(&out.json);
	written(&out);
	cr_assert_eq(out.size, 2 * len + strlen("[\n\t\"\",\n\t\"\"\n]\n"));
	cr_assert(memcmp(out.text + 4, value, len) == 0);
	cr_assert(memcmp(out.text + out.size - 4 - len, value, len) == 0);
	free(out.text);
	free(value);
}

Test(json_writer, a_full_disk_is_reported_once_at_the_end)
{
	FILE *full = fopen("/dev/full", "w");
	struct json_writer json;

	if (!full)
		cr_skip_test("no /dev/full");
	setvbuf(full, NULL, _IONBF, 0);
	json_open(&json, full);
	json_begin_array(&json);
	for (unsigned i = 0; i < 100000; i++)
		json_uint(&json, i);
	json_end_array(&json);
	errno = 0;
	cr_assert_not(json_close(&json));
	cr_assert_eq(errno, ENOSPC);
	fclose(full);
}
