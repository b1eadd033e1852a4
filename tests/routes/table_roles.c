/* Four functions in a row: one runs the command, the others complete it, explain it and
 * say whether it may run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cli_cmd {
	const char *cmd;
	char **(*completion)(const char *str, int pos);
	int (*available)(void);
	int (*handler)(int argc, char *argv[]);
	void (*usage)(void);
};

static char **complete_network(const char *str, int pos)
{
	puts(__func__);
	return NULL;
}
static char **complete_bss(const char *str, int pos)
{
	puts(__func__);
	return NULL;
}
static int always(void)
{
	return 1;
}
static int is_connected(void)
{
	puts(__func__);
	return getenv("OFFLINE") == NULL;
}
static int cmd_status(int argc, char *argv[])
{
	return puts(__func__) < 0;
}
static int cmd_bss(int argc, char *argv[])
{
	return puts(__func__) < 0;
}
static int cmd_select(int argc, char *argv[])
{
	return puts(__func__) < 0;
}
static int cmd_help(int argc, char *argv[]);
static void usage_status(void)
{
	puts("status = get the status");
}
static void usage_bss(void)
{
	puts("bss <idx> = get details of a network");
}

static struct cli_cmd commands[] = {
	{"status", NULL, always, cmd_status, usage_status},
	{"bss", complete_bss, is_connected, cmd_bss, usage_bss},
	{"select_network", complete_network, is_connected, cmd_select, NULL},
	{"help", NULL, always, cmd_help, NULL},
	{NULL, NULL, NULL, NULL, NULL},
};

static int cmd_help(int argc, char *argv[])
{
	puts(__func__);
	for (int i = 0; commands[i].cmd; i++)
		if (argc > 0 && strcmp(commands[i].cmd, argv[0]) == 0 &&
			commands[i].usage)
			commands[i].usage();
	return 0;
}

/* What a line editor calls at a tab. */
char **complete(const char *command, const char *str, int pos)
{
	for (int i = 0; commands[i].cmd; i++)
		if (strcmp(commands[i].cmd, command) == 0 && commands[i].completion)
			return commands[i].completion(str, pos);
	return NULL;
}

static int request(int argc, char *argv[])
{
	struct cli_cmd *cmd, *match = NULL;
	int count = 0;

	for (cmd = commands; cmd->cmd; cmd++) {
		if (strncasecmp(cmd->cmd, argv[0], strlen(argv[0])) == 0) {
			match = cmd;
			if (strcasecmp(cmd->cmd, argv[0]) == 0) {
				count = 1;
				break;
			}
			count++;
		}
	}
	if (count > 1) {
		fprintf(stderr, "ambiguous command '%s'\n", argv[0]);
		return 1;
	}
	if (count == 0 || !match->available())
		return 1;
	return match->handler(argc - 1, &argv[1]);
}

int main(int argc, char *argv[])
{
	return argc > 1 ? request(argc - 1, argv + 1) : 2;
}
