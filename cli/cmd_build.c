#include "cli/command.h"

#include "analyzer/compile/compilation.h"
#include "cli/terminal.h"
#include "core/arena.h"
#include "core/compdb_json.h"
#include "core/compdb_merge.h"
#include "core/error.h"
#include "core/file.h"
#include "core/terminal_text.h"
#include "tracer/build.h"

#include <string.h>
#include <unistd.h>

extern const struct command cmd_build;

static struct {
	const char *output;
	const char *mode;
	bool is_fresh, is_plain, is_quiet, is_verbose;
} given = {.output = "compile_commands.json"};

static const struct option *build_options(void)
{
	static const struct option options[] = {
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"the compile database (default: compile_commands.json)", NULL, 0,
			0},
		{0, "mode", OPTION_CHOICE, &given.mode, "MODE",
			"how calls will be recorded: every call (edges), those through pointers "
			"(indirect), or as any compiler can (portable)",
			build_modes, 0, 0},
		{0, "no-instrument", OPTION_FLAG, &given.is_plain, NULL,
			"compile as it is: the program cannot be traced", NULL, 0, 0},
		{0, "fresh", OPTION_FLAG, &given.is_fresh, NULL,
			"keep nothing of the database that is there", NULL, 0, 0},
		{'q', "quiet", OPTION_FLAG, &given.is_quiet, NULL,
			"only errors on stderr", NULL, 0, 0},
		{'v', "verbose", OPTION_FLAG, &given.is_verbose, NULL,
			"say what was left out", NULL, 0, 0},
		{0},
	};

	return options;
}

/* "[]", or nothing: what bear leaves when it saw no compiler. */
static bool is_blank(const char *path)
{
	scoped_map map = {"", 0};
	struct error err;

	if (!file_map(path, &map, &err))
		return false;
	for (size_t i = 0; i < map.size; i++)
		if (!map.bytes[i] || !strchr("[] \t\r\n", map.bytes[i]))
			return false;
	return true;
}

/* The database of the builds before; none is fine. */
static bool read_old(struct arena *arena, struct compdb *old, struct error *err)
{
	if (given.is_fresh || access(given.output, F_OK) < 0 || is_blank(given.output))
		return true;
	return compdb_read(arena, given.output, old, err);
}

/* The directory that the database is in. */
static const char *output_directory(struct arena *arena)
{
	const char *slash = strrchr(given.output, '/');

	if (!slash)
		return ".";
	return slash == given.output
		       ? "/"
		       : arena_copy(arena, given.output, (size_t)(slash - given.output));
}

/* Before the build, which may take an hour. */
static bool is_ready(struct arena *arena, struct compdb *old)
{
	const char *directory = output_directory(arena);
	struct error err;

	if (access(directory, W_OK) < 0) {
		error_set_errno(&err, "write into", directory,
			"name another file with -o FILE");
		error_print(&err, "build");
		return false;
	}
	if (read_old(arena, old, &err))
		return true;
	error_print(&err, "build");
	fputs("  mend the database, or replace it with --fresh\n", stderr);
	return false;
}

static bool write_database(const struct compdb *db, struct error *err)
{
	scoped_out out = {0};

	if (!file_create(&out, given.output, err))
		return false;
	if (!compdb_write(db, out.stream))
		return error_set_errno(err, "write", given.output,
			"the old file, if any, is untouched");
	return file_commit(&out, err);
}

static void print_notes(const struct notes *notes)
{
	size_t count;
	const char *const *sentences = notes_list(notes, &count);

	for (size_t i = 0; i < count; i++) {
		terminal_print(stderr, sentences[i]);
		fputc('\n', stderr);
	}
}

static void warn(const char *text)
{
	fprintf(stderr, "pcarch build: %swarning:%s %s\n", style_on(stderr, STYLE_WARN),
		style_off(stderr), text);
}

static int fail_empty(const struct build *build)
{
	const char *reason =
		"no C compiler ran: if everything is up to date, build from clean ('make "
		"clean' first); a compiler that is linked statically, or started with a "
		"cleared environment, cannot be watched";

	if (build->records.nruns)
		reason = "the compilers that ran compiled no C source that is still "
			 "there: -v says what was left out";
	if (build->status)
		reason = "the build failed before it compiled anything";
	usage_error("build", "nothing was recorded, '%s' stays as it was: %s",
		given.output, reason);
	return build->status ? build->status : EXIT_INCOMPLETE;
}

static void print_summary(const struct build *build, const struct compdb_merged *merged)
{
	if (build->records.ndamaged)
		warn("a record was cut off, so a source may be missing: build from clean");
	if (build->status)
		warn("the build failed: what it compiled until then is recorded");
	fprintf(stderr, "%s%zu recorded%s, %zu kept", style_on(stderr, STYLE_BOLD),
		merged->nrecorded, style_off(stderr), merged->nkept);
	if (merged->ngone)
		fprintf(stderr, ", %zu dropped whose source is gone", merged->ngone);
	fprintf(stderr, ": wrote %s; next: 'pcarch scan'%s\n", given.output,
		given.is_plain ? "" : ", 'pcarch trace -- ./PROGRAM'");
}

/* What the build compiled, merged with `old`, into the file. */
static int keep_records(struct arena *arena, const struct build *build,
	const struct compdb *old)
{
	scoped_compilations compilations = {.arena = arena};
	struct compdb_merged merged;
	struct compdb recorded;
	struct error err;

	for (size_t i = 0; i < build->records.nruns; i++) {
		const struct compiler_run *run = &build->records.runs[i];

		compilations_add(&compilations, run->directory, run->words, run->nwords);
	}
	if (given.is_verbose)
		print_notes(&compilations.notes);
	if (!compilations.ncommands)
		return fail_empty(build);
	recorded = (struct compdb){compilations.commands, compilations.ncommands};
	compdb_merge(arena, &recorded, old, output_directory(arena), &merged);
	if (!write_database(&merged.db, &err)) {
		error_print(&err, "build");
		return build->status ? build->status : EXIT_USAGE;
	}
	if (!given.is_quiet)
		print_summary(build, &merged);
	return build->status;
}

static int run_build(struct arena *arena, char **argv)
{
	const char *mode = given.mode ? given.mode : build_modes[0];
	struct compdb old = {0};
	struct build build;
	struct error err;

	if (given.is_plain)
		mode = NULL;
	if (!is_ready(arena, &old))
		return EXIT_USAGE;
	if (!build_run(arena, argv, mode, &build, &err)) {
		error_print(&err, "build");
		return build.status ? build.status : EXIT_USAGE;
	}
	return keep_records(arena, &build, &old);
}

static int build_main(int argc, char **argv)
{
	struct arena arena = {0};
	int status = options_parse(&cmd_build, &argc, &argv);

	if (status >= 0)
		return status;
	if (options_before_dashes() || !argc)
		return usage_error("build",
			"give the build's command after '--': 'pcarch build -- make'");
	if (strcmp(given.output, "-") == 0)
		return usage_error("build",
			"standard output is the build's: name a file with -o FILE");
	status = run_build(&arena, argv);
	arena_release(&arena);
	return status;
}

const struct command cmd_build = {
	.name = "build",
	.args = "[options] -- COMMAND [ARGUMENT...]",
	.summary = "run a build, record it, and make its programs traceable",
	.description =
		"Runs COMMAND and writes compile_commands.json from the C compilers that it "
		"starts. Only what is really compiled is seen, so the first time build from "
		"clean; later builds bring the file up to date.\n\n"
		"Exits with the status of COMMAND; 3 when it succeeds and nothing was "
		"recorded.",
	.examples = "  pcarch build -- make -j4\n"
		    "  make clean && pcarch build --fresh -- make\n"
		    "  pcarch build -o build/compile_commands.json -- ninja -C build\n",
	.options = build_options,
	.run = build_main,
	.operand = OPERAND_PROGRAM,
};
