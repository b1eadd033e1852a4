/* What words say: of a command, of a type, of a variable. */
#ifndef PCARCH_ANALYZER_ROUTES_WORDS_H
#define PCARCH_ANALYZER_ROUTES_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Could a user type this as one command: no blanks inside, printable, not long? */
bool words_is_token(const char *text);

/*
 * How a name in the source reads: above 0 as what holds commands ("cmd_table",
 * "builtins"), below 0 as what holds something else ("options", "formats"); 0: neither.
 */
int words_hint(const char *name);

/*
 * Does `part` begin a word of `name`: "cmd" in "struct_cmd" and "CmdTable", not in
 * "xcmdx"?
 */
bool words_begins(const char *name, const char *part);

/* What stands between names in one text, unless a rule says it. */
#define WORDS_SEPARATORS "|,"

/* The parts of a text between any of `separators`; in the arena. */
const char **words_split(struct arena *arena, const char *text, const char *separators,
	size_t *count);

#endif
