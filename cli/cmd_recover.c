#include "cli/command.h"

#include "cli/run_report.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/static_json.h"
#include "core/trace.h"
#include "tracer/run_directory.h"

extern const struct command cmd_recover;

static struct {
	const char *output, *scanned, *root;
	bool is_quiet, is_verbose;
} given = {.output = "dynamic.json"};

static const struct option *recover_options(void)
{
	static const struct option options[] = {
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where the trace goes; '-' is stdout (default: dynamic.json)",
			NULL, 0, 0},
		{0, "static", OPTION_FILE, &given.scanned, "FILE",
			"what 'pcarch scan' wrote: say which entry points were covered",
			NULL, 0, 0},
		{0, "root", OPTION_DIR, &given.root, "DIR",
			"the directory that paths are relative to (default: as in static.json)",
			NULL, 0, 0},
		{'q', "quiet", OPTION_FLAG, &given.is_quiet, NULL,
			"only errors and warnings on stderr", NULL, 0, 0},
		{'v', "verbose", OPTION_FLAG, &given.is_verbose, NULL,
			"say all that is not known", NULL, 0, 0},
		{0},
	};

	return options;
}

static int recover(struct arena *arena, const char *path)
{
	struct run_report report = {
		.command = "recover",
		.output = given.output,
		.root = given.root,
		.is_quiet = given.is_quiet,
		.is_verbose = given.is_verbose,
	};
	struct static_trace scanned;
	struct run_directory run;
	struct error err;

	if (!run_directory_open(&run, arena, path, &err) ||
		(given.scanned &&
			!static_json_read(arena, given.scanned, &scanned, &err))) {
		error_print(&err, "recover");
		return EXIT_USAGE;
	}
	report.program = given.scanned ? &scanned : NULL;
	if (!run_report_write(arena, &run, &report))
		return EXIT_USAGE;
	return report.is_empty
		       ? usage_error("recover",
				 "there is no recording of a traced program in '%s'",
				 path)
		       : EXIT_CLEAN;
}

static int recover_main(int argc, char **argv)
{
	struct arena arena = {0};
	int status = options_parse(&cmd_recover, &argc, &argv);

	if (status >= 0)
		return status;
	if (argc != 1)
		return usage_error("recover",
			"give the directory that 'pcarch trace' recorded in: one");
	status = recover(&arena, argv[0]);
	arena_release(&arena);
	return status;
}

const struct command cmd_recover = {
	.name = "recover",
	.args = "[options] DIR",
	.summary = "make the trace of a run that was cut off",
	.description =
		"Does the last step of 'pcarch trace' with the recordings in DIR: of a run "
		"whose 'pcarch trace' was killed, that still goes on, or that was recorded "
		"with 'pcarch trace --directory'. DIR stays as it is.",
	.examples = "  pcarch recover /tmp/pcarch-trace-1a2B3c\n"
		    "  pcarch recover -o half.json recordings/\n",
	.options = recover_options,
	.run = recover_main,
	.operand = OPERAND_DIR,
};
