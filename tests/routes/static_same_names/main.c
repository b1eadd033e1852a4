/* Three units have a static cmds[] and a static do_show() each: a route's handler is a
 * name in a file. */
#include <stdio.h>
#include <string.h>

int link_main(int argc, char **argv);
int vlan_main(int argc, char **argv);

static int do_show(int argc, char **argv)
{
	return puts(__func__) < 0;
}

static const struct cmd {
	const char *cmd;
	int (*func)(int argc, char **argv);
} cmds[] = {
	{"link", link_main},
	{"vlan", vlan_main},
	{"show", do_show},
	{0},
};

int main(int argc, char **argv)
{
	const struct cmd *c;

	for (c = cmds; argc > 1 && c->cmd; ++c)
		if (strcmp(argv[1], c->cmd) == 0)
			return c->func(argc - 1, argv + 1);
	return 1;
}
