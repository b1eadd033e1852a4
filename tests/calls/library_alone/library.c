/* A library without its users: what they pass in, nobody can know; what stays inside, is known. */
#include "library.h"

static int (*hook)(int);
static int (*own_hook)(int);
int (*public_hook)(int);

static int inside(int x)
{
	return x + 1;
}

static int apply(int (*f)(int), int x)
{
	return f(x); /* -> inside; closed */
}

int library_each(int (*visit)(int))
{
	int sum = apply(inside, 0);

	return sum + visit(1); /* -> user (run only); open */
}

void library_set(int (*f)(int), struct library_ops *given)
{
	hook = f;
	own_hook = inside;
	given->run(2); /* -> user (run only); open */
}

int library_run(void)
{
	int sum = hook(0); /* -> user (run only); open */

	sum += own_hook(0); /* -> inside; closed */
	sum += public_hook(0); /* -> user (run only); open */
	return sum;
}
