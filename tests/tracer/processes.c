/* Processes that a process makes of itself. Argument: which. */
#include "work.h"

#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char *program;

keep static void leaf(void)
{
	effect();
}

keep static void in_child(void)
{
	for (int i = 0; i < 20; i++)
		leaf();
}

keep static void in_parent(void)
{
	for (int i = 0; i < 30; i++)
		leaf();
}

keep static void await(pid_t pid)
{
	int status;

	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		exit(1);
}

/* A child, and a grandchild; what was counted before is the parent's alone. */
keep static void make_children(void)
{
	pid_t pid;

	leaf();
	pid = fork();
	if (pid == 0) {
		in_child();
		pid = fork();
		if (pid == 0) {
			in_child();
			_exit(0);
		}
		await(pid);
		exit(0);
	}
	in_parent();
	await(pid);
}

keep static void *keep_busy(void *stop)
{
	while (!*(volatile int *)stop)
		leaf();
	return NULL;
}

/* Forks while other threads count. */
keep static void fork_with_threads(void)
{
	volatile int stop = 0;
	pthread_t thread;

	pthread_create(&thread, NULL, keep_busy, (void *)&stop);
	for (int i = 0; i < 20; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			in_child();
			_exit(0);
		}
		await(pid);
	}
	stop = 1;
	pthread_join(thread, NULL);
}

/* Behind the back of libc. */
keep static void copy_process(void)
{
	pid_t pid;

	leaf();
	pid = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
	if (pid == 0) {
		in_child();
		_exit(0);
	}
	in_parent();
	await(pid);
}

static char *const no_environment[] = {NULL};

keep static void start_others(void)
{
	char *const argv[] = {program, "started", NULL};
	pid_t pid;

	pid = vfork();
	if (pid == 0) {
		execve(program, argv, no_environment);
		_exit(1);
	}
	await(pid);
	if (posix_spawn(&pid, program, NULL, NULL, argv, no_environment) != 0)
		exit(1);
	await(pid);
	clearenv();
	pid = fork();
	if (pid == 0) {
		execl(program, program, "started", NULL);
		_exit(1);
	}
	await(pid);
}

keep static void become_other(void)
{
	leaf();
	execl(program, program, "started", NULL);
	exit(1);
}

keep static void started(void)
{
	in_child();
}

int main(int argc, char **argv)
{
	const char *which = argc > 1 ? argv[1] : "";

	program = argv[0];
	if (strcmp(which, "fork") == 0)
		make_children();
	if (strcmp(which, "threads") == 0)
		fork_with_threads();
	if (strcmp(which, "copy") == 0)
		copy_process();
	if (strcmp(which, "start") == 0)
		start_others();
	if (strcmp(which, "exec") == 0)
		become_other();
	if (strcmp(which, "started") == 0)
		started();
	return 0;
}
