/* What another program prints, run with a clean environment and a time limit. */
#ifndef PCARCH_ANALYZER_WORKERS_CHILD_H
#define PCARCH_ANALYZER_WORKERS_CHILD_H

#include <stdbool.h>

struct error;
struct text;

enum {
	CHILD_MAX_OUTPUT_BYTES = 1 << 20
};

struct child {
	const char *const *argv; /* NULL-terminated; argv[0]: an absolute path */
	bool wants_stderr; /* read stderr, not stdout; the other one is dropped */
	unsigned timeout_ms;
};

/*
 * Run it in "/", in a process group of its own, and add what it prints to `out`. Fails
 * when it cannot be run, does not exit with 0, prints more than the limit or takes too
 * long; it and its children in the group are then killed.
 */
bool child_output(const struct child *child, struct text *out, struct error *err);

#endif
