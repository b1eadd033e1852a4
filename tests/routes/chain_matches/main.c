/* Comparisons by a function of the program's own that takes prefixes; a table, then
 * chains below it. */
#include "prefix.h"
#include <stdio.h>

static int do_help(int argc, char **argv)
{
	puts(__func__);
	return 0;
}

static const struct cmd {
	const char *cmd;
	int (*func)(int argc, char **argv);
} cmds[] = {
	{"address", do_address},
	{"neighbor", do_neigh},
	{"neighbour", do_neigh},
	{"help", do_help},
	{0},
};

static int do_cmd(const char *argv0, int argc, char **argv)
{
	const struct cmd *c;

	for (c = cmds; c->cmd; ++c) {
		if (matches(argv0, c->cmd) == 0)
			return -c->func(argc - 1, argv + 1);
	}
	fprintf(stderr, "Object \"%s\" is unknown.\n", argv0);
	return 1;
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return do_cmd(argv[1], argc - 1, argv + 1);
	return 2;
}
