/* What is known of an edge when it is seen first. */
#ifndef PCARCH_TRACER_RUNTIME_EDGE_INFO_H
#define PCARCH_TRACER_RUNTIME_EDGE_INFO_H

#include <stdint.h>

enum { /* beside enum recording_edge_flag; not kept */
	EDGE_FIRST_OF_THREAD = 256,
};

/* A call, as it is seen. */
struct sighting {
	uint64_t site, callee;
	unsigned flags;
	uint64_t thunk; /* an address in the thunk that an indirect call went through */
};

/*
 * The `info` of struct recording_edge. A thread's first edge, where it comes from libc,
 * teaches where threads are started.
 */
uint64_t edge_info(const struct sighting *seen);

#endif
