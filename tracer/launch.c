#include "tracer/launch.h"

#include "core/arena.h"
#include "core/error.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum {
	KILL_AFTER_S = 10, /* SIGTERM is to be heard within */
	AWAIT_MS = 20,
	TICK_MS = 1000,
};

static bool is_same_name(const char *variable, const char *other)
{
	return strncmp(variable, other, strcspn(other, "=") + 1) == 0;
}

char *launch_setting(struct arena *arena, const char *name, const char *value,
	char separator, bool is_first)
{
	const char *old = getenv(name);

	if (!old || !*old)
		return arena_printf(arena, "%s=%s", name, value);
	return arena_printf(arena, "%s=%s%c%s", name, is_first ? value : old, separator,
		is_first ? old : value);
}

char **launch_variables(struct arena *arena, char *const *settings, size_t nsettings)
{
	size_t count = 0, n = 0;
	char **all;

	while (environ[count])
		count++;
	all = arena_alloc(arena, (count + nsettings + 1) * sizeof(*all));
	for (size_t i = 0; i < count; i++) {
		bool is_set = false;

		for (size_t k = 0; k < nsettings; k++)
			is_set = is_set || is_same_name(environ[i], settings[k]);
		if (!is_set)
			all[n++] = environ[i];
	}
	memcpy(all + n, settings, nsettings * sizeof(*all));
	return all;
}

static const int passed_signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2};

enum {
	NSIGNALS = sizeof(passed_signals) / sizeof(passed_signals[0])
};

static volatile sig_atomic_t child, is_told, is_late;

/* What a terminal sends goes to all of its foreground group, the command included. */
static void pass_on(int number, siginfo_t *info, void *context)
{
	int saved = errno;

	(void)context;
	is_told = 1;
	if (info->si_code != SI_KERNEL && child > 0)
		kill(child, number);
	errno = saved;
}

static void on_alarm(int number)
{
	int saved = errno;

	(void)number;
	if (child > 0)
		kill(child, is_late ? SIGKILL : SIGTERM);
	is_late = 1;
	is_told = 1;
	errno = saved;
}

static void catch_signals(struct sigaction old[NSIGNALS])
{
	struct sigaction action = {
		.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART};

	sigemptyset(&action.sa_mask);
	is_told = 0;
	for (int i = 0; i < NSIGNALS; i++) {
		sigaction(passed_signals[i], NULL, &old[i]);
		if (old[i].sa_handler != SIG_IGN) /* nohup stays nohup */
			sigaction(passed_signals[i], &action, NULL);
	}
}

static void restore_signals(const struct sigaction old[NSIGNALS])
{
	for (int i = 0; i < NSIGNALS; i++)
		sigaction(passed_signals[i], &old[i], NULL);
}

/* First after `seconds`, then again; 0 stops it. */
static void set_alarm(unsigned seconds)
{
	struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
	struct itimerval timer = {
		.it_value.tv_sec = seconds, .it_interval.tv_sec = KILL_AFTER_S};

	is_late = 0;
	sigemptyset(&action.sa_mask);
	if (seconds)
		sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

/* 0, or an errno. No signal is lost before `child` is known. */
static int start(struct launch *launch)
{
	posix_spawnattr_t attributes;
	sigset_t passed, before;
	pid_t pid = 0;
	int failure;

	sigemptyset(&passed);
	for (int i = 0; i < NSIGNALS; i++)
		sigaddset(&passed, passed_signals[i]);
	sigprocmask(SIG_BLOCK, &passed, &before);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &before);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	failure = posix_spawnp(&pid, launch->argv[0], NULL, &attributes, launch->argv,
		launch->variables);
	posix_spawnattr_destroy(&attributes);
	child = launch->pid = failure ? 0 : pid;
	sigprocmask(SIG_SETMASK, &before, NULL);
	return failure;
}

/* Until `child` has ended; a kernel without pidfds only waits. */
static void wait_by_seconds(const struct launch *launch)
{
	struct pollfd ended = {.events = POLLIN};

	ended.fd = (int)syscall(SYS_pidfd_open, child, 0);
	if (ended.fd < 0)
		return;
	while (poll(&ended, 1, TICK_MS) <= 0)
		launch->each_second(launch->context);
	close(ended.fd);
}

/* The number may be another process's as soon as it is reaped: forget it before. */
static int wait_for_child(void)
{
	pid_t pid = child;
	siginfo_t info;
	int status = 0;

	while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR)
		;
	child = 0;
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool launch_run(struct launch *launch, struct error *err)
{
	struct sigaction old[NSIGNALS];
	int failure;

	catch_signals(old);
	failure = start(launch);
	if (!failure) {
		set_alarm(launch->duration_s);
		if (launch->each_second)
			wait_by_seconds(launch);
		launch->status = wait_for_child();
		set_alarm(0);
	}
	restore_signals(old);
	if (!failure)
		return true;
	launch->status = failure == ENOENT ? LAUNCH_NOT_FOUND : LAUNCH_CANNOT_RUN;
	errno = failure;
	return error_set_errno(err, "run", launch->argv[0], launch->hint);
}

bool launch_await(bool (*is_done)(void *context), void *context, unsigned seconds)
{
	struct sigaction old[NSIGNALS];
	struct timespec now;
	time_t end;
	bool done;

	clock_gettime(CLOCK_MONOTONIC, &now);
	end = now.tv_sec + seconds;
	catch_signals(old);
	while (!(done = is_done(context)) && !is_told && (!seconds || now.tv_sec < end)) {
		poll(NULL, 0, AWAIT_MS);
		clock_gettime(CLOCK_MONOTONIC, &now);
	}
	restore_signals(old);
	return done;
}
