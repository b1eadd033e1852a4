/*
 * Command routes: from the outlines of a program to the tree of its commands. Tables and
 * chains of comparisons are found first (analyzer/routes/dispatch.h), then put under each
 * other.
 */
#ifndef PCARCH_ANALYZER_ROUTES_ROUTES_H
#define PCARCH_ANALYZER_ROUTES_ROUTES_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct binary;
struct facts;
struct function_table;
struct rules;
struct source_paths;
struct static_trace;

struct routes_request {
	struct source_paths *paths;
	struct function_table *functions;
	const struct rules *rules;
	const struct binary *binaries; /* what the units were linked to; may be none */
	size_t nbinaries;
	const uint32_t *order; /* final index of each function of the table */
	size_t norder; /* later ones are of no trace */
};

/*
 * Fill in out->routes, in `arena`. The images are in order, functions and entry points
 * known.
 */
void routes_find(struct arena *arena, const struct facts *images, size_t nimages,
	const struct routes_request *request, struct static_trace *out);

#endif
