/* A command that runs with our own streams, and gets the signals that we get. */
#ifndef PCARCH_TRACER_LAUNCH_H
#define PCARCH_TRACER_LAUNCH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct arena;
struct error;

enum { /* the status of a command that did not start, as env says it */
	LAUNCH_CANNOT_RUN = 126,
	LAUNCH_NOT_FOUND = 127,
};

struct launch {
	char *const *argv; /* NULL-terminated */
	char **variables; /* its environment */
	unsigned duration_s; /* SIGTERM after so long, SIGKILL later; 0: as long as it
				takes */
	void (*each_second)(void *context); /* called while it runs; may be NULL */
	void *context;
	const char *hint; /* what to do where it cannot be started; may be NULL */
	pid_t pid; /* that it got */
	int status; /* as in a shell: the exit status, or 128 + signal */
};

/*
 * Run it to its end. Signals for us go to it, too, and we stay. Fails when it cannot be
 * started; `status` is then 126 or 127.
 */
bool launch_run(struct launch *launch, struct error *err);

/* Our environment with `settings` ("NAME=VALUE") in the place of what they name. */
char **launch_variables(struct arena *arena, char *const *settings, size_t nsettings);

/*
 * "NAME=VALUE", with what NAME was in our environment behind it, after `separator`, or,
 * unless `is_first`, before it.
 */
char *launch_setting(struct arena *arena, const char *name, const char *value,
	char separator, bool is_first);

/*
 * Call `is_done` every now and then until it says so, or a signal that ends processes
 * comes for us, or `seconds` (0: none) are over. Returns whether it is done.
 */
bool launch_await(bool (*is_done)(void *context), void *context, unsigned seconds);

#endif
