/* How executions begin and end, and what is told of it. */
#ifndef PCARCH_TRACER_TELEMETRY_LIFETIME_H
#define PCARCH_TRACER_TELEMETRY_LIFETIME_H

struct pcarch_execution;

/* The command is known, if it was not: what is sent is fixed, and command.start is told.
 * Not of the session. */
void lifetime_route(struct pcarch_execution *execution);

#endif
