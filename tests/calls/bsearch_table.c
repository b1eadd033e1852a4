/* A sorted table of commands: bsearch gives a row back, and a search by hand the place of a function. */
#include <stdlib.h>
#include <string.h>

struct command {
	const char *name;
	int (*run)(int);
};

static int add(int x)
{
	return x + 1;
}

static int list(int x)
{
	return x + 2;
}

static const struct command commands[] = {{"add", add}, {"list", list}};

static int compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct command *)row)->name);
}

static int (*const *find(const char *name))(int)
{
	const struct command *row;

	row = bsearch(name, commands, 2, sizeof(commands[0]), compare); /* -> bsearch, compare; closed */
	return row ? &row->run : NULL;
}

int main(void)
{
	const struct command *row;
	int (*const *place)(int) = find("list");

	row = bsearch("add", commands, 2, sizeof(commands[0]), compare); /* -> bsearch, compare; closed */
	if (!row || !place || find("none"))
		return 1;
	return row->run(0) + (*place)(0) == 3 ? 0 : 1; /* -> add, list; closed */
}
