/* In which formats a diff report is written, and where: --format X[=PATH], -o. */
#ifndef PCARCH_CLI_DIFF_FORMATS_H
#define PCARCH_CLI_DIFF_FORMATS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;
struct option_values;
struct report;

struct diff_output {
	size_t format; /* number of it */
	const char *path; /* "-": stdout */
};

struct diff_outputs {
	struct diff_output *items; /* in the arena */
	size_t count;
	bool on_stdout; /* one of them is */
};

/* Their names, NULL-terminated. */
extern const char *const diff_format_names[];

/*
 * Read the values of --format; `output` is that of -o or NULL. None is text. Fails on an
 * unknown format, and where two would go to the same place.
 */
bool diff_outputs_parse(struct arena *arena, const struct option_values *wanted,
	const char *output, struct diff_outputs *out, struct error *err);

/*
 * Write them all. Files take their places when all are written: where one fails, none
 * has changed. `all` is for text.
 */
bool diff_outputs_write(const struct diff_outputs *outputs, const struct report *report,
	bool all, struct error *err);

#endif
