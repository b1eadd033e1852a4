/* Which events of a log are asked for. */
#ifndef PCARCH_DIFF_LOG_FILTER_H
#define PCARCH_DIFF_LOG_FILTER_H

#include "core/event_json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct log_line;

enum {
	LOG_ID_SIZE = 65, /* of the longest id, 64 hex digits, and a NUL */
	LOG_ID_LEAST = 8, /* digits of the beginning of an id: fewer fit too much */
};

enum condition_kind {
	CONDITION_IS,
	CONDITION_IS_NOT, /* or is missing */
	CONDITION_HAS, /* contains */
};

struct log_condition {
	char path[128]; /* "error.code" */
	enum condition_kind kind;
	const char *value;
};

/* NULL, 0 and EVENT_TRACE ask nothing. */
struct log_filter {
	const char *guid; /* of `guid` or `correlationId`: the beginning, or all */
	const char *trace_id; /* the same of a trace id */
	enum event_level level; /* at least */
	const char *event; /* "command.end", or "command.*" */
	const char *service;
	const char *command; /* whole words at the start of `command` or `route` */
	const char *error_type;
	uint64_t since_ns, until_ns; /* until 0: no end; it is not part of the range */
	const struct log_condition *conditions;
	size_t nconditions;
};

/*
 * An id as people paste it: upper case, the dashes of a UUID. False: it has other
 * characters, fewer than LOG_ID_LEAST or more than 64 digits.
 */
bool log_id_parse(const char *typed, char out[LOG_ID_SIZE]);

/* "KEY=VALUE", "KEY!=VALUE" or "KEY~VALUE". */
bool log_condition_parse(const char *typed, struct log_condition *out);

/* False: the line cannot be one, as its bytes tell. */
bool log_filter_may_match(const struct log_filter *filter, const struct log_line *line);

bool log_filter_matches(const struct log_filter *filter, const struct event *event);

#endif
