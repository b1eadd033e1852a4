/* How much of a program ran: in all, by module, entry point and route. */
#ifndef PCARCH_DIFF_COVERAGE_H
#define PCARCH_DIFF_COVERAGE_H

#include "diff/compare/comparison.h"

struct comparing;

/* Fill `total`, `modules`, `entries` and `routes`; the counts must be there. */
void coverage_find(const struct comparing *all, struct comparison *out);

#endif
