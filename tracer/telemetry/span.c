/* Named parts of an execution, timed. */
#include "tracer/telemetry/event.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/failure.h"
#include "tracer/telemetry/journal.h"
#include "tracer/telemetry/process.h"

#include <string.h>

/* Where it was compiled is nobody's business: a relative path, or the name alone. */
static const char *file_of(const struct pcarch_place *place)
{
	const char *slash = strrchr(place->file, '/');

	return place->file[0] == '/' && slash ? slash + 1 : place->file;
}

void pcarch_span_begin(struct pcarch_span *span, const struct pcarch_place *place,
	unsigned slow_ms)
{
	process_ready();
	memset(span, 0, sizeof(*span));
	span->execution = process_current();
	span->place = place;
	span->slow_ms = slow_ms;
	execution_new_span(span->id);
	memcpy(span->outer, span->execution->span_id, SPAN_ID_SIZE);
	if (!span->execution->is_shared)
		memcpy(span->execution->span_id, span->id, SPAN_ID_SIZE);
	span->start_ns = journal_now();
}

void pcarch_span_end(struct pcarch_span *span)
{
	const struct pcarch_field fields[] = {pcarch_text("span", span->place->name),
		pcarch_text("function", span->place->function),
		pcarch_text("file", file_of(span->place)),
		pcarch_number("line", span->place->line)};
	const struct event event = {.level = PCARCH_LEVEL_TRACE,
		.name = "span.end",
		.execution = span->execution,
		.span_id = span->id,
		.parent_span_id = span->outer,
		.known = {fields, sizeof(fields) / sizeof(fields[0])},
		.has_duration = true,
		.duration_ns = journal_now() - span->start_ns};

	if (!span->execution->is_shared)
		memcpy(span->execution->span_id, span->outer, SPAN_ID_SIZE);
	if (journal_wants(PCARCH_LEVEL_TRACE))
		journal_tell(&event);
	failure_tell_slow(&event, span->slow_ms);
}
