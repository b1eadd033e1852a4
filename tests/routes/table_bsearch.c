/* A sorted table that the C library searches, by a function that compares names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct subcommand {
	const char *name;
	int (*main)(int argc, char **argv);
	unsigned flags;
};

static int convert_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int info_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int resize_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int snapshot_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}

static const struct subcommand subcommands[] = {
	{"convert", convert_main, 0},
	{"info", info_main, 1},
	{"resize", resize_main, 0},
	{"snapshot", snapshot_main, 0},
};

static int compare(const void *key, const void *row)
{
	const struct subcommand *command = row;

	return strcmp(key, command->name);
}

int main(int argc, char **argv)
{
	const struct subcommand *found;

	if (argc < 2)
		return 1;
	found = bsearch(argv[1], subcommands,
		sizeof(subcommands) / sizeof(subcommands[0]), sizeof(subcommands[0]),
		compare);
	if (!found) {
		fprintf(stderr, "%s: unknown command\n", argv[1]);
		return 1;
	}
	return found->main(argc - 1, argv + 1);
}
