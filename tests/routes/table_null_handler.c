/* Rows without a function are commands, too: code knows them by their names. */
#include <stdio.h>
#include <string.h>

static int cmd_open(char **args)
{
	return puts(__func__) < 0;
}
static int cmd_close(char **args)
{
	return puts(__func__) < 0;
}

static const struct command {
	const char *name;
	int (*run)(char **args);
	const char *help;
} commands[] = {
	{"open", cmd_open, "open a store"},
	{"close", cmd_close, "close it"},
	{"help", NULL, "this list"},
	{"quit", NULL, "leave"},
	{NULL, NULL, NULL},
};

static void print_help(void)
{
	puts(__func__);
	for (const struct command *c = commands; c->name; c++)
		printf("%-8s %s\n", c->name, c->help);
}

static int execute(char **words)
{
	const struct command *c = commands;

	while (c->name && strcmp(c->name, words[0]))
		c++;
	if (!c->name) {
		puts("?");
		return 0;
	}
	if (!c->run) {
		if (!strcmp(c->name, "quit"))
			return 1;
		print_help();
		return 0;
	}
	return c->run(words + 1);
}

int main(int argc, char **argv)
{
	return argc > 1 ? execute(argv + 1) : 2;
}
