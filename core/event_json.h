/*
 * An event: one line of a log, one JSON object. docs/telemetry-log.md is the format.
 *
 * Names, ids and messages are what the line says: they may be a stranger's.
 */
#ifndef PCARCH_CORE_EVENT_JSON_H
#define PCARCH_CORE_EVENT_JSON_H

#include "core/arena.h"
#include "core/json_check.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;
struct error;
struct json_writer;
struct log_line;

enum event_level {
	EVENT_TRACE,
	EVENT_DEBUG,
	EVENT_INFO,
	EVENT_WARN,
	EVENT_ERROR,
	EVENT_FATAL,
	EVENT_LEVELS
};

extern const char *const event_level_names[EVENT_LEVELS + 1]; /* the last is NULL */

struct event_error {
	const char *type, *source, *endpoint, *layer, *code, *message, *cause;
	bool is_external, is_retryable;
};

/* Strings that the line does not have are NULL; of an event's own, always there. */
struct event {
	const char *level_name, *timestamp, *correlation_id, *service, *event, *channel,
		*instance_id;
	enum event_level level;
	uint64_t time_ns; /* `timestamp`, since 1970 */
	double duration_ms; /* negative: none */
	uint64_t seq, epoch; /* UINT64_MAX: none */
	uint64_t mono_ns; /* UINT64_MAX: none */
	const char *guid, *trace_id, *span_id, *parent_span_id;
	const char *route_id, *path_id, *route, *command, *user_ref;
	const char *key_id;
	bool is_simulated, has_error, has_steps;
	struct event_error error;
	const struct cJSON *tree; /* all members */
};

/* Reads events, one at a time; zero it, and release it at the end. */
struct event_reader {
	struct arena pool; /* of the event that was read last */
	struct json_keys keys;
	bool is_open;
};

void event_reader_release(struct event_reader *reader);

#define scoped_event_reader \
	__attribute__((cleanup(event_reader_release))) struct event_reader

/*
 * The event of a line of `file`; what it points to lasts until the next one is read.
 * False for what is no event: no JSON, too deep, too long, a member that is missing or is
 * not what it must be. The error points at the line.
 */
bool event_json_read(struct event_reader *reader, const char *file,
	const struct log_line *line, struct event *out, struct error *err);

/*
 * The member at `path`, "error.code", as text: a string as it is, a number, true, false
 * or null as in JSON, an object or an array as JSON. False when there is none. Appended.
 */
bool event_json_find(const struct event *event, const char *path, struct text *out);

/*
 * Call `each` with every value in the member `key` that is no object or array, by its
 * path from there ("" for a plain value, "cause.type", "[2]"); none when it is missing.
 */
typedef void event_value_fn(void *context, const char *path, const char *value);
void event_json_values(const struct event *event, const char *key, event_value_fn *each,
	void *context);

/* Call `each` with the name of each member, in order. */
typedef void event_member_fn(void *context, const char *key);
void event_json_members(const struct event *event, event_member_fn *each, void *context);

#endif
