/* From the recordings in a directory to a dynamic trace. */
#ifndef PCARCH_TRACER_COLLECT_H
#define PCARCH_TRACER_COLLECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct dynamic_trace;
struct error;
struct static_trace;

struct collect_options {
	const char *directory; /* with the recordings */
	const char *root; /* that paths are relative to, absolute; NULL: choose it */
	const struct static_trace *program; /* whose entry points count; may be NULL */
	/* Where files are looked up, to choose the root; `program` when NULL. */
	const struct static_trace *paths;
	const char *run; /* its id */
	const char *tool_version;
	uint32_t child; /* pid of the command, which ended with `status`; 0: not known */
	int status;
	bool only_symbols; /* leave debug information alone: it is not fit to be read */
};

struct collect_report {
	size_t nrecordings; /* files */
	size_t ndamaged; /* of them: could not be read */
	size_t nbare; /* of programs in which nothing is instrumented */
	const char *const *problems; /* sentences, what was not read or found, and why */
	size_t nproblems;
	const char *root; /* that was chosen; NULL: no source was known */
};

/* Fails when the directory cannot be read. Everything is in `arena`. */
bool collect(struct arena *arena, const struct collect_options *options,
	struct dynamic_trace *out, struct collect_report *report, struct error *err);

#endif
