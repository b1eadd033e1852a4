/* A table of pointers to rows that other units define; each row has a short name, too. */
#include "cmd.h"
#include <stdio.h>
#include <string.h>

extern const struct cmd_entry cmd_attach_entry;
extern const struct cmd_entry cmd_kill_pane_entry;
extern const struct cmd_entry cmd_kill_window_entry;
extern const struct cmd_entry cmd_list_keys_entry;

const struct cmd_entry *cmd_table[] = {
	&cmd_attach_entry,
	&cmd_kill_pane_entry,
	&cmd_kill_window_entry,
	&cmd_list_keys_entry,
	NULL,
};

static const struct cmd_entry *cmd_find(const char *name)
{
	const struct cmd_entry **loop, *entry, *found = NULL;

	for (loop = cmd_table; *loop != NULL; loop++) {
		entry = *loop;
		if (entry->alias != NULL && strcmp(entry->alias, name) == 0)
			return entry;
		if (strncmp(entry->name, name, strlen(name)) != 0)
			continue;
		if (found != NULL)
			return NULL;
		found = entry;
		if (strcmp(entry->name, name) == 0)
			break;
	}
	return found;
}

int main(int argc, char **argv)
{
	const struct cmd_entry *entry = argc > 1 ? cmd_find(argv[1]) : NULL;

	if (entry == NULL) {
		fprintf(stderr, "unknown command\n");
		return 1;
	}
	return entry->exec(NULL, argc - 2, argv + 2) == CMD_ERROR;
}
