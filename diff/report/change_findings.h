/* What has changed between two files of a kind, as findings. */
#ifndef PCARCH_DIFF_CHANGE_FINDINGS_H
#define PCARCH_DIFF_CHANGE_FINDINGS_H

struct changes;
struct finding_list;

/* Add a finding for each change worth saying; functions and calls are none by themselves.
 */
void change_findings(const struct changes *changes, struct finding_list *list);

#endif
