#include "parse.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int parse_long(const char *arg, const struct option *options)
{
	for (; options->type != OPTION_END; options++) {
		size_t length;

		if (options->type == OPTION_SUBCOMMAND)
			continue;
		length = strlen(options->long_name);
		if (strncmp(arg, options->long_name, length))
			continue;
		if (options->type == OPTION_BIT && !arg[length])
			*(int *)options->value |= options->flags;
		else if (options->type == OPTION_STRING && arg[length] == '=')
			*(const char **)options->value = arg + length + 1;
		else
			continue;
		return 1;
	}
	return 0;
}

static int parse_subcommand(const char *arg, const struct option *options)
{
	for (; options->type != OPTION_END; options++)
		if (options->type == OPTION_SUBCOMMAND &&
			!strcmp(options->long_name, arg)) {
			*(parse_opt_subcommand_fn **)options->value =
				options->subcommand_fn;
			return 1;
		}
	return 0;
}

/* Drops what was read from argv; what is left begins with the subcommand. */
int parse_options(int argc, const char **argv, const struct option *options,
	const char *usage)
{
	int i;

	for (i = 1; i < argc && !strncmp(argv[i], "--", 2); i++)
		if (!parse_long(argv[i] + 2, options)) {
			fprintf(stderr, "unknown option; usage: %s\n", usage);
			exit(129);
		}
	if (i < argc && !parse_subcommand(argv[i], options) && argv[i][0] == '~') {
		fprintf(stderr, "unknown subcommand; usage: %s\n", usage);
		exit(129);
	}
	memmove(argv, argv + i, (argc - i) * sizeof(*argv));
	return argc - i;
}
