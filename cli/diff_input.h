/* What `pcarch diff` is given: files that say themselves what they are, compared. */
#ifndef PCARCH_CLI_DIFF_INPUT_H
#define PCARCH_CLI_DIFF_INPUT_H

#include "core/dynamic_trace.h"
#include "core/program.h"
#include "core/trace.h"
#include "diff/compare/changes.h"
#include "diff/compare/comparison.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;

struct diff_input {
	bool is_comparison; /* of a scan with recordings; else of two of a kind */
	const char *before, *after; /* base names, sorted where there are several */
	struct static_trace scan, new_scan;
	struct dynamic_trace run, new_run; /* of two recordings both; else `run` */
	struct program program;
	struct comparison comparison;
	struct changes changes;
};

/*
 * Read `paths` and compare them: one static.json with recordings, two static.json or two
 * recordings. "-" is stdin: a recording, but where it stands first before recordings.
 * `out` must stay where it is. Fails with the place.
 */
bool diff_input_read(struct arena *arena, char *const *paths, size_t npaths,
	struct diff_input *out, struct error *err);

#endif
