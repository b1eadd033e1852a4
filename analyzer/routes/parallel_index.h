/* Where an index comes from: through variables, results and parameters, backwards. */
#ifndef PCARCH_ANALYZER_ROUTES_PARALLEL_INDEX_H
#define PCARCH_ANALYZER_ROUTES_PARALLEL_INDEX_H

#include "analyzer/routes/term.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct routes_program;

enum {
	ORIGINS_MAX = 64 /* more is no one's index */
};

/* A value that the index may be, in the body of a function. */
struct origin {
	struct term value; /* a TERM_VARIABLE, a TERM_FIELD, … */
	uint32_t function;
};

struct origins {
	struct origin items[ORIGINS_MAX]; /* nearest first */
	size_t count;
};

/* All that `index`, in the body of `function`, may come from; itself first. */
void origins_find(const struct routes_program *program, struct term index,
	uint32_t function, struct origins *out);

#endif
