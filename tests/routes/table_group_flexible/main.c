/* Groups that end in a flexible array of pointers to commands; a group's function is the
 * same for all. */
#include "commands.h"
#include <stdio.h>
#include <string.h>

static int cmd_version(const struct cmd_struct *cmd, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static DEFINE_SIMPLE_COMMAND(version, "version");

static const struct cmd_group root_group = {NULL, "store and its devices",
	{&cmd_struct_device, &cmd_struct_qgroup, &cmd_struct_send, &cmd_struct_version,
		NULL}};

static const struct cmd_struct *parse_command_token(const char *arg,
	const struct cmd_group *group)
{
	const struct cmd_struct *const *p, *found = NULL, *ambiguous = NULL;

	for (p = group->commands; *p; p++) {
		if (strncmp(arg, (*p)->token, strlen(arg)))
			continue;
		if (strlen(arg) == strlen((*p)->token))
			return *p;
		if (found)
			ambiguous = *p;
		found = *p;
	}
	if (ambiguous || !found) {
		fprintf(stderr, "%s command '%s'\n", ambiguous ? "ambiguous" : "unknown",
			arg);
		return NULL;
	}
	return found;
}

static int cmd_execute(const struct cmd_struct *cmd, int argc, char **argv)
{
	return cmd->fn(cmd, argc, argv);
}

static int run_group(const struct cmd_group *group, int argc, char **argv)
{
	const struct cmd_struct *cmd =
		argc > 1 ? parse_command_token(argv[1], group) : NULL;

	return cmd ? cmd_execute(cmd, argc - 1, argv + 1) : 1;
}

int handle_group(const struct cmd_struct *self, int argc, char **argv)
{
	puts(__func__);
	return run_group(self->next, argc, argv);
}

int main(int argc, char **argv)
{
	return run_group(&root_group, argc, argv);
}
