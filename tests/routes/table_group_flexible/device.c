#include "commands.h"
#include <stdio.h>

static int cmd_device_add(const struct cmd_struct *cmd, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static DEFINE_SIMPLE_COMMAND(device_add, "add");

static int cmd_device_delete(const struct cmd_struct *cmd, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static DEFINE_SIMPLE_COMMAND(device_delete, "delete");
static DEFINE_COMMAND(device_remove, "remove", cmd_device_delete, NULL, NULL, 1);

static const struct cmd_group device_cmd_group = {.infostr = "devices",
	.commands = {&cmd_struct_device_add, &cmd_struct_device_delete,
		&cmd_struct_device_remove, NULL}};
DEFINE_GROUP_COMMAND_TOKEN(device);
