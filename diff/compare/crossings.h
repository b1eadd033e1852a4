/* Which programs called which, and by what. */
#ifndef PCARCH_DIFF_CROSSINGS_H
#define PCARCH_DIFF_CROSSINGS_H

#include "diff/compare/comparison.h"

struct comparing;

/* Fill `crossings`, sorted by programs, kind and detail. */
void crossings_find(const struct comparing *all, struct comparison *out);

#endif
