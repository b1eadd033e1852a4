/* Plug-ins are looked up by a name that is told, or by names of one form. */
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	void *object = dlopen(argv[argc - 1], RTLD_NOW);
	int (*start)(void) = object ? dlsym(object, "plugin_start") : NULL;
	int (*init)(void);
	char name[64];

	snprintf(name, sizeof(name), "%.40s_plugin_init", argv[0]);
	init = object ? dlsym(object, name) : NULL;
	return (start ? start() : 0) + (init ? init() : 0);
}
