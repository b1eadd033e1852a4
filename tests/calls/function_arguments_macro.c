/* build: -Wno-pedantic */
/* A macro makes an array of its variable arguments; an array of void * carries a function among data. */
#include <stddef.h>

typedef int (*function)(int);

#define RUN_ALL(...) run_all((function[]){__VA_ARGS__, NULL})

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int four(int x)
{
	return x + 4;
}

static int run_all(const function *list)
{
	int sum = 0;

	while (*list)
		sum += (*list++)(0); /* -> one, two; closed */
	return sum;
}

static int run_arguments(void **arguments)
{
	return ((function)arguments[0])(*(int *)arguments[1]); /* -> four; closed */
}

int main(void)
{
	int number = 1;
	void *arguments[] = {(void *)four, &number};

	return RUN_ALL(one, two) + RUN_ALL(two) + run_arguments(arguments) == 10 ? 0 : 1;
}
