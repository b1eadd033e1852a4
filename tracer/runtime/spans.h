/*
 * Timed executions, in traces: what a thread does below one call of a root. Bounded in
 * every direction, and each thing that is left out is counted.
 */
#ifndef PCARCH_TRACER_RUNTIME_SPANS_H
#define PCARCH_TRACER_RUNTIME_SPANS_H

#include <stdint.h>

struct recording_execution;
struct recording_table;

/* Once, when spans are asked for, and again in a child after fork. */
void spans_init(void);

/*
 * A patched entry: count the edge, and begin a span. `sp` is where the return address is.
 * That frames at or below it are gone is how the end of others is seen.
 */
void spans_enter(uint64_t site, uint64_t callee, uint64_t sp);

/* The same in portable mode, where exits are told; `body` is as of RECORDING_EDGE_BODY.
 */
void spans_enter_function(uint64_t function, uint64_t site, uint64_t body, uint64_t sp);
void spans_exit_function(uint64_t function, uint64_t sp);

/* The innermost span that this thread is in: the number of its trace (0: none), and its
 * index there. */
void spans_here(uint64_t *trace, uint64_t *span);

/* This thread executes that from now on, zeros: nothing; so do its traces. */
void spans_tell(const struct recording_execution *execution);

/* The thread that has the table (NULL: nothing happens) ends: its spans do, too. */
void spans_end_thread(const struct recording_table *table);

#endif
