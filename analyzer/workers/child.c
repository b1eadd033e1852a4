#include "analyzer/workers/child.h"

#include "core/error.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What the caller's environment says (CPATH, GCC_EXEC_PREFIX, LD_PRELOAD …) stays out. */
static char *const environment[] = {
	(char[]){"LC_ALL=C"},
	(char[]){"PATH=/usr/local/bin:/usr/bin:/bin"},
	NULL,
};

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void close_descriptor(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

#define scoped_fd __attribute__((cleanup(close_descriptor))) int

/* Start it with its output going to `fd`; returns an errno, 0 on success. */
static int start(const struct child *child, int fd, pid_t *pid)
{
	int wanted = child->wants_stderr ? STDERR_FILENO : STDOUT_FILENO;
	int other = child->wants_stderr ? STDOUT_FILENO : STDERR_FILENO;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int failure;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY,
		0);
	posix_spawn_file_actions_addopen(&actions, other, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, fd, wanted);
	posix_spawn_file_actions_addchdir_np(&actions, "/");
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setflags(&attributes,
		POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	failure = posix_spawn(pid, child->argv[0], &actions, &attributes,
		(char *const *)child->argv, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return failure;
}

/* Wait until `fd` can be read; false when the time is over. */
static bool wait_for(int fd, uint64_t deadline_ms)
{
	struct pollfd poller = {.fd = fd, .events = POLLIN};

	for (;;) {
		uint64_t now = now_ms();
		int n;

		if (now >= deadline_ms)
			return false;
		n = poll(&poller, 1, (int)(deadline_ms - now));
		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return false;
	}
}

/* Read to the end; NULL, or what went wrong. */
static const char *read_all(int fd, uint64_t deadline_ms, struct text *out)
{
	size_t before = out->len;
	char chunk[4096];

	for (;;) {
		ssize_t n;

		if (!wait_for(fd, deadline_ms))
			return "it takes too long";
		n = read(fd, chunk, sizeof(chunk));
		if (n == 0)
			return NULL;
		if (n < 0)
			return strerror(errno);
		text_add_bytes(out, chunk, (size_t)n);
		if (out->len - before > CHILD_MAX_OUTPUT_BYTES)
			return "it prints too much";
	}
}

bool child_output(const struct child *child, struct text *out, struct error *err)
{
	uint64_t deadline_ms = now_ms() + child->timeout_ms;
	const char *reason;
	int pipe_ends[2], failure, status = 0;
	pid_t pid;

	if (pipe2(pipe_ends, O_CLOEXEC) < 0)
		return error_set_errno(err, "run", child->argv[0], NULL);
	scoped_fd in = pipe_ends[0];
	failure = start(child, pipe_ends[1], &pid);
	close(pipe_ends[1]);
	if (failure) {
		errno = failure;
		return error_set_errno(err, "run", child->argv[0], NULL);
	}
	scoped_fd exited = pidfd_open(pid, 0);
	reason = read_all(in, deadline_ms, out);
	if (!reason && exited >= 0 && !wait_for(exited, deadline_ms))
		reason = "it takes too long";
	if (reason)
		kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!reason && status != 0)
		reason = "it fails";
	return !reason ||
	       error_set(err, (struct location){0}, "cannot use the output of '%s': %s",
		       child->argv[0], reason);
}
