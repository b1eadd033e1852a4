/* plugin: plugin.so */
#include "host.h"

static const struct host_api *host;

static int run(int x)
{
	return x + 4;
}

static int start(const struct host_api *given)
{
	host = given;
	host->add("run", run); /* -> add_command; open: passed to unknown code */
	return host->log("hello"); /* -> log_text; open: passed to unknown code */
}

static void stop(void)
{
	host = 0;
}

const struct plugin_api plugin_api = {start, stop};
