/* Words and the numbers that they become. */
#ifndef PCARCH_ANALYZER_ROUTES_CHOICES_NUMBERS_H
#define PCARCH_ANALYZER_ROUTES_CHOICES_NUMBERS_H

#include "analyzer/routes/term.h"
#include "core/rule_file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct body;
struct object;
struct routes_program;

struct numbered_word {
	const char *word;
	struct term number; /* TERM_NUMBER */
	struct term at; /* the row, or the comparison */
	enum rule_match match;
};

/* What function `function` makes of the word `subject`. */
struct numbered_words {
	const struct numbered_word *items;
	size_t count;
	uint32_t function; /* that looks it up */
	struct term subject;
	double evidence; /* that it comes from outside, 0 to 1 */
	uint32_t runs; /* the function that is run for any of them; TRACE_NONE */
	struct term call; /* of it */
};

/* Is it the same enumerator, or the same number without a name? */
bool numbers_are_same(struct term a, struct term b);

/* Of group `group` of a body; count 0: its branches do more. */
struct numbered_words numbers_of_chain(const struct body *body, uint32_t group);

/* Is it a table of rows with a text and a number, and no function? */
bool numbers_are_in(const struct object *object);

/* Of a table that `body` looks the word up in; count 0: it is none, or it does not. */
struct numbered_words numbers_of_table(const struct body *body,
	const struct object *object);

#endif
