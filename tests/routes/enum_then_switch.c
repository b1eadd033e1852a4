/* A word becomes a number by a table; the number chooses by a switch, in another
 * function. */
#include <stdio.h>
#include <string.h>

enum action {
	ACT_NONE,
	ACT_LOAD,
	ACT_UNLOAD,
	ACT_RELOAD,
	ACT_LIST,
	ACT_VERSION
};

static const struct {
	const char *name;
	enum action action;
} actions[] = {
	{"load", ACT_LOAD},
	{"unload", ACT_UNLOAD},
	{"reload", ACT_RELOAD},
	{"list", ACT_LIST},
	{"ls", ACT_LIST},
	{"version", ACT_VERSION},
};

static enum action action_of(const char *word)
{
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (strcmp(actions[i].name, word) == 0)
			return actions[i].action;
	return ACT_NONE;
}

static int load(char **files)
{
	puts(__func__);
	return 0;
}
static int unload(char **files)
{
	puts(__func__);
	return 0;
}
static int reload(char **files, int force)
{
	puts(__func__);
	return 0;
}
static int list(void)
{
	puts(__func__);
	return 0;
}

static int act(enum action action, char **files)
{
	switch (action) {
	case ACT_LOAD:
		return load(files);
	case ACT_UNLOAD:
		return unload(files);
	case ACT_RELOAD:
		return reload(files, 1);
	case ACT_LIST:
		return list();
	case ACT_VERSION:
		puts("1.0");
		return 0;
	case ACT_NONE:
	default:
		fputs("no such action\n", stderr);
		return 2;
	}
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	return act(action_of(argv[1]), argv + 2);
}
