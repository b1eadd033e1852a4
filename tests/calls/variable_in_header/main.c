#include "hook.h"

static int from_main(int x)
{
	return x + 2;
}

static int public(int x)
{
	return x + 4;
}

int main(void)
{
	private_hook = from_main;
	public_hook = public;
	return run_other() + private_hook(0) == 7 ? 0 : 1; /* -> run_other, from_main, from_other (may); closed */
}
