#include "cmd.h"
#include <stdio.h>

static enum cmd_result exec(struct session *s, int argc, char **argv);

const struct cmd_entry cmd_attach_entry = {
	.name = "attach-session",
	.alias = "attach",
	.args = {"c:dErt:x", 0, 0},
	.usage = "[-dErx] [-c directory]",
	.exec = exec,
};

static enum cmd_result exec(struct session *s, int argc, char **argv)
{
	puts(__func__);
	return CMD_OK;
}
