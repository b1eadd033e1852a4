#include "tracer/telemetry/lifetime.h"

#include "core/trace_environment.h"
#include "tracer/telemetry/carrier.h"
#include "tracer/telemetry/constant.h"
#include "tracer/telemetry/error_type.h"
#include "tracer/telemetry/event.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/failure.h"
#include "tracer/telemetry/journal.h"
#include "tracer/telemetry/process.h"
#include "tracer/telemetry/redact.h"
#include "tracer/telemetry/settings.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void link_session(struct pcarch_execution *execution)
{
	struct execution_link link = {.relation = "session", .is_guid = true};

	memcpy(link.guid, execution_guid(process_session()), GUID_SIZE);
	execution_link(execution, &link);
}

static void link_messages(struct pcarch_execution *execution,
	const struct pcarch_start *start)
{
	for (size_t i = 0; i < start->nlinks; i++) {
		const struct pcarch_link *from = &start->links[i];
		struct execution_link link = {.relation = "message"};

		if (strlen(from->trace_id) == 32 && strlen(from->span_id) == 16 &&
			sodium_hex2bin(link.span.trace_id, TRACE_ID_SIZE, from->trace_id,
				32, NULL, NULL, NULL) == 0 &&
			sodium_hex2bin(link.span.span_id, SPAN_ID_SIZE, from->span_id, 16,
				NULL, NULL, NULL) == 0)
			execution_link(execution, &link);
	}
}

static void tell_context(struct pcarch_execution *execution, const char *name,
	enum pcarch_level level, const char *reason)
{
	const struct pcarch_field field = pcarch_text("reason", reason);
	const struct event event = {.level = level,
		.name = name,
		.execution = execution,
		.known = {&field, 1}};

	if (journal_wants(level))
		journal_tell(&event);
}

/* What was wrong with what came in. */
static void tell_problems(struct pcarch_execution *execution, bool is_expected)
{
	static const struct {
		unsigned problem;
		const char *reason;
	} reasons[] = {
		{TRACE_PARENT_INVALID, "traceparent"},
		{TRACE_PARENT_REPEATED, "traceparent repeated"},
		{TRACE_STATE_INVALID, "tracestate"},
		{TRACE_B3_INVALID, "b3"},
		{TRACE_DISAGREES, "sources disagree"},
		{TRACE_CORRELATION_INVALID, "x-correlation-id"},
	};
	unsigned problems = execution->context.problems;

	if ((problems & TRACE_MISSING) && is_expected)
		tell_context(execution, "trace.context.missing", PCARCH_LEVEL_DEBUG,
			"no context came in");
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (problems & reasons[i].problem)
			tell_context(execution, "trace.context.invalid",
				PCARCH_LEVEL_WARN, reasons[i].reason);
}

static void begin_trace(struct pcarch_execution *execution,
	const struct pcarch_start *start)
{
	static const enum trace_policy policies[] = {
		TRACE_CONTINUE, TRACE_LINK, TRACE_RESTART};
	struct trace_context *context = &execution->context;
	struct trace_carrier carrier = carrier_of(start->carrier);
	struct execution_link link = {.relation = "message"};

	/* A service's requests do not belong to what started the service. */
	if (!start->carrier)
		carrier.environment = trace_environment();
	trace_context_extract(context, &carrier);
	trace_context_start(context,
		(unsigned)start->policy < 3 ? policies[start->policy] : TRACE_RESTART,
		execution->chain.nonce);
	/* Somebody's token in the wrong header. */
	if (redact_is_secret(context->correlation, strlen(context->correlation))) {
		context->correlation[0] = '\0';
		context->problems |= TRACE_CORRELATION_INVALID;
	}
	memcpy(execution->parent_span_id, context->parent_id, SPAN_ID_SIZE);
	if (!context->has_link || !start->carrier)
		return;
	link.span = context->link;
	execution_link(execution, &link);
}

static const char *name_or(const char *name, const char *otherwise)
{
	return name && constant_is_name(name) ? name : otherwise;
}

static bool user_ref(const struct pcarch_start *start, uint8_t out[GUID_USER_SIZE])
{
	return start->user && guid_user_ref(out, process_key(),
				      start->realm ? start->realm : "", start->user);
}

struct pcarch_execution *pcarch_begin(const struct pcarch_start *start)
{
	static const struct pcarch_start nothing;
	struct pcarch_execution *execution = malloc(sizeof(*execution));
	uint8_t user[GUID_USER_SIZE];

	process_ready();
	start = start ? start : &nothing;
	if (!execution || !execution_init(execution,
				  name_or(start->program, process_settings()->program),
				  user_ref(start, user) ? user : NULL)) {
		free(execution);
		return NULL;
	}
	execution->channel = name_or(start->channel, "cli");
	execution->argc = start->argc;
	execution->argv = start->argv;
	execution->slow_ms = start->slow_ms;
	execution->start_ns = journal_now();
	begin_trace(execution, start);
	link_session(execution);
	link_messages(execution, start);
	execution->outer = execution_set_current(execution);
	tell_problems(execution, start->carrier != NULL);
	return execution;
}

void lifetime_route(struct pcarch_execution *execution)
{
	const struct event event = {.level = PCARCH_LEVEL_INFO,
		.name = "command.start",
		.execution = execution,
		.has_steps = true,
		.is_first = true};

	if (execution->is_started || execution->is_shared)
		return;
	execution->is_started = true;
	execution_route(execution);
	journal_tell(&event);
	execution->argv = NULL;
}

/* A handler that fails has to have told why; what is left is its status. */
static void tell_unreported(struct pcarch_execution *execution, int status,
	const void *caller)
{
	struct event_error error;
	const struct pcarch_failure failure = {
		.origin = PCARCH_ORIGIN_EXIT, .code = status, .layer = "cli"};
	const struct event event = {.level = PCARCH_LEVEL_ERROR,
		.name = "error.unreported",
		.execution = execution,
		.caller = caller,
		.error = &error};

	if (failure_describe(&failure, &error))
		failure_tell(&event);
}

static void tell_end(struct pcarch_execution *execution, int status)
{
	const struct pcarch_field fields[] = {pcarch_number("exit_code", status)};
	const struct event event = {
		.level = status ? PCARCH_LEVEL_ERROR : PCARCH_LEVEL_INFO,
		.name = "command.end",
		.execution = execution,
		.known = {fields, 1},
		.has_duration = true,
		.duration_ns = journal_now() - execution->start_ns,
		.has_steps = true};
	const struct pcarch_field lost =
		pcarch_number("count", (long long)execution->nredacted);
	const struct event redaction = {.level = PCARCH_LEVEL_DEBUG,
		.name = "redaction.applied",
		.execution = execution,
		.known = {&lost, 1}};

	if (execution->nredacted && journal_wants(PCARCH_LEVEL_DEBUG))
		journal_tell(&redaction);
	journal_tell(&event);
	failure_tell_slow(&event, execution->slow_ms);
}

/* It may not be the innermost one: an outer one that ends is skipped then. */
static void take_from_thread(struct pcarch_execution *execution)
{
	struct pcarch_execution *at = execution_current();

	if (at == execution) {
		execution_set_current(execution->outer);
		return;
	}
	for (; at; at = at->outer)
		if (at->outer == execution)
			at->outer = execution->outer;
}

void pcarch_end(struct pcarch_execution *execution, int status)
{
	if (!execution)
		return;
	lifetime_route(execution);
	if (status && !execution->error_type[0])
		tell_unreported(execution, status, __builtin_return_address(0));
	execution_step(execution, GUID_OUTCOME,
		status == 0 ? GUID_OUTCOME_OK : execution->error_type);
	tell_end(execution, status);
	take_from_thread(execution);
	sodium_memzero(execution, offsetof(struct pcarch_execution, context));
	free(execution);
}

/* The way so far, in a chain of its own. */
static void repeat_steps(struct pcarch_execution *to, const struct pcarch_execution *from)
{
	static const struct {
		const char *prefix;
		enum guid_kind kind;
	} kinds[] = {{"CMD:", GUID_CMD}, {"BRANCH:", GUID_BRANCH},
		{"UNRESOLVED:", GUID_UNRESOLVED}};
	const char *step = from->steps, *end = step + from->step_parts.length;

	for (; step < end; step += strlen(step) + 1)
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (strncmp(step, kinds[i].prefix, strlen(kinds[i].prefix)) == 0)
				execution_step(to, kinds[i].kind,
					step + strlen(kinds[i].prefix));
}

struct pcarch_execution *pcarch_login(struct pcarch_execution *execution,
	const char *realm, const char *user)
{
	const struct pcarch_start start = {.realm = realm, .user = user};
	struct pcarch_execution *next;
	struct execution_link link = {.relation = "login", .is_guid = true};
	uint8_t reference[GUID_USER_SIZE];
	char program[EXECUTION_COMMAND_SIZE];

	if (!execution || !user_ref(&start, reference))
		return execution;
	snprintf(program, sizeof(program), "%.*s", (int)execution->program_length,
		execution->command);
	next = malloc(sizeof(*next));
	if (!next || !execution_init(next, program, reference)) {
		free(next);
		return execution;
	}
	memcpy(link.guid, execution_guid(execution), GUID_SIZE);
	repeat_steps(next, execution);
	next->channel = execution->channel;
	next->slow_ms = execution->slow_ms;
	next->start_ns = journal_now();
	next->context = execution->context;
	memcpy(next->parent_span_id, execution->span_id, SPAN_ID_SIZE);
	execution_link(next, &link);
	link_session(next);
	/* It stands where the old one stood, which may not be innermost. */
	next->outer = execution_current();
	pcarch_end(execution, 0);
	next->outer = execution_current();
	execution_set_current(next);
	lifetime_route(next);
	return next;
}

struct pcarch_execution *pcarch_adopt(struct pcarch_execution *execution)
{
	return execution_set_current(execution);
}

void pcarch_current_guid(char guid[PCARCH_GUID_SIZE])
{
	process_ready();
	guid_hex(execution_guid(process_current()), guid);
}
