#include "tracer/telemetry/failure.h"

#include "tracer/telemetry/constant.h"
#include "tracer/telemetry/error_type.h"
#include "tracer/telemetry/event.h"
#include "tracer/telemetry/event_fields.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/journal.h"
#include "tracer/telemetry/lifetime.h"
#include "tracer/telemetry/process.h"
#include "tracer/telemetry/redact.h"
#include "tracer/telemetry/settings.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* Who is asked for the state, and by whom it is asked: not while it is replaced. */
static pthread_mutex_t asking = PTHREAD_MUTEX_INITIALIZER;
static pcarch_state *ask;
static void *ask_data;

void pcarch_on_error(pcarch_state *state, void *data)
{
	pthread_mutex_lock(&asking);
	ask = state;
	ask_data = data;
	pthread_mutex_unlock(&asking);
}

void failure_restart(void)
{
	asking = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
}

/* Another thread may be asking: then this one's error goes without a state. */
static size_t ask_state(struct pcarch_field fields[EVENT_FIELDS_MAX])
{
	size_t count = 0;

	if (pthread_mutex_trylock(&asking) != 0)
		return 0;
	if (ask)
		count = ask(ask_data, fields, EVENT_FIELDS_MAX);
	pthread_mutex_unlock(&asking);
	return count < EVENT_FIELDS_MAX ? count : EVENT_FIELDS_MAX;
}

/* [A-Z0-9_]{1,40}, and a constant. */
static bool is_type(const char *type)
{
	size_t n = 0;

	if (!constant_holds(type))
		return false;
	while ((type[n] >= 'A' && type[n] <= 'Z') || (type[n] >= '0' && type[n] <= '9') ||
		type[n] == '_')
		n++;
	return n && n < EXECUTION_TYPE_SIZE && !type[n];
}

static const char *name_or(const char *name, const char *otherwise)
{
	if (!name)
		return otherwise;
	return constant_is_name(name) ? name : REDACTED;
}

bool failure_describe(const struct pcarch_failure *failure, struct event_error *out)
{
	const struct error_type *type = NULL;
	const char *name;

	switch (failure->origin) {
	case PCARCH_ORIGIN_HTTP:
		type = error_type_of_http(failure->code);
		break;
	case PCARCH_ORIGIN_ERRNO:
		type = error_type_of_errno(failure->code);
		break;
	case PCARCH_ORIGIN_EXIT:
		type = error_type_of_exit(failure->code);
		break;
	case PCARCH_ORIGIN_NAMED:
		if (failure->type)
			type = error_type_of_name(is_type(failure->type) ? failure->type
									 : "");
		break;
	}
	if (!type)
		return false;
	name = failure->origin == PCARCH_ORIGIN_NAMED && is_type(failure->type)
		       ? failure->type
		       : type->name;
	*out = (struct event_error){
		.message = type->message,
		.layer =
			name_or(failure->layer, failure->is_external ? "network" : "cli"),
		.source = name_or(failure->source, NULL),
		.cause = is_type(failure->cause) ? failure->cause : NULL,
		.code = failure->code,
		.has_code = failure->origin != PCARCH_ORIGIN_NAMED || failure->code != 0,
		.is_external = failure->is_external,
		.is_retryable = type->is_retryable,
	};
	snprintf(out->type, sizeof(out->type), "%s", name);
	return true;
}

void failure_tell(const struct event *event)
{
	struct pcarch_field fields[EVENT_FIELDS_MAX];
	struct event full = *event;

	if (!event->execution->is_shared)
		snprintf(event->execution->error_type,
			sizeof(event->execution->error_type), "%s", event->error->type);
	full.state = (struct pcarch_fields){fields, ask_state(fields)};
	journal_tell(&full);
}

void pcarch_error(const struct pcarch_failure *failure)
{
	char endpoint[REDACT_ENDPOINT_SIZE];
	struct event_error error;
	struct event event = {.level = PCARCH_LEVEL_ERROR,
		.name = "command.error",
		.error = &error,
		.caller = __builtin_return_address(0),
		.fields = failure->fields};

	process_ready();
	event.execution = process_current();
	if (!failure_describe(failure, &error))
		return;
	if (failure->endpoint) {
		redact_endpoint(failure->endpoint, endpoint);
		error.endpoint = endpoint;
	}
	lifetime_route(event.execution);
	failure_tell(&event);
}

void failure_tell_slow(const struct event *ended, unsigned limit_ms)
{
	unsigned threshold = limit_ms ? limit_ms : process_settings()->slow_ms;
	struct pcarch_field fields[EVENT_FIELDS_MAX];
	struct event event = *ended;
	size_t count = ended->known.count;

	if (ended->duration_ns / 1000000 < threshold)
		return;
	if (count)
		memcpy(fields, ended->known.at, count * sizeof(*fields));
	fields[count++] = pcarch_number("threshold_ms", threshold);
	event.level = PCARCH_LEVEL_WARN;
	event.name = "operation.slow";
	event.known = (struct pcarch_fields){fields, count};
	event.error = NULL;
	event.has_steps = event.is_forced = false;
	journal_tell(&event);
}
