#include "hook.h"

int (*public_hook)(int);

static int from_other(int x)
{
	return x + 1;
}

int run_other(void)
{
	if (!private_hook)
		private_hook = from_other;
	return private_hook(0) + public_hook(0); /* -> from_other, public, from_main (may); closed */
}
