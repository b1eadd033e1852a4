/* A build that runs while its compilers record what they are told to do. */
#ifndef PCARCH_TRACER_BUILD_H
#define PCARCH_TRACER_BUILD_H

#include "tracer/records.h"

#include <stdbool.h>

struct arena;
struct error;

struct build {
	struct records records;
	int status; /* as in a shell: the exit status, or 128 + signal */
};

/*
 * Run the command `argv` (NULL-terminated) to its end with our own streams. Signals for
 * us go to it, too; we stay, to keep what was recorded. Fails when it cannot be watched
 * (out->status is then 0) or started.
 */
bool build_run(struct arena *arena, char *const *argv, struct build *out,
	struct error *err);

#endif
