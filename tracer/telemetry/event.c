#include "tracer/telemetry/event.h"

#include "core/guid_key.h"
#include "tracer/telemetry/event_fields.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/line.h"
#include "tracer/telemetry/process.h"
#include "tracer/telemetry/segment.h"
#include "tracer/telemetry/settings.h"
#include "tracer/telemetry/stack.h"

#include <stdio.h>
#include <string.h>

/* The second that was written last, as dates are costly. Held by the journal's lock. */
static struct {
	uint64_t second;
	char text[64]; /* "2025-05-04T15:31:00." */
} written;

/*
 * gmtime_r() waits for a lock, which a signal's handler would never get when it came
 * while its thread asked for a time. In years that begin in March, the leap day is the
 * last one; 0000-03-01 is 719468 days before 1970-01-01.
 */
static void write_second(uint64_t second)
{
	unsigned day = (unsigned)(second / 86400) + 719468,
		 time = (unsigned)(second % 86400);
	unsigned cycle = day / 146097, in_cycle = day % 146097;
	unsigned year =
		(in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
	unsigned in_year = in_cycle - (365 * year + year / 4 - year / 100);
	unsigned month = (5 * in_year + 2) / 153;

	snprintf(written.text, sizeof(written.text), "%04u-%02u-%02uT%02u:%02u:%02u.",
		cycle * 400 + year + (month >= 10), month < 10 ? month + 3 : month - 9,
		in_year - (153 * month + 2) / 5 + 1, time / 3600, time / 60 % 60,
		time % 60);
	written.second = second;
}

static void write_time(struct line *line, uint64_t wall_ns)
{
	uint64_t second = wall_ns / 1000000000;
	uint32_t ns = (uint32_t)(wall_ns % 1000000000);
	char rest[12];

	if (second != written.second || !written.text[0])
		write_second(second);
	for (size_t i = 9; i-- > 0; ns /= 10)
		rest[i] = (char)('0' + ns % 10);
	rest[9] = 'Z';
	rest[10] = '"';
	line_key(line, "timestamp");
	line_raw(line, "\"", 1);
	line_raw(line, written.text, strlen(written.text));
	line_raw(line, rest, 11);
}

static void write_head(const struct event *event, const struct event_stamp *stamp,
	struct line *line)
{
	struct pcarch_execution *execution = event->execution;

	line_plain(line, "level", settings_level_name(event->level));
	write_time(line, stamp->wall_ns);
	if (execution->is_routed)
		line_plain(line, "correlationId", execution->correlation);
	else
		line_hex(line, "correlationId", execution_guid(execution), GUID_SIZE);
	line_plain(line, "service", process_settings()->service);
	line_plain(line, "event", event->name);
	line_plain(line, "channel", event->channel ? event->channel : execution->channel);
	line_plain(line, "instanceId", process_instance());
	if (event->has_duration)
		line_ms(line, "duration_ms", event->duration_ns);
	line_number(line, "seq", (long long)stamp->seq);
	line_number(line, "epoch", stamp->epoch);
	line_wide(line, "mono_ns", stamp->mono_ns);
}

static bool is_zero(const uint8_t *bytes, size_t nbytes)
{
	for (size_t i = 0; i < nbytes; i++)
		if (bytes[i])
			return false;
	return true;
}

static void make_identity(const struct event *event, struct line *line)
{
	struct pcarch_execution *execution = event->execution;
	const uint8_t *span = event->span_id ? event->span_id : execution->span_id;
	const uint8_t *parent =
		event->span_id ? event->parent_span_id : execution->parent_span_id;
	const char *words = execution_words(execution);

	line_hex(line, "guid", execution_guid(execution), GUID_SIZE);
	line_hex(line, "trace_id", execution->context.trace_id, TRACE_ID_SIZE);
	line_hex(line, "span_id", span, SPAN_ID_SIZE);
	if (parent && !is_zero(parent, SPAN_ID_SIZE))
		line_hex(line, "parent_span_id", parent, SPAN_ID_SIZE);
	if (*words)
		line_hex(line, "route_id", execution->chain.route.state, 16);
	if (execution->has_branch)
		line_hex(line, "path_id", execution->chain.path.state, 16);
	if (*words && !execution->command_parts.is_cut) {
		line_string(line, "route", words);
		line_string(line, "command", execution->command);
	}
	if (!is_zero(execution->chain.user_ref, GUID_USER_SIZE))
		line_hex(line, "user_ref", execution->chain.user_ref, GUID_USER_SIZE);
}

static bool is_current(const struct pcarch_execution *execution)
{
	const struct identity *identity = &execution->identity;

	return identity->step == execution->chain.nsteps &&
	       memcmp(identity->span_id, execution->span_id, SPAN_ID_SIZE) == 0 &&
	       memcmp(identity->parent_span_id, execution->parent_span_id,
		       SPAN_ID_SIZE) == 0;
}

static void write_identity(const struct event *event, struct line *line)
{
	struct pcarch_execution *execution = event->execution;
	struct identity *identity = &execution->identity;
	size_t start = line->length;

	if (!event->span_id && is_current(execution)) {
		line_raw(line, identity->text, identity->length);
		return;
	}
	make_identity(event, line);
	if (event->span_id || line->is_full ||
		line->length - start > EXECUTION_IDENTITY_SIZE)
		return;
	identity->step = execution->chain.nsteps;
	memcpy(identity->span_id, execution->span_id, SPAN_ID_SIZE);
	memcpy(identity->parent_span_id, execution->parent_span_id, SPAN_ID_SIZE);
	identity->length = line->length - start;
	memcpy(identity->text, line->bytes + start, identity->length);
}

static void write_error(const struct event *event, struct line *line)
{
	const struct event_error *error = event->error;

	line_open(line, "error", '{');
	line_string(line, "type", error->type);
	if (error->source)
		line_string(line, "source", error->source);
	if (error->endpoint)
		line_string(line, "endpoint", error->endpoint);
	line_string(line, "layer", error->layer);
	if (error->has_code)
		line_number(line, "code", error->code);
	line_string(line, "message", error->message);
	line_flag(line, "external", error->is_external);
	line_flag(line, "retryable", error->is_retryable);
	if (error->cause)
		line_string(line, "cause", error->cause);
	if (!event->is_lean)
		stack_write(line, event->caller);
	line_close(line, '}');
}

static void write_recent(const struct pcarch_execution *execution, struct line *line)
{
	size_t count = execution->nrecent, first = 0;

	if (!count)
		return;
	if (count > EXECUTION_RECENT)
		first = count - EXECUTION_RECENT;
	line_open(line, "recent", '[');
	for (size_t i = first; i < count; i++) {
		const struct recent *recent = &execution->recent[i % EXECUTION_RECENT];

		line_open(line, NULL, '{');
		line_number(line, "seq", (long long)recent->seq);
		line_plain(line, "event", recent->name);
		line_wide(line, "mono_ns", recent->mono_ns);
		line_close(line, '}');
	}
	line_close(line, ']');
}

/* Whole, or not at all: half of them make another GUID. */
static void write_steps(const struct pcarch_execution *execution, struct line *line)
{
	const char *step = execution->steps;

	if (execution->step_parts.is_cut)
		return;
	line_open(line, "steps", '[');
	while (step < execution->steps + execution->step_parts.length) {
		line_comma(line);
		line_text(line, step, strlen(step));
		step += strlen(step) + 1;
	}
	line_close(line, ']');
}

static void write_links(const struct pcarch_execution *execution, struct line *line)
{
	if (!execution->nlinks)
		return;
	line_open(line, "links", '[');
	for (size_t i = 0; i < execution->nlinks; i++) {
		const struct execution_link *link = &execution->links[i];

		line_open(line, NULL, '{');
		line_plain(line, "relation", link->relation);
		if (link->is_guid) {
			line_hex(line, "guid", link->guid, GUID_SIZE);
		} else {
			line_hex(line, "trace_id", link->span.trace_id, TRACE_ID_SIZE);
			line_hex(line, "span_id", link->span.span_id, SPAN_ID_SIZE);
		}
		line_close(line, '}');
	}
	line_close(line, ']');
}

static void write_dropped(const uint64_t *dropped, struct line *line)
{
	static const char *const reasons[EVENT_NDROPS] = {
		"write_failed", "open_failed", "line_too_long", "reentered"};

	line_open(line, "dropped", '{');
	for (size_t i = 0; i < EVENT_NDROPS; i++)
		if (dropped[i])
			line_number(line, reasons[i], (long long)dropped[i]);
	line_close(line, '}');
}

static void write_log(const struct event_log *log, struct line *line)
{
	const struct segment *segment = log->header;

	line_open(line, "log", '{');
	if (segment) {
		line_plain(line, "format", "pcarch.log.v1");
		line_number(line, "segment", segment->number);
		line_hex(line, "nonce", segment->nonce, sizeof(segment->nonce));
		line_hex(line, "previous", segment->previous, SEAL_SIZE);
		line_plain(line, "seal",
			segment->origin.has_auditor ? "auditor" : "local");
		if (segment->origin.has_auditor) {
			line_hex(line, "auditor", segment->origin.auditor,
				SEAL_AUDITOR_SIZE);
			line_hex(line, "sealed_key", segment->origin.sealed_key,
				SEAL_SEALED_SIZE);
		}
	} else {
		line_number(line, "lines", (long long)log->nlines);
		line_flag(line, "last", log->is_last);
	}
	line_close(line, '}');
}

size_t event_write(const struct event *event, const struct event_stamp *stamp,
	struct line *line)
{
	struct event_verdict verdict;

	event_fields_judge(&verdict, event);
	line_begin(line);
	write_head(event, stamp, line);
	write_identity(event, line);
	if (event->error)
		write_error(event, line);
	if (event->error && !event->is_lean) {
		event_fields_write_state(line, event, &verdict);
		write_recent(event->execution, line);
	}
	event_fields_write_redacted(line, &verdict);
	line_plain(line, "key_id", process_key_id());
	if (event->has_steps || event->error)
		write_steps(event->execution, line);
	if (event->is_first)
		write_links(event->execution, line);
	if (event->dropped)
		write_dropped(event->dropped, line);
	if (event->log)
		write_log(event->log, line);
	if (!event->is_lean)
		event_fields_write_metadata(line, event, &verdict);
	return verdict.nlost;
}
