/* Calls leaf() as often as the argument says, in millions, from two threads. */
#include "work.h"

#include <pthread.h>
#include <stdlib.h>

keep static void leaf(void)
{
	effect();
}

keep static void *run(void *nmillions)
{
	for (long i = 0; i < *(const long *)nmillions; i++)
		for (int j = 0; j < 1000000; j++)
			leaf();
	return NULL;
}

int main(int argc, char **argv)
{
	long nmillions = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
	pthread_t thread;

	pthread_create(&thread, NULL, run, &nmillions);
	run(&nmillions);
	pthread_join(thread, NULL);
	return 0;
}
