/* Of one unit the reader understands only a part: what it sets elsewhere is not known to be all. */
#include "hook.h"

#ifdef __clang__
#include "header_that_is_not_there.h"
#define VALUE misunderstood_without_it(other)
#else
#define VALUE other
#endif

int (*hook)(int);

static int other(int x)
{
	return x + 1;
}

void set_hook(void)
{
	hook = VALUE;
}
