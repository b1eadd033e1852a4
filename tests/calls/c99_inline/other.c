#include "call.h"

extern inline int call(int (*f)(int), int x);

static int one(int x)
{
	return x + 1;
}

int run_other(void)
{
	return call(one, 0);
}
