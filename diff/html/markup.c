#include "diff/html/markup.h"

#include "core/terminal_text.h"
#include "core/text.h"
#include "core/utf8.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

/* How a character that means something there is written; NULL: as it is. */
typedef const char *escaping(char c);

void markup_bytes(struct markup *out, const char *bytes, size_t len)
{
	errno = 0;
	if (!out->error && fwrite_unlocked(bytes, 1, len, out->stream) != len)
		out->error = errno ? errno : EIO;
	out->nbytes += len;
}

void markup_add(struct markup *out, const char *html)
{
	markup_bytes(out, html, strlen(html));
}

void markup_format(struct markup *out, const char *fmt, ...)
{
	char buffer[1024];
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buffer, sizeof(buffer), fmt, args);
	va_end(args);
	if (len > 0)
		markup_bytes(out, buffer,
			(size_t)len < sizeof(buffer) ? (size_t)len : sizeof(buffer) - 1);
}

static const char *escape_html(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static const char *escape_json(char c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '<':
		return "\\u003c";
	case '\n':
		return "\\n";
	case '\t':
		return "\\t";
	default:
		return NULL;
	}
}

/* The bytes of one character that is not plain ASCII. */
static size_t add_character(struct markup *out, const char *bytes, size_t len,
	escaping *escape)
{
	char character[5] = {0};
	scoped_text shown = {0};
	size_t n = utf8_sequence(bytes, len);

	n = n ? n : 1;
	memcpy(character, bytes, n);
	if (!*character)
		text_add(&shown, "\\x00");
	terminal_escape(&shown, character);
	for (size_t i = 0; i < shown.len; i++) {
		const char *escaped = escape(shown.bytes[i]);

		if (escaped)
			markup_add(out, escaped);
		else
			markup_bytes(out, shown.bytes + i, 1);
	}
	return n;
}

static void add_escaped(struct markup *out, const char *bytes, size_t len,
	escaping *escape)
{
	size_t start = 0, i = 0;

	while (i < len) {
		const char *escaped = escape(bytes[i]);

		if (!escaped && bytes[i] >= ' ' && bytes[i] < 0x7f) {
			i++;
			continue;
		}
		if (i > start)
			markup_bytes(out, bytes + start, i - start);
		if (escaped)
			markup_add(out, escaped);
		i += escaped ? 1 : add_character(out, bytes + i, len - i, escape);
		start = i;
	}
	if (i > start)
		markup_bytes(out, bytes + start, i - start);
}

void markup_text_bytes(struct markup *out, const char *untrusted, size_t len)
{
	add_escaped(out, untrusted, len, escape_html);
}

void markup_text(struct markup *out, const char *untrusted)
{
	markup_text_bytes(out, untrusted, strlen(untrusted));
}

void markup_number(struct markup *out, uint64_t value)
{
	char digits[21], grouped[28], *at = grouped;
	int len = snprintf(digits, sizeof(digits), "%" PRIu64, value);

	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			*at++ = ',';
		*at++ = digits[i];
	}
	markup_bytes(out, grouped, (size_t)(at - grouped));
}

void markup_count(struct markup *out, uint64_t value, const char *one, const char *many)
{
	markup_number(out, value);
	markup_add(out, " ");
	markup_add(out, value == 1 ? one : many);
}

void markup_json_bytes(struct markup *out, const char *untrusted, size_t len)
{
	markup_add(out, "\"");
	add_escaped(out, untrusted, len, escape_json);
	markup_add(out, "\"");
}

void markup_json(struct markup *out, const char *untrusted)
{
	if (untrusted)
		markup_json_bytes(out, untrusted, strlen(untrusted));
	else
		markup_add(out, "null");
}

/* Called a million times in a report: printf would be a third of its cost. */
void markup_json_number(struct markup *out, uint64_t value)
{
	char digits[20], *at = digits + sizeof(digits);

	do {
		*--at = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	markup_bytes(out, at, (size_t)(digits + sizeof(digits) - at));
}
