/* build: -ldl */
/* A plug-in of which there is no source brings a table: records, and records behind those. */
#include "host.h"

#include <dlfcn.h>

static struct filter filters[4];

static int add_one(int x)
{
	return x + 1;
}

static int twice(int x)
{
	return 2 * x;
}

static void *symbol(void *object, const char *name)
{
	return object ? dlsym(object, name) : 0;
}

static void add(struct filter filter)
{
	filters[1] = filter;
}

int main(void)
{
	const struct plugin *plugin =
		symbol(dlopen("./plugin.so", RTLD_NOW), "loaded_table");
	struct host host = {.twice = twice};
	int sum = 0;

	filters[0] = (struct filter){"add_one", add_one};
	if (!plugin || plugin->start(&host)) /* -> start (run only); open: dlsym */
		return 1;
	add(plugin->filters[0]);
	for (int i = 0; i < 2; i++)
		sum += filters[i].run(0); /* -> add_one, add_four (run only); open: dlsym */
	sum += host.hook(0); /* -> add_eight (run only); open: passed to unknown code */
	return sum == 13 ? 0 : 1;
}
