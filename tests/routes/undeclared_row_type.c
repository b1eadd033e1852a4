/* The struct of the table is in a header that is missing: only the tokens tell what the
 * rows are. */
#include "command_table.h"
#include <string.h>

int cmd_up(int argc, char **argv);
int cmd_down(int argc, char **argv);

int cmd_up(int argc, char **argv)
{
	return argc;
}
int cmd_down(int argc, char **argv)
{
	return argc;
}

static const struct command_row commands[] = {
	{"up", cmd_up, "go up"},
	{"down", cmd_down, "go down"},
	{NULL, NULL, NULL},
};

int main(int argc, char **argv)
{
	for (const struct command_row *c = commands; argc > 1 && c->name; c++)
		if (!strcmp(c->name, argv[1]))
			return c->run(argc - 1, argv + 1);
	return 1;
}
