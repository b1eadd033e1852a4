/* What the environment says about the log: read once, and not at all when the process has
 * gained privileges (AT_SECURE). */
#ifndef PCARCH_TRACER_TELEMETRY_SETTINGS_H
#define PCARCH_TRACER_TELEMETRY_SETTINGS_H

#include "tracer/pcarch_trace.h"
#include "tracer/telemetry/seal.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#define SETTINGS_DIRECTORY "PCARCH_LOG"
#define SETTINGS_LEVEL "PCARCH_LOG_LEVEL"
#define SETTINGS_MAX_BYTES "PCARCH_LOG_MAX_BYTES"
#define SETTINGS_SEGMENTS "PCARCH_LOG_SEGMENTS"
#define SETTINGS_AUDITOR "PCARCH_LOG_AUDITOR_KEY_FILE"
#define SETTINGS_KEYS "PCARCH_LOG_KEYS"
#define SETTINGS_SYNC "PCARCH_LOG_SYNC"
#define SETTINGS_SERVICE "PCARCH_SERVICE"
#define SETTINGS_SLOW "PCARCH_SLOW_MS"
#define SETTINGS_PROPAGATE "PCARCH_PROPAGATE"

enum {
	SETTINGS_SERVICE_SIZE = 65,
};

struct settings {
	bool is_secure; /* nothing was read */
	char directory[PATH_MAX]; /* of the log; empty: none */
	char service[SETTINGS_SERVICE_SIZE];
	char program[SETTINGS_SERVICE_SIZE]; /* the file's name, not argv[0] */
	enum pcarch_level level;
	uint64_t max_bytes; /* of a segment */
	unsigned nsegments; /* to keep; 0: all */
	unsigned slow_ms;
	unsigned formats; /* enum trace_format, of what is sent; 0: W3C */
	bool is_synced; /* fdatasync() before external calls */
	bool has_auditor;
	uint8_t auditor[SEAL_AUDITOR_SIZE];
};

/* Wrong values are told on stderr, and as if they were not there; with a wrong auditor's
 * key there is no log, as one that is sealed with less was not asked for. */
void settings_read(struct settings *out);

/* "trace", … */
const char *settings_level_name(enum pcarch_level level);

#endif
