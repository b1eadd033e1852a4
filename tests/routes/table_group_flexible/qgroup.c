#include "commands.h"
#include <stdio.h>

static int cmd_qgroup_show(const struct cmd_struct *cmd, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static DEFINE_SIMPLE_COMMAND(qgroup_show, "show");

static int cmd_limit_set(const struct cmd_struct *cmd, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static DEFINE_SIMPLE_COMMAND(limit_set, "set");

static const struct cmd_group limit_cmd_group = {
	NULL, "limits", {&cmd_struct_limit_set, NULL}};
static DEFINE_GROUP_COMMAND_TOKEN(limit);

static const struct cmd_group qgroup_cmd_group = {
	NULL, "quota groups", {&cmd_struct_qgroup_show, &cmd_struct_limit, NULL}};
DEFINE_GROUP_COMMAND_TOKEN(qgroup);
