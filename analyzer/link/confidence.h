/* How likely a call is, by how it was found: CALLGRAPH.md; `scripts/bench callgraph`
 * checks. */
#ifndef PCARCH_ANALYZER_LINK_CONFIDENCE_H
#define PCARCH_ANALYZER_LINK_CONFIDENCE_H

#include "core/trace.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define CONFIDENCE_MODEL 0.90
#define CONFIDENCE_NOTHING 0.30 /* made only where a library brings the function */
#define CONFIDENCE_LEARNED 0.95 /* a run made it, of a source that may have changed */

struct evidence {
	bool is_open; /* there may be other targets */
	bool is_fitting; /* the callee has the signature of the call */
	size_t ntargets;
};

static inline double confidence_flow(const struct evidence *evidence)
{
	if (!evidence->is_fitting)
		return 0.50;
	if (evidence->is_open)
		return 0.75;
	return evidence->ntargets == 1 ? 0.98 : 0.90;
}

static inline double confidence_signature(size_t nguesses)
{
	return nguesses > 3 ? 1.0 / (double)nguesses : 0.30;
}

/* Has `fn` the interned signature of a call, as far as their declarations say one? */
static inline bool confidence_fits(const struct function *fn, const char *signature)
{
	size_t len = signature ? strlen(signature) : 0;

	return !len || fn->signature == signature ||
	       (fn->flags & FUNCTION_NO_PROTOTYPE) ||
	       (len >= 2 && strcmp(signature + len - 2, "()") == 0);
}

#endif
