#include "cli/command.h"

#include "cli/run_report.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/module_path.h"
#include "core/record.h"
#include "core/static_json.h"
#include "core/text.h"
#include "core/trace.h"
#include "tracer/launch.h"
#include "tracer/program_file.h"
#include "tracer/roots.h"
#include "tracer/run_directory.h"
#include "tracer/tick_page.h"
#include "tracer/trim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct command cmd_trace;

enum {
	CANNOT_TRACE = 125, /* as env says that the failure is its own */
	MAX_MB = 1024,
	NOTICE_AFTER_S = 1,
};

static struct {
	const char *output, *scanned, *root, *directory;
	const char *filter, *mode, *sample;
	unsigned duration_s, max_mb;
	bool has_times, is_quiet, is_verbose;
} given = {.output = "dynamic.json"};

static const struct option *trace_options(void)
{
	static const char *const modes[] = {"edges", "spans", NULL};
	static const struct option options[] = {
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where the trace goes (default: dynamic.json)", NULL, 0, 0},
		{0, "static", OPTION_FILE, &given.scanned, "FILE",
			"what 'pcarch scan' wrote: start a trace at each entry point",
			NULL, 0, 0},
		{0, "root", OPTION_DIR, &given.root, "DIR",
			"the directory that paths are relative to (default: as in static.json)",
			NULL, 0, 0},
		{0, "mode", OPTION_CHOICE, &given.mode, "MODE",
			"edges, or spans, too (default: spans with --static)", modes, 0,
			0},
		{0, "duration", OPTION_NUMBER, &given.duration_s, "SECONDS",
			"end the command with SIGTERM after so long", NULL, 1, 0},
		{0, "sample", OPTION_STRING, &given.sample, "SHARE",
			"keep the spans of this share of the traces, as 0.01", NULL, 0,
			0},
		{0, "times", OPTION_FLAG, &given.has_times, NULL,
			"record where time goes, sampled once in a millisecond", NULL, 0,
			0},
		{0, "max-mb", OPTION_NUMBER, &given.max_mb, "N",
			"the most that the recording of a process takes (default: 16)",
			NULL, 1, MAX_MB},
		{0, "filter", OPTION_STRING, &given.filter, "PATTERN,...",
			"trace these functions; '/' in it: objects; '!' before it: not these",
			NULL, 0, 0},
		{0, "directory", OPTION_DIR, &given.directory, "DIR",
			"record there, and keep the recordings", NULL, 0, 0},
		{'q', "quiet", OPTION_FLAG, &given.is_quiet, NULL,
			"only errors and warnings on stderr", NULL, 0, 0},
		{'v', "verbose", OPTION_FLAG, &given.is_verbose, NULL,
			"say where it is recorded, and all that is not known", NULL, 0,
			0},
		{0},
	};

	return options;
}

static int fail(const struct error *err)
{
	error_print(err, "trace");
	return CANNOT_TRACE;
}

/* The dynamic linker tells something of a program that tells nothing by itself. */
static char *audit_setting(struct arena *arena, const char *program_name)
{
	scoped_text path = {0};

	if (!program_file_is_bare(program_name) ||
		!module_path("libpcarch-audit.so", &path) || strpbrk(path.bytes, ":$"))
		return NULL;
	return launch_setting(arena, "LD_AUDIT", path.bytes, ':', true);
}

static const char *mode_name(const struct static_trace *scanned)
{
	if (given.mode)
		return given.mode;
	return scanned ? "spans" : "edges";
}

/* What the runtime reads (core/record.h). */
static char **environment(struct arena *arena, const char *program_name,
	const struct run_directory *run, const struct static_trace *scanned)
{
	char *audit = audit_setting(arena, program_name);
	char *settings[8];
	size_t n = 0;

	if (audit)
		settings[n++] = audit;
	settings[n++] = arena_printf(arena, "%s=%s", RECORDING_MODE, mode_name(scanned));
	settings[n++] = arena_printf(arena, "%s=%s", RECORDING_DIRECTORY, run->path);
	settings[n++] =
		arena_printf(arena, "%s=%s", RECORDING_ROOTS, scanned ? "" : "main");
	if (given.max_mb)
		settings[n++] =
			arena_printf(arena, "%s=%u", RECORDING_MAX_MB, given.max_mb);
	if (given.filter)
		settings[n++] =
			arena_printf(arena, "%s=%s", RECORDING_FILTER, given.filter);
	if (given.sample)
		settings[n++] =
			arena_printf(arena, "%s=%s", RECORDING_SAMPLE, given.sample);
	return launch_variables(arena, settings, n);
}

static void trim_each_second(void *context)
{
	trim_finished(context);
}

static bool is_quiet(void *context)
{
	return run_directory_is_quiet(context);
}

/* What the command started in the background, and that records, is a part of it. */
static void await_rest(struct run_directory *run)
{
	if (launch_await(is_quiet, run, NOTICE_AFTER_S))
		return;
	fputs("pcarch trace: waiting for what the command left running; Ctrl-C takes what "
	      "is recorded until now\n",
		stderr);
	launch_await(is_quiet, run, given.duration_s);
}

static int explain_empty(int status)
{
	fputs("pcarch trace: error: nothing was recorded: no process that ran was built to "
	      "be traced; build it with 'pcarch build -- make' (or your build's command), "
	      "then trace again\n",
		stderr);
	return status ? status : CANNOT_TRACE;
}

/* After the command: its recordings become the file. */
static int finish(struct arena *arena, const struct run_directory *run,
	const struct static_trace *scanned)
{
	struct run_report report = {
		.command = "trace",
		.output = given.output,
		.root = given.root,
		.program = scanned,
		.is_quiet = given.is_quiet,
		.is_verbose = given.is_verbose,
	};

	if (!run_report_write(arena, run, &report)) {
		fprintf(stderr, "  the recordings are kept: pcarch recover -o FILE %s\n",
			run->path);
		return run->status ? run->status : CANNOT_TRACE;
	}
	if (!given.directory)
		run_directory_remove(run);
	return report.is_empty ? explain_empty(run->status) : run->status;
}

/* What processes find in the directory, beside the environment. */
static bool prepare(const struct run_directory *run, const struct static_trace *scanned,
	struct tick_page *ticks, struct error *err)
{
	bool has_roots = scanned && strcmp(mode_name(scanned), "spans") == 0;

	return (!has_roots || roots_write(run, scanned, err)) &&
	       (!given.has_times || tick_page_start(ticks, run, err));
}

static int run_traced(struct arena *arena, char **argv,
	const struct static_trace *scanned)
{
	struct launch launch = {
		.argv = argv,
		.duration_s = given.duration_s,
		.hint = "give the command after '--'",
		.each_second = trim_each_second,
	};
	struct run_directory run;
	scoped_trim trim = {0};
	scoped_ticks ticks = {0};
	struct error err;

	if (!run_directory_make(&run, arena, given.directory, &err))
		return fail(&err);
	if (!prepare(&run, scanned, &ticks, &err)) {
		run_directory_remove(&run);
		return fail(&err);
	}
	if (given.is_verbose)
		fprintf(stderr, "recording in %s\n", run.path);
	trim_open(&trim, &run);
	launch.context = &trim;
	launch.variables = environment(arena, argv[0], &run, scanned);
	if (!launch_run(&launch, &err)) {
		run_directory_remove(&run);
		fail(&err);
		return launch.status;
	}
	run.child = (uint32_t)launch.pid;
	run.status = launch.status;
	if (!run_directory_note(&run, &err))
		return fail(&err);
	await_rest(&run);
	tick_page_stop(&ticks);
	trim_finished(&trim); /* they may be kept */
	return finish(arena, &run, scanned);
}

/* Before the command, which may run for an hour. */
static bool is_ready(struct error *err)
{
	char *end;

	if (given.sample) {
		double share = strtod(given.sample, &end);

		if (end == given.sample || *end || !(share >= 0 && share <= 1))
			return error_set(err, (struct location){0},
				"the share '%s' is no number from 0 to 1", given.sample);
	}
	return file_can_create(given.output, err);
}

static int trace_main(int argc, char **argv)
{
	struct static_trace scanned;
	struct arena arena = {0};
	struct error err;
	int status = options_parse(&cmd_trace, &argc, &argv);

	if (status >= 0)
		return status;
	if (options_before_dashes() || !argc)
		return usage_error("trace",
			"give the command after '--': 'pcarch trace -- ./program'");
	if (strcmp(given.output, "-") == 0)
		return usage_error("trace",
			"standard output is the command's: name a file with -o FILE");
	if (!is_ready(&err) || (given.scanned && !static_json_read(&arena, given.scanned,
							 &scanned, &err)))
		status = fail(&err);
	else
		status = run_traced(&arena, argv, given.scanned ? &scanned : NULL);
	arena_release(&arena);
	return status;
}

const struct command cmd_trace = {
	.name = "trace",
	.args = "[options] -- COMMAND [ARGUMENT...]",
	.summary = "run a program and record what calls what",
	.description =
		"Runs COMMAND, which 'pcarch build' has built, follows the processes that it "
		"starts, and writes who called whom, from which line, and how often. With "
		"--static it knows the entry points, and records spans from each on.\n\n"
		"Exits with the status of COMMAND, 128 and the signal's number when a signal "
		"ended it; 125 when it could not be traced, 126 when it cannot be run, 127 "
		"when there is none.",
	.examples = "  pcarch trace -- ./program --help\n"
		    "  pcarch trace --static static.json -o run.json -- make check\n"
		    "  pcarch trace --duration 10 -- ./server\n",
	.options = trace_options,
	.run = trace_main,
	.operand = OPERAND_PROGRAM,
};
