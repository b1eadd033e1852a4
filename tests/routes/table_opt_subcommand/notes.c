#include "parse.h"
#include <stdio.h>

static const char *notes_ref;

static int list(int argc, const char **argv, const char *prefix)
{
	puts(__func__);
	return 0;
}
static int add(int argc, const char **argv, const char *prefix)
{
	puts(__func__);
	return 0;
}
static int merge_abort(int argc, const char **argv, const char *prefix)
{
	puts(__func__);
	return 0;
}
static int merge_commit(int argc, const char **argv, const char *prefix)
{
	puts(__func__);
	return 0;
}

static int merge(int argc, const char **argv, const char *prefix)
{
	parse_opt_subcommand_fn *chosen = NULL;
	struct option merge_options[] = {
		OPT_SUBCOMMAND("abort", &chosen, merge_abort),
		OPT_SUBCOMMAND("commit", &chosen, merge_commit),
		OPT_END(),
	};

	puts(__func__);
	argc = parse_options(argc, argv, merge_options, "notes merge abort|commit");
	if (!chosen)
		return 1;
	return chosen(argc, argv, prefix);
}

int cmd_notes(int argc, const char **argv, const char *prefix)
{
	parse_opt_subcommand_fn *fn = list;
	struct option options[] = {
		OPT_STRING(0, "ref", &notes_ref, "use notes from <notes-ref>"),
		OPT_SUBCOMMAND("list", &fn, list),
		OPT_SUBCOMMAND("add", &fn, add),
		OPT_SUBCOMMAND("merge", &fn, merge),
		OPT_END(),
	};

	puts(__func__);
	argc = parse_options(argc, argv, options, "notes [list|add|merge]");
	return !!fn(argc, argv, prefix);
}
