/* An event, before it is a line: only borrowed, for the call that tells it. */
#ifndef PCARCH_TRACER_TELEMETRY_EVENT_H
#define PCARCH_TRACER_TELEMETRY_EVENT_H

#include "tracer/pcarch_trace.h"

#include <stdbool.h>
#include <stdint.h>

struct line;
struct segment;
struct error_type;

/* The `error` member. */
struct event_error {
	char type[41];
	const char *message, *layer;
	const char *source, *cause; /* NULL: not known */
	const char *endpoint; /* as redacted; NULL: not known */
	int code;
	bool has_code, is_external, is_retryable;
};

enum event_drop {
	EVENT_DROP_WRITE,
	EVENT_DROP_OPEN,
	EVENT_DROP_LONG,
	EVENT_DROP_REENTERED,
	EVENT_NDROPS,
};

/* Of a segment's header or a checkpoint. */
struct event_log {
	const struct segment *header; /* or NULL, and then: */
	uint64_t nlines;
	bool is_last;
};

struct event {
	enum pcarch_level level;
	const char *name;
	const char *channel; /* NULL: the execution's */
	struct pcarch_execution *execution; /* never NULL */
	const struct event_error *error;
	struct pcarch_fields fields; /* the program's: to be redacted */
	struct pcarch_fields state; /* likewise */
	struct pcarch_fields known; /* the library's own */
	const uint8_t *span_id, *parent_span_id; /* NULL: the execution's */
	uint64_t duration_ns;
	bool has_duration;
	bool is_forced; /* written whatever the level */
	bool is_first; /* with what the execution began from: links, argv */
	bool has_steps;
	bool is_lean; /* did not fit: without state, recent, metadata and stack */
	const void
		*caller; /* where the program called; its stack begins there. Or NULL */
	const uint64_t *dropped; /* by enum event_drop, or NULL */
	const struct event_log *log;
};

/* When and where an event is told. */
struct event_stamp {
	uint64_t wall_ns, mono_ns, seq;
	uint32_t epoch;
};

/* Write `event` as docs/telemetry-log.md has it, up to where the seal goes. How many
 * values of it are redacted. */
size_t event_write(const struct event *event, const struct event_stamp *stamp,
	struct line *line);

#endif
