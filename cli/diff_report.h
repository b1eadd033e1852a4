/* From what was compared to a report: findings, limits, suppressions, the baseline. */
#ifndef PCARCH_CLI_DIFF_REPORT_H
#define PCARCH_CLI_DIFF_REPORT_H

#include <stdbool.h>

struct arena;
struct diff_input;
struct error;
struct option_values;
struct report;

struct diff_report_request {
	const struct option_values *limits; /* --min-coverage */
	const char *root; /* of the sources, and of .pcarch.json */
	const char *baseline; /* its path, or NULL */
};

/*
 * The report of `input`, in `arena`. Fails on a limit that makes no sense here, on a
 * wrong .pcarch.json and on a wrong baseline.
 */
bool diff_report_make(struct arena *arena, const struct diff_input *input,
	const struct diff_report_request *request, struct report *out, struct error *err);

#endif
