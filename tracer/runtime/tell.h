/* What tracer/telemetry/ tells the runtime, in a process that has both. */
#ifndef PCARCH_TRACER_RUNTIME_TELL_H
#define PCARCH_TRACER_RUNTIME_TELL_H

struct recording_execution;

/* This thread executes that from now on; zeros: nothing. NULL without the runtime. */
void pcarch_tell_execution(const struct recording_execution *execution)
	__attribute__((weak));

#endif
