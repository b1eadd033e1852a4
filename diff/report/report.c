#include "diff/report/report.h"

bool report_counts_finding(const struct diff_finding *finding)
{
	return finding->state == DIFF_NEW && !finding->suppressed;
}

struct report_counts report_count(const struct report *report)
{
	struct report_counts counts = {0};

	for (size_t i = 0; i < report->findings.count; i++) {
		const struct diff_finding *finding = &report->findings.items[i];

		if (finding->suppressed)
			counts.suppressed++;
		else if (finding->state == DIFF_KNOWN)
			counts.known++;
		else
			counts.severity[finding_kinds[finding->kind].severity]++;
	}
	return counts;
}
