/* build: -ldl */
/* dlsym as POSIX writes it, through void **; by a macro that makes the name; and in a loop over a table. */
#include <dlfcn.h>
#include <stddef.h>

static struct {
	int (*first)(int);
	int (*second)(int);
	int (*third)(int);
	int (*fourth)(int);
} api;

#define LOAD(object, name) (api.name = (__typeof__(api.name))dlsym(object, #name))

static const struct {
	const char *name;
	void **place;
} symbols[] = {
	{"third", (void **)&api.third},
	{"fourth", (void **)&api.fourth},
};

static void *load(void *object, const char *name)
{
	return dlsym(object, name);
}

int main(void)
{
	void *object = dlopen("./plugin.so", RTLD_NOW);
	int (*posix)(int);
	int (*wrapped)(int);
	int sum;

	if (!object || !LOAD(object, first) || !LOAD(object, second))
		return 1;
	for (size_t i = 0; i < 2; i++)
		if (!(*symbols[i].place = dlsym(object, symbols[i].name)))
			return 1;
	*(void **)(&posix) = dlsym(object, "fifth");
	wrapped = (int (*)(int))load(object, "sixth");
	sum = api.first(0); /* -> first; found +extra */
	sum += api.second(0); /* -> second; found +extra */
	sum += api.third(0); /* -> third; sound +extra */
	sum += api.fourth(0); /* -> fourth; sound +extra */
	sum += posix(0); /* -> fifth; found */
	return sum + wrapped(0) == 63 ? 0 : 1; /* -> sixth; sound +extra */
}
