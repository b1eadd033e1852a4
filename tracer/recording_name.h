/* What the name of a recording says: START-PID-GENERATION.pcrec (core/record.h). */
#ifndef PCARCH_TRACER_RECORDING_NAME_H
#define PCARCH_TRACER_RECORDING_NAME_H

#include <stdbool.h>
#include <stdint.h>

/* `ticks`: when the process started, in clock ticks since boot. False: it is none. */
bool recording_name_read(const char *name, uint64_t *ticks, uint32_t *pid,
	uint32_t *generation);

/* Does the process that started then still run? Its pid alone may be another one's. */
bool recording_name_is_running(uint64_t ticks, uint32_t pid);

#endif
