/* A variadic function that is itself called by pointer: its arguments still reach va_arg. */
#include <stdarg.h>

typedef int (*step)(int);

static int one(int x)
{
	return x + 1;
}

static int run(int x, ...)
{
	va_list list;
	step f;

	va_start(list, x);
	f = va_arg(list, step);
	va_end(list);
	return f(x); /* -> one; closed */
}

static int (*runner)(int, ...) = run;

int main(void)
{
	return runner(1, one) == 2 ? 0 : 1; /* -> run; closed */
}
