#include "tool.h"
#include <stdio.h>

static int do_lsmod(int argc, char *argv[])
{
	return puts(__func__) < 0;
}
static int do_rmmod(int argc, char *argv[])
{
	return puts(__func__) < 0;
}
static int do_nodes(int argc, char *argv[])
{
	return puts(__func__) < 0;
}

const struct tool compat_lsmod = {.name = "lsmod", .cmd = do_lsmod};
const struct tool tool_list = {.name = "list",
	.cmd = do_lsmod,
	.help = "list what is loaded"};
const struct tool compat_rmmod = {.name = "rmmod", .cmd = do_rmmod};
const struct tool tool_nodes = {.name = "static-nodes",
	.cmd = do_nodes,
	.help = "print nodes"};
