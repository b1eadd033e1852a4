#include "call.h"

static int two(int x)
{
	return x + 2;
}

int main(void)
{
	int (*f)(int (*)(int), int) = call;

	return f(two, 0) + run_other() == 3 ? 0 : 1; /* -> call, run_other; closed */
}
