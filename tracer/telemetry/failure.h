/* Errors and slow operations, as events. */
#ifndef PCARCH_TRACER_TELEMETRY_FAILURE_H
#define PCARCH_TRACER_TELEMETRY_FAILURE_H

#include <stdbool.h>

struct event;
struct event_error;
struct pcarch_failure;

/* What `failure` is, in our words. False: it is none by its table. Its endpoint is not
 * looked at. */
bool failure_describe(const struct pcarch_failure *failure, struct event_error *out);

/* Tell an event that has an error, with the program's state; it is its execution's last
 * error from now on. */
void failure_tell(const struct event *event);

/* operation.slow, when what `ended` was: `limit_ms` 0 is as the settings say. */
void failure_tell_slow(const struct event *ended, unsigned limit_ms);

/* In a forked child: nobody asks for the state. */
void failure_restart(void);

#endif
