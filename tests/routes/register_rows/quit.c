#include "command.h"
#include <stdio.h>

static int quit_f(int argc, char **argv)
{
	puts(__func__);
	return 1;
}

static const struct cmdinfo quit_cmd = {
	.name = "quit",
	.altname = "q",
	.cfunc = quit_f,
	.argmax = -1,
	.oneline = "exit the program",
};

void quit_init(void)
{
	add_command(&quit_cmd);
}
