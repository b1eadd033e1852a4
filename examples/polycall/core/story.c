#include "core/story.h"

#ifdef POLYCALL_STORY

#include <stdio.h>
#include <string.h>

/* Of this thread, from its begin to its end. */
static __thread struct pcarch_execution *running;

void story_begin(const char *program, int argc, char **argv)
{
	const struct pcarch_start start = {
		.program = program, .argc = argc, .argv = argv};

	running = pcarch_begin(&start);
}

void story_end(int status)
{
	pcarch_end(running, status);
	running = NULL;
}

void story_word(const char *name)
{
	pcarch_command(name);
}

void story_no_word(void)
{
	pcarch_step(PCARCH_STEP_UNRESOLVED, "");
}

struct incoming {
	story_header_fn *headers;
	void *request;
};

enum {
	MAX_VALUES = 64
};

static size_t get_header(void *data, const char *name, struct pcarch_value *values,
	size_t room)
{
	struct incoming *incoming = data;
	struct story_value found[MAX_VALUES];
	size_t count = incoming->headers(incoming->request, name, found,
		room < MAX_VALUES ? room : MAX_VALUES);

	for (size_t i = 0; i < count && i < room && i < MAX_VALUES; i++)
		values[i] = (struct pcarch_value){found[i].text, found[i].length};
	return count;
}

void story_take(const char *channel, story_header_fn *headers, void *request)
{
	struct incoming incoming = {headers, request};
	const struct pcarch_carrier carrier = {
		&incoming, headers ? get_header : NULL, NULL};
	const struct pcarch_start start = {.channel = channel, .carrier = &carrier};

	running = pcarch_begin(&start);
}

void story_route(const char *route)
{
	if (route)
		pcarch_step_literal(PCARCH_STEP_COMMAND, route);
	else
		story_no_word();
	pcarch_routed();
}

void story_taken(int status)
{
	const struct pcarch_failure failure = {
		.origin = PCARCH_ORIGIN_HTTP, .code = status, .layer = "telemetry"};

	pcarch_error(&failure);
	story_end(status >= 400);
}

static bool add_header(void *data, const char *name, const char *value, size_t length)
{
	char *headers = data;
	size_t used = strlen(headers), room = STORY_HEADERS_SIZE - used;
	int added =
		snprintf(headers + used, room, "%s: %.*s\r\n", name, (int)length, value);

	if (added > 0 && (size_t)added < room)
		return true;
	headers[used] = '\0';
	return false;
}

void story_call(struct pcarch_call *call, const char *operation, const char *endpoint,
	char headers[STORY_HEADERS_SIZE])
{
	static __thread struct pcarch_external what;
	const struct pcarch_carrier carrier = {headers, NULL, add_header};

	what = (struct pcarch_external){.channel = "http",
		.source = "polycalld",
		.operation = operation,
		.endpoint = endpoint};
	headers[0] = '\0';
	pcarch_external_begin(call, &what);
	pcarch_inject(call, &carrier);
}

void story_called(struct pcarch_call *call, int status)
{
	struct pcarch_answer answer = {.origin = PCARCH_ORIGIN_HTTP, .code = status};

	if (!status)
		answer = (struct pcarch_answer){.type = "UNAVAILABLE"};
	pcarch_external_end(call, &answer);
}

void story_send(struct pcarch_call *call, const char *queue, story_add_fn *add,
	void *message)
{
	static __thread struct pcarch_external what;
	const struct pcarch_carrier carrier = {message, NULL, add};

	what = (struct pcarch_external){.channel = "amqp",
		.source = "broker",
		.operation = "publish",
		.endpoint = queue};
	pcarch_external_begin(call, &what);
	pcarch_inject(call, &carrier);
}

void story_sent(struct pcarch_call *call, bool is_sent)
{
	const struct pcarch_answer answer = {.type = is_sent ? NULL : "UNAVAILABLE"};

	pcarch_external_end(call, &answer);
}

void story_received(const char *queue, bool is_redelivered)
{
	pcarch_event(PCARCH_LEVEL_INFO, "message.receive",
		PCARCH_FIELDS(pcarch_text("queue", queue),
			pcarch_flag("redelivered", is_redelivered)));
}

#else

void story_begin(const char *program, int argc, char **argv)
{
	(void)program;
	(void)argc;
	(void)argv;
}

void story_end(int status)
{
	(void)status;
}

void story_word(const char *name)
{
	(void)name;
}

void story_no_word(void)
{
}

void story_take(const char *channel, story_header_fn *headers, void *request)
{
	(void)channel;
	(void)headers;
	(void)request;
}

void story_route(const char *route)
{
	(void)route;
}

void story_taken(int status)
{
	(void)status;
}

void story_call(struct pcarch_call *call, const char *operation, const char *endpoint,
	char headers[STORY_HEADERS_SIZE])
{
	(void)call;
	(void)operation;
	(void)endpoint;
	headers[0] = '\0';
}

void story_called(struct pcarch_call *call, int status)
{
	(void)call;
	(void)status;
}

void story_send(struct pcarch_call *call, const char *queue, story_add_fn *add,
	void *message)
{
	(void)call;
	(void)queue;
	(void)add;
	(void)message;
}

void story_sent(struct pcarch_call *call, bool is_sent)
{
	(void)call;
	(void)is_sent;
}

void story_received(const char *queue, bool is_redelivered)
{
	(void)queue;
	(void)is_redelivered;
}

#endif
