/* The program's own events. */
#include "tracer/telemetry/constant.h"
#include "tracer/telemetry/event.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/inside.h"
#include "tracer/telemetry/journal.h"
#include "tracer/telemetry/lifetime.h"
#include "tracer/telemetry/process.h"
#include "tracer/telemetry/redact.h"

#include <pthread.h>
#include <string.h>

static bool is_event_name(const char *name)
{
	size_t n = 0;

	while ((name[n] >= 'a' && name[n] <= 'z') || (name[n] >= '0' && name[n] <= '9') ||
		name[n] == '_' || name[n] == '.')
		n++;
	return n && n < EXECUTION_EVENT_SIZE && !name[n] && constant_holds(name);
}

void pcarch_event_literal(enum pcarch_level level, const char *name,
	struct pcarch_fields fields)
{
	struct event event = {.level = level, .name = name, .fields = fields};

	process_ready();
	if (!is_event_name(name))
		event.name = "_invalid";
	event.execution = process_current();
	if (!journal_wants(level)) {
		if (!event.execution->is_shared && !inside_is())
			execution_note(event.execution, event.name, 0, journal_now());
		return;
	}
	if (!inside_is())
		lifetime_route(event.execution);
	journal_tell(&event);
}

void pcarch_allow_key_literal(const char *key)
{
	process_ready();
	journal_hold();
	if (redact_is_key(key))
		redact_allow(key);
	journal_let_go();
}
