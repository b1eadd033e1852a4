/* What the terminal can do: colours, width, and whether anyone is watching. */
#ifndef PCARCH_CLI_TERMINAL_H
#define PCARCH_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct text;

/* --color=auto|always|never; auto obeys NO_COLOR, TERM=dumb and whether a stream is a
 * terminal. */
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
bool terminal_is_smart(FILE
		*stream); /* and understands escape sequences: not TERM=dumb */
unsigned terminal_columns(FILE *stream); /* 80 when unknown */
bool terminal_is_utf8(void); /* by the locale; main() sets it */

/* The columns that the first character of `string` takes, and its length in bytes. */
unsigned terminal_character(const char *string, size_t *len);

/*
 * Print `untrusted` with control characters and bad UTF-8 as \xNN: names and messages
 * come from a stranger's source and must not drive the terminal.
 */
void terminal_print(FILE *stream, const char *untrusted);

/* The same, added to `text`; always valid UTF-8. */
void terminal_escape(struct text *text, const char *untrusted);

#endif
