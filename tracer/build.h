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

/* How calls can be recorded; the first is the default on this machine. NULL-terminated.
 */
extern const char *const build_modes[];

/*
 * Run the command `argv` (NULL-terminated) to its end with our own streams. Signals for
 * us go to it, too; we stay, to keep what was recorded. What it compiles is made
 * traceable as `mode` says, one of build_modes; NULL: it is compiled as it is. Fails when
 * it cannot be watched (out->status is then 0) or started.
 */
bool build_run(struct arena *arena, char *const *argv, const char *mode,
	struct build *out, struct error *err);

#endif
