/* A header of rows is included again and again; the table, its look-up and the call are
 * in three units. */
#include "tools.h"
#include <stdio.h>

struct cmd_context {
	const struct command_name *cname;
	int argc;
};

static int run_command(struct cmd_context *cmd, int argc, char **argv)
{
	cmd->cname = find_command_name(argv[0]);
	if (!cmd->cname) {
		fprintf(stderr, "No such command.  Try 'help'.\n");
		return 1;
	}
	cmd->argc = argc;
	return cmd->cname->fn(cmd, argc, argv);
}

int main(int argc, char **argv)
{
	struct cmd_context cmd = {0};

	return argc > 1 ? run_command(&cmd, argc - 1, argv + 1) : 3;
}
