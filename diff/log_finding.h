/* What is wrong with a log, or not known of it: one sentence for each, with its line. */
#ifndef PCARCH_DIFF_LOG_FINDING_H
#define PCARCH_DIFF_LOG_FINDING_H

#include <stddef.h>
#include <stdint.h>

enum log_severity {
	LOG_ERROR, /* somebody or something touched the log, or it contradicts itself */
	LOG_UNKNOWN, /* it could not be checked, or events are known to be missing */
	LOG_NOTE, /* as it should be, and worth knowing */
};

struct log_finding {
	enum log_severity severity;
	const char *kind; /* "changed", "clock-step": for programs */
	const char *file;
	uint64_t line; /* 0: the whole file */
	const char *text; /* a sentence, lower case, no full stop */
};

typedef void log_finding_fn(void *context, const struct log_finding *finding);

/* Where findings go. */
struct log_findings {
	log_finding_fn *each;
	void *context;
	const char *file; /* of those to come */
	size_t counts[LOG_NOTE + 1];
};

void log_findings_add(struct log_findings *findings, enum log_severity severity,
	const char *kind, uint64_t line, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

#endif
