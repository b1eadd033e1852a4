#include "cli/command.h"

#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/dynamic_json.h"
#include "core/dynamic_merge.h"
#include "core/error.h"

#include <stdio.h>

extern const struct command cmd_merge;

static struct {
	const char *output;
	bool is_quiet;
} given = {.output = "dynamic.json"};

static const struct option *merge_options(void)
{
	static const struct option options[] = {
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where the result goes; '-' is stdout (default: dynamic.json)",
			NULL, 0, 0},
		{'q', "quiet", OPTION_FLAG, &given.is_quiet, NULL,
			"only errors on stderr", NULL, 0, 0},
		{0},
	};

	return options;
}

/* One file is in memory at a time; the builder keeps what it adds. */
static bool add_file(struct dynamic_builder *builder, const char *path, struct error *err)
{
	struct dynamic_trace trace;
	struct arena arena = {0};
	bool ok = dynamic_json_read(&arena, path, &trace, err);

	if (ok)
		dynamic_merge(builder, &trace);
	arena_release(&arena);
	return ok;
}

static int merge(struct arena *arena, int count, char **paths)
{
	scoped_builder builder;
	struct dynamic_trace trace;
	struct error err;

	dynamic_builder_init(&builder, arena);
	for (int i = 0; i < count; i++)
		if (!add_file(&builder, paths[i], &err)) {
			error_print(&err, "merge");
			return EXIT_USAGE;
		}
	dynamic_builder_finish(&builder, PCARCH_VERSION, &trace);
	if (!dynamic_json_save(&trace, given.output, &err)) {
		error_print(&err, "merge");
		return EXIT_USAGE;
	}
	if (!given.is_quiet)
		fprintf(stderr,
			"%zu runs, %zu processes: %zu functions, %zu calls%s\nwrote %s\n",
			trace.nruns, trace.nprocesses, trace.nfunctions, trace.ncalls,
			dynamic_is_complete(&trace) ? " (complete)" : "", given.output);
	return EXIT_CLEAN;
}

static int merge_main(int argc, char **argv)
{
	struct arena arena = {0};
	int status = options_parse(&cmd_merge, &argc, &argv);

	if (status >= 0)
		return status;
	if (!argc)
		return usage_error("merge",
			"give the traces to merge: 'pcarch merge a.json b.json -o all.json'");
	status = merge(&arena, argc, argv);
	arena_release(&arena);
	return status;
}

const struct command cmd_merge = {
	.name = "merge",
	.args = "[options] TRACE...",
	.summary = "join what several runs recorded",
	.description =
		"Reads files that 'pcarch trace', 'recover' or 'merge' wrote and writes one. "
		"Counts of different runs are added; of the same run the greater count stays. "
		"So neither order nor grouping matters, and a file that is given twice "
		"counts once.",
	.examples = "  pcarch merge run-1.json run-2.json -o all.json\n"
		    "  pcarch merge all.json today.json -o all.json\n",
	.options = merge_options,
	.run = merge_main,
	.operand = OPERAND_JSON,
};
