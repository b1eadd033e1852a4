/* One term of an outline, and what is around it: struct facts_term,
 * analyzer/facts/facts.h. */
#ifndef PCARCH_ANALYZER_ROUTES_TERM_H
#define PCARCH_ANALYZER_ROUTES_TERM_H

#include "analyzer/facts/facts.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

/* `at` FACTS_NONE: no term. */
struct term {
	const struct facts *facts;
	uint32_t at;
};

static inline bool term_exists(struct term term)
{
	return term.at != FACTS_NONE;
}

static inline const struct facts_term *term_get(struct term term)
{
	assert(term.facts); /* none: term_none() */
	return &term.facts->terms[term.at];
}

static inline struct term term_none(void)
{
	return (struct term){0, FACTS_NONE};
}

/* No term is of no kind: TERM_KINDS. */
static inline enum facts_term_kind term_kind(struct term term)
{
	return term_exists(term) ? term_get(term)->kind : TERM_KINDS;
}

static inline bool term_is(struct term term, enum facts_term_kind kind)
{
	return term_kind(term) == kind;
}

/* The first term below `term`. */
static inline struct term term_first(struct term term)
{
	if (!term_exists(term) || term.at + 1 == term_get(term)->end)
		return term_none();
	return (struct term){term.facts, term.at + 1};
}

/* The one after `child` below `parent`. */
static inline struct term term_next(struct term parent, struct term child)
{
	uint32_t next = term_get(child)->end;

	return next < term_get(parent)->end ? (struct term){parent.facts, next}
					    : term_none();
}

/* Number `n`, from 0, below `term`. */
static inline struct term term_child(struct term term, unsigned n)
{
	struct term child = term_first(term);

	while (n-- && term_exists(child))
		child = term_next(term, child);
	return child;
}

static inline const char *term_name(struct term term)
{
	assert(term.facts);
	return facts_string(term.facts, term_get(term)->name);
}

/* The tag or typedef of the record that a TERM_FIELD is of. */
static inline const char *term_record(struct term field)
{
	assert(field.facts);
	return facts_string(field.facts, term_get(field)->a);
}

#endif
