/* What recordings lack. */
#ifndef PCARCH_DIFF_RECORDING_FINDINGS_H
#define PCARCH_DIFF_RECORDING_FINDINGS_H

#include <stdbool.h>

struct dynamic_trace;
struct finding_list;

/* What `run` lacks; `file` is its name in messages, or NULL. */
void recording_findings(const struct dynamic_trace *run, const char *file,
	struct finding_list *list);

/* Did `run` lose calls? Then what was not seen may have been called all the same. */
bool recording_has_losses(const struct dynamic_trace *run);

#endif
