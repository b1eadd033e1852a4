/*
 * What `pcarch diff` has to say, one thing at a time: the same list for all formats that
 * hold findings (text, SARIF, GitHub, GitLab, JUnit, Markdown, HTML).
 */
#ifndef PCARCH_DIFF_FINDING_H
#define PCARCH_DIFF_FINDING_H

#include "core/finding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FINGERPRINT_DIGITS = 32
};

/* Where something is; line 0: the file as a whole; file "": nowhere. */
struct diff_place {
	const char *file; /* path from the root */
	unsigned line, column; /* column 0: not known */
};

/* One step on the way there, the entry point first. */
struct diff_step {
	struct diff_place at;
	const char *text; /* "'main' calls 'command_run'" */
	const char *function; /* that calls: "main" */
};

/* Against the baseline. */
enum diff_state {
	DIFF_NEW, /* or there is no baseline */
	DIFF_KNOWN, /* it was there before */
	DIFF_FIXED, /* it was, and is no more: only in the list of a baseline */
};

struct diff_finding {
	enum finding kind;
	struct diff_place at;
	const char *module, *function; /* where it is, logically; or NULL */
	const char *message; /* one sentence without a full stop, names in quotes */
	const char *help; /* what to do about this one; NULL: as finding_kinds says */
	const struct diff_step *path; /* one way there; may be none */
	size_t npath;
	uint64_t count; /* how often it was seen; 0: it is about what was not */
	char fingerprint[FINGERPRINT_DIGITS + 1]; /* of names, never of a line number */
	enum diff_state state;
	const char *suppressed; /* the reason given, or NULL */
	bool is_suppressed_in_source; /* by a comment, not by a file of rules */
	const char *entry_point; /* id of the one that `path` begins at, or NULL */
};

struct diff_findings {
	struct diff_finding *items; /* in the arena; errors first, then by place */
	size_t count;
};

#endif
