#include "cli/paragraph.h"

#include "cli/terminal.h"

#include <string.h>

unsigned paragraph_width(FILE *stream)
{
	unsigned columns = terminal_columns(stream);

	if (columns > 80)
		return 80;
	return columns < 40 ? 40 : columns;
}

static unsigned width_of(const char *word, size_t len)
{
	unsigned width = 0;
	size_t n;

	for (const char *end = word + len; word < end; word += n)
		width += terminal_character(word, &n);
	return width;
}

static void pad(FILE *stream, unsigned from, unsigned to)
{
	if (from < to)
		fprintf(stream, "%*s", (int)(to - from), "");
}

/* Where the words at `text` end: at an empty line, an indented one, or the end. */
static const char *end_of_words(const char *text)
{
	while (*text &&
		!(text[0] == '\n' && (text[1] == '\n' || text[1] == ' ' || !text[1])))
		text++;
	return text;
}

static void set_words(FILE *stream, const char *text, const char *end, unsigned column,
	unsigned indent)
{
	unsigned width = paragraph_width(stream);

	while (text < end) {
		size_t len = strcspn(text, " \n");
		unsigned columns;

		len = len < (size_t)(end - text) ? len : (size_t)(end - text);
		columns = width_of(text, len);
		if (column > indent && len && column + 1 + columns > width) {
			fputc('\n', stream);
			column = 0;
		}
		if (len && column > indent)
			column += (unsigned)fprintf(stream, " ");
		pad(stream, column, indent);
		column = column < indent ? indent : column;
		fwrite(text, 1, len, stream);
		column += columns;
		text += len + (text + len < end);
	}
}

void paragraph_print(FILE *stream, const char *text, unsigned column, unsigned indent)
{
	while (*text) {
		const char *end = end_of_words(text);

		if (*text == ' ') {
			end = strchrnul(text, '\n');
			fprintf(stream, "%*s%.*s", (int)indent, "", (int)(end - text),
				text);
		} else {
			set_words(stream, text, end, column, indent);
		}
		fputc('\n', stream);
		column = 0;
		text = *end ? end + 1 : end;
		for (; *text == '\n'; text++)
			if (text[1])
				fputc('\n', stream);
	}
}
