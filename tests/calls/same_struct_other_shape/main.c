#include "ops.h"

static int other(int x)
{
	return x + 4;
}

int main(void)
{
	struct ops *ops = ops_get();
	int sum;

	if (!ops)
		return 1;
	sum = ops->run(0); /* -> run, other (may); sound */
	ops->run = other;
	return sum + ops->run(0) == 5 ? 0 : 1; /* -> other, run (may); sound */
}
