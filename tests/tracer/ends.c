/* Ways to end, each after 1000 calls of leaf(). Argument: which. */
#include "work.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

keep static void leaf(void)
{
	effect();
}

keep static int dive(int depth)
{
	volatile char frame[1024];

	frame[0] = (char)depth;
	return frame[0] + dive(depth + 1) + frame[0];
}

keep static void on_overflow(int signal)
{
	(void)signal;
	leaf();
	_exit(7);
}

keep static void overflow_with_handler(void)
{
	static char other_stack[8192];
	stack_t stack = {.ss_sp = other_stack, .ss_size = sizeof(other_stack)};
	struct sigaction action = {.sa_handler = on_overflow, .sa_flags = SA_ONSTACK};

	sigaltstack(&stack, NULL);
	sigaction(SIGSEGV, &action, NULL);
	dive(0);
}

keep static void *outlive(void *main_thread)
{
	pthread_join(*(pthread_t *)main_thread, NULL);
	for (int i = 0; i < 500; i++)
		leaf();
	return NULL;
}

keep static void leave_main(void)
{
	static pthread_t self;
	pthread_t thread;

	self = pthread_self();
	pthread_create(&thread, NULL, outlive, &self);
	pthread_exit(NULL);
}

/* Say that the calls are made, and wait to be killed. */
keep static void wait_for_end(void)
{
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";

	for (int i = 0; i < 1000; i++)
		leaf();
	if (strcmp(how, "wait") == 0)
		wait_for_end();
	if (strcmp(how, "_exit") == 0)
		_exit(3);
	if (strcmp(how, "quick_exit") == 0)
		quick_exit(4);
	if (strcmp(how, "abort") == 0)
		abort();
	if (strcmp(how, "kill") == 0)
		raise(SIGKILL);
	if (strcmp(how, "overflow") == 0)
		dive(0);
	if (strcmp(how, "overflow-handler") == 0)
		overflow_with_handler();
	if (strcmp(how, "pthread_exit") == 0)
		leave_main();
	return 0;
}
