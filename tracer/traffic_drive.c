#include "tracer/traffic_drive.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/error.h"
#include "tracer/traffic.h"
#include "tracer/traffic_command.h"
#include "tracer/traffic_session.h"

#include <signal.h>
#include <time.h>

enum {
	KILL_AFTER_S = 10, /* of `pcarch trace`, from SIGTERM to SIGKILL */
	COLLECT_S = 60, /* for what it recorded to become a file */
	CANNOT_TRACE = 125, /* its exit status then */
};

static const char *keep(struct traffic_driver *driver, const struct error *err)
{
	return arena_strdup(driver->arena, err->text);
}

/* Did a process go on until it was ended? Its time is that of the run, not ours. */
static bool is_late(const struct traffic_item *item, const struct dynamic_trace *trace,
	unsigned seconds)
{
	if (item->elapsed_s >= seconds &&
		(item->status == 128 + SIGTERM || item->status == 128 + SIGKILL))
		return true;
	for (size_t i = 0; trace && i < trace->nprocesses; i++) {
		const struct process *process = &trace->processes[i];

		if (process->end_us &&
			process->end_us - process->start_us >= seconds * 1000000ull)
			return true;
	}
	return false;
}

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void judge(struct traffic_trial *trial, struct traffic_item *item,
	const struct dynamic_trace *trace, const char *complaint)
{
	struct traffic_driver *driver = trial->driver;
	unsigned seconds = traffic_trial_seconds(trial);

	if (trace)
		traffic_record_judge(driver->traffic, item, trace);
	item->is_unsure = false; /* nothing but this command was given to it */
	if (is_late(item, trace, seconds)) {
		item->outcome = TRAFFIC_LATE;
		item->why = arena_printf(driver->arena, "it did not end in %u second%s",
			seconds, seconds == 1 ? "" : "s");
	} else if (!trace) {
		item->outcome = TRAFFIC_UNRECORDED;
		if (item->status == CANNOT_TRACE)
			item->status = -1;
		item->why = complaint ? complaint
				      : "nothing was recorded: build the program with "
					"'pcarch build'";
	} else if (item->nhandlers) {
		item->outcome = item->has_run ? TRAFFIC_RAN : TRAFFIC_UNSEEN;
	} else {
		item->outcome = TRAFFIC_DRIVEN;
	}
}

static bool start_alone(struct traffic_trial *trial, struct traffic_item *item,
	struct error *err)
{
	char **words;

	if (!traffic_trial_prepare(trial, item, err))
		return false;
	words = traffic_command(item, &trial->arena, &trial->values);
	if (!traffic_command_find(trial->driver->traffic, &trial->arena, words, err))
		return false;
	words = traffic_record_command(&trial->driver->recorder, &trial->arena,
		&trial->room, words, traffic_trial_seconds(trial));
	return traffic_trial_start(trial, words, err);
}

static void drive_alone(struct traffic_driver *driver, struct traffic_item *item)
{
	scoped_trial trial = {0};
	struct dynamic_trace trace;
	struct error err;
	const char *complaint;
	unsigned seconds;
	double start;
	bool has_trace;

	if (!traffic_trial_open(&trial, driver, item, &err) ||
		!start_alone(&trial, item, &err)) {
		item->why = keep(driver, &err);
		return;
	}
	seconds = traffic_trial_seconds(&trial);
	/* Its time, then that of what it leaves in the background, then ours. */
	start = now_s();
	traffic_process_finish(&trial.process, 2 * seconds + KILL_AFTER_S + COLLECT_S);
	item->elapsed_s = now_s() - start;
	item->said = traffic_trial_said(&trial);
	complaint = traffic_trial_complaint(&trial);
	traffic_process_close(&trial.process);
	item->status = trial.process.status;
	has_trace = traffic_trial_read(&trial, &trace);
	judge(&trial, item, has_trace ? &trace : NULL, complaint);
	if (has_trace)
		traffic_record_join(&driver->recorder, &trace);
}

static bool send_to(struct traffic_driver *driver, struct traffic_session *session,
	struct traffic_item *item)
{
	struct error err;
	bool ok = traffic_session_open(session, driver, item, &err);

	if (ok)
		traffic_session_send(session, item);
	else
		item->why = keep(driver, &err);
	return ok;
}

static void drive_served(struct traffic_driver *driver, struct traffic_session *session,
	struct traffic_item *item)
{
	const struct traffic_item before = *item;

	if (!send_to(driver, session, item))
		return;
	/* It, or the one before, ended the server: alone with a new one, it will show. */
	if (traffic_session_is_over(session) && session->nsent > 1) {
		traffic_session_close(session);
		*item = before;
		if (!send_to(driver, session, item))
			return;
	}
	/* One that is late may keep the server from the next one. */
	if (item->server->is_fresh || item->outcome == TRAFFIC_LATE)
		traffic_session_close(session);
}

static bool is_to_drive(const struct traffic_item *item)
{
	return item->outcome == TRAFFIC_UNDRIVEN && !item->why;
}

void traffic_drive(struct traffic_driver *driver)
{
	struct traffic *traffic = driver->traffic;
	struct traffic_session session = {0};

	traffic_process_prepare();
	for (size_t i = 0; i < traffic->nitems; i++) {
		struct traffic_item *item = &traffic->items[i];

		if (!is_to_drive(item))
			continue;
		if (traffic_process_interrupted()) {
			item->why = "interrupted";
			continue;
		}
		if (driver->each)
			driver->each(driver->context, i);
		if (item->server)
			drive_served(driver, &session, item);
		else
			drive_alone(driver, item);
		if (!session.program)
			traffic_process_end_orphans();
	}
	traffic_session_close(&session);
	for (size_t i = 0; i < traffic->nitems; i++) {
		struct traffic_item *item = &traffic->items[i];

		item->is_unexpected = item->how.status != TRAFFIC_ANY_STATUS &&
				      item->status >= 0 &&
				      item->status != item->how.status;
	}
}
