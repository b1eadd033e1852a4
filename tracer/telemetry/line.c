#include "tracer/telemetry/line.h"

#include "core/json_string.h"
#include "core/utf8.h"

#include <string.h>

static const char digits[] = "0123456789abcdef";

void line_begin(struct line *line)
{
	line->length = 1;
	line->is_full = false;
	line->bytes[0] = '{';
}

/* Those that a terminal or a reader's eye would obey. */
static bool is_control(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x61c ||
	       point == 0x200e || point == 0x200f ||
	       (point >= 0x2028 && point <= 0x202e) ||
	       (point >= 0x2066 && point <= 0x2069);
}

static void escape(struct line *line, uint32_t point)
{
	static const char letters[] = "btn\0fr"; /* from 8 on; 11 has none */
	char text[6] = {'\\', 'u', digits[point >> 12 & 15], digits[point >> 8 & 15],
		digits[point >> 4 & 15], digits[point & 15]};

	if (point == '"' || point == '\\')
		text[1] = (char)point;
	else if (point >= 8 && point <= 13 && letters[point - 8])
		text[1] = letters[point - 8];
	line_raw(line, text, text[1] == 'u' ? 6 : 2);
}

/* One that json_plain_run() stops at; its length. */
static size_t special(struct line *line, const char *bytes, size_t length)
{
	uint32_t point = 0xfffd;
	size_t n = utf8_decode(bytes, length, &point);

	if (n == 0)
		escape(line, 0xfffd);
	else if (point == '"' || point == '\\' || is_control(point))
		escape(line, point);
	else
		line_raw(line, bytes, n);
	return n ? n : 1;
}

void line_text(struct line *line, const char *bytes, size_t length)
{
	size_t at = 0;

	line_raw(line, "\"", 1);
	while (at < length && !line->is_full) {
		size_t run = json_plain_run(bytes + at, length - at);

		/* 0x7f is plain to JSON, not to a terminal. */
		if (run) {
			const char *del = memchr(bytes + at, 0x7f, run);

			run = del ? (size_t)(del - bytes) - at : run;
		}
		line_raw(line, bytes + at, run);
		at += run;
		if (at < length)
			at += special(line, bytes + at, length - at);
	}
	line_raw(line, "\"", 1);
}

/* Decimal digits, from the end of `out`; how many. */
static size_t decimal(uint64_t number, char *out)
{
	size_t n = 0;

	do
		out[20 - ++n] = digits[number % 10];
	while (number /= 10);
	return n;
}

void line_put_number(struct line *line, long long number)
{
	char text[20];
	size_t n = decimal(number < 0 ? 0 - (uint64_t)number : (uint64_t)number, text);

	if (number < 0)
		line_raw(line, "-", 1);
	line_raw(line, text + 20 - n, n);
}

void line_put_hex(struct line *line, const uint8_t *bytes, size_t nbytes)
{
	char *at = line_take(line, 2 * nbytes + 2);

	if (!at)
		return;
	*at++ = '"';
	for (size_t i = 0; i < nbytes; i++) {
		*at++ = digits[bytes[i] >> 4];
		*at++ = digits[bytes[i] & 15];
	}
	*at = '"';
}

void line_put_wide(struct line *line, uint64_t number)
{
	char text[22];
	size_t n = decimal(number, text + 1);

	text[20 - n] = text[21] = '"';
	line_raw(line, text + 20 - n, n + 2);
}

void line_ms(struct line *line, const char *key, uint64_t ns)
{
	uint64_t us = ns / 1000;
	char text[20], fraction[4] = {'.', digits[us / 100 % 10], digits[us / 10 % 10],
			       digits[us % 10]};
	size_t n = decimal(us / 1000, text), nfraction = 4;

	while (nfraction && (fraction[nfraction - 1] == '0' || nfraction == 1))
		nfraction--;
	line_key(line, key);
	line_raw(line, text + 20 - n, n);
	line_raw(line, fraction, nfraction);
}

void line_open(struct line *line, const char *key, char bracket)
{
	if (key)
		line_key(line, key);
	else
		line_comma(line);
	line_raw(line, &bracket, 1);
}

void line_close(struct line *line, char bracket)
{
	line_raw(line, &bracket, 1);
}
