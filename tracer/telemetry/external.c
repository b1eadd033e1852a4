/* Calls of other systems: told before, and after, and what is wrong with the answer. */
#include "core/trace_context.h"
#include "tracer/telemetry/carrier.h"
#include "tracer/telemetry/constant.h"
#include "tracer/telemetry/event.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/failure.h"
#include "tracer/telemetry/journal.h"
#include "tracer/telemetry/lifetime.h"
#include "tracer/telemetry/process.h"
#include "tracer/telemetry/redact.h"
#include "tracer/telemetry/settings.h"

#include <string.h>
#include <time.h>

enum {
	MAX_FIELDS = 12,
	SKEW_S = 5, /* that clocks of two systems may be apart */
};

/* Fields of one call, in the order in which they were added. */
struct facts {
	struct pcarch_field fields[MAX_FIELDS];
	size_t count;
	char endpoint[REDACT_ENDPOINT_SIZE];
};

static void add_name(struct facts *facts, const char *key, const char *name)
{
	if (name)
		facts->fields[facts->count++] =
			pcarch_text(key, constant_is_name(name) ? name : REDACTED);
}

static void add_number(struct facts *facts, const char *key, long long number)
{
	if (number)
		facts->fields[facts->count++] = pcarch_number(key, number);
}

static void describe(struct facts *facts, const struct pcarch_external *what)
{
	facts->count = 0;
	facts->endpoint[0] = '\0';
	add_name(facts, "source", what->source);
	add_name(facts, "operation", what->operation);
	if (what->endpoint) {
		redact_endpoint(what->endpoint, facts->endpoint);
		facts->fields[facts->count++] = pcarch_text("endpoint", facts->endpoint);
	}
}

static const char *channel_of(const struct pcarch_external *what)
{
	return what->channel && constant_is_name(what->channel) ? what->channel : NULL;
}

void pcarch_external_begin(struct pcarch_call *call, const struct pcarch_external *what)
{
	struct facts facts;
	struct event event = {.level = PCARCH_LEVEL_INFO,
		.name = "external.call.start",
		.channel = channel_of(what),
		.is_forced = true};

	process_ready();
	memset(call, 0, sizeof(*call));
	call->what = what;
	call->execution = process_current();
	execution_new_span(call->id);
	memcpy(call->outer, call->execution->span_id, SPAN_ID_SIZE);
	describe(&facts, what);
	event.execution = call->execution;
	event.known = (struct pcarch_fields){facts.fields, facts.count};
	event.span_id = call->id;
	event.parent_span_id = call->outer;
	lifetime_route(call->execution);
	journal_tell(&event);
	if (process_settings()->is_synced)
		journal_sync();
	call->start_ns = journal_now();
	call->start_unix_ms = (uint64_t)time(NULL) * 1000;
}

static void add_answer(struct facts *facts, const struct pcarch_answer *answer)
{
	add_number(facts, "attempts", answer->attempts);
	add_number(facts, "request_bytes", answer->request_bytes);
	add_number(facts, "response_bytes", answer->response_bytes);
	if (answer->origin == PCARCH_ORIGIN_HTTP)
		add_number(facts, "status", answer->code);
	add_number(facts, "dns_ms", (long long)answer->dns_ms);
	add_number(facts, "connect_ms", (long long)answer->connect_ms);
	add_number(facts, "tls_ms", (long long)answer->tls_ms);
	add_number(facts, "ttfb_ms", (long long)answer->ttfb_ms);
}

static void warn(const struct pcarch_call *call, const char *name)
{
	struct facts facts;
	struct event event = {.level = PCARCH_LEVEL_WARN,
		.name = name,
		.channel = channel_of(call->what),
		.execution = call->execution,
		.span_id = call->id,
		.parent_span_id = call->outer};

	describe(&facts, call->what);
	event.known = (struct pcarch_fields){facts.fields, facts.count};
	journal_tell(&event);
}

/* The echo of the correlation id, and the response's own time. */
static void check_answer(const struct pcarch_call *call,
	const struct pcarch_answer *answer)
{
	struct trace_carrier headers = carrier_of(answer->headers);
	long long sent = (long long)(call->start_unix_ms / 1000);

	if (answer->headers && call->sent[0] &&
		trace_correlation_echo(call->sent, &headers) == TRACE_ECHO_DIFFERS)
		warn(call, "correlation.mismatch");
	if (answer->date && (answer->date < sent - SKEW_S ||
				    answer->date > (long long)time(NULL) + SKEW_S))
		warn(call, "response.stale");
}

void pcarch_external_end(struct pcarch_call *call, const struct pcarch_answer *answer)
{
	static const struct pcarch_answer nothing;
	const struct pcarch_answer *got = answer ? answer : &nothing;
	const struct pcarch_failure failure = {.origin = got->origin,
		.code = got->code,
		.type = got->type,
		.source = call->what->source,
		.is_external = true,
		.layer = "network"};
	struct event_error error;
	struct facts facts;
	struct event event = {.level = PCARCH_LEVEL_INFO,
		.name = "external.call.end",
		.channel = channel_of(call->what),
		.execution = call->execution,
		.span_id = call->id,
		.parent_span_id = call->outer,
		.has_duration = true,
		.duration_ns = journal_now() - call->start_ns,
		.caller = __builtin_return_address(0),
		.is_forced = true};

	describe(&facts, call->what);
	add_answer(&facts, got);
	event.known = (struct pcarch_fields){facts.fields, facts.count};
	if (failure_describe(&failure, &error)) {
		error.endpoint = facts.endpoint[0] ? facts.endpoint : NULL;
		event.error = &error;
		event.level = PCARCH_LEVEL_ERROR;
		failure_tell(&event);
	} else {
		journal_tell(&event);
	}
	check_answer(call, got);
	failure_tell_slow(&event, call->what->slow_ms);
}
