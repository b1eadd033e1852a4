/* Whom a function calls, or who calls it: each once for every way it is known. */
#ifndef PCARCH_CLI_NEIGHBOURS_H
#define PCARCH_CLI_NEIGHBOURS_H

#include "core/program.h"

struct neighbour {
	uint32_t function;
	const char *via;
	double confidence;
	const char *through; /* the library function between the two, or NULL */
	struct index_list calls; /* between the two, known that way */
};

struct neighbours {
	const struct neighbour *items;
	size_t count;
};

/* Callees in the order of their first calls, callers in that of the trace. In `arena`. */
struct neighbours neighbours_of(const struct program *program, struct arena *arena,
	uint32_t function, enum program_direction direction);

/* How the call is known, and how surely: see call_way(). In `arena`. */
const char *neighbour_way(const struct neighbour *near, struct arena *arena);

#endif
