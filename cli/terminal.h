/* What the terminal can do: colours, width, and whether anyone is watching. */
#ifndef PCARCH_CLI_TERMINAL_H
#define PCARCH_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* --color: always, never, or auto, which obeys NO_COLOR, TERM=dumb and the stream. */
bool terminal_set_color(const char *when);

enum style {
	STYLE_BOLD,
	STYLE_DIM,
	STYLE_GOOD, /* green */
	STYLE_WARN, /* yellow */
	STYLE_BAD, /* red */
	STYLE_PLACE, /* magenta: file names */
	STYLE_NAME, /* cyan: functions */
	STYLE_PLAIN, /* as it is */
};

/* The escape sequence that starts a style on `stream`, or "" where colours are off. */
const char *style_on(FILE *stream, enum style style);
const char *style_off(FILE *stream);

bool terminal_is(FILE *stream);
/* And understands escape sequences: TERM is not "dumb". */
bool terminal_is_smart(FILE *stream);
unsigned terminal_columns(FILE *stream); /* 80 when unknown */
bool terminal_is_utf8(void); /* by the locale; main() sets it */

/* The columns that the first character of `string` takes, and its length in bytes. */
unsigned terminal_character(const char *string, size_t *len);

#endif
