/* Which call of a branch is what the branch is for. */
#ifndef PCARCH_ANALYZER_ROUTES_CHAINS_CALLS_H
#define PCARCH_ANALYZER_ROUTES_CHAINS_CALLS_H

#include "analyzer/routes/chains_body.h"
#include "analyzer/routes/term.h"

#include <stdbool.h>
#include <stdint.h>

/* The best call so far, and what else a branch was seen to do. */
struct judging {
	const struct body *body;
	struct term subject, root; /* the word, and the variable that it is in */
	struct term words; /* what holds it and those after it */
	int score;
	uint32_t function;
	struct term call;
	bool is_returned, is_given, is_given_other, is_alone, is_final;
	bool takes_words; /* a call goes on where the words are */
	struct term stored; /* TERM_ASSIGN of an enumerator, or of a function */
};

/* A call, as it stands in a statement. */
struct standing {
	struct term to; /* variable that gets the result; or none */
	bool is_returned;
	unsigned depth; /* of conditions and loops around it */
};

/* Start with nothing, for a branch that is taken by `subject`, which may be none. */
struct judging judging_start(const struct body *body, struct term subject);

/* Take the call if more speaks for it than for those before. */
void judging_consider(struct judging *judging, struct term call,
	struct standing standing);

/* The function that the call names, if only through a local; TRACE_NONE. */
uint32_t body_callee(const struct body *body, struct term call);

bool function_is_noreturn(const struct routes_program *program, uint32_t function);

#endif
