/* polycalld: the HTTP service. Usage: polycalld [PORT]; port 0 lets the system choose. */
#include "service/routes.h"

#include "core/story.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
	(void)number;
	stop = 1;
}

static enum MHD_Result reply(struct MHD_Connection *connection,
	const struct response *response)
{
	struct MHD_Response *mhd = MHD_create_response_from_buffer(strlen(response->text),
		(void *)response->text, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result result;

	if (!mhd)
		return MHD_NO;
	MHD_add_response_header(mhd, "Content-Type", "text/plain");
	result = MHD_queue_response(connection, (unsigned)response->status, mhd);
	MHD_destroy_response(mhd);
	return result;
}

static void add_body(struct request *request, const char *bytes, size_t len)
{
	size_t room = sizeof(request->body) - 1 - request->len;

	if (len > room) {
		request->is_cut = true;
		len = room;
	}
	memcpy(request->body + request->len, bytes, len);
	request->len += len;
}

struct search {
	const char *name;
	struct story_value *values;
	size_t room, count;
};

static enum MHD_Result take_header(void *data, enum MHD_ValueKind kind, const char *name,
	const char *value)
{
	struct search *search = data;

	(void)kind;
	if (strcasecmp(name, search->name) != 0)
		return MHD_YES;
	if (search->count < search->room)
		search->values[search->count] =
			(struct story_value){value, value ? strlen(value) : 0};
	search->count++;
	return MHD_YES;
}

static size_t find_header(void *request, const char *name, struct story_value *values,
	size_t room)
{
	struct search search = {name, values, room, 0};

	MHD_get_connection_values(request, MHD_HEADER_KIND, take_header, &search);
	return search.count;
}

/*
 * libmicrohttpd calls this once for the head of a request, once for each piece of its
 * body, and once more at its end; `state` is ours from call to call.
 */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
	const char *path, const char *method, const char *version, const char *bytes,
	size_t *nbytes, void **state)
{
	struct service *service = context;
	struct request *request = *state;
	struct response response;

	(void)version;
	if (!request) {
		*state = calloc(1, sizeof(*request));
		return *state ? MHD_YES : MHD_NO;
	}
	if (*nbytes) {
		add_body(request, bytes, *nbytes);
		*nbytes = 0;
		return MHD_YES;
	}
	story_take("http", find_header, connection);
	routes_answer(service, method, path, request, &response);
	story_taken(response.status);
	return reply(connection, &response);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode how)
{
	(void)context;
	(void)connection;
	(void)how;
	free(*state);
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

static struct MHD_Daemon *start(struct service *service, in_port_t port)
{
	const struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};

	/* One thread: the handlers share `service` without locks. */
	return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, port, NULL, NULL,
		on_request, service, MHD_OPTION_SOCK_ADDR,
		(const struct sockaddr *)&address, MHD_OPTION_NOTIFY_COMPLETED,
		on_completed, NULL, MHD_OPTION_CONNECTION_TIMEOUT, 10U, MHD_OPTION_END);
}

static void wait_for_signal(void)
{
	const struct sigaction action = {.sa_handler = on_signal};
	sigset_t ours, waiting;

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigemptyset(&ours);
	sigaddset(&ours, SIGINT);
	sigaddset(&ours, SIGTERM);
	/* Blocked but while waiting, so that none is missed between test and wait. */
	sigprocmask(SIG_BLOCK, &ours, &waiting);
	while (!stop)
		sigsuspend(&waiting);
}

int main(int argc, char **argv)
{
	struct service service = {.nrequests = 0};
	const union MHD_DaemonInfo *bound;
	struct MHD_Daemon *daemon;
	in_port_t port = 8470;

	if (argc > 2 || (argc == 2 && !parse_port(argv[1], &port))) {
		fputs("polycalld: usage: polycalld [PORT]\n", stderr);
		return 2;
	}
	daemon = start(&service, port);
	if (!daemon) {
		fprintf(stderr, "polycalld: error: cannot listen on 127.0.0.1:%u\n",
			port);
		return 1;
	}
	bound = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
	printf("polycalld: listening on 127.0.0.1:%u\n", bound ? bound->port : port);
	fflush(stdout);
	wait_for_signal();
	MHD_stop_daemon(daemon);
	broker_close(&service.broker);
	return 0;
}
