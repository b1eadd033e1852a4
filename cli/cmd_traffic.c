#include "cli/command.h"

#include "cli/progress.h"
#include "cli/static_file.h"
#include "cli/traffic_report.h"
#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/dynamic_json.h"
#include "core/error.h"
#include "core/file.h"
#include "core/json_reader.h"
#include "core/static_json.h"
#include "core/trace.h"
#include "core/traffic_rules_json.h"
#include "tracer/traffic.h"
#include "tracer/traffic_drive.h"
#include "tracer/traffic_process.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct command cmd_traffic;

enum {
	MOST_SECONDS = 3600
};

static struct {
	const char *output, *scanned, *root, *rules, *format;
	struct option_values programs, routes;
	unsigned timeout_s;
	bool is_dry, is_strict, is_quiet;
} given = {.output = "dynamic.json", .format = "text", .timeout_s = 10};

static const struct option *traffic_options(void)
{
	static const char *const formats[] = {"text", "json", NULL};
	static const struct option options[] = {
		{0, "static", OPTION_FILE, &given.scanned, "FILE",
			"what 'pcarch scan' wrote (default: static.json, here or above)",
			NULL, 0, 0},
		{0, "rules", OPTION_FILE, &given.rules, "FILE",
			"what each command is given, and how servers are started", NULL,
			0, 0},
		{0, "program", OPTION_FILES, &given.programs, "[NAME=]FILE",
			"the file of a program, which static.json calls NAME", NULL, 0,
			0},
		{0, "route", OPTION_STRINGS, &given.routes, "PATTERN",
			"drive these only: a program and words, or a pattern of them",
			NULL, 0, 0},
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where the trace goes (default: dynamic.json)", NULL, 0, 0},
		{0, "root", OPTION_DIR, &given.root, "DIR",
			"the directory that paths are relative to (default: as in static.json)",
			NULL, 0, 0},
		{0, "timeout", OPTION_NUMBER, &given.timeout_s, "SECONDS",
			"how long each may take (default: 10)", NULL, 1, MOST_SECONDS},
		{'n', "dry-run", OPTION_FLAG, &given.is_dry, NULL,
			"print what would be run", NULL, 0, 0},
		{0, "strict", OPTION_FLAG, &given.is_strict, NULL,
			"exit with 1 also where one was not driven, or its handler did not run",
			NULL, 0, 0},
		{0, "format", OPTION_CHOICE, &given.format, "FORMAT",
			"what is printed; json is one object a line", formats, 0, 0},
		{'q', "quiet", OPTION_FLAG, &given.is_quiet, NULL,
			"only errors and warnings on stderr", NULL, 0, 0},
		{0},
	};

	return options;
}

static bool find_path(struct arena *arena, const char *path, const char **out,
	struct error *err)
{
	char real[PATH_MAX];

	if (!realpath(path, real))
		return error_set_errno(err, "open", path, NULL);
	*out = arena_strdup(arena, real);
	return true;
}

/* What records: this very program. */
static bool set_recorder(struct arena *arena, struct traffic_recorder *recorder,
	struct error *err)
{
	return find_path(arena, "/proc/self/exe", &recorder->self, err) &&
	       find_path(arena, given.scanned, &recorder->scanned, err) &&
	       (!given.root || find_path(arena, given.root, &recorder->root, err));
}

static bool read_all(struct arena *arena, struct traffic *traffic, struct error *err)
{
	struct static_trace *scanned = arena_alloc(arena, sizeof(*scanned));
	struct traffic_rules *rules = arena_alloc(arena, sizeof(*rules));
	const struct json_source source = {.name = given.rules};

	if (!given.scanned)
		given.scanned = static_file_find(arena, "--static FILE", err);
	if (!given.scanned)
		return false;
	rules->directory = "/";
	if (!static_json_read(arena, given.scanned, scanned, err) ||
		(given.rules && !traffic_rules_read(arena, &source, rules, err)))
		return false;
	traffic->scanned = scanned;
	traffic->rules = rules;
	traffic->given = given.programs.items;
	traffic->ngiven = given.programs.count;
	traffic->timeout_s = given.timeout_s;
	traffic_plan(traffic, arena);
	if (!traffic->nitems)
		return error_set(err, (struct location){given.scanned, 0, 0},
			"there are no commands, requests or messages in it: 'pcarch show "
			"routes' says which there are");
	if (!traffic_select(traffic, given.routes.items, given.routes.count))
		return error_set(err, (struct location){0},
			"no command begins with '%s' or matches it: 'pcarch show routes' "
			"lists them",
			given.routes.items[0]);
	return true;
}

struct talk {
	struct progress progress;
	const struct traffic *traffic;
};

static void show_progress(void *context, size_t index)
{
	struct talk *talk = context;

	progress_update(&talk->progress, index, talk->traffic->items[index].name);
}

static int exit_code(const struct traffic *traffic)
{
	const struct traffic_sum sum = traffic_report_sum(traffic);

	if (traffic_process_interrupted())
		return 128 + traffic_process_interrupted();
	if (sum.nunexpected || (given.is_strict && (sum.nundriven || sum.nunseen ||
							   sum.nlate || sum.nunrecorded)))
		return EXIT_FINDINGS;
	return EXIT_CLEAN;
}

static void print(struct arena *arena, const struct traffic *traffic)
{
	if (strcmp(given.format, "json") == 0)
		traffic_report_json(traffic);
	else
		traffic_report_text(arena, traffic);
	fflush(stdout);
	if (!given.is_quiet)
		traffic_report_summary(traffic);
}

/* All of it is printed before the trace is written: that may fail. */
static int save(struct dynamic_builder *builder, const struct traffic_driver *driver)
{
	struct dynamic_trace trace;
	struct error err;

	if (!driver->recorder.nruns) {
		fputs("pcarch traffic: warning: nothing was recorded, so no trace is "
		      "written\n",
			stderr);
		return exit_code(driver->traffic);
	}
	dynamic_builder_finish(builder, PCARCH_VERSION, &trace);
	if (!dynamic_json_save(&trace, given.output, &err)) {
		error_print(&err, "traffic");
		return EXIT_USAGE;
	}
	if (!given.is_quiet)
		fprintf(stderr, "wrote %s\n", given.output);
	return exit_code(driver->traffic);
}

static int drive(struct arena *arena, struct traffic *traffic)
{
	struct talk talk = {.traffic = traffic};
	struct traffic_driver driver = {
		.traffic = traffic, .arena = arena, .each = show_progress};
	scoped_builder builder;
	struct error err;

	dynamic_builder_init(&builder, arena);
	driver.recorder.builder = &builder;
	driver.context = &talk;
	if (!file_can_create(given.output, &err) ||
		!set_recorder(arena, &driver.recorder, &err)) {
		error_print(&err, "traffic");
		return EXIT_USAGE;
	}
	progress_start(&talk.progress, "commands", traffic->nitems, given.is_quiet);
	traffic_drive(&driver);
	progress_clear(&talk.progress);
	print(arena, traffic);
	return save(&builder, &driver);
}

static int traffic_main(int argc, char **argv)
{
	struct traffic traffic = {0};
	struct arena arena = {0};
	struct error err;
	int status = options_parse(&cmd_traffic, &argc, &argv);

	if (status >= 0)
		return status;
	if (argc)
		return usage_error("traffic",
			"what is '%s'? Commands are chosen with --route '%s', programs "
			"named with --program",
			argv[0], argv[0]);
	if (strcmp(given.output, "-") == 0)
		return usage_error("traffic",
			"standard output is for what happened: name a file with -o FILE");
	if (!read_all(&arena, &traffic, &err)) {
		error_print(&err, "traffic");
		status = EXIT_USAGE;
	} else if (given.is_dry) {
		traffic_report_plan(&traffic);
		status = EXIT_CLEAN;
	} else {
		status = drive(&arena, &traffic);
	}
	arena_release(&arena);
	return status;
}

const struct command cmd_traffic = {
	.name = "traffic",
	.args = "[options]",
	.summary = "drive every command of a program, and record it",
	.description =
		"Runs each command that static.json knows, with --help or what the rules give it, "
		"under 'pcarch trace', in an empty directory of its own; sends servers the "
		"commands, HTTP requests and messages that they take; joins what was recorded, "
		"and says of each whether its handler ran, and if not, why. Only programs that "
		"--program or the rules name are run.",
	.examples =
		"  pcarch traffic --program git=./git --dry-run\n"
		"  pcarch traffic --program git=./git --route 'git remote' -o remote.json\n"
		"  pcarch traffic --rules traffic.json --strict --format json",
	.options = traffic_options,
	.run = traffic_main,
	.operand = OPERAND_NONE,
};
