/* Everything that may call a function without being instrumented. */
#include "work.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

keep static void leaf(void)
{
	effect();
}

keep static int compare(const void *a, const void *b)
{
	leaf();
	return *(const int *)a - *(const int *)b;
}

keep static void *run_thread(void *argument)
{
	leaf();
	return argument;
}

keep static void handle(int signal)
{
	(void)signal;
	leaf();
}

keep static void at_exit(void)
{
	leaf();
}

__attribute__((constructor)) static void construct(void)
{
	leaf();
}

__attribute__((destructor)) static void destruct(void)
{
	leaf();
}

/* Through registers of every kind: none may change on the way. */
keep static double mix(int a, double b, int c, double d, long e, float f, int g, int h,
	int i, double j)
{
	leaf();
	return a + b + c + d + (double)e + (double)f + g + h + i + j;
}

keep static int sum(int count, ...)
{
	__builtin_va_list args;
	int result = 0;

	__builtin_va_start(args, count);
	for (int i = 0; i < count; i++)
		result += (int)__builtin_va_arg(args, double);
	__builtin_va_end(args);
	leaf();
	return result;
}

int main(void)
{
	int numbers[] = {2, 1};
	pthread_t thread;

	qsort(numbers, 2, sizeof(numbers[0]), compare);
	atexit(at_exit);
	signal(SIGUSR1, handle);
	raise(SIGUSR1);
	pthread_create(&thread, NULL, run_thread, NULL);
	pthread_join(thread, NULL);
	for (int i = 0; i < 1000; i++)
		leaf();
	return mix(1, 2, 3, 4, 5, 6, 7, 8, 9, 10) != 55 || sum(3, 1.0, 2.0, 3.0) != 6;
}
