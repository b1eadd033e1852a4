/* The formats of 'pcarch export' that show spans, of dynamic.json. */
#ifndef PCARCH_CLI_EXPORT_SPANS_H
#define PCARCH_CLI_EXPORT_SPANS_H

#include <stdbool.h>

struct arena;

bool export_spans_knows(const char *format);

/*
 * Write the spans of `file` (NULL: dynamic.json, here) to `output` ("-": stdout). Returns
 * the exit code, with the message printed.
 */
int export_spans(struct arena *arena, const char *format, const char *file,
	const char *output);

#endif
