/* The context, handed on to a child in a copy of the environment. */
#include "core/trace_environment.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/lifetime.h"
#include "tracer/telemetry/process.h"

#include <stdlib.h>
#include <unistd.h>

char **pcarch_exec_environment(char *const *envp)
{
	char *const *from = envp ? envp : environ;
	size_t room = trace_environment_room(from);
	struct pcarch_execution *execution;
	struct trace_environment *copy;
	uint8_t span[SPAN_ID_SIZE];
	char **block;

	process_ready();
	execution = process_current();
	lifetime_route(execution);
	/* The pointers first: they are what the caller frees. */
	block = malloc(room * sizeof(*block) + sizeof(*copy));
	if (!block)
		return NULL;
	copy = (struct trace_environment *)(void *)(block + room);
	copy->items = (const char **)(void *)block;
	copy->room = room;
	execution_new_span(span);
	if (trace_environment_copy(copy, &execution->context, span, from))
		return block;
	free(block);
	return NULL;
}
