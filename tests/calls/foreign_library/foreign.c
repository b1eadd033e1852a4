/* foreign: libforeign.so */
#include "foreign.h"

static int (*kept)(int);
static int (*const own[])(int) = {0};

static int foreign_function(int x)
{
	return x + 100;
}

int (*foreign_get(void))(int)
{
	return own[0] ? own[0] : foreign_function;
}

void foreign_keep(int (*f)(int))
{
	kept = f;
}

int (*foreign_give(void))(int)
{
	return kept;
}

int foreign_call(foreign_callback *callback)
{
	return callback(foreign_function, kept);
}

void foreign_fill(struct foreign_ops *ops)
{
	ops->run = kept;
}

void foreign_replace(int (**place)(int))
{
	*place = kept;
}
