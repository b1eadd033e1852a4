/* What processes that are not instrumented wrote of themselves (audit/audit.h). */
#ifndef PCARCH_TRACER_AUDIT_LOG_H
#define PCARCH_TRACER_AUDIT_LOG_H

#include <stdbool.h>
#include <stdint.h>

struct dynamic_builder;
struct error;

/*
 * Add what the file `path` says to the builder, as of `run`: a process that is not
 * complete, and a call for each symbol that one object uses of another. False, and `err`,
 * when it cannot be read; a line that makes no sense ends it.
 */
bool audit_log_read(struct dynamic_builder *builder, const char *path, uint32_t run,
	struct error *err);

#endif
