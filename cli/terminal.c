#include "cli/terminal.h"

#include "core/utf8.h"

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
	const char *no_color = getenv("NO_COLOR"); /* https://no-color.org */

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

unsigned terminal_character(const char *string, size_t *len)
{
	uint32_t point;
	int width;

	*len = utf8_decode(string, strnlen(string, 4), &point);
	if (!*len)
		*len = 1;
	width = *len > 1 && terminal_is_utf8() ? wcwidth((wchar_t)point) : 1;
	return width < 0 ? 1 : (unsigned)width;
}
