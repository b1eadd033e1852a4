/* What the kernel says of this process. */
#ifndef PCARCH_TRACER_RUNTIME_PROCESS_H
#define PCARCH_TRACER_RUNTIME_PROCESS_H

#include <stdint.h>

struct process {
	uint64_t pid, ppid;
	uint64_t ticks; /* when it started, since boot; 0: /proc is not there */
	uint64_t random[2];
};

/* Safe in a child after fork: no allocation, no locks. */
void process_read(struct process *out);

#endif
