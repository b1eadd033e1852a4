/* Two threads that call the same functions, 40 million times each. */
#include <pthread.h>
#include <stddef.h>

static __attribute__((noinline)) unsigned next(unsigned x)
{
	return x * 1664525 + 1013904223;
}

static void *work(void *argument)
{
	unsigned *x = argument;
	unsigned value = *x;

	for (unsigned i = 0; i < 40 * 1000 * 1000; i++)
		value = next(value);
	*x = value;
	return NULL;
}

int main(void)
{
	unsigned values[2] = {1, 2};
	pthread_t thread;

	if (pthread_create(&thread, NULL, work, &values[0]) != 0)
		return 1;
	work(&values[1]);
	pthread_join(thread, NULL);
	return values[0] == values[1];
}
