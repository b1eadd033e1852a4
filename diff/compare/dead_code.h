/* What did not run of a program, where the recording can tell. */
#ifndef PCARCH_DIFF_DEAD_CODE_H
#define PCARCH_DIFF_DEAD_CODE_H

#include "diff/compare/comparison.h"

struct comparing;

/*
 * Fill `is_complete`, `dead`, `unobserved` and `revived`; the counts must be there.
 *
 * Nothing is said dead of what could run unseen. That is all, where a process lost calls
 * or records only some; what only other programs of static.json contain: nothing that ran
 * leads there; what is in a source that was edited since; and, where compilers inlined
 * functions, what may be inlined in one that ran: a body that calls nothing leaves no
 * trace there.
 */
void dead_code_find(const struct comparing *all, struct comparison *out);

#endif
