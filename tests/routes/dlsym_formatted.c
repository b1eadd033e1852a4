/* build: -rdynamic -ldl */
/* What no table knows is looked for in the program itself, by a name that is made from
 * the word: that cannot be listed. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

int run_dummy(int argc, char **argv);
int run_bridge(int argc, char **argv);

int run_dummy(int argc, char **argv)
{
	return puts(__func__) < 0;
}
int run_bridge(int argc, char **argv)
{
	return puts(__func__) < 0;
}

static int list(int argc, char **argv)
{
	return puts(__func__) < 0;
}

static const struct {
	const char *name;
	int (*run)(int, char **);
} known[] = {{"list", list}};

int main(int argc, char **argv)
{
	int (*run)(int, char **) = NULL;
	char symbol[64];
	void *self;

	if (argc < 2)
		return 2;
	if (!strcmp(known[0].name, argv[1]))
		return known[0].run(argc, argv);
	snprintf(symbol, sizeof(symbol), "run_%s", argv[1]);
	self = dlopen(NULL, RTLD_LAZY);
	if (self)
		*(void **)&run = dlsym(self, symbol);
	return run ? run(argc, argv) : 1;
}
