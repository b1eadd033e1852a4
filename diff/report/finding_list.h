/* Findings being collected: told apart by their names, sorted at the end. */
#ifndef PCARCH_DIFF_FINDING_LIST_H
#define PCARCH_DIFF_FINDING_LIST_H

#include "diff/report/diff_finding.h"

struct arena;

struct finding_list {
	struct arena
		*arena; /* of the findings' texts; the only member to set before use */
	struct diff_finding *items; /* heap */
	size_t count, room;
};

void finding_list_release(struct finding_list *list);

/*
 * Add `finding`. Its fingerprint is made of its kind, module and function, and of `key`,
 * which tells it from others of the same function: names, never a line number.
 */
void finding_list_add(struct finding_list *list, const struct diff_finding *finding,
	const char *key);

/*
 * All of them, in the arena: errors first, then by place. Several of one fingerprint are
 * told apart by their number among them, so that one more of the same is a new finding.
 */
void finding_list_finish(const struct finding_list *list, struct diff_findings *out);

#define scoped_findings __attribute__((cleanup(finding_list_release))) struct finding_list

#endif
