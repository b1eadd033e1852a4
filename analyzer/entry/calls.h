/* Where the outlines of a program have certain calls. */
#ifndef PCARCH_ANALYZER_ENTRY_CALLS_H
#define PCARCH_ANALYZER_ENTRY_CALLS_H

#include "analyzer/entry/outlines.h"
#include "core/key_table.h"

#include <stddef.h>
#include <stdint.h>

/* Call sites of the linker's table, and the term of each. */
struct site_terms {
	struct key_table sites; /* of uint32_t */
	struct term_at *terms; /* heap; image FACTS_NONE: there is none */
	size_t room;
};

void site_terms_init(struct site_terms *terms);
void site_terms_release(struct site_terms *terms);

/* Ask for a site, and get it once they are found; NULL: it has no term. */
void site_terms_want(struct site_terms *terms, uint32_t site);
void site_terms_find(struct site_terms *terms, const struct outlines *outlines);
const struct term_at *site_terms_get(const struct site_terms *terms, uint32_t site);

/* A call by name of one of several functions. */
struct call_of {
	uint32_t function; /* of the linker's table */
	struct term_at at;
};

struct calls_of {
	struct call_of *items; /* heap, by function */
	size_t count, room;
};

/* All calls of the functions in `wanted`, of uint32_t, added to an empty list. */
void calls_of_find(const struct outlines *outlines, const struct key_table *wanted,
	struct calls_of *out);

/* Where those of `function` begin in the list; returns how many they are. */
size_t calls_of_get(const struct calls_of *calls, uint32_t function, size_t *first);

#endif
