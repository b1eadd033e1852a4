/* The report's style, scripts and dialogs, compiled in (cmake/EmbedFiles.cmake). */
#ifndef PCARCH_DIFF_PAGE_TEXTS_H
#define PCARCH_DIFF_PAGE_TEXTS_H

#include <stddef.h>

struct page_text {
	const char *name; /* "page.css" */
	const char *text; /* NUL-terminated */
	size_t size; /* in bytes, without the NUL */
};

/* Sorted by name; the last has name NULL. */
extern const struct page_text page_texts[];

#endif
