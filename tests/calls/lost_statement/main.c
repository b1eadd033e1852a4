#include "hook.h"

static int known(int x)
{
	return x + 2;
}

int main(void)
{
	int sum;

	hook = known;
	sum = hook(0); /* -> known, other (may); sound +extra */
	set_hook();
	return sum + hook(0) == 3 ? 0 : 1; /* -> other (run only), known (may); open +extra */
}
