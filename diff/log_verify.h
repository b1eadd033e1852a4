/* Logs, checked: seals, the chain of segments, anchors and session rules. */
#ifndef PCARCH_DIFF_LOG_VERIFY_H
#define PCARCH_DIFF_LOG_VERIFY_H

#include "diff/log_finding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct guid_key;
struct log_anchor;
struct log_segment;

struct log_verify {
	/* To set before use. */
	const struct guid_key *const *keys; /* of installations */
	size_t nkeys;
	const uint8_t *auditor; /* secret key; NULL: none */
	struct log_anchor *anchors; /* is_met is set */
	size_t nanchors;
	uint64_t max_age_ns; /* of an execution; 0: any */
	struct log_findings findings;
	/* What was done. */
	size_t nprocesses, nsegments, ntags;
	uint64_t nlines, nfitting; /* with a seal that is right */
};

/*
 * Check the segments of one or more processes; they are sorted. What is wrong goes to
 * `findings`. Memory does not grow with a log that is as it was written, but for the
 * nonces of executions. False: a file cannot be read.
 */
bool log_verify(struct log_verify *verify, struct log_segment *segments, size_t n,
	struct error *err);

#endif
