/* A row has either a function or the table of the next level, to any depth. */
#include <stdio.h>
#include <strings.h>

struct command {
	const char *name;
	const char *since;
	void (*proc)(int argc, char **argv);
	struct command *subcommands;
};

static void ping_command(int argc, char **argv)
{
	puts(__func__);
}
static void acl_cat_command(int argc, char **argv)
{
	puts(__func__);
}
static void acl_log_reset_command(int argc, char **argv)
{
	puts(__func__);
}
static void acl_log_show_command(int argc, char **argv)
{
	puts(__func__);
}
static void config_get_command(int argc, char **argv)
{
	puts(__func__);
}
static void config_set_command(int argc, char **argv)
{
	puts(__func__);
}

static struct command acl_log_commands[] = {
	{"reset", "6.0", acl_log_reset_command},
	{"show", "6.0", acl_log_show_command},
	{0},
};

static struct command acl_commands[] = {
	{"cat", "6.0", acl_cat_command},
	{"log", "6.0", .subcommands = acl_log_commands},
	{0},
};

static struct command config_commands[] = {
	{"get", "2.0", config_get_command},
	{"set", "2.0", config_set_command},
	{0},
};

static struct command commands[] = {
	{"acl", "6.0", NULL, acl_commands},
	{"config", "2.0", .subcommands = config_commands},
	{"ping", "1.0", ping_command},
	{0},
};

static struct command *lookup(struct command *table, int argc, char **argv)
{
	for (struct command *c = table; argc > 0 && c->name; c++) {
		if (strcasecmp(c->name, argv[0]))
			continue;
		return c->subcommands ? lookup(c->subcommands, argc - 1, argv + 1) : c;
	}
	return NULL;
}

int main(int argc, char **argv)
{
	struct command *c = lookup(commands, argc - 1, argv + 1);

	if (!c || !c->proc)
		return 1;
	c->proc(argc, argv);
	return 0;
}
