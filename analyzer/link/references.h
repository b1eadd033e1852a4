/* What an object file refers to, as far as its source tells for certain. */
#ifndef PCARCH_ANALYZER_LINK_REFERENCES_H
#define PCARCH_ANALYZER_LINK_REFERENCES_H

#include <stdbool.h>

struct facts;

/*
 * For each function of the unit `facts`: does its object refer to it? Only what functions
 * that every compiler keeps refer to counts: those with external linkage in the unit's
 * own file, and the static ones that these call. free() the result.
 */
bool *references_find(const struct facts *facts);

#endif
