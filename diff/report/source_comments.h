/* What comments in a source ask to be ignored: "pcarch: ignore PCA019 reason". */
#ifndef PCARCH_DIFF_SOURCE_COMMENTS_H
#define PCARCH_DIFF_SOURCE_COMMENTS_H

#include <stddef.h>

struct arena;

struct source_comment {
	unsigned line; /* where it begins */
	unsigned covers; /* the line that it speaks of: its own, or, alone, the next */
	const char *findings; /* ids or names with commas between; "" when missing */
	const char *reason; /* without spaces around it; "" when missing */
};

struct source_comments {
	const struct source_comment *items; /* in order, in the arena */
	size_t count;
};

/*
 * Those of the C text `bytes`. A comment that stands before the code of its line, or
 * alone, covers the next line with code (at the end of the text: its own); one behind
 * code covers its own line. Texts in strings are none.
 */
struct source_comments source_comments_find(struct arena *arena, const char *bytes,
	size_t size);

#endif
