#include "cli/command.h"

#include "core/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_LINES = 32,
	LINE_SIZE = 96
};

struct listing {
	char lines[MAX_LINES][LINE_SIZE];
	size_t nlines;
};

static const struct command *find_command(const struct command *table, const char *name)
{
	for (; table->name; table++) {
		if (strcmp(table->name, name) == 0)
			return table;
	}
	return NULL;
}

int command_usage(const char *words)
{
	fprintf(stderr, "polycall: usage: polycall %s; see 'polycall help'\n", words);
	return 2;
}

int command_failed(const char *words, const char *why)
{
	fprintf(stderr, "polycall %s: error: %s\n", words, why);
	return 1;
}

int command_run(const struct command *table, int argc, char **argv)
{
	const struct command *command = NULL;
	int word = 0;

	while (table && word < argc) {
		command = find_command(table, argv[word]);
		if (!command) {
			story_no_word();
			fprintf(stderr,
				"polycall: error: no command '%s'; see 'polycall help'\n",
				argv[word]);
			return 2;
		}
		story_word(command->name);
		table = command->sub;
		word++;
	}
	if (!command || !command->run)
		return command_usage("COMMAND [WORD...]");
	return command->run(argc - word, argv + word);
}

static void list_row(struct listing *listing, const char *parent,
	const struct command *row)
{
	if (listing->nlines == MAX_LINES)
		return;
	snprintf(listing->lines[listing->nlines++], LINE_SIZE, "%s%s%s%s%s\t%s", parent,
		*parent ? " " : "", row->name, row->args ? " " : "",
		row->args ? row->args : "", row->summary);
}

static int compare_lines(const void *left, const void *right)
{
	return strcmp(left, right);
}

int command_help(int argc, char **argv)
{
	struct listing listing = {.nlines = 0};

	(void)argv;
	if (argc)
		return command_usage("help");
	for (const struct command *row = root_commands; row->name; row++) {
		if (row->run)
			list_row(&listing, "", row);
		for (const struct command *sub = row->sub; sub && sub->name; sub++)
			list_row(&listing, row->name, sub);
	}
	qsort(listing.lines, listing.nlines, LINE_SIZE, compare_lines);
	for (size_t i = 0; i < listing.nlines; i++) {
		const char *tab = strchr(listing.lines[i], '\t');

		if (tab)
			printf("  %-26.*s %s\n", (int)(tab - listing.lines[i]),
				listing.lines[i], tab + 1);
	}
	return 0;
}
