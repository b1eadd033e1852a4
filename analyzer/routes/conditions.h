/* What a condition says of words: which text is which word when it holds. */
#ifndef PCARCH_ANALYZER_ROUTES_CONDITIONS_H
#define PCARCH_ANALYZER_ROUTES_CONDITIONS_H

#include "analyzer/routes/term.h"
#include "core/rule_file.h"

#include <stdbool.h>

struct arena;
struct locals;
struct routes_program;

enum {
	WORD_CHARACTERS = 8 /* of a text, that single comparisons are followed in */
};

/* `subject` is `word`, or begins with some characters. */
struct word_test {
	struct term subject; /* what local variables stand for, where that is known */
	struct term at; /* the comparison */
	const char *word; /* NULL: only `characters` */
	enum rule_match match;
	char characters[WORD_CHARACTERS + 1]; /* by position; 0: not known */
	const struct word_test *also; /* of another subject, at the same time; or NULL */
	struct word_test *next; /* or this */
};

/* One of the tests holds. None: nothing is known. */
struct word_tests {
	struct word_test *first, *last;
	bool is_partial; /* or something else holds */
};

struct condition {
	struct word_tests when_true, when_false;
};

/* The body that conditions are in. */
struct condition_reader {
	const struct routes_program *program;
	const struct locals *locals;
	struct arena *arena; /* of the tests */
};

struct condition condition_read(const struct condition_reader *reader, struct term term);

/* The text whose character number `*position` the expression is; or none. */
struct term condition_character(const struct condition_reader *reader, struct term term,
	unsigned *position);

/* What the subject of a comparison is called here, where locals are other names. */
struct term condition_subject(const struct condition_reader *reader, struct term term);

#endif
