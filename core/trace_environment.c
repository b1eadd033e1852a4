#include "core/trace_environment.h"

#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

static const char parent_name[] = "TRACEPARENT=", state_name[] = "TRACESTATE=";

char *const *trace_environment(void)
{
	static char *const none[] = {NULL};

	return getauxval(AT_SECURE) || !environ ? none : environ;
}

const char *trace_environment_get(char *const *environment, const char *name)
{
	size_t length = strlen(name);

	for (; *environment; environment++) {
		if (strncmp(*environment, name, length) == 0 &&
			(*environment)[length] == '=')
			return *environment + length + 1;
	}
	return NULL;
}

size_t trace_environment_room(char *const *from)
{
	size_t count = 0;

	while (from[count])
		count++;
	return count + 3; /* TRACEPARENT, TRACESTATE, NULL */
}

static bool is_ours(const char *string)
{
	return strncmp(string, parent_name, sizeof(parent_name) - 1) == 0 ||
	       strncmp(string, state_name, sizeof(state_name) - 1) == 0;
}

bool trace_environment_copy(struct trace_environment *out,
	const struct trace_context *context, const uint8_t span_id[SPAN_ID_SIZE],
	char *const *from)
{
	size_t count = 0;

	if (out->room < trace_environment_room(from))
		return false;
	for (; *from; from++) {
		if (!is_ours(*from))
			out->items[count++] = *from;
	}
	memcpy(out->parent, parent_name, sizeof(parent_name));
	trace_context_parent(context, span_id, out->parent + sizeof(parent_name) - 1);
	out->items[count++] = out->parent;
	if (context->tracestate_length) {
		memcpy(out->state, state_name, sizeof(state_name));
		memcpy(out->state + sizeof(state_name) - 1, context->tracestate,
			context->tracestate_length + 1);
		out->items[count++] = out->state;
	}
	out->items[count] = NULL;
	return true;
}
