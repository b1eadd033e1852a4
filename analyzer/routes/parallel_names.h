/* Words and the numbers that they have, where they are looked up. */
#ifndef PCARCH_ANALYZER_ROUTES_PARALLEL_NAMES_H
#define PCARCH_ANALYZER_ROUTES_PARALLEL_NAMES_H

#include "analyzer/routes/term.h"
#include "core/rule_file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct origins;
struct routes_program;

enum {
	NAMES_MAX = 10000
};

struct name {
	const char *word;
	uint32_t index;
	struct term at;
	enum rule_match match;
};

struct names {
	const char *pattern; /* "parallel", "blob" */
	struct name *items; /* heap; the caller frees it */
	size_t count, room;
	uint32_t object; /* that they stand in */
	uint32_t function; /* where they are looked up */
};

/*
 * The names whose numbers an index comes from, for an array of `nfunctions`. False: there
 * are none.
 */
bool names_find(const struct routes_program *program, const struct origins *origins,
	size_t nfunctions, struct names *out);

#endif
