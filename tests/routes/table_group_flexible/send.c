#include "commands.h"
#include <stdio.h>

static int cmd_send(const struct cmd_struct *cmd, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
DEFINE_SIMPLE_COMMAND(send, "send");
