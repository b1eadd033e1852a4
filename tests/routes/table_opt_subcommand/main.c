/*
 * Subcommands stand among the options of a table: each row has its function and the
 * address of the local variable that the parser puts it into; the handler calls the
 * variable.
 */
#include "parse.h"
#include <stdio.h>
#include <string.h>

static struct cmd_struct {
	const char *cmd;
	int (*fn)(int, const char **, const char *);
} commands[] = {
	{"bundle", cmd_bundle},
	{"notes", cmd_notes},
};

int main(int argc, const char **argv)
{
	for (unsigned i = 0; argc > 1 && i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(commands[i].cmd, argv[1]))
			return commands[i].fn(argc - 1, argv + 1, NULL);
	return 1;
}
