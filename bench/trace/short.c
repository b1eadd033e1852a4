/* Short threads, one after the other, as many as the argument says. */
#include <pthread.h>
#include <stdlib.h>

static __attribute__((noinline)) unsigned next(unsigned x)
{
	return x * 1664525 + 1013904223;
}

static void *work(void *argument)
{
	unsigned *x = argument;

	for (int i = 0; i < 100; i++)
		*x = next(*x);
	return NULL;
}

int main(int argc, char **argv)
{
	unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1;
	unsigned x = 1;

	for (unsigned long i = 0; i < count; i++) {
		pthread_t thread;

		if (pthread_create(&thread, NULL, work, &x) != 0)
			return 1;
		pthread_join(thread, NULL);
	}
	return 0;
}
