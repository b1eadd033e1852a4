/* Two threads that call the same function, each as often as the argument says. */
#include <pthread.h>
#include <stdlib.h>

static unsigned long count;

static __attribute__((noinline)) unsigned next(unsigned x)
{
	return x * 1664525 + 1013904223;
}

static void *work(void *argument)
{
	unsigned *x = argument;
	unsigned value = *x;

	for (unsigned long i = 0; i < count; i++)
		value = next(value);
	*x = value;
	return NULL;
}

int main(int argc, char **argv)
{
	unsigned values[2] = {1, 2};
	pthread_t thread;

	count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1;
	if (pthread_create(&thread, NULL, work, &values[0]) != 0)
		return 1;
	work(&values[1]);
	pthread_join(thread, NULL);
	return values[0] == values[1];
}
