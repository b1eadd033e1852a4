/*
 * The words come out of a parser, which makes lists of arguments; these become a queue of
 * commands, which another function looks up, and a third one runs later.
 */
#include "cmd.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static char *read_word(const char **text)
{
	const char *begin;
	char *word;

	while (isblank((unsigned char)**text))
		(*text)++;
	begin = *text;
	while (**text && !isspace((unsigned char)**text) && **text != ';')
		(*text)++;
	if (*text == begin)
		return NULL;
	word = strndup(begin, *text - begin);
	if (!word)
		abort();
	return word;
}

static struct args *parse_command(const char **text)
{
	struct args *args = calloc(1, sizeof(*args));
	char *word;

	if (!args)
		abort();
	while ((word = read_word(text))) {
		args->argv = realloc(args->argv, (args->argc + 2) * sizeof(*args->argv));
		if (!args->argv)
			abort();
		args->argv[args->argc++] = word;
		args->argv[args->argc] = NULL;
	}
	return args;
}

struct args *parse_input(const char *text)
{
	struct args *first = NULL, **last = &first;

	while (*text) {
		*last = parse_command(&text);
		last = &(*last)->next;
		while (*text == ';' || *text == '\n')
			text++;
	}
	return first;
}
