/* What the environment asks of the runtime (core/record.h has the names), kept from the
 * start. */
#ifndef PCARCH_TRACER_RUNTIME_SETTINGS_H
#define PCARCH_TRACER_RUNTIME_SETTINGS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SETTINGS_MAX_VARIABLES = 16,
	SETTINGS_MAX_TEXT = 4096, /* of a list of patterns */
};

struct settings {
	uint64_t mode; /* enum recording_mode; 0: not traced */
	char directory[PATH_MAX - 64];
	uint64_t max_bytes;
	char filter[SETTINGS_MAX_TEXT], roots[SETTINGS_MAX_TEXT];
	uint64_t sample; /* traces whose 56 random bits are below it are kept */
	bool has_trace_id; /* all of the process belongs to one trace */
	uint64_t trace_id; /* its 56 random bits */
	/* "NAME=value", as they have to be in the environment of what is executed. */
	const char *variables[SETTINGS_MAX_VARIABLES];
	size_t nvariables;
};

extern struct settings settings;

/*
 * Read them. Where a program is set-user-ID or the like, its environment is not to be
 * trusted: it is not traced, and a line on stderr says so.
 */
void settings_read(void);

#endif
