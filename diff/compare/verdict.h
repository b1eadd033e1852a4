/* Why a call that was seen is not in the scan, in a verdict and in words. */
#ifndef PCARCH_DIFF_VERDICT_H
#define PCARCH_DIFF_VERDICT_H

#include "diff/compare/comparison.h"

#include <stdbool.h>

struct comparing;

/*
 * Fill what `out`, whose functions and site are set, has to say: verdict, object and the
 * sentences. `is_exact`: the call was made at the line of the site.
 *
 * VERDICT_BUG is said only where nothing else explains the call: the source is the one
 * that was scanned and was read whole, and the callee was scanned, too.
 */
void verdict_of_call(const struct comparing *all, bool is_exact,
	struct runtime_call *out);

/* The same of a function that the scan does not have. */
void verdict_of_function(const struct comparing *all, struct runtime_function *out);

/*
 * Function of the scan -> its body is not the one that ran, see struct comparing. In the
 * arena.
 */
const bool *verdict_find_edited(const struct comparing *all);

#endif
