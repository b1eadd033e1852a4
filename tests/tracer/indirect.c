/* Calls through pointers, of every kind; a table of labels, which is none. */
#include "work.h"

#include <stdlib.h>

struct operation {
	int (*run)(int);
};

keep static int add(int x)
{
	return x + 1;
}

keep static int twice(int x)
{
	return x * 2;
}

static const struct operation operations[] = {{add}, {twice}};

keep static int apply(int (*function)(int), int x)
{
	return function(x);
}

/* Pushes every argument register through the thunk. */
typedef long wide_function(long, long, long, long, long, long, double, double);

keep static long wide(long a, long b, long c, long d, long e, long f, double g, double h)
{
	return a + b * 10 + c * 100 + d * 1000 + e * 10000 + f * 100000 +
	       (long)(g + h) * 1000000;
}

static wide_function *volatile wide_pointer = wide;

/* Computed gotos come through the thunk, too, with what happens to be on the stack. */
keep static int interpret(const char *code)
{
	static void *const labels[] = {&&stop, &&up, &&down};
	int x = 0;

	goto *labels[(int)*code];
up:
	x += 2;
	code++;
	goto *labels[(int)*code];
down:
	x--;
	code++;
	goto *labels[(int)*code];
stop:
	return x;
}

int main(void)
{
	int (*volatile function)(int) = add;
	int x = 0;

	for (int i = 0; i < 100; i++)
		x = operations[i % 2].run(x) % 1000;
	for (int i = 0; i < 10; i++)
		x = apply(function, x);
	if (wide_pointer(1, 2, 3, 4, 5, 6, 3.5, 3.5) != 7654321)
		return 1;
	return interpret("\1\2\1\1\2\0") != 4;
}
