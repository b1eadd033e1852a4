/* Macros put a pointer to each row into a section of the linker, which is the table; a
 * row names its parent. */
#include "cmd.h"
#include <stdio.h>
#include <string.h>

extern struct cmd *__start___cmd[];
extern struct cmd *__stop___cmd;

#define for_each_cmd(_cmd, i)                               \
	for (i = 0; i < &__stop___cmd - __start___cmd; i++) \
		if ((_cmd = __start___cmd[i]))

static int handle_cmd(int argc, char **argv)
{
	const struct cmd *cmd, *match = NULL, *sectcmd;
	const char *command, *section;
	int i;

	if (argc < 1)
		return 1;
	section = *argv;
	argc--;
	argv++;
	for_each_cmd(sectcmd, i)
	{
		if (sectcmd->parent)
			continue;
		if (strcmp(sectcmd->name, section) == 0)
			match = sectcmd;
	}
	sectcmd = match;
	match = NULL;
	if (!sectcmd)
		return 1;
	if (argc > 0) {
		command = *argv;
		for_each_cmd(cmd, i)
		{
			if (!cmd->handler || cmd->parent != sectcmd)
				continue;
			if (strcmp(cmd->name, command))
				continue;
			match = cmd;
			break;
		}
	}
	cmd = match ? match : sectcmd;
	if (!cmd->handler)
		return 1;
	return cmd->handler(argc, argv);
}

int main(int argc, char **argv)
{
	return handle_cmd(argc - 1, argv + 1);
}
