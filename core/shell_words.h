/* The words of a command line, taken one by one from text in which they are quoted. */
#ifndef PCARCH_CORE_SHELL_WORDS_H
#define PCARCH_CORE_SHELL_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct text;

enum quoting {
	/* As POSIX sh, 2.2 Quoting; no variables, globs or operators are expanded. */
	QUOTING_SHELL,
	/* As GCC's buildargv reads an @file: a backslash quotes inside '' too. */
	QUOTING_RESPONSE,
};

struct shell_words {
	const char *at, *end; /* what is left */
	enum quoting quoting;
	bool is_unclosed; /* the text ended inside quotes */
};

void shell_words_init(struct shell_words *words, const char *text, size_t len,
	enum quoting quoting);

/*
 * Put the next word into `word`; false when there is none. A NUL byte separates words,
 * for no argument can hold one. A quote that is never closed ends with the text and is
 * told in `is_unclosed`: an error to sh, fine with GCC.
 */
bool shell_words_next(struct shell_words *words, struct text *word);

#endif
