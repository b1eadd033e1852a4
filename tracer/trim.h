/*
 * Recordings of images that are gone: the room that they do not use is given back. A file
 * is allocated at full size when a process starts, and cut by the process when it ends;
 * one that was killed, or called exec, cannot: a thousand of them would fill a disk.
 */
#ifndef PCARCH_TRACER_TRIM_H
#define PCARCH_TRACER_TRIM_H

#include "core/arena.h"
#include "core/interner.h"
#include "core/key_table.h"

struct run_directory;

struct trim {
	const struct run_directory *run;
	struct arena arena;
	struct interner names;
	struct key_table done; /* names of files that are looked after */
};

void trim_open(struct trim *trim, const struct run_directory *run);
void trim_release(struct trim *trim);

#define scoped_trim __attribute__((cleanup(trim_release))) struct trim

/* Give back what can be by now. */
void trim_finished(struct trim *trim);

#endif
