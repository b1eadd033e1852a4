/* What a comparison of a scan with recordings has found, as findings. */
#ifndef PCARCH_DIFF_COMPARISON_FINDINGS_H
#define PCARCH_DIFF_COMPARISON_FINDINGS_H

struct comparison;
struct finding_list;

/* Add a finding for each thing worth saying; `comparison` must outlive the list. */
void comparison_findings(const struct comparison *comparison, struct finding_list *list);

#endif
