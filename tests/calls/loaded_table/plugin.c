/* plugin: plugin.so */
/* unscanned: plug-in */
#include "host.h"

static int add_four(int x)
{
	return x + 4;
}

static int add_eight(int x)
{
	return x + 8;
}

static int start(struct host *host)
{
	host->hook = add_eight;
	return host->twice(0);
}

static const struct filter filters[] = {{"add_four", add_four}};

const struct plugin loaded_table = {filters, start};
