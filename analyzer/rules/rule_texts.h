/* The rule files that ship with pcarch, compiled in (cmake/EmbedFiles.cmake). */
#ifndef PCARCH_ANALYZER_RULES_RULE_TEXTS_H
#define PCARCH_ANALYZER_RULES_RULE_TEXTS_H

#include <stddef.h>

struct rule_text {
	const char *name; /* "libc": analyzer/rules/libc.json */
	const char *text; /* NUL-terminated */
	size_t size; /* in bytes, without the NUL */
};

/* Sorted by name; the last has name NULL. */
extern const struct rule_text rule_texts[];

#endif
