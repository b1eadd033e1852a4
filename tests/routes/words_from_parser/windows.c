#include "cmd.h"
#include <stdio.h>

static int cmd_new_exec(struct cmd *self)
{
	return puts(__func__) < 0;
}
static int cmd_kill_exec(struct cmd *self)
{
	return puts(__func__) < 0;
}
static int cmd_wait_exec(struct cmd *self)
{
	return puts(__func__) < 0;
}

static int cmd_new_args_parse(struct args *args, int index, char **cause)
{
	puts(__func__);
	return args->argc > index ? 0 : -1;
}

const struct cmd_entry cmd_new_entry = {
	.name = "new-window",
	.alias = "neww",
	.args = {"abc:n:", 0, -1, cmd_new_args_parse},
	.exec = cmd_new_exec,
};

const struct cmd_entry cmd_kill_entry = {
	.name = "kill-window",
	.alias = NULL,
	.args = {"at:", 0, 0, NULL},
	.exec = cmd_kill_exec,
};

const struct cmd_entry cmd_wait_entry = {
	.name = "wait-for",
	.alias = "wait",
	.args = {"LSU", 0, 1, NULL},
	.exec = cmd_wait_exec,
};
