/* Fields as members of an object, redacted on their way. */
#ifndef PCARCH_TRACER_TELEMETRY_EVENT_FIELDS_H
#define PCARCH_TRACER_TELEMETRY_EVENT_FIELDS_H

#include <stddef.h>
#include <stdint.h>

struct event;
struct line;

enum {
	EVENT_FIELDS_MAX =
		32, /* of each of fields, state and known: the rest is dropped */
};

/* What may be kept of one list of fields: found once, as it costs. */
struct event_judgement {
	const char *keys[EVENT_FIELDS_MAX]; /* as they are written */
	uint32_t kept; /* bits by index */
	size_t count;
};

struct event_verdict {
	struct event_judgement fields, state, known;
	size_t nlost;
};

void event_fields_judge(struct event_verdict *out, const struct event *event);

/* The members `redacted`, `state` and `metadata`, each where there is something for it.
 */
void event_fields_write_redacted(struct line *line, const struct event_verdict *verdict);
void event_fields_write_state(struct line *line, const struct event *event,
	const struct event_verdict *verdict);
void event_fields_write_metadata(struct line *line, const struct event *event,
	const struct event_verdict *verdict);

#endif
