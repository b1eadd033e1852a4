#include "cmd.h"
#include <stdio.h>

static enum cmd_result kill_exec(struct session *s, int argc, char **argv)
{
	puts(__func__);
	return CMD_OK;
}

const struct cmd_entry cmd_kill_pane_entry = {
	.name = "kill-pane",
	.alias = "killp",
	.args = {"at:", 0, 0},
	.exec = kill_exec,
};

const struct cmd_entry cmd_kill_window_entry = {
	.name = "kill-window",
	.alias = NULL,
	.args = {"at:", 0, 0},
	.exec = kill_exec,
};
