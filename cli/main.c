/* The pcarch program: find the command that argv names, run it, check what it printed. */
#include "cli/command.h"

#include <stdio.h>

const struct command *const commands[] = {NULL};

int main(void)
{
	fputs("pcarch: no commands yet\n", stderr);
	return EXIT_USAGE;
}
