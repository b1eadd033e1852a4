/* One way on which control came to a call that was seen. */
#ifndef PCARCH_DIFF_FINDING_PATH_H
#define PCARCH_DIFF_FINDING_PATH_H

#include "diff/report/diff_finding.h"

struct arena;
struct comparison;
struct runtime_call;

/* The steps of call->path, and the call itself at `last`; in `arena`. */
const struct diff_step *finding_path(struct arena *arena,
	const struct comparison *comparison, const struct runtime_call *call,
	struct diff_place last, size_t *nsteps);

#endif
