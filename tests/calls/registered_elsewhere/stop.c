#include <stddef.h>

#include "registry.h"

void register_stop(void);

static int on_stop(int event, void *data)
{
	return data ? 0 : event;
}

void register_stop(void)
{
	listen_to(2, on_stop, NULL);
}
