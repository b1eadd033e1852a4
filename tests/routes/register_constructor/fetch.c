#include "registry.h"
#include <stdio.h>

static int serve_fetch(const char *argument)
{
	return puts(__func__) < 0;
}
REGISTER_HANDLER(fetch);
