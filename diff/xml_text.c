#include "diff/xml_text.h"

#include "core/terminal_text.h"
#include "core/text.h"

#include <stdbool.h>
#include <string.h>

/* U+FFFE and U+FFFF, of which XML knows nothing. */
static bool is_no_character(const char *at)
{
	return strncmp(at, "\xef\xbf\xbe", 3) == 0 || strncmp(at, "\xef\xbf\xbf", 3) == 0;
}

static const char *entity_of(char c, bool in_quotes)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>': /* or "]]>" would be an error */
		return "&gt;";
	case '"':
		return in_quotes ? "&quot;" : NULL;
	default:
		return NULL;
	}
}

static void print(FILE *out, const char *untrusted, bool in_quotes)
{
	scoped_text text = {0};

	terminal_escape(&text, untrusted);
	for (const char *at = text_string(&text); *at; at++) {
		const char *entity = entity_of(*at, in_quotes);

		if (entity) {
			fputs(entity, out);
		} else if (is_no_character(at)) {
			fputs("\xef\xbf\xbd", out);
			at += 2;
		} else {
			fputc(*at, out);
		}
	}
}

void xml_text(FILE *out, const char *untrusted)
{
	print(out, untrusted, false);
}

void xml_attribute(FILE *out, const char *untrusted)
{
	print(out, untrusted, true);
}
