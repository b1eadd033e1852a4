/* build: -ldl */
/* dlsym of a name that is put together when the program runs: nobody knows what comes. */
#include <dlfcn.h>
#include <stdio.h>

static int builtin(int x)
{
	return x;
}

int main(void)
{
	void *object = dlopen("./plugin.so", RTLD_NOW);
	int (*run)(int) = builtin;
	int sum = 0;

	if (!object)
		return 1;
	for (int i = 0; i < 3; i++) {
		char name[32];

		snprintf(name, sizeof(name), "command_%d", i);
		if (i)
			run = (int (*)(int))dlsym(object, name);
		if (run)
			sum += run(i); /* -> builtin, command_1 (run only), command_2 (run only); open: dlsym +extra */
	}
	return sum == 203 ? 0 : 1;
}
