/* Findings that are meant: by comments in the source, and by .pcarch.json. */
#ifndef PCARCH_DIFF_SUPPRESSIONS_H
#define PCARCH_DIFF_SUPPRESSIONS_H

#include <stddef.h>

struct comparison;
struct finding_list;
struct rule_file;

struct suppressions_request {
	const char *root; /* of the sources */
	const char *const *files; /* paths from it; may be repeated */
	size_t nfiles;
	const struct rule_file *rules; /* or NULL */
	const char *rules_name; /* the path of `rules`, for findings */
	const struct comparison *comparison; /* or NULL */
};

/*
 * Mark the findings of `list` that are suppressed. Add one for each comment that gives no
 * reason or names no finding: it suppresses nothing; and, of a comparison, for each that
 * has nothing to suppress, where the recording can tell. Sources that cannot be read have
 * no comments.
 */
void suppressions_apply(const struct suppressions_request *request,
	struct finding_list *list);

#endif
