/*
 * Commands in every way in which a process comes to run them: named on its command line,
 * by a command below another, by two names of one function, read line by line, in a
 * child.
 */
#include "work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
};

static int run_in(const struct command *commands, size_t n, int argc, char **argv)
{
	for (size_t i = 0; argc > 0 && i < n; i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	return 2;
}

#define RUN_IN(table, argc, argv) \
	run_in(table, sizeof(table) / sizeof((table)[0]), argc, argv)

static int add(int argc, char **argv)
{
	(void)argv;
	effect();
	return argc > 1;
}

static int show(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	effect();
	return 0;
}

static const struct command remote_commands[] = {{"add", add}, {"list", show}};

static int remote(int argc, char **argv)
{
	/* More calls than a trace holds: the command below is to be seen all the same. */
	for (int i = 0; i < 100; i++)
		effect();
	return RUN_IN(remote_commands, argc, argv);
}

/* Itself no command's, and 'add' of another file in all but the file. */
static int erase(int argc, char **argv)
{
	return show(argc, argv);
}

static int serve(int argc, char **argv);
static int batch(int argc, char **argv);

static const struct command commands[] = {
	{"remote", remote},
	{"rm", erase},
	{"delete", erase},
	{"serve", serve},
	{"batch", batch},
};

static int serve(int argc, char **argv)
{
	pid_t child = fork();
	int status = 0;

	(void)argc;
	(void)argv;
	if (child == 0) {
		char *words[] = {"remote", "list"};

		exit(RUN_IN(commands, 2, words));
	}
	waitpid(child, &status, 0);
	return status;
}

static int batch(int argc, char **argv)
{
	return RUN_IN(commands, argc, argv);
}

int main(int argc, char **argv)
{
	char line[100];

	/* The first words are options, and what may be a password. */
	while (argc > 1 && argv[1][0] == '-')
		argv += 2, argc -= 2;
	if (argc > 1)
		return RUN_IN(commands, argc - 1, argv + 1);
	while (fgets(line, sizeof(line), stdin)) {
		char *words[4], *rest = NULL;
		int n = 0;

		for (char *word = strtok_r(line, " \n", &rest); word && n < 4;
			word = strtok_r(NULL, " \n", &rest))
			words[n++] = word;
		RUN_IN(commands, n, words);
	}
	return 0;
}
