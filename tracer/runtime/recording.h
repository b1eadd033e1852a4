/* The file that this process records into, as it is mapped. */
#ifndef PCARCH_TRACER_RUNTIME_RECORDING_H
#define PCARCH_TRACER_RUNTIME_RECORDING_H

#include "core/record.h"

#include <stdbool.h>
#include <stddef.h>

struct recording {
	struct recording_header *header; /* NULL: nothing is recorded */
	struct recording_object *objects;
	char *strings;
	struct recording_table *tables;
	struct recording_trace *traces;
	const bool *is_ours; /* not NULL; false in a process that was copied from ours */
};

extern struct recording recording;

/*
 * Make the file, all of it allocated: a file with holes would kill the process when the
 * disk is full. Says on stderr why it cannot.
 */
bool recording_open(void);

/*
 * In a child after fork: a new file, mapped where the parent's was, that knows the same
 * objects. Where there can be none, the child goes on in memory that nobody reads, and
 * the parent's recording has one more RECORDING_DROP_CHILD.
 */
void recording_fork(void);

/*
 * `size` bytes (a multiple of 64) at `*offset` in the file, zeros; false: there are no
 * more. For one caller at a time.
 */
bool recording_alloc(uint64_t size, uint64_t *offset);

/* The process ends: give back what was not used. Nothing can be allocated afterwards. */
void recording_trim(void);

static inline void *recording_at(uint64_t offset)
{
	return (char *)recording.header + offset;
}

/* Count what is not recorded. */
static inline void recording_drop(enum recording_drop reason)
{
	__atomic_fetch_add(&recording.header->drops[reason], 1, __ATOMIC_RELAXED);
}

/* Nanoseconds of CLOCK_MONOTONIC. */
uint64_t recording_clock(void);

#endif
