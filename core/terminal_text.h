/* Text of strangers, made fit for a terminal. */
#ifndef PCARCH_CORE_TERMINAL_TEXT_H
#define PCARCH_CORE_TERMINAL_TEXT_H

#include <stdio.h>

struct text;

/*
 * Print `untrusted` with control characters and bad UTF-8 as \xNN: names and messages
 * come from a stranger's source and must not drive the terminal.
 */
void terminal_print(FILE *stream, const char *untrusted);

/* The same, added to `text`; always valid UTF-8. */
void terminal_escape(struct text *text, const char *untrusted);

#endif
