#include "cmd.h"
#include <stdio.h>

static enum cmd_result list_keys(struct session *s, int argc, char **argv)
{
	puts(__func__);
	return CMD_OK;
}

const struct cmd_entry cmd_list_keys_entry = {
	"list-keys",
	"lsk",
	{"1aNP:T:", 0, 1},
	"[-1aN]",
	list_keys,
};
