#include <stdio.h>
#include <string.h>

int link_main(int argc, char **argv);

static int do_show(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int do_add(int argc, char **argv)
{
	return puts(__func__) < 0;
}

static const struct cmd {
	const char *cmd;
	int (*func)(int argc, char **argv);
} cmds[] = {
	{"add", do_add},
	{"show", do_show},
	{0},
};

int link_main(int argc, char **argv)
{
	const struct cmd *c;

	puts(__func__);
	for (c = cmds; argc > 1 && c->cmd; ++c)
		if (strcmp(argv[1], c->cmd) == 0)
			return c->func(argc - 1, argv + 1);
	return 1;
}
