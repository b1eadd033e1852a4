/* Findings against a baseline: which are new, which are known, how many are fixed. */
#ifndef PCARCH_DIFF_KNOWN_FINDINGS_H
#define PCARCH_DIFF_KNOWN_FINDINGS_H

#include "core/finding.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct baseline;
struct diff_findings;

/* Can a baseline hold it? Not what is about a run as a whole, or about suppressions. */
bool known_findings_are_lasting(enum finding kind);

/*
 * Mark what `baseline` has as known. Returns how many of it are no more; what is of a
 * kind that was not looked for is neither here nor gone.
 */
size_t known_findings_mark(struct diff_findings *findings,
	const struct baseline *baseline, const bool looked_for[FINDING_COUNT]);

/* What a baseline of them holds: neither limits nor what is said of suppressions. */
void known_findings_list(struct arena *arena, const struct diff_findings *findings,
	struct baseline *out);

#endif
