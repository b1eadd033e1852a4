#include "each.h"

int run_a(void);

static int plus_one(int x)
{
	return x + 1;
}

int run_a(void)
{
	return each((int[]){1, 2}, 2, plus_one);
}
