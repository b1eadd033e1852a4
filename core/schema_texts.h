/* The schemas of our files, compiled in (cmake/EmbedFiles.cmake). */
#ifndef PCARCH_CORE_SCHEMA_TEXTS_H
#define PCARCH_CORE_SCHEMA_TEXTS_H

#include <stddef.h>

struct schema_text {
	const char *kind; /* "static": the `kind` of the files it describes */
	const char *text; /* NUL-terminated */
	size_t size; /* in bytes, without the NUL */
};

/* Sorted by kind; the last has kind NULL. */
extern const struct schema_text schema_texts[];

/* The schema of files of that kind, or NULL. */
const struct schema_text *schema_text_of(const char *kind);

#endif
