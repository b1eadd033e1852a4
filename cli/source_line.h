/* A line of the program's source, to be shown beside an answer about it. */
#ifndef PCARCH_CLI_SOURCE_LINE_H
#define PCARCH_CLI_SOURCE_LINE_H

#include <stdbool.h>

struct arena;
struct site_place;

struct source_line {
	const char *text; /* without its indent, fit for a terminal */
	unsigned caret; /* columns before the character that was asked for */
	bool is_newer; /* the source changed after static.json was written */
};

/*
 * The line at `place`, whose file is a path from the root of the scan: looked for beside
 * the static.json at `trace_path`, then here. False when it cannot be read, has no such
 * line and column, or the file's name points out of the tree. The text is in `arena`.
 */
bool source_line_read(struct arena *arena, const char *trace_path,
	const struct site_place *place, struct source_line *out);

#endif
