/*
 * Whether a thread is inside of the library: what its signal handlers and listeners tell
 * meanwhile is dropped, for they would wait for what their own thread holds. Entered
 * before any lock is asked for, left when all are let go.
 */
#ifndef PCARCH_TRACER_TELEMETRY_INSIDE_H
#define PCARCH_TRACER_TELEMETRY_INSIDE_H

#include <stdbool.h>

bool inside_is(void);

/* Whether it was already: for inside_leave(). */
bool inside_enter(void);
void inside_leave(bool was_inside);

#endif
