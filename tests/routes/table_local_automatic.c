/* Tables that are locals of the handler above them; a row without a name is what runs
 * without a word. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct rd {
	int argc;
	char **argv;
};

struct rd_cmd {
	const char *cmd;
	int (*func)(struct rd *rd);
};

static bool rd_argv_match(struct rd *rd, const char *pattern)
{
	if (rd->argc <= 0 || strlen(rd->argv[0]) > strlen(pattern))
		return false;
	return memcmp(rd->argv[0], pattern, strlen(rd->argv[0])) == 0;
}

static int rd_exec_cmd(struct rd *rd, const struct rd_cmd *cmds, const char *what)
{
	const struct rd_cmd *c;

	if (!rd->argc)
		return cmds->func(rd);
	for (c = cmds + 1; c->cmd; c++) {
		if (rd_argv_match(rd, c->cmd)) {
			rd->argc--;
			rd->argv++;
			return c->func(rd);
		}
	}
	fprintf(stderr, "Unknown %s '%s'\n", what, rd->argv[0]);
	return 1;
}

static int dev_help(struct rd *rd)
{
	puts(__func__);
	return 0;
}
static int dev_show(struct rd *rd)
{
	puts(__func__);
	return 0;
}
static int set_name(struct rd *rd)
{
	puts(__func__);
	return 0;
}
static int set_netns(struct rd *rd)
{
	puts(__func__);
	return 0;
}

static int dev_set(struct rd *rd)
{
	const struct rd_cmd cmds[] = {
		{NULL, dev_help},
		{"name", set_name},
		{"netns", set_netns},
		{"help", dev_help},
		{0},
	};

	puts(__func__);
	return rd_exec_cmd(rd, cmds, "parameter");
}

static int cmd_dev(struct rd *rd)
{
	const struct rd_cmd cmds[] = {
		{NULL, dev_show},
		{"show", dev_show},
		{"list", dev_show},
		{"set", dev_set},
		{"help", dev_help},
		{0},
	};

	puts(__func__);
	return rd_exec_cmd(rd, cmds, "command");
}

static int cmd_help(struct rd *rd)
{
	puts(__func__);
	return 0;
}

int main(int argc, char **argv)
{
	const struct rd_cmd cmds[] = {
		{NULL, cmd_help},
		{"help", cmd_help},
		{"dev", cmd_dev},
		{0},
	};
	struct rd rd = {argc - 1, argv + 1};

	return rd_exec_cmd(&rd, cmds, "object");
}
