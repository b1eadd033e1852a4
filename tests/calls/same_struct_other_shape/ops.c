#define OPS_PRIVATE
#include "ops.h"

static int run(int x)
{
	return x + 1;
}

static int internal(int x)
{
	return x + 2;
}

static struct ops ops = {0, run, internal};

struct ops *ops_get(void)
{
	if (!ops.internal || ops.internal(0) != 2) /* -> internal; sound +extra */
		return 0;
	return &ops;
}
