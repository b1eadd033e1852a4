/*
 * The context of a trace in the environment: TRACEPARENT, TRACESTATE and BAGGAGE, as
 * OpenTelemetry's environment carriers have it. A child gets a copy of the environment
 * with ours in it; our own is never changed (setenv is not safe beside other threads).
 *
 * libc only, no malloc: it is loaded into programs.
 */
#ifndef PCARCH_CORE_TRACE_ENVIRONMENT_H
#define PCARCH_CORE_TRACE_ENVIRONMENT_H

#include "core/trace_context.h"

/* The process's environment; NULL in one that gained privileges (AT_SECURE): whoever
 * started it has no say in its traces. */
char *const *trace_environment(void);

/* The value of `name`, the first one; NULL: none. */
const char *trace_environment_get(char *const *environment, const char *name);

/* A copy, in the caller's storage. */
struct trace_environment {
	const char **items; /* of `room`; NULL at the end */
	size_t room;
	/* What two of the pointers point at; the others point at the old strings. */
	char parent[sizeof("TRACEPARENT=") - 1 + TRACEPARENT_SIZE];
	char state[sizeof("TRACESTATE=") - 1 + TRACE_STATE_MAX + 1];
};

/* How much room the copy of `from` needs. */
size_t trace_environment_room(char *const *from);

/*
 * Copy the pointers of `from`, without its TRACEPARENT and TRACESTATE, and add those of a
 * child whose parent is `span_id`; BAGGAGE passes through. False, and nothing is done,
 * when there is not enough room.
 */
bool trace_environment_copy(struct trace_environment *out,
	const struct trace_context *context, const uint8_t span_id[SPAN_ID_SIZE],
	char *const *from);

#endif
