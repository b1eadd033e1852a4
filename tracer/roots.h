/*
 * What a traced process has to know of its program: at which functions traces start, and
 * which words are those of commands (core/record_roots.h).
 */
#ifndef PCARCH_TRACER_ROOTS_H
#define PCARCH_TRACER_ROOTS_H

#include <stdbool.h>

struct error;
struct run_directory;
struct static_trace;

/*
 * Write the list for `program` into the directory of the run, where it goes with the
 * recordings. Fails when it cannot be written.
 */
bool roots_write(const struct run_directory *run, const struct static_trace *program,
	struct error *err);

#endif
