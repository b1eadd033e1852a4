#include "tracer/traffic_session.h"

#include "core/dynamic_trace.h"
#include "core/error.h"
#include "tracer/traffic.h"
#include "tracer/traffic_command.h"
#include "tracer/traffic_drive.h"
#include "tracer/traffic_http.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	STOP_S = 30, /* to end, and for the trace to be written */
};

/* One that nothing has now; 0: there is none. */
static unsigned free_port(void)
{
	struct sockaddr_in at = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok = fd >= 0 && bind(fd, (struct sockaddr *)&at, size) == 0 &&
		  getsockname(fd, (struct sockaddr *)&at, &size) == 0;

	if (fd >= 0)
		close(fd);
	return ok ? ntohs(at.sin_port) : 0;
}

static bool await_ready(struct traffic_session *session, struct error *err)
{
	struct traffic_trial *trial = &session->trial;
	const char *ready =
		traffic_text_fill(&trial->arena, session->server->ready, &trial->values);
	unsigned seconds = traffic_trial_seconds(trial);
	const char *said;

	if (ready ? traffic_process_wait_text(&trial->process, ready, seconds)
		  : traffic_process_wait_port(&trial->process, session->port, seconds))
		return true;
	said = traffic_trial_said(trial);
	return error_set(err, (struct location){0}, "the server '%s' %s%s%s",
		session->program,
		trial->process.has_ended ? "ended before it was ready"
					 : "did not get ready in time",
		said ? ": " : "", said ? said : "");
}

static bool start_server(struct traffic_session *session, const struct traffic_item *item,
	struct error *err)
{
	struct traffic_trial *trial = &session->trial;
	const struct traffic_program *program = NULL;
	const struct traffic_rules *rules = session->driver->traffic->rules;
	struct traffic_item server = {.kind = TRAFFIC_COMMAND,
		.name = item->program,
		.program = item->program,
		.file = item->file};
	char **words;

	for (size_t i = 0; i < rules->nprograms; i++)
		if (strcmp(rules->programs[i].name, item->program) == 0)
			program = &rules->programs[i];
	assert(program); /* that the item has its server from */
	server.how = program->how; /* that of the item is for what sends it */
	if (!traffic_trial_open(trial, session->driver, &server, err))
		return false;
	session->port = free_port();
	trial->values.port = arena_printf(&trial->arena, "%u", session->port);
	if (!traffic_trial_prepare(trial, &server, err))
		return false;
	words = traffic_words_fill(&trial->arena, session->server->start, &trial->values);
	if (!traffic_command_find(session->driver->traffic, &trial->arena, words, err))
		return false;
	words = traffic_record_command(&session->driver->recorder, &trial->arena,
		&trial->room, words, 0);
	if (!traffic_trial_start(trial, words, err) || !await_ready(session, err))
		return false;
	session->handle = traffic_process_child(&trial->process);
	return true;
}

bool traffic_session_is_over(struct traffic_session *session)
{
	return traffic_process_is_over(&session->trial.process, session->handle);
}

bool traffic_session_open(struct traffic_session *session, struct traffic_driver *driver,
	const struct traffic_item *item, struct error *err)
{
	if (session->program && strcmp(session->program, item->program) == 0 &&
		!traffic_session_is_over(session))
		return true;
	traffic_session_close(session);
	*session = (struct traffic_session){.driver = driver,
		.handle = -1,
		.program = item->program,
		.server = item->server};
	if (start_server(session, item, err))
		return true;
	traffic_session_close(session);
	return false;
}

static const char *keep(struct traffic_session *session, const struct error *err)
{
	return arena_strdup(session->driver->arena, err->text);
}

/* The values of this item, in the session. */
static void set_values(struct traffic_session *session, struct traffic_trial *trial)
{
	trial->values.port = arena_printf(&trial->arena, "%u", session->port);
	trial->values.program = session->trial.values.program;
}

static bool send_request(struct traffic_trial *trial, struct traffic_item *item,
	struct error *err)
{
	struct traffic_request request = {
		.url = traffic_text_fill(&trial->arena, item->server->url,
			&trial->values),
		.method = item->method,
		.target = trial->how.target ? trial->how.target : item->path,
		.body = trial->how.input,
		.nonce = trial->values.nonce,
		.headers = trial->how.headers,
		.timeout_s = traffic_trial_seconds(trial),
	};

	if (!request.body && strcmp(item->method, "GET") != 0 &&
		strcmp(item->method, "HEAD") != 0)
		request.body = arena_printf(&trial->arena,
			"{\"nonce\": \"%s\", \"timestamp\": \"%s\"}\n",
			trial->values.nonce, trial->values.time);
	if (traffic_http_send(&request, &item->status, err))
		return true;
	if (!request.is_sent)
		item->outcome = TRAFFIC_UNDRIVEN;
	else if (errno == ETIMEDOUT)
		item->outcome = TRAFFIC_LATE;
	return false;
}

static bool send_command(struct traffic_trial *trial, struct traffic_item *item,
	struct error *err)
{
	char **words = traffic_command(item, &trial->arena, &trial->values);
	unsigned seconds = traffic_trial_seconds(trial);
	bool is_in_time;

	if (!traffic_command_find(trial->driver->traffic, &trial->arena, words, err) ||
		!traffic_trial_start(trial, words, err)) {
		item->outcome = TRAFFIC_UNDRIVEN;
		return false;
	}
	is_in_time = traffic_process_finish(&trial->process, seconds);
	item->said = traffic_trial_said(trial);
	traffic_process_close(&trial->process);
	item->status = trial->process.status;
	if (!is_in_time)
		item->outcome = TRAFFIC_LATE;
	return true;
}

/* Wait until the server has done what a message asks of it. */
static void await_done(struct traffic_session *session, struct traffic_trial *trial,
	struct traffic_item *item)
{
	const char *done =
		traffic_text_fill(&trial->arena, session->server->done, &trial->values);

	if (!done || traffic_process_wait_text(&session->trial.process, done,
			     traffic_trial_seconds(trial)))
		return;
	item->outcome = TRAFFIC_LATE;
	item->why = arena_printf(session->driver->arena,
		"the server did not say '%s' in time", done);
}

static bool send_item(struct traffic_session *session, struct traffic_trial *trial,
	struct traffic_item *item, struct error *err)
{
	if (!traffic_trial_open(trial, session->driver, item, err))
		return false;
	set_values(session, trial);
	if (!traffic_trial_prepare(trial, item, err))
		return false;
	text_clear(&session->trial.process.printed);
	item->outcome = TRAFFIC_DRIVEN;
	return item->kind == TRAFFIC_REQUEST ? send_request(trial, item, err)
					     : send_command(trial, item, err);
}

void traffic_session_send(struct traffic_session *session, struct traffic_item *item)
{
	scoped_trial trial = {0};
	struct error err;

	if (!send_item(session, &trial, item, &err))
		item->why = keep(session, &err);
	if (item->outcome == TRAFFIC_UNDRIVEN)
		return;
	if (item->kind == TRAFFIC_MESSAGE && item->outcome == TRAFFIC_DRIVEN)
		await_done(session, &trial, item);
	if (traffic_session_is_over(session) && !item->why)
		item->why = "the server ended";
	session->sent = grow(session->sent, session->nsent, &session->room,
		sizeof(struct traffic_item *));
	session->sent[session->nsent++] = item;
}

/* What each did, now that it is known. */
static void judge(struct traffic_session *session, const struct dynamic_trace *trace)
{
	const struct traffic *traffic = session->driver->traffic;

	for (size_t i = 0; i < session->nsent; i++) {
		struct traffic_item *item = session->sent[i];

		if (trace)
			traffic_record_judge(traffic, item, trace);
		item->is_unsure = item->is_unsure && session->nsent > 1;
		if (item->outcome != TRAFFIC_DRIVEN)
			continue;
		if (!trace)
			item->outcome = TRAFFIC_UNRECORDED;
		else if (item->nhandlers)
			item->outcome = item->has_run ? TRAFFIC_RAN : TRAFFIC_UNSEEN;
	}
}

void traffic_session_close(struct traffic_session *session)
{
	struct traffic_trial *trial = &session->trial;
	struct dynamic_trace trace;
	bool has_trace;

	if (!session->program)
		return;
	if (trial->process.pid > 0) {
		traffic_process_ask(&trial->process);
		traffic_process_finish(&trial->process, STOP_S);
		traffic_process_close(&trial->process);
		has_trace = traffic_trial_read(trial, &trace);
		judge(session, has_trace ? &trace : NULL);
		if (has_trace)
			traffic_record_join(&session->driver->recorder, &trace);
	}
	if (session->handle >= 0)
		close(session->handle);
	traffic_trial_close(trial);
	traffic_process_end_orphans();
	free(session->sent);
	*session = (struct traffic_session){0};
}
