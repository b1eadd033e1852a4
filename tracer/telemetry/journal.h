/*
 * Where events go: to the listeners, and to the sealed log when there is one. One writer
 * for the whole process, behind one lock. What cannot be written is counted, and told
 * when it can be.
 */
#ifndef PCARCH_TRACER_TELEMETRY_JOURNAL_H
#define PCARCH_TRACER_TELEMETRY_JOURNAL_H

#include "tracer/pcarch_trace.h"

#include <stdbool.h>
#include <stdint.h>

struct event;

/* CLOCK_MONOTONIC. */
uint64_t journal_now(void);

/* Would an event of this level be told to anybody? */
bool journal_wants(enum pcarch_level level);

/* Tell it. An event of a thread that is telling one is dropped and counted. */
void journal_tell(const struct event *event);

/* Have the disk hold what was told. */
void journal_sync(void);

/* Seal what was written so far, now; `is_last`: and close the log. */
void journal_checkpoint(bool is_last);

uint64_t journal_dropped(void);

/* Around fork(): held by the forking thread, let go in both; the child has no file, and
 * begins anew. */
void journal_hold(void);
void journal_let_go(void);
void journal_restart(void);

#endif
