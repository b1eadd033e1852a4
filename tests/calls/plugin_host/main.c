/* build: -ldl */
/* A host and its plug-in give each other tables of functions: calls go both ways by pointer. */
#include "host.h"

#include <dlfcn.h>

static int logged;
static int (*command)(int);

static int log_text(const char *text)
{
	logged += text[0] == 'h';
	return 0;
}

static void add_command(const char *name, int (*run)(int))
{
	if (name[0])
		command = run;
}

int main(void)
{
	static const struct host_api host = {1, log_text, add_command};
	void *object = dlopen("./plugin.so", RTLD_NOW);
	const struct plugin_api *plugin = object ? dlsym(object, "plugin_api") : 0;
	int sum;

	if (!plugin || plugin->start(&host)) /* -> start; open: dlsym */
		return 1;
	sum = command(0); /* -> run; open: passed to unknown code */
	if (plugin->stop)
		plugin->stop(); /* -> stop; open: dlsym */
	return sum + logged == 5 ? 0 : 1;
}
