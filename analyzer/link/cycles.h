/* Which functions call each other round in circles. */
#ifndef PCARCH_ANALYZER_LINK_CYCLES_H
#define PCARCH_ANALYZER_LINK_CYCLES_H

#include <stdbool.h>

struct arena;
struct grouping;
struct static_trace;

/*
 * For each function, whether it is in a cycle with another one: a strongly connected
 * component of two or more. `calls_from` groups trace->calls by caller. The result is in
 * `arena`. Source: Tarjan, "Depth-first search and linear graph algorithms", 1972,
 * without recursion.
 */
bool *cycles_find(struct arena *arena, const struct static_trace *trace,
	const struct grouping *calls_from);

#endif
