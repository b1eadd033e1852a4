/*
 * Which calls compare two texts: the C library's, those that rules name, and the
 * program's own matchers, which are found by what they do.
 */
#ifndef PCARCH_ANALYZER_ROUTES_COMPARERS_H
#define PCARCH_ANALYZER_ROUTES_COMPARERS_H

#include "analyzer/routes/term.h"
#include "core/rule_file.h"

#include <stdbool.h>
#include <stdint.h>

struct locals;
struct routes_program;

enum {
	COMPARISON_WHOLE = 2
};

/* One call that compares. */
struct comparison {
	struct term operands[2];
	struct term length; /* how much of them is compared at most; or none */
	unsigned begins; /* the operand that may be only the beginning of the other: 0,
			  * 1; COMPARISON_WHOLE: both end at once */
	bool is_equal_when_zero, ignores_case;
	enum rule_match told; /* by a rule; RULE_MATCH_UNTOLD */
};

/* Look through the bodies of the program for matchers; the rest asks for the result. */
void comparers_find(struct routes_program *program);

/* Does the TERM_CALL compare two texts? False: `out` is untouched. */
bool comparer_of(const struct routes_program *program, struct term call,
	struct comparison *out);

/* The same, where a length that is compared is a variable of the body with `locals`. */
void comparison_bound(const struct routes_program *program, const struct locals *locals,
	struct comparison *comparison);

/* How a command is matched whose word is operand `word`, 0 or 1. */
enum rule_match comparison_match(const struct comparison *comparison, unsigned word);

#endif
