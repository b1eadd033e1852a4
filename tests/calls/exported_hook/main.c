/* build: -rdynamic */
/* A program whose functions and variables its plug-in uses by name: values come in from there. */
#include <dlfcn.h>

int (*plugin_hook)(int);
int host_register(int (*f)(int));

static int (*registered)(int);

static int own(int x)
{
	return x + 1;
}

int host_register(int (*f)(int))
{
	registered = f;
	return f(0); /* -> from_plugin, own; sound */
}

int main(void)
{
	void *object = dlopen("./plugin.so", RTLD_NOW);
	int (*init)(void) = object ? (int (*)(void))dlsym(object, "plugin_init") : 0;
	int sum = host_register(own);

	if (!init)
		return 1;
	sum += init(); /* -> plugin_init; sound */
	sum += registered(0); /* -> from_plugin, own (may); sound */
	return sum + plugin_hook(0) == 9 ? 0 : 1; /* -> other_of_plugin; open: by its name */
}
