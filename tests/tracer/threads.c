/* Threads: many short ones, many at once, and what runs when they end. Argument: which.
 */
#include "work.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
	NSHORT = 5000,
	NAT_ONCE = 1500, /* more than have a table of their own */
	NBUSY = 4,
};

static pthread_barrier_t barrier;
static pthread_key_t key;

keep static void leaf(void)
{
	effect();
}

keep static void *run_short(void *argument)
{
	leaf();
	return argument;
}

keep static void short_threads(void)
{
	for (int i = 0; i < NSHORT; i++) {
		pthread_t thread;

		pthread_create(&thread, NULL, run_short, NULL);
		pthread_join(thread, NULL);
	}
}

keep static void *run_at_once(void *argument)
{
	leaf();
	pthread_barrier_wait(&barrier);
	for (int i = 0; i < 10; i++)
		leaf();
	return argument;
}

keep static int threads_at_once(void)
{
	static pthread_t threads[NAT_ONCE];
	pthread_attr_t attributes;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 64 << 10);
	pthread_barrier_init(&barrier, NULL, NAT_ONCE);
	for (int i = 0; i < NAT_ONCE; i++)
		if (pthread_create(&threads[i], &attributes, run_at_once, NULL) != 0)
			exit(77);
	for (int i = 0; i < NAT_ONCE; i++)
		pthread_join(threads[i], NULL);
	return 0;
}

/* Sets itself again, so that it runs as often as libc allows: 4 times. */
keep static void end_thread(void *value)
{
	leaf();
	pthread_setspecific(key, value);
}

keep static void *run_with_end(void *argument)
{
	pthread_setspecific(key, &key);
	return argument;
}

keep static void destructors(void)
{
	pthread_key_create(&key, end_thread);
	for (int i = 0; i < 100; i++) {
		pthread_t thread;

		pthread_create(&thread, NULL, run_with_end, NULL);
		pthread_join(thread, NULL);
	}
}

keep static void *run_busy(void *argument)
{
	for (int i = 0; i < 1000000; i++)
		leaf();
	return argument;
}

keep static void busy_threads(void)
{
	pthread_t threads[NBUSY];

	for (int i = 0; i < NBUSY; i++)
		pthread_create(&threads[i], NULL, run_busy, NULL);
	for (int i = 0; i < NBUSY; i++)
		pthread_join(threads[i], NULL);
}

int main(int argc, char **argv)
{
	const char *which = argc > 1 ? argv[1] : "";

	if (strcmp(which, "short") == 0)
		short_threads();
	if (strcmp(which, "at-once") == 0)
		return threads_at_once();
	if (strcmp(which, "destructors") == 0)
		destructors();
	if (strcmp(which, "busy") == 0)
		busy_threads();
	return 0;
}
