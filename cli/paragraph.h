/* Text set in paragraphs of a terminal's width. */
#ifndef PCARCH_CLI_PARAGRAPH_H
#define PCARCH_CLI_PARAGRAPH_H

#include <stdio.h>

/* The width that text is set in: the terminal's, but between 40 and 80 columns. */
unsigned paragraph_width(FILE *stream);

/*
 * Print `text` with `indent` spaces before each line, broken at spaces to fit; an empty
 * line parts paragraphs, and a line that begins with a space stays as it is. The first
 * line continues one that already holds `column` columns. Ends with a newline.
 */
void paragraph_print(FILE *stream, const char *text, unsigned column, unsigned indent);

#endif
