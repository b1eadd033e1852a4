#include "core/shell_words.h"

#include "core/text.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' ||
	       c == '\f' || c == '\0';
}

void shell_words_init(struct shell_words *words, const char *text, size_t len,
	enum quoting quoting)
{
	*words = (struct shell_words){text, text + len, quoting, false};
}

/* Whether the backslash at words->at, inside `quote` (0: outside), quotes anything. */
static bool backslash_quotes(const struct shell_words *words, char quote)
{
	if (words->quoting == QUOTING_RESPONSE || !quote)
		return true;
	return quote == '"' && words->at + 1 < words->end && words->at[1] != '\0' &&
	       strchr("$`\"\\\n", words->at[1]);
}

/* Take a backslash and what it quotes; an escaped line end is nothing. */
static void take_escaped(struct shell_words *words, struct text *word)
{
	words->at++;
	if (words->at == words->end)
		return;
	if (*words->at != '\n')
		text_add_char(word, *words->at);
	words->at++;
}

/* Take the inside of quotes and the closing one. */
static void take_quoted(struct shell_words *words, char quote, struct text *word)
{
	while (words->at < words->end && *words->at != quote) {
		if (*words->at == '\\' && backslash_quotes(words, quote))
			take_escaped(words, word);
		else
			text_add_char(word, *words->at++);
	}
	if (words->at == words->end)
		words->is_unclosed = true;
	else
		words->at++;
}

/* Skip blanks and escaped line ends, which are no word by themselves. */
static void skip_blanks(struct shell_words *words)
{
	while (words->at < words->end) {
		if (is_blank(*words->at))
			words->at++;
		else if (words->at + 1 < words->end && words->at[0] == '\\' &&
			 words->at[1] == '\n')
			words->at += 2;
		else
			return;
	}
}

bool shell_words_next(struct shell_words *words, struct text *word)
{
	text_clear(word);
	skip_blanks(words);
	if (words->at == words->end)
		return false;
	text_add(word, "");
	while (words->at < words->end && !is_blank(*words->at)) {
		char c = *words->at;

		if (c == '\'' || c == '"') {
			words->at++;
			take_quoted(words, c, word);
		} else if (c == '\\') {
			take_escaped(words, word);
		} else {
			text_add_char(word, c);
			words->at++;
		}
	}
	return true;
}
