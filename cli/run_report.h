/* The end of 'pcarch trace' and 'pcarch recover': from a run's recordings to a file. */
#ifndef PCARCH_CLI_RUN_REPORT_H
#define PCARCH_CLI_RUN_REPORT_H

#include <stdbool.h>

struct arena;
struct run_directory;
struct static_trace;

struct run_report {
	const char *command; /* "trace", for messages */
	const char *output;
	const char *root; /* as given, or NULL */
	const struct static_trace *program; /* NULL: not given */
	bool is_quiet, is_verbose;
	bool only_symbols; /* out: debug information could not be read */
	bool is_empty; /* out: nothing was recorded, and nothing is written */
};

/*
 * Collect, write the file and say what is in it. False, with the message printed, when
 * that failed; the recordings are still there then.
 */
bool run_report_write(struct arena *arena, const struct run_directory *run,
	struct run_report *report);

#endif
