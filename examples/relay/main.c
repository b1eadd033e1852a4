/*
 * relay: an HTTP service that calls others. POST /test with [{"url", "arguments"}, …]
 * posts each `arguments` to its `url`, in order, with the context of the request that
 * came in, and then answers 200.
 *
 * Usage: relay [PORT]; port 0 lets the system choose.
 */
#include "headers.h"
#include "message.h"
#include "post.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_BODY = 1 << 20,
};

struct request {
	char *body;
	size_t len;
	bool is_too_long;
};

static bool add_body(struct request *request, const char *bytes, size_t len)
{
	char *longer;

	if (len > MAX_BODY - request->len) {
		request->is_too_long = true;
		return true;
	}
	longer = realloc(request->body, request->len + len);
	if (!longer)
		return false;
	memcpy(longer + request->len, bytes, len);
	request->body = longer;
	request->len += len;
	return true;
}

static bool relay(const char *url, const char *arguments)
{
	const struct pcarch_external what = {.channel = "http",
		.source = "next",
		.operation = "POST",
		.endpoint = url};
	struct curl_slist *headers = NULL;
	const struct pcarch_carrier carrier = headers_to_send(&headers);
	struct pcarch_answer answer = {.origin = PCARCH_ORIGIN_HTTP};
	struct pcarch_call call;
	const char *why;

	pcarch_external_begin(&call, &what);
	pcarch_inject(&call, &carrier);
	answer.code = (int)post_json(url, arguments, headers, &why);
	if (!answer.code)
		answer = (struct pcarch_answer){.type = "UNREACHABLE"};
	pcarch_external_end(&call, &answer);
	curl_slist_free_all(headers);
	if (why)
		fprintf(stderr, "relay: %s: %s\n", url, why);
	return !why;
}

/* The status to answer with: 502 when one of them could not be reached. */
static unsigned relay_all(const struct request *request)
{
	struct message message;
	unsigned status = MHD_HTTP_OK;

	if (request->is_too_long)
		return MHD_HTTP_CONTENT_TOO_LARGE;
	if (!message_parse(&message, request->body, request->len))
		return MHD_HTTP_BAD_REQUEST;
	for (size_t i = 0; i < message_count(&message); i++) {
		char *arguments = message_arguments(&message, i);

		if (!arguments || !relay(message_url(&message, i), arguments))
			status = MHD_HTTP_BAD_GATEWAY;
		free(arguments);
	}
	message_release(&message);
	return status;
}

static unsigned answer_test(struct MHD_Connection *connection,
	const struct request *request)
{
	const struct pcarch_carrier carrier = headers_of_request(connection);
	const struct pcarch_start start = {
		.program = "relay", .channel = "http", .carrier = &carrier};
	struct pcarch_execution *execution = pcarch_begin(&start);
	unsigned status;

	pcarch_step(PCARCH_STEP_COMMAND, "test");
	pcarch_routed();
	status = relay_all(request);
	if (status >= 400)
		pcarch_error(&(struct pcarch_failure){.origin = PCARCH_ORIGIN_HTTP,
			.code = (int)status,
			.layer = "network"});
	pcarch_end(execution, status >= 400);
	return status;
}

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned status)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

/* Called for the head of a request, for each piece of its body, and at its end. */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
	const char *path, const char *method, const char *version, const char *bytes,
	size_t *nbytes, void **state)
{
	struct request *request = *state;

	(void)context;
	(void)version;
	if (!request) {
		*state = calloc(1, sizeof(*request));
		return *state ? MHD_YES : MHD_NO;
	}
	if (*nbytes) {
		if (!add_body(request, bytes, *nbytes))
			return MHD_NO;
		*nbytes = 0;
		return MHD_YES;
	}
	if (strcmp(path, "/test") != 0)
		return reply(connection, MHD_HTTP_NOT_FOUND);
	if (strcmp(method, MHD_HTTP_METHOD_POST) != 0)
		return reply(connection, MHD_HTTP_METHOD_NOT_ALLOWED);
	return reply(connection, answer_test(connection, request));
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode how)
{
	struct request *request = *state;

	(void)context;
	(void)connection;
	(void)how;
	if (request)
		free(request->body);
	free(request);
	*state = NULL;
}

static bool parse_port(const char *text, in_port_t *port)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (!*text || *end || number > 65535)
		return false;
	*port = (in_port_t)number;
	return true;
}

/* A thread for each connection: a request may lead back to this very service. */
static struct MHD_Daemon *start(in_port_t port)
{
	const struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};

	return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD |
					MHD_USE_THREAD_PER_CONNECTION,
		port, NULL, NULL, on_request, NULL, MHD_OPTION_SOCK_ADDR,
		(const struct sockaddr *)&address, MHD_OPTION_NOTIFY_COMPLETED,
		on_completed, NULL, MHD_OPTION_CONNECTION_TIMEOUT, 30U, MHD_OPTION_END);
}

int main(int argc, char **argv)
{
	const union MHD_DaemonInfo *bound;
	struct MHD_Daemon *daemon;
	in_port_t port = 8480;
	sigset_t ends;
	int number;

	if (argc > 2 || (argc == 2 && !parse_port(argv[1], &port))) {
		fputs("relay: usage: relay [PORT]\n", stderr);
		return 2;
	}
	/* Before there are threads: all inherit the mask, and this one waits. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	daemon = start(port);
	if (!daemon) {
		fprintf(stderr, "relay: error: cannot listen on 127.0.0.1:%u\n", port);
		return 1;
	}
	bound = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
	printf("relay: listening on 127.0.0.1:%u\n", bound ? bound->port : port);
	fflush(stdout);
	sigwait(&ends, &number);
	MHD_stop_daemon(daemon);
	curl_global_cleanup();
	return 0;
}
