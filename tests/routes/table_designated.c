/* Rows whose fields are named, in any order, some of them left out; ended by an empty
 * row. */
#include <stdio.h>
#include <string.h>

struct verb {
	int min_args, max_args;
	const char *token;
	const char *summary;
	int (*run)(char **args);
};

static int start_unit(char **args)
{
	return puts(__func__) < 0;
}
static int stop_unit(char **args)
{
	return puts(__func__) < 0;
}
static int show_status(char **args)
{
	return puts(__func__) < 0;
}

static const struct verb verbs[] = {
	{.token = "start", .run = start_unit, .min_args = 1, .summary = "start a unit"},
	{.run = stop_unit, .summary = "stop a unit", .token = "stop", .max_args = 9},
	{.summary = "what runs", .token = "status", .run = show_status},
	{.token = NULL},
};

int main(int argc, char **argv)
{
	const struct verb *v;

	for (v = verbs; argc > 1 && v->token; v++)
		if (strcmp(argv[1], v->token) == 0)
			return v->run(argv + 2);
	fputs("verbs: start, stop, status\n", stderr);
	return 2;
}
