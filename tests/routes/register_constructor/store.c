#include "registry.h"
#include <stdio.h>

static int serve_store(const char *argument)
{
	return puts(__func__) < 0;
}
REGISTER_HANDLER(store);

static int serve_drop(const char *argument)
{
	return puts(__func__) < 0;
}
REGISTER_HANDLER(drop);
