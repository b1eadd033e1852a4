/* Ways that control takes other than call and return. Argument: which. */
#include "work.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <ucontext.h>

static jmp_buf place;
static sigjmp_buf signal_place;
static ucontext_t contexts[3];

keep static void leaf(void)
{
	effect();
}

keep static void jump(int depth)
{
	leaf();
	if (depth)
		jump(depth - 1);
	longjmp(place, 1);
}

keep static void long_jumps(void)
{
	for (volatile int i = 0; i < 100; i++)
		if (!setjmp(place))
			jump(9);
	leaf();
}

keep static void leave_handler(int signal)
{
	(void)signal;
	leaf();
	siglongjmp(signal_place, 1);
}

keep static void signal_jumps(void)
{
	signal(SIGUSR1, leave_handler);
	for (volatile int i = 0; i < 100; i++)
		if (!sigsetjmp(signal_place, 1))
			raise(SIGUSR1);
	leaf();
}

keep static void go_round(int from, int to)
{
	for (int i = 0; i < 100; i++) {
		leaf();
		swapcontext(&contexts[from], &contexts[to]);
	}
}

keep static void coroutines(void)
{
	static char stacks[2][65536];

	for (int i = 0; i < 2; i++) {
		getcontext(&contexts[i]);
		contexts[i].uc_stack.ss_sp = stacks[i];
		contexts[i].uc_stack.ss_size = sizeof(stacks[i]);
		contexts[i].uc_link = &contexts[2];
		makecontext(&contexts[i], (void (*)(void))go_round, 2, i, 1 - i);
	}
	swapcontext(&contexts[2], &contexts[0]);
	leaf();
}

keep static int recurse(int depth)
{
	return depth ? recurse(depth - 1) + 1 : 0;
}

keep static void *run_deep(void *argument)
{
	return recurse(1000000) == 1000000 ? NULL : argument;
}

keep static int recurse_deep(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	void *result;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 512 << 20);
	if (pthread_create(&thread, &attributes, run_deep, &thread) != 0)
		return 77;
	pthread_join(thread, &result);
	return result != NULL;
}

static volatile sig_atomic_t nsignals;

keep static void count_signal(int signal)
{
	(void)signal;
	leaf();
	nsignals++;
}

/* Handlers that come anywhere; how many, and how many calls they came between, is
 * printed. */
keep static void signal_storm(void)
{
	struct itimerval often = {{0, 200}, {0, 200}}, never = {{0, 0}, {0, 0}};
	int ncalls = 0;

	signal(SIGALRM, count_signal);
	setitimer(ITIMER_REAL, &often, NULL);
	while (nsignals < 500) {
		leaf();
		ncalls++;
	}
	setitimer(ITIMER_REAL, &never, NULL);
	signal(SIGALRM, SIG_IGN);
	printf("%d %d\n", (int)nsignals, ncalls);
}

int main(int argc, char **argv)
{
	const char *which = argc > 1 ? argv[1] : "";

	if (strcmp(which, "longjmp") == 0)
		long_jumps();
	if (strcmp(which, "siglongjmp") == 0)
		signal_jumps();
	if (strcmp(which, "coroutines") == 0)
		coroutines();
	if (strcmp(which, "recursion") == 0)
		return recurse_deep();
	if (strcmp(which, "storm") == 0)
		signal_storm();
	return 0;
}
