/* Calls into another language's world: what they return, and that they hang. */
#include "tracer/telemetry/error_type.h"
#include "tracer/telemetry/event.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/failure.h"
#include "tracer/telemetry/journal.h"
#include "tracer/telemetry/lifetime.h"
#include "tracer/telemetry/process.h"

#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A thread that looks at the clock while the call lasts, in its caller's frame. */
struct watch {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool is_over, is_running;
	struct timespec deadline;
	unsigned deadline_ms;
	const char *bridge;
	/* The call may take steps meanwhile: what is told is the state before. */
	struct pcarch_execution *before;
};

static void tell_failure(struct pcarch_execution *execution, const char *bridge,
	const struct pcarch_failure *failure, const void *caller,
	struct pcarch_field more)
{
	const struct pcarch_field fields[] = {pcarch_text("bridge", bridge), more};
	struct event_error error;
	const struct event event = {.level = PCARCH_LEVEL_ERROR,
		.name = "ffi.error",
		.channel = "ffi",
		.execution = execution,
		.error = &error,
		.caller = caller,
		.known = {fields, 2}};

	if (failure_describe(failure, &error))
		failure_tell(&event);
}

static void *watch_thread(void *data)
{
	static const struct pcarch_failure timeout = {.origin = PCARCH_ORIGIN_NAMED,
		.type = "TIMEOUT",
		.layer = "ffi",
		.is_external = true};
	struct watch *watch = data;
	int status = 0;

	pthread_mutex_lock(&watch->lock);
	while (!watch->is_over && status == 0)
		status = pthread_cond_timedwait(&watch->changed, &watch->lock,
			&watch->deadline);
	if (!watch->is_over)
		tell_failure(watch->before, watch->bridge, &timeout, NULL,
			pcarch_number("deadline_ms", watch->deadline_ms));
	pthread_mutex_unlock(&watch->lock);
	return NULL;
}

static struct pcarch_execution *copy_execution(const struct pcarch_execution *execution)
{
	struct pcarch_execution *copy = malloc(sizeof(*copy));

	if (!copy)
		return NULL;
	memcpy(copy, execution, offsetof(struct pcarch_execution, context.tracestate));
	copy->is_shared = true;
	return copy;
}

/* The program's signals are none of this thread's. */
static void begin_watch(struct watch *watch, struct pcarch_execution *execution)
{
	pthread_condattr_t attributes;
	sigset_t all, before;

	clock_gettime(CLOCK_MONOTONIC, &watch->deadline);
	watch->deadline.tv_sec += watch->deadline_ms / 1000;
	watch->deadline.tv_nsec += (long)(watch->deadline_ms % 1000) * 1000000;
	if (watch->deadline.tv_nsec >= 1000000000) {
		watch->deadline.tv_nsec -= 1000000000;
		watch->deadline.tv_sec++;
	}
	watch->before = copy_execution(execution);
	if (!watch->before)
		return;
	pthread_mutex_init(&watch->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&watch->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	watch->is_running =
		pthread_create(&watch->thread, NULL, watch_thread, watch) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void end_watch(struct watch *watch)
{
	if (watch->is_running) {
		pthread_mutex_lock(&watch->lock);
		watch->is_over = true;
		pthread_cond_signal(&watch->changed);
		pthread_mutex_unlock(&watch->lock);
		pthread_join(watch->thread, NULL);
	}
	if (!watch->before)
		return;
	sodium_memzero(&watch->before->chain, sizeof(watch->before->chain));
	free(watch->before);
	pthread_mutex_destroy(&watch->lock);
	pthread_cond_destroy(&watch->changed);
}

int pcarch_ffi_call_literal(const char *bridge, int (*function)(void *), void *data,
	unsigned deadline_ms)
{
	struct watch watch = {.bridge = bridge, .deadline_ms = deadline_ms};
	struct pcarch_execution *execution;
	struct pcarch_failure failure = {.origin = PCARCH_ORIGIN_NAMED,
		.type = ERROR_TYPE_OTHER,
		.layer = "ffi",
		.is_external = true};
	int result;

	process_ready();
	execution = process_current();
	lifetime_route(execution);
	if (deadline_ms)
		begin_watch(&watch, execution);
	result = function(data);
	if (deadline_ms)
		end_watch(&watch);
	failure.code = result;
	if (result)
		tell_failure(execution, bridge, &failure, __builtin_return_address(0),
			pcarch_number("code", result));
	return result;
}
