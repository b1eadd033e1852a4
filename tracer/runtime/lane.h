/*
 * Counting an edge. Each thread has a table of its own in the recording, so that a count
 * is one increment, exact without a lock; a signal handler on the same thread changes
 * nothing about that. What a thread cannot put there (there is no table left, it is full,
 * or a handler came while an edge was being added) goes to the table that all share.
 */
#ifndef PCARCH_TRACER_RUNTIME_LANE_H
#define PCARCH_TRACER_RUNTIME_LANE_H

#include "core/record.h"
#include "tracer/runtime/layout.h"

#include <stdbool.h>
#include <stddef.h>

/* Its offsets are LANE_* in layout.h: entries and thunks read it. */
struct lane {
	struct recording_edge *edges; /* never NULL: an empty edge when there are none */
	uint64_t mask;
	/* Kept only where ticks are counted. */
	struct recording_edge *last; /* that was seen; NULL: none */
	uint32_t tick; /* the one at that time, or some calls before; 0: none was */
	struct recording_table *table; /* NULL: none */
	uint64_t thread; /* its number, from 1; 0: none yet */
	bool is_known; /* it was seen before, or had been there when tracing began */
	bool is_busy; /* an edge is being added */
};

extern __thread struct lane pcarch_lane
	__attribute__((tls_model("initial-exec"), visibility("default")));

_Static_assert(offsetof(struct lane, edges) == LANE_EDGES, "enter.S reads it");
_Static_assert(offsetof(struct lane, mask) == LANE_MASK, "enter.S reads it");
_Static_assert(offsetof(struct lane, last) == LANE_LAST, "enter.S writes it");
_Static_assert(offsetof(struct lane, tick) == LANE_TICK, "enter.S reads it");
_Static_assert(sizeof(struct recording_edge) == 32, "enter.S steps by it");

/* Once, before anything is counted. */
void lanes_init(void);

/* In a child after fork: its file has no tables yet. */
void lanes_fork(void);

/* This thread was not started by what it calls first. */
void lane_expect(void);

/* The thread's number; it has one from then on. */
uint64_t lane_thread(void);

/* A tick has passed before this call, which is counted. Keeps errno. */
void lane_tick(uint64_t site, uint64_t callee);

/* Count an edge that is not in the thread's table. Keeps errno. */
void lane_miss(uint64_t site, uint64_t callee);
void lane_miss_indirect(uint64_t site, uint64_t callee, const uint64_t *sp);
void lane_miss_body(uint64_t site, uint64_t callee);

/*
 * Retire all edges from and to the object with this index, as its addresses now mean
 * something else, or take it back. Waits for other threads, for a while.
 */
void lanes_retire(unsigned object, bool is_retired);

/* Let nobody allocate, then give back the rest of the file. */
void lanes_finish(void);

static inline uint64_t lane_hash(uint64_t site, uint64_t callee)
{
	return (site + 4 * callee) * HASH_FACTOR >> HASH_SHIFT;
}

/* The thread's own count of this edge; NULL: not there. */
static inline uint64_t *lane_find(const struct lane *lane, uint64_t site, uint64_t callee)
{
	struct recording_edge *at =
		(void *)((char *)lane->edges + (lane_hash(site, callee) & lane->mask));

	for (; at->site; at++)
		if (at->site == site && at->callee == callee)
			return &at->count;
	return NULL;
}

/* One more, and whole even when a signal handler counts the same. */
// NOLINTNEXTLINE(readability-non-const-parameter): the assembly changes it
static inline void lane_increment(uint64_t *count)
{
#ifdef __x86_64__
	__asm__("incq %0" : "+m"(*count) : : "cc");
#else
	__atomic_fetch_add(count, 1, __ATOMIC_RELAXED);
#endif
}

#endif
