#include "tools.h"
#include <stdio.h>

int lvchange(struct cmd_context *cmd, int argc, char **argv)
{
	return puts(__func__) < 0;
}
int lvcreate(struct cmd_context *cmd, int argc, char **argv)
{
	return puts(__func__) < 0;
}
int vgscan(struct cmd_context *cmd, int argc, char **argv)
{
	return puts(__func__) < 0;
}
int version(struct cmd_context *cmd, int argc, char **argv)
{
	return puts(__func__) < 0;
}
