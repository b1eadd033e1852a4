/* Two arrays of pointers to rows elsewhere: one by the first word, the other by the
 * program's name. */
#include "tool.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static int help(int argc, char *argv[]);

static const struct tool tool_help = {
	.name = "help",
	.cmd = help,
	.help = "Show help message",
};

static const struct tool *cmds[] = {
	&tool_help,
	&tool_list,
	&tool_nodes,
};

static const struct tool *compat_cmds[] = {
	&compat_lsmod,
	&compat_rmmod,
};

static int help(int argc, char *argv[])
{
	size_t i;

	puts(__func__);
	for (i = 0; i < ARRAY_SIZE(cmds); i++)
		if (cmds[i]->help != NULL)
			printf("  %-12s %s\n", cmds[i]->name, cmds[i]->help);
	for (i = 0; i < ARRAY_SIZE(compat_cmds); i++)
		printf("  %-12s\n", compat_cmds[i]->name);
	return 0;
}

static int handle_subcommands(int argc, char *argv[])
{
	const char *cmd = argc > 1 ? argv[1] : "help";

	for (size_t i = 0; i < ARRAY_SIZE(cmds); i++)
		if (strcmp(cmds[i]->name, cmd) == 0)
			return cmds[i]->cmd(--argc, ++argv);
	fprintf(stderr, "invalid command '%s'\n", cmd);
	return 1;
}

static int handle_compat(int argc, char *argv[])
{
	const char *cmd = strrchr(argv[0], '/');

	cmd = cmd ? cmd + 1 : argv[0];
	for (size_t i = 0; i < ARRAY_SIZE(compat_cmds); i++)
		if (strcmp(compat_cmds[i]->name, cmd) == 0)
			return compat_cmds[i]->cmd(argc, argv);
	return -ENOENT;
}

int main(int argc, char *argv[])
{
	const char *name = strrchr(argv[0], '/');

	if (strcmp(name ? name + 1 : argv[0], "argv0_or_word") == 0)
		return handle_subcommands(argc, argv);
	return handle_compat(argc, argv) != 0;
}
