/* What spans are made of: a program that handles requests. Argument: how many of each
 * kind. */
#include "work.h"

#include <pthread.h>
#include <stdlib.h>

keep static void leaf(void)
{
	effect();
}

keep static void parse(void)
{
	leaf();
}

keep static void answer(void)
{
	leaf();
	leaf();
}

keep static void handle_get(void)
{
	parse();
	answer();
}

/* More than a trace holds. */
keep static void handle_many(void)
{
	for (int i = 0; i < 100; i++)
		leaf();
}

/* Deeper than a trace holds. */
keep static void handle_deep(int depth)
{
	if (depth)
		handle_deep(depth - 1);
	else
		leaf();
	effect();
}

keep static void *serve(void *argument)
{
	handle_get();
	return argument;
}

int main(int argc, char **argv)
{
	int count = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1;
	pthread_t thread;

	for (int i = 0; i < count; i++) {
		handle_get();
		handle_many();
		handle_deep(70);
	}
	pthread_create(&thread, NULL, serve, NULL);
	pthread_join(thread, NULL);
	return 0;
}
