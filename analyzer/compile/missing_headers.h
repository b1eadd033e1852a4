/* Headers that units ask for and that are not there: mostly not generated yet. */
#ifndef PCARCH_ANALYZER_COMPILE_MISSING_HEADERS_H
#define PCARCH_ANALYZER_COMPILE_MISSING_HEADERS_H

#include <stddef.h>

struct arena;
struct unit_list;

struct missing_header {
	const char *name; /* as it stands between the quotes */
	size_t nunits; /* that ask for it */
};

/*
 * A quick look, without libclang: `#include "x"` in the units' own text, outside of any
 * #if, and the headers that -include names. Conditional ones are passed over, for most
 * are meant for another system. The most wanted first; `*count` says how many.
 */
const struct missing_header *missing_headers(struct arena *arena,
	const struct unit_list *units, size_t *count);

#endif
