#include "tracer/telemetry/carrier.h"

#include "core/trace_environment.h"
#include "core/trace_headers.h"
#include "tracer/pcarch_trace.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/lifetime.h"
#include "tracer/telemetry/process.h"
#include "tracer/telemetry/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t get(void *context, const char *name, struct trace_value *values,
	size_t room)
{
	const struct pcarch_carrier *carrier = context;
	struct pcarch_value given[TRACE_VALUES_MAX];
	size_t count, ncopied;

	if (room > TRACE_VALUES_MAX)
		room = TRACE_VALUES_MAX;
	count = carrier->get(carrier->data, name, given, room);
	ncopied = count < room ? count : room;
	for (size_t i = 0; i < ncopied; i++)
		values[i] = (struct trace_value){given[i].text, given[i].length};
	return count;
}

static bool set(void *context, const char *name, const char *value, size_t length)
{
	const struct pcarch_carrier *carrier = context;

	return carrier->set(carrier->data, name, value, length);
}

struct trace_carrier carrier_of(const struct pcarch_carrier *carrier)
{
	return (struct trace_carrier){
		.context = (void *)carrier,
		.get = carrier && carrier->get ? get : NULL,
		.set = carrier && carrier->set ? set : NULL,
	};
}

bool pcarch_inject(struct pcarch_call *call, const struct pcarch_carrier *carrier)
{
	struct pcarch_execution *execution;
	uint8_t span[SPAN_ID_SIZE];
	struct trace_carrier to = carrier_of(carrier);
	char guid[GUID_HEX_SIZE];
	const char *correlation = guid;

	process_ready();
	to.formats = process_settings()->formats;
	execution = call && call->execution ? call->execution : process_current();
	if (execution->is_shared) {
		guid_hex(execution_guid(execution), guid);
	} else {
		lifetime_route(execution);
		correlation = execution->correlation;
	}
	if (call) {
		memcpy(span, call->id, SPAN_ID_SIZE);
		snprintf(call->sent, sizeof(call->sent), "%s", correlation);
	} else {
		execution_new_span(span);
	}
	return trace_context_inject(&execution->context, span, correlation, &to);
}

bool pcarch_extract(const struct pcarch_carrier *carrier, struct pcarch_link *link)
{
	struct trace_context *context = malloc(sizeof(*context));
	struct trace_carrier from = carrier_of(carrier);
	bool is_found;

	memset(link, 0, sizeof(*link));
	is_found = context && trace_context_extract(context, &from);
	if (is_found) {
		trace_hex_put(link->trace_id, context->trace_id, TRACE_ID_SIZE);
		trace_hex_put(link->span_id, context->parent_id, SPAN_ID_SIZE);
	}
	free(context);
	return is_found;
}
