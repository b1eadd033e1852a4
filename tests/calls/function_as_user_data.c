/* build: -pthread */
/* The user data of a callback is itself a function: directly, of a thread, of qsort_r, and of a tree walk. */
#include <pthread.h>
#include <stdlib.h>

typedef int (*function)(int);

static int total;

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int negative(int x)
{
	return -x;
}

static void visit(int item, void *data)
{
	total += ((function)data)(item); /* -> one; closed */
}

static void each(void (*f)(int, void *), void *data)
{
	f(1, data); /* -> visit; closed */
}

static void *run(void *data)
{
	function f = (function)data;

	total += f(0); /* -> two; closed */
	return NULL;
}

static int compare(const void *a, const void *b, void *data)
{
	function key = (function)data;
	int left = key(*(const int *)a); /* -> negative; closed */

	return left - key(*(const int *)b); /* -> negative; closed */
}

int main(void)
{
	int numbers[] = {1, 2};
	pthread_t thread;

	each(visit, (void *)one);
	if (pthread_create(&thread, NULL, run, (void *)two)) /* -> pthread_create, run; closed */
		return 1;
	pthread_join(thread, NULL);
	qsort_r(numbers, 2, sizeof(numbers[0]), compare, (void *)negative); /* -> qsort_r, compare; closed */
	return total == 4 && numbers[0] == 2 ? 0 : 1;
}
