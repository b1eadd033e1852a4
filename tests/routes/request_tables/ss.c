/*
 * A generator writes rows that have an array of names each; the tables hang in an object
 * of a library of the program, which takes lines apart and looks in each of them.
 */
#include "ss.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	const char *subsystem;
	request_table *rqt_tables[8];
	int current;
} ss_data;

static ss_data *ss_table[4];

int ss_create_invocation(const char *name, request_table *table)
{
	ss_data *info = calloc(1, sizeof(*info));

	if (!info)
		abort();
	info->subsystem = name;
	info->rqt_tables[0] = table;
	ss_table[1] = info;
	return 1;
}

void ss_add_request_table(int index, request_table *table)
{
	ss_data *info = ss_table[index];
	int i = 0;

	while (info->rqt_tables[i])
		i++;
	info->rqt_tables[i] = table;
}

static int check_request_table(request_table *rqtbl, int argc, const char *const argv[],
	int index)
{
	request_entry *request;
	char const *const *name;

	for (request = rqtbl->requests; request->command_names; request++)
		for (name = request->command_names; *name; name++)
			if (!strcmp(*name, argv[0])) {
				ss_table[index]->current = request->flags;
				(request->function)(argc, argv, index, NULL);
				return 0;
			}
	return 1;
}

static int really_execute_command(int index, int argc, const char *const argv[])
{
	request_table **rqtbl;

	for (rqtbl = ss_table[index]->rqt_tables; *rqtbl; rqtbl++)
		if (!check_request_table(*rqtbl, argc, argv, index))
			return 0;
	return 1;
}

int ss_execute_line(int index, char *line)
{
	const char *argv[16];
	int argc = 0;

	while (isspace((unsigned char)*line))
		line++;
	for (char *w = strtok(line, " \t\n"); w && argc < 15; w = strtok(NULL, " \t\n"))
		argv[argc++] = w;
	argv[argc] = NULL;
	return argc ? really_execute_command(index, argc, argv) : 0;
}
