#include "cli/terminal.h"

#include "core/text.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static enum {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
} color;

bool terminal_set_color(const char *when)
{
	static const char *const names[] = {"auto", "always", "never"};

	for (unsigned i = 0; i < 3; i++) {
		if (strcmp(when, names[i]) != 0)
			continue;
		color = i;
		return true;
	}
	return false;
}

bool terminal_is(FILE *stream)
{
	return isatty(fileno(stream));
}

bool terminal_is_smart(FILE *stream)
{
	const char *term = getenv("TERM");

	return terminal_is(stream) && term && *term && strcmp(term, "dumb") != 0;
}

static bool has_color(FILE *stream)
{
	const char *no_color =
		getenv("NO_COLOR"); /* https://no-color.org: when not empty */

	if (color != COLOR_AUTO)
		return color == COLOR_ALWAYS;
	return !(no_color && *no_color) && terminal_is_smart(stream);
}

const char *style_on(FILE *stream, enum style style)
{
	static const char *const sequences[] = {
		[STYLE_BOLD] = "\033[1m",
		[STYLE_DIM] = "\033[2m",
		[STYLE_GOOD] = "\033[32m",
		[STYLE_WARN] = "\033[33m",
		[STYLE_BAD] = "\033[31m",
		[STYLE_PLACE] = "\033[35m",
		[STYLE_NAME] = "\033[36m",
		[STYLE_PLAIN] = "",
	};

	return has_color(stream) ? sequences[style] : "";
}

const char *style_off(FILE *stream)
{
	return has_color(stream) ? "\033[0m" : "";
}

unsigned terminal_columns(FILE *stream)
{
	struct winsize size;

	if (ioctl(fileno(stream), TIOCGWINSZ, &size) < 0 || !size.ws_col)
		return 80;
	return size.ws_col;
}

bool terminal_is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/*
 * The length of the well-formed UTF-8 sequence that `s` begins with, 0 if there is none;
 * its code point goes to *point. Source: RFC 3629, section 4.
 */
static size_t decode(const unsigned char *s, unsigned long *point)
{
	static const unsigned long smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t len;

	*point = s[0];
	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xC2 || s[0] > 0xF4)
		return 0;
	len = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
	*point = s[0] & (0x7FU >> len);
	for (size_t i = 1; i < len; i++) {
		if ((s[i] & 0xC0) != 0x80) /* a NUL too */
			return 0;
		*point = *point << 6 | (s[i] & 0x3F);
	}
	if (*point < smallest[len] || *point > 0x10FFFF)
		return 0;
	return *point >= 0xD800 && *point <= 0xDFFF ? 0 : len;
}

/*
 * C0 and C1 controls move the cursor, set titles, answer back; the bidirectional ones
 * show text in another order than it has (CVE-2021-42574); line separators break a
 * message in two.
 */
static bool drives_terminal(unsigned long point)
{
	return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C ||
	       (point >= 0x200B && point <= 0x200F) ||
	       (point >= 0x2028 && point <= 0x202E) ||
	       (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

unsigned terminal_character(const char *string, size_t *len)
{
	unsigned long point;
	int width;

	*len = decode((const unsigned char *)string, &point);
	if (!*len)
		*len = 1;
	width = *len > 1 && terminal_is_utf8() ? wcwidth((wchar_t)point) : 1;
	return width < 0 ? 1 : (unsigned)width;
}

void terminal_escape(struct text *text, const char *untrusted)
{
	const unsigned char *s = (const unsigned char *)untrusted;
	unsigned long point;

	while (*s) {
		size_t len = decode(s, &point);
		bool is_bad = !len || drives_terminal(point);

		len = len ? len : 1;
		if (!is_bad)
			text_add_bytes(text, (const char *)s, len);
		for (size_t i = 0; is_bad && i < len; i++)
			text_printf(text, "\\x%02X", s[i]);
		s += len;
	}
}

void terminal_print(FILE *stream, const char *untrusted)
{
	scoped_text text = {0};

	terminal_escape(&text, untrusted);
	fputs(text_string(&text), stream);
}
