#include "core/terminal_text.h"

#include "core/text.h"
#include "core/utf8.h"

#include <stdbool.h>
#include <string.h>

/*
 * C0 and C1 controls move the cursor, set titles, answer back; the bidirectional ones
 * show text in another order than it has (CVE-2021-42574); line separators break a
 * message in two.
 */
static bool drives_terminal(uint32_t point)
{
	return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C ||
	       (point >= 0x200B && point <= 0x200F) ||
	       (point >= 0x2028 && point <= 0x202E) ||
	       (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

void terminal_escape(struct text *text, const char *untrusted)
{
	const char *end = untrusted + strlen(untrusted);
	uint32_t point = 0;

	for (const char *at = untrusted; at < end;) {
		size_t len = utf8_decode(at, (size_t)(end - at), &point);
		bool is_bad = !len || drives_terminal(point);

		len = len ? len : 1;
		if (!is_bad)
			text_add_bytes(text, at, len);
		for (size_t i = 0; is_bad && i < len; i++)
			text_printf(text, "\\x%02X", (unsigned char)at[i]);
		at += len;
	}
}

void terminal_print(FILE *stream, const char *untrusted)
{
	scoped_text text = {0};

	terminal_escape(&text, untrusted);
	fputs(text_string(&text), stream);
}
