#include "cli/command.h"

#include "analyzer/cache.h"
#include "analyzer/scan.h"
#include "cli/progress.h"
#include "cli/scan_summary.h"
#include "core/error.h"
#include "core/file.h"
#include "core/static_json.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

extern const struct command cmd_scan;

enum {
	DEFAULT_TIMEOUT_S = 120,
	DEFAULT_MEMORY_MIB = 4096,
	DEFAULT_TRACE_FUNCTIONS = 1000,
	DEFAULT_DEPTH = 50,
};

static struct {
	const char *database, *output, *root, *cache;
	unsigned njobs, timeout_s, memory_mib, trace_functions;
	bool no_cache, no_shared_prefixes, allow_partial, is_quiet, is_verbose;
} given = {
	.output = "static.json",
	.timeout_s = DEFAULT_TIMEOUT_S,
	.memory_mib = DEFAULT_MEMORY_MIB,
	.trace_functions = DEFAULT_TRACE_FUNCTIONS,
};

static const struct option *scan_options(void)
{
	static const struct option options[] = {
		{'p', "database", OPTION_FILE, &given.database, "PATH",
			"the compile database, or the directory that holds it", NULL, 0, 0},
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where the trace goes; '-' is stdout (default: static.json)", NULL, 0, 0},
		{0, "root", OPTION_DIR, &given.root, "DIR",
			"the directory that paths are relative to (default: found)", NULL, 0, 0},
		{'j', "jobs", OPTION_NUMBER, &given.njobs, "N",
			"worker processes (default: one a processor)", NULL, 1, 1024},
		{0, "timeout", OPTION_NUMBER, &given.timeout_s, "SECONDS",
			"give a unit up after that long; 0: never (default: 120)", NULL, 0, 0},
		{0, "max-memory", OPTION_NUMBER, &given.memory_mib, "MIB",
			"give a unit up past that much; 0: no limit (default: 4096)", NULL, 0, 0},
		{0, "cache", OPTION_DIR, &given.cache, "DIR",
			"keep facts there (default: $PCARCH_CACHE_DIR or ~/.cache/pcarch)", NULL, 0,
			0},
		{0, "no-cache", OPTION_FLAG, &given.no_cache, NULL,
			"read every unit again, keep nothing", NULL, 0, 0},
		{0, "no-shared-prefixes", OPTION_FLAG, &given.no_shared_prefixes, NULL,
			"parse the headers of each unit by itself", NULL, 0, 0},
		{0, "trace-functions", OPTION_NUMBER, &given.trace_functions, "N",
			"functions listed in one trace; 0: all (default: 1000)", NULL, 0, 0},
		{0, "allow-partial", OPTION_FLAG, &given.allow_partial, NULL,
			"exit 0 although units failed", NULL, 0, 0},
		{'q', "quiet", OPTION_FLAG, &given.is_quiet, NULL,
			"only errors on stderr", NULL, 0, 0},
		{'v', "verbose", OPTION_FLAG, &given.is_verbose, NULL,
			"say what was changed, dropped and used", NULL, 0, 0},
		{0},
	};

	return options;
}

/* PCARCH_MAX_DEPTH, by its older name too: how deep the functions listed in a trace may be. */
static bool read_max_depth(unsigned *depth)
{
	const char *name = getenv("PCARCH_MAX_DEPTH") ? "PCARCH_MAX_DEPTH"
						      : "ARCHAEOLOGY_MAX_DEPTH";
	const char *value = getenv(name);
	char *end;
	unsigned long number;

	*depth = DEFAULT_DEPTH;
	if (!value || !*value)
		return true;
	number = strtoul(value, &end, 10);
	if (*end || value[0] == '-' || number > 1000000) {
		usage_error("scan", "%s is '%s'; it must be a number up to 1000000, 0 for no limit",
			name, value);
		return false;
	}
	*depth = (unsigned)number;
	return true;
}

static bool is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* `-p DIR` names the directory, `-p FILE` the database itself. */
static const char *database_path(struct arena *arena, const char *path)
{
	if (path && is_directory(path))
		return arena_printf(arena, "%s/compile_commands.json", path);
	return path;
}

static bool read_operands(int argc, char **argv, struct scan_options *options)
{
	int count = options_before_dashes();

	options->start = ".";
	if (count == 1 && is_directory(argv[0])) {
		options->start = argv[0];
	} else {
		options->sources = (const char *const *)argv;
		options->nsources = (size_t)count;
	}
	if (count == argc)
		return true;
	if (!options->nsources) {
		usage_error("scan", "flags after '--' need the files that they compile before it");
		return false;
	}
	options->flags = (const char *const *)argv + count;
	options->nflags = (size_t)(argc - count);
	return true;
}

static void show_progress(void *context, size_t done, const char *current)
{
	progress_update(context, done, current);
}

static bool find_cache(struct arena *arena, struct scan_options *options)
{
	struct error err;

	if (given.no_cache)
		return true;
	options->cache_directory = given.cache ? given.cache
					       : cache_default_directory(arena, &err);
	if (!options->cache_directory)
		error_print(&err, "scan");
	return options->cache_directory != NULL;
}

static bool write_trace(const struct scan *scan, struct error *err)
{
	scoped_out out = {0};

	if (!file_create(&out, given.output, err))
		return false;
	if (!static_json_write(&scan->trace, out.stream))
		return error_set_errno(err, "write", given.output,
			"the old file, if any, is untouched");
	return file_commit(&out, err);
}

static int scan_and_write(struct scan *scan, struct scan_options *options)
{
	struct progress progress;
	struct error err;
	bool ok;

	progress_start(&progress, "units", scan->units.nunits, given.is_quiet);
	options->extraction.progress = show_progress;
	options->extraction.context = &progress;
	ok = scan_run(scan, options, &err);
	progress_clear(&progress);
	if (!ok || !write_trace(scan, &err)) {
		error_print(&err, "scan");
		return ok ? EXIT_USAGE : EXIT_INTERNAL;
	}
	if (given.is_verbose)
		scan_summary_details(scan);
	scan_summary_problems(scan);
	if (!given.is_quiet)
		scan_summary_print(scan, given.output, progress.start_s);
	return scan_summary_failed(scan) && !given.allow_partial ? EXIT_INCOMPLETE
								 : EXIT_CLEAN;
}

static int run_scan(struct scan *scan, struct scan_options *options)
{
	struct error err;

	if (!scan_open(scan, options, &err)) {
		error_print(&err, "scan");
		return EXIT_USAGE;
	}
	return scan_and_write(scan, options);
}

static int scan_main(int argc, char **argv)
{
	struct scan_options options = {.tool_version = PCARCH_VERSION};
	struct arena arena = {0};
	struct scan scan = {0};
	long nprocessors = sysconf(_SC_NPROCESSORS_ONLN);
	int status = options_parse(&cmd_scan, &argc, &argv);

	if (status >= 0)
		return status;
	if (!read_operands(argc, argv, &options) || !read_max_depth(&options.max_depth) ||
		!find_cache(&arena, &options)) {
		arena_release(&arena);
		return EXIT_USAGE;
	}
	options.database = database_path(&arena, given.database);
	options.root = given.root;
	options.max_functions = given.trace_functions;
	options.extraction = (struct extraction_options){
		.njobs = given.njobs ? given.njobs : (unsigned)(nprocessors > 0 ? nprocessors : 1),
		.timeout_s = given.timeout_s,
		.max_memory_bytes = (uint64_t)given.memory_mib << 20,
		.share_prefixes = !given.no_shared_prefixes,
	};
	status = run_scan(&scan, &options);
	scan_release(&scan);
	arena_release(&arena);
	return status;
}

const struct command cmd_scan = {
	.name = "scan",
	.args = "[options] [DIR | FILE... [-- FLAGS...]]",
	.summary = "read a program's source, write its call graph",
	.description =
		"Reads every unit of the compile database with libclang and writes static.json: "
		"functions, call sites (each closed, or open with the reason), calls, entry "
		"points, what they reach, and what nothing reaches.\n\n"
		"The database is compile_commands.json in DIR (default: here) or above it, or in "
		"its build directory. FILE limits the scan to these sources; with flags after "
		"'--' they need no database.\n\n"
		"Units that did not change since the last scan come from the cache.",
	.examples = "  pcarch scan\n"
		    "  pcarch scan -p build -o - | less\n"
		    "  pcarch scan hello.c -- -Iinclude -DDEBUG\n",
	.options = scan_options,
	.run = scan_main,
};
