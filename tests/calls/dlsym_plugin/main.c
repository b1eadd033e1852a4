/* build: -rdynamic -ldl */
/* dlsym of a name that is written there, in a plug-in and in the program itself. */
#include <dlfcn.h>
#include <stdio.h>

struct plugin {
	int version;
	int (*run)(int);
};

int exported(int x);

int exported(int x)
{
	return x + 4;
}

int main(void)
{
	void *object = dlopen("./plugin.so", RTLD_NOW);
	const char *name = "plugin_start";
	int (*start)(int), (*own)(int);
	struct plugin *plugin;
	int sum;

	if (!object) {
		fprintf(stderr, "%s\n", dlerror());
		return 1;
	}
	start = (int (*)(int))dlsym(object, name);
	plugin = dlsym(object, "plugin");
	own = (int (*)(int))dlsym(NULL, "exported");
	if (!start || !plugin || !own)
		return 1;
	sum = start(0); /* -> plugin_start; found */
	sum += plugin->run(0); /* -> plugin_run; sound */
	sum += own(0); /* -> exported; found */
	return sum == 7 ? 0 : 1;
}
