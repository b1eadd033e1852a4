#include "cmd.h"

static int cmdq_fire(struct cmd *cmd)
{
	const struct cmd_entry *entry = cmd_get_entry(cmd);

	return entry->exec(cmd);
}

int cmdq_run(struct cmd *first)
{
	int status = 0;

	for (struct cmd *cmd = first; cmd; cmd = cmd->next)
		status |= cmdq_fire(cmd);
	return status;
}
