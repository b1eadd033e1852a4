/* The table that each command line has: name and function, searched by name. */
#include <string.h>

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	int flags;
};

static int cmd_add(int argc, char **argv)
{
	(void)argv;
	return argc;
}

static int cmd_remove(int argc, char **argv)
{
	(void)argv;
	return argc + 1;
}

static int cmd_help(int argc, char **argv)
{
	(void)argv;
	return argc + 2;
}

static const struct command commands[] = {
	{"add", cmd_add, 0},
	{"remove", cmd_remove, 1},
	{.name = "help", .run = cmd_help},
	{NULL, NULL, 0},
};

static int dispatch(const char *name)
{
	for (const struct command *c = commands; c->name; c++)
		if (!strcmp(c->name, name))
			return c->run(c->flags, NULL); /* -> cmd_add, cmd_remove, cmd_help (not run); closed */
	return -1;
}

int main(void)
{
	return dispatch("add") + dispatch("remove") + dispatch("none") == 1 ? 0 : 1;
}
