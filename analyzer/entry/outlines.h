/* The outlines of a program (struct facts_term): places in them, and constant values. */
#ifndef PCARCH_ANALYZER_ENTRY_OUTLINES_H
#define PCARCH_ANALYZER_ENTRY_OUTLINES_H

#include "analyzer/facts/facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct entry_program;

/* A term, and the body or object around it. */
struct term_at {
	uint32_t image, root, term;
};

struct outlines {
	const struct entry_program *program;
	uint32_t **values; /* of each image: what each variable always is; made if needed
			    */
};

void outlines_init(struct outlines *outlines, const struct entry_program *program);
void outlines_release(struct outlines *outlines);

static inline struct term_at term_within(struct term_at at, uint32_t term)
{
	at.term = term;
	return at;
}

/* Child `number` of a term; FACTS_NONE: it has fewer. */
uint32_t term_child(const struct facts *facts, uint32_t term, uint32_t number);

/* Argument `number` of a call, from 0; FACTS_NONE. */
uint32_t term_argument(const struct facts *facts, uint32_t call, uint32_t number);

/* The function of the image that the term is, or its address; FACTS_NONE: it is none. */
uint32_t term_function(const struct facts *facts, uint32_t term);

/* The variable that the term is, or is a part of, or points to; FACTS_NONE. */
uint32_t term_variable(const struct facts *facts, uint32_t term);

const struct facts *outlines_facts(const struct outlines *outlines, struct term_at at);

/* Is it the first body like it, of those that many images have? */
bool outlines_is_first(const struct outlines *outlines, uint32_t image, uint32_t root);

enum {
	OUTLINE_MEANINGS = 8 /* that one name may have, of those that are followed */
};

/*
 * The functions of the linker's table that function `local` of the image means there;
 * returns how many.
 */
size_t outlines_functions(const struct outlines *outlines, struct term_at at,
	uint32_t local, uint32_t out[OUTLINE_MEANINGS]);

/* The trace's number of a function of the table; TRACE_NONE: it is not shown. */
uint32_t outlines_shown(const struct outlines *outlines, uint32_t function);

/* "src/a.c" of the term. */
const char *outlines_file(const struct outlines *outlines, struct term_at at);

struct constant {
	const char *text; /* interned; NULL: a number that has no name */
	uint32_t number;
};

/* The value of an expression that always has the same one, as far as the image tells. */
bool outlines_constant(struct outlines *outlines, struct term_at at,
	struct constant *out);

#endif
