#include "cli/run_report.h"

#include "cli/command.h"
#include "cli/static_file.h"
#include "cli/terminal.h"
#include "core/arena.h"
#include "core/dynamic_json.h"
#include "core/dynamic_trace.h"
#include "core/error.h"
#include "core/static_json.h"
#include "core/terminal_text.h"
#include "tracer/collect.h"
#include "tracer/run_directory.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	MAX_PROBLEMS = 5
};

/* To choose the root by: the nearest static.json, where there is one. */
static const struct static_trace *nearest_program(struct arena *arena)
{
	struct static_trace *scanned = arena_alloc(arena, sizeof(*scanned));
	struct error ignored;
	const char *path = static_file_find(arena, "--static FILE", &ignored);

	return path && static_json_read(arena, path, scanned, &ignored) ? scanned : NULL;
}

static void print_problems(const struct run_report *report,
	const struct collect_report *collected)
{
	size_t most = report->is_verbose ? collected->nproblems : MAX_PROBLEMS;

	for (size_t i = 0; i < collected->nproblems && i < most; i++) {
		fprintf(stderr, "pcarch %s: %swarning:%s ", report->command,
			style_on(stderr, STYLE_WARN), style_off(stderr));
		terminal_print(stderr, collected->problems[i]);
		fputc('\n', stderr);
	}
	if (collected->nproblems > most)
		fprintf(stderr, "... and %zu more: -v prints all\n",
			collected->nproblems - most);
}

static void print_count(size_t count, const char *noun, const char *before)
{
	fprintf(stderr, "%s%zu %s%s", before, count, noun, count == 1 ? "" : "s");
}

static void print_drops(const struct dynamic_trace *trace)
{
	size_t n;
	struct drop *drops = dynamic_drops(trace, &n);

	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "%s%s %" PRIu64,
			i ? ", " : "not recorded: ", drops[i].reason, drops[i].count);
	if (n)
		fputc('\n', stderr);
	free(drops);
}

static void print_summary(const struct run_report *report,
	const struct dynamic_trace *trace)
{
	fputs(style_on(stderr, STYLE_BOLD), stderr);
	fprintf(stderr, "%zu process%s", trace->nprocesses,
		trace->nprocesses == 1 ? "" : "es");
	fputs(style_off(stderr), stderr);
	print_count(trace->nfunctions, "function", ": ");
	print_count(trace->ncalls, "call", ", ");
	if (trace->ntraces)
		print_count(trace->ntraces, "trace", ", ");
	if (report->program)
		fprintf(stderr, ", %zu of %zu entry points covered", trace->nentries,
			report->program->nentry_points);
	if (report->program && report->program->nroutes)
		fprintf(stderr, ", %zu of %zu commands", dynamic_covered_count(trace),
			report->program->nroutes);
	fputs(dynamic_is_complete(trace) ? " (complete)\n" : "\n", stderr);
	if (trace->processes[0].mode == PROCESS_AUDIT)
		fputs("nothing in it is instrumented, so these are the symbols that objects "
		      "use of each other; for calls, build it with 'pcarch build -- make' (or "
		      "your build's command), then trace again\n",
			stderr);
	print_drops(trace);
	fprintf(stderr, "wrote %s\n", report->output);
	if (command_find("diff"))
		fprintf(stderr, "next: 'pcarch diff static.json %s'\n", report->output);
}

static bool collect_run(struct arena *arena, const struct run_directory *run,
	const struct run_report *report, struct dynamic_trace *trace,
	struct collect_report *collected)
{
	char root[PATH_MAX];
	struct collect_options options = {
		.directory = run->path,
		.root = report->root ? realpath(report->root, root) : NULL,
		.program = report->program,
		.run = run->id,
		.tool_version = PCARCH_VERSION,
		.child = run->child,
		.status = run->status,
	};
	struct error err;

	options.only_symbols = report->only_symbols;
	if (report->root && !options.root) {
		error_set_errno(&err, "enter", report->root, NULL);
		error_print(&err, report->command);
		return false;
	}
	if (!report->program && !report->root)
		options.paths = nearest_program(arena);
	if (collect(arena, &options, trace, collected, &err))
		return true;
	error_print(&err, report->command);
	return false;
}

enum outcome {
	WRITTEN,
	EMPTY,
	FAILED, /* and said why */
	CRASHED,
};

static enum outcome write_report(struct arena *arena, const struct run_directory *run,
	const struct run_report *report)
{
	struct collect_report collected;
	struct dynamic_trace trace;
	struct error err;

	if (!collect_run(arena, run, report, &trace, &collected))
		return FAILED;
	print_problems(report, &collected);
	if (!trace.nprocesses)
		return EMPTY;
	if (!dynamic_json_save(&trace, report->output, &err)) {
		error_print(&err, report->command);
		return FAILED;
	}
	if (report->is_verbose && collected.root)
		fprintf(stderr, "paths are relative to %s\n", collected.root);
	if (!report->is_quiet)
		print_summary(report, &trace);
	return WRITTEN;
}

/* In a process of its own: debug information can be such that libdw aborts. */
static enum outcome write_apart(struct arena *arena, const struct run_directory *run,
	const struct run_report *report)
{
	int status = 0;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child < 0)
		return write_report(arena, run, report);
	if (child == 0) {
		enum outcome outcome;

		setrlimit(RLIMIT_CORE, &(struct rlimit){0});
		outcome = write_report(arena, run, report);

		fflush(NULL);
		_exit((int)outcome);
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? (enum outcome)WEXITSTATUS(status) : CRASHED;
}

bool run_report_write(struct arena *arena, const struct run_directory *run,
	struct run_report *report)
{
	enum outcome outcome = write_apart(arena, run, report);

	if (outcome == CRASHED) {
		fprintf(stderr,
			"pcarch %s: %swarning:%s the debug information of the program cannot be "
			"read (libdw crashed): only symbols are\n",
			report->command, style_on(stderr, STYLE_WARN), style_off(stderr));
		report->only_symbols = true;
		outcome = write_apart(arena, run, report);
	}
	if (outcome == CRASHED)
		usage_error(report->command, "the recordings cannot be read (a crash)");
	report->is_empty = outcome == EMPTY;
	return outcome == WRITTEN || outcome == EMPTY;
}
