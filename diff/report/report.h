/* What a report is made of: each format is one function that writes it. */
#ifndef PCARCH_DIFF_REPORT_H
#define PCARCH_DIFF_REPORT_H

#include "diff/report/diff_finding.h"

#include <stdbool.h>
#include <stdio.h>

struct changes;
struct comparison;

struct report {
	const char *tool_version;
	const char *before,
		*after; /* the files, as given; base names in what is written */
	const struct comparison *comparison; /* static against dynamic; or NULL */
	const struct changes *changes; /* two of a kind; or NULL */
	struct diff_findings findings;
	bool has_baseline;
	size_t nfixed; /* of a baseline */
	const char *source_root; /* where sources can be read, or NULL */
};

/* How many findings there are of each severity that count: new, and not suppressed. */
struct report_counts {
	size_t severity[FINDING_NOTE + 1];
	size_t known, suppressed; /* the others; what is both is suppressed */
};

struct report_counts report_count(const struct report *report);

/* Does it count: is it new, or is there no baseline, and is it not suppressed? */
bool report_counts_finding(const struct diff_finding *finding);

/* Write `report`; same report, same bytes. False: errno. */
typedef bool report_writer(const struct report *report, FILE *out);

report_writer report_json, report_sarif, report_markdown, report_html;
report_writer report_github, report_gitlab, report_junit, report_dot, report_mermaid;

#endif
