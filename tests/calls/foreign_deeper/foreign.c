/* foreign: libforeign.so */
#include "foreign.h"

static function kept;
static struct handle handle;

struct config {
	taker take;
};

static int call_taker(function f)
{
	/* By convention of this library: what it is given takes a function. */
	return ((taker)(void *)f)(kept);
}

void foreign_keep(function f)
{
	kept = f;
	handle.run = f;
}

taker foreign_caller(void)
{
	return call_taker;
}

int foreign_use(taker (*provide)(void))
{
	return provide()(kept);
}

int foreign_open(struct handle **out)
{
	*out = &handle;
	return 0;
}

int foreign_methods(const struct owner *owner)
{
	return owner->methods->take(kept);
}

void foreign_patch(const struct reference *reference)
{
	*reference->place = kept;
}

int foreign_configure(void *config)
{
	return ((struct config *)config)->take(kept);
}
