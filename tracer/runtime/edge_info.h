/* What is known of an edge when it is seen first. */
#ifndef PCARCH_TRACER_RUNTIME_EDGE_INFO_H
#define PCARCH_TRACER_RUNTIME_EDGE_INFO_H

#include <stdint.h>

enum { /* beside enum recording_edge_flag; not kept */
	EDGE_FIRST_OF_THREAD = 256,
};

/*
 * The `info` of struct recording_edge, `flags` included. A thread's first edge, where
 * it comes from libc, teaches where threads are started.
 */
uint64_t edge_info(uint64_t site, uint64_t callee, unsigned flags);

#endif
