#include "tracer/telemetry/line.h"

#include <criterion/criterion.h>
#include <string.h>

static struct line line;

static void expect(const char *expected)
{
	cr_expect_not(line.is_full);
	line.bytes[line.length] = '\0';
	cr_expect_str_eq(line.bytes, expected);
}

Test(log_line, members_have_commas_between_them)
{
	line_begin(&line);
	line_string(&line, "a", "b");
	line_number(&line, "n", -12);
	line_number(&line, "min", -9223372036854775807 - 1);
	line_flag(&line, "f", true);
	line_wide(&line, "w", UINT64_MAX);
	line_hex(&line, "h", (const uint8_t[]){0, 0xab}, 2);
	line_open(&line, "o", '{');
	line_close(&line, '}');
	line_open(&line, "l", '[');
	line_comma(&line);
	line_text(&line, "x", 1);
	line_comma(&line);
	line_text(&line, "y", 1);
	line_close(&line, ']');
	line_close(&line, '}');
	expect("{\"a\":\"b\",\"n\":-12,\"min\":-9223372036854775808,\"f\":true,"
	       "\"w\":\"18446744073709551615\",\"h\":\"00ab\",\"o\":{},\"l\":[\"x\",\"y\"]}");
}

Test(log_line, milliseconds_have_three_decimals_at_most)
{
	line_begin(&line);
	line_ms(&line, "a", 811996000);
	line_ms(&line, "b", 815000000);
	line_ms(&line, "c", 120000);
	line_ms(&line, "d", 999);
	line_ms(&line, "e", 1005000999);
	expect("{\"a\":811.996,\"b\":815,\"c\":0.12,\"d\":0,\"e\":1005");
}

Test(log_line, what_a_terminal_would_obey_is_escaped)
{
	static const char text[] = "\"\\\b\t\n\f\r\x01\x1b\x7f"
				   "\xc2\x9b\xe2\x80\xa8\xe2\x80\xae\xe2\x81\xa6\xc3\xa4";

	line_begin(&line);
	line_key(&line, "t");
	line_text(&line, text, sizeof(text) - 1);
	expect("{\"t\":\"\\\"\\\\\\b\\t\\n\\f\\r\\u0001\\u001b\\u007f"
	       "\\u009b\\u2028\\u202e\\u2066\xc3\xa4\"");
}

Test(log_line, what_is_not_utf8_is_replaced)
{
	static const char text[] = "a\xff\xc0\xaf\xed\xa0\x80z\xe2\x82";

	line_begin(&line);
	line_key(&line, "t");
	line_text(&line, text, sizeof(text) - 1);
	expect("{\"t\":\"a\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffdz\\ufffd\\ufffd\"");
}

Test(log_line, what_does_not_fit_marks_it)
{
	char text[1000];

	memset(text, 'x', sizeof(text));
	line_begin(&line);
	for (size_t i = 0; i < 65; i++)
		line_raw(&line, text, sizeof(text));
	cr_expect_not(line.is_full);
	line_raw(&line, text, sizeof(text));
	cr_expect(line.is_full);
	line_raw(&line, "", 0);
	cr_expect(line.is_full, "once marked, it stays so");
	line_begin(&line);
	cr_expect_not(line.is_full);
}
