#include "parse.h"
#include <stdio.h>

static int create(int argc, const char **argv, const char *prefix)
{
	int quiet = 0;
	struct option options[] = {
		OPT_BIT('q', "quiet", &quiet, "do not show progress", 1),
		OPT_END(),
	};

	puts(__func__);
	parse_options(argc, argv, options, "bundle create FILE");
	return quiet;
}
static int verify(int argc, const char **argv, const char *prefix)
{
	puts(__func__);
	return 0;
}

int cmd_bundle(int argc, const char **argv, const char *prefix)
{
	parse_opt_subcommand_fn *fn = NULL;
	struct option options[] = {
		OPT_SUBCOMMAND("create", &fn, create),
		OPT_SUBCOMMAND("verify", &fn, verify),
		OPT_END(),
	};

	puts(__func__);
	argc = parse_options(argc, argv, options, "bundle create|verify");
	return fn ? fn(argc, argv, prefix) : 129;
}
