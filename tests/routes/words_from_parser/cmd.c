#include "cmd.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct cmd_entry *cmd_table[] = {
	&cmd_kill_entry, &cmd_new_entry, &cmd_wait_entry, NULL};

static struct cmd *queue_first, **queue_last = &queue_first;

static const struct cmd_entry *cmd_find(const char *name, char **cause)
{
	const struct cmd_entry **loop, *entry, *found = NULL;
	int ambiguous = 0;

	for (loop = cmd_table; *loop != NULL; loop++) {
		entry = *loop;
		if (entry->alias != NULL && strcmp(entry->alias, name) == 0) {
			ambiguous = 0;
			found = entry;
			break;
		}
		if (strncmp(entry->name, name, strlen(name)) != 0)
			continue;
		if (found != NULL)
			ambiguous = 1;
		found = entry;
		if (strcmp(entry->name, name) == 0)
			break;
	}
	if (ambiguous)
		goto ambiguous;
	if (found == NULL && asprintf(cause, "unknown command: %s", name) < 0)
		abort();
	return found;
ambiguous:
	*cause = strdup("ambiguous command");
	return NULL;
}

static int args_check(const struct args_parse *parse, struct args *args, char **cause)
{
	if (args->argc - 1 < parse->lower ||
		(parse->upper >= 0 && args->argc - 1 > parse->upper))
		return -1;
	for (int i = 1; parse->cb && i < args->argc; i++)
		if (parse->cb(args, i, cause) < 0)
			return -1;
	return 0;
}

const struct cmd_entry *cmd_get_entry(struct cmd *cmd)
{
	return cmd->entry;
}

static struct cmd *cmd_parse(struct args *args, char **cause)
{
	const struct cmd_entry *entry;
	struct cmd *cmd;

	if (args->argc == 0 || !(entry = cmd_find(args->argv[0], cause)))
		return NULL;
	if (args_check(&entry->args, args, cause) < 0)
		return NULL;
	cmd = calloc(1, sizeof(*cmd));
	if (!cmd)
		abort();
	cmd->entry = entry;
	cmd->args = args;
	return cmd;
}

static void queue_add(struct cmd *cmd)
{
	*queue_last = cmd;
	queue_last = &cmd->next;
}

int main(void)
{
	char text[512] = "", *cause = NULL;
	size_t n = fread(text, 1, sizeof(text) - 1, stdin);
	struct cmd *cmd;

	text[n] = '\0';
	for (struct args *args = parse_input(text); args; args = args->next) {
		cmd = cmd_parse(args, &cause);
		if (cmd)
			queue_add(cmd);
		else if (cause)
			fprintf(stderr, "%s\n", cause);
	}
	return cmdq_run(queue_first);
}
