/*
 * Which functions belong to the program: all that its own files define, and of the inline
 * functions in system headers those that it comes to through calls or values.
 */
#ifndef PCARCH_ANALYZER_LINK_KEEP_H
#define PCARCH_ANALYZER_LINK_KEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From the first function of a pair one gets to the second. */
struct keep_pair {
	uint32_t from, to;
};

/* A zeroed struct is an empty list; free(items). */
struct keep_pairs {
	struct keep_pair *items;
	size_t count, room;
};

void keep_pairs_add(struct keep_pairs *pairs, uint32_t from, uint32_t to);

/*
 * Mark in `kept`, which holds the roots already, all of the `nfunctions` functions that
 * they lead to.
 */
void keep_reachable(const struct keep_pairs *pairs, bool *kept, size_t nfunctions);

#endif
