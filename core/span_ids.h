/*
 * Random ids of spans, eight bytes each, never zero: a store of random bytes, so that
 * most ids cost no system call.
 *
 * libc only, no malloc, no locks: it is loaded into programs. One store a thread.
 */
#ifndef PCARCH_CORE_SPAN_IDS_H
#define PCARCH_CORE_SPAN_IDS_H

#include <stdbool.h>
#include <stdint.h>

/* A zeroed struct is an empty store. */
struct span_ids {
	uint8_t bytes[256]; /* getrandom() gives so many at once, whatever happens */
	unsigned nleft;
};

/* A new id. False: the system has no random bytes (errno). */
bool span_ids_next(struct span_ids *ids, uint8_t out[8]);

/* In a forked child, before its first id: it must not get its parent's. */
void span_ids_forget(struct span_ids *ids);

#endif
