#include "core/unfinished.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

enum {
	MAX_FILES = 8 /* at once; what is beyond stays behind when interrupted */
};

static const int fatal_signals[] = {SIGINT, SIGTERM, SIGHUP};

enum {
	NSIGNALS = sizeof(fatal_signals) / sizeof(fatal_signals[0])
};

/* Static, because a signal handler must find them. */
static const char *volatile paths[MAX_FILES];
static pid_t owner; /* a worker that is forked has none of the files */

/* Only async-signal-safe calls. */
static void on_signal(int number)
{
	for (int i = 0; i < MAX_FILES && getpid() == owner; i++)
		if (paths[i])
			unlink(paths[i]);
	signal(number, SIG_DFL);
	raise(number);
}

static void handle_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal}, old;

	sigemptyset(&action.sa_mask);
	for (int i = 0; i < NSIGNALS; i++)
		if (sigaction(fatal_signals[i], NULL, &old) == 0 &&
			old.sa_handler == SIG_DFL)
			sigaction(fatal_signals[i], &action, NULL);
}

static void note(const char *path)
{
	bool is_noted = false;

	for (int i = 0; i < MAX_FILES; i++) {
		if (owner != getpid())
			paths[i] = NULL;
		if (paths[i] || is_noted)
			continue;
		paths[i] = path;
		is_noted = true;
	}
	owner = getpid();
}

int unfinished_create(char *path)
{
	sigset_t fatal, old;
	int fd;

	sigemptyset(&fatal);
	for (int i = 0; i < NSIGNALS; i++)
		sigaddset(&fatal, fatal_signals[i]);
	handle_signals();
	/* Made and noted at once, as far as a signal can tell. */
	sigprocmask(SIG_BLOCK, &fatal, &old);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		note(path);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return fd;
}

void unfinished_forget(const char *path)
{
	for (int i = 0; path && i < MAX_FILES; i++)
		if (paths[i] == path)
			paths[i] = NULL;
}
