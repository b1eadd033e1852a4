#include "cli/command.h"

#include "analyzer/cache/cache.h"
#include "analyzer/ninja.h"
#include "analyzer/scan.h"
#include "cli/binary_option.h"
#include "cli/learned_notes.h"
#include "cli/limits.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "cli/trace_summary.h"
#include "core/error.h"
#include "core/file.h"
#include "core/static_json.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

extern const struct command cmd_scan;

enum {
	DEFAULT_TIMEOUT_S = 120,
	DEFAULT_MEMORY_MIB = 4096,
};

static struct {
	const char *database, *output, *root, *cache, *ninja, *launcher;
	struct option_values rules;
	unsigned njobs, timeout_s, memory_mib, trace_functions;
	bool no_cache, no_shared_prefixes, allow_partial, is_quiet, is_verbose;
	struct option_values binaries;
} given = {
	.output = "static.json",
	.timeout_s = DEFAULT_TIMEOUT_S,
	.memory_mib = DEFAULT_MEMORY_MIB,
	.trace_functions = LIMIT_TRACE_FUNCTIONS,
};

static const struct option *scan_options(void)
{
	static const struct option options[] = {
		{'p', "database", OPTION_FILE, &given.database, "PATH",
			"the compile database, or the directory that holds it", NULL, 0,
			0},
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where the trace goes; '-' is stdout (default: static.json)",
			NULL, 0, 0},
		{0, "binary", OPTION_FILES, &given.binaries, "PROGRAM",
			"only the units that were linked into it; may be repeated", NULL,
			0, 0},
		{0, "root", OPTION_DIR, &given.root, "DIR",
			"the directory that paths are relative to (default: found)", NULL,
			0, 0},
		{0, "rules", OPTION_FILES, &given.rules, "FILE",
			"rules besides those of the root's .pcarch.json; may be repeated",
			NULL, 0, 0},
		{'j', "jobs", OPTION_NUMBER, &given.njobs, "N",
			"worker processes (default: one a processor)", NULL, 1, 1024},
		{0, "timeout", OPTION_NUMBER, &given.timeout_s, "SECONDS",
			"give a unit up after that long; 0: never (default: 120)", NULL,
			0, 0},
		{0, "max-memory", OPTION_NUMBER, &given.memory_mib, "MIB",
			"give a unit up past that much; 0: no limit (default: 4096)",
			NULL, 0, 0},
		{0, "cache", OPTION_DIR, &given.cache, "DIR",
			"keep facts there (default: $PCARCH_CACHE_DIR or ~/.cache/pcarch)",
			NULL, 0, 0},
		{0, "no-cache", OPTION_FLAG, &given.no_cache, NULL,
			"read every unit again, keep nothing", NULL, 0, 0},
		{0, "no-shared-prefixes", OPTION_FLAG, &given.no_shared_prefixes, NULL,
			"parse the headers of each unit by itself", NULL, 0, 0},
		{0, "trace-functions", OPTION_NUMBER, &given.trace_functions, "N",
			"functions listed in one trace; 0: all (default: 1000)", NULL, 0,
			0},
		{0, "allow-partial", OPTION_FLAG, &given.allow_partial, NULL,
			"exit 0 although units failed", NULL, 0, 0},
		{0, "emit-ninja", OPTION_FILE, &given.ninja, "FILE",
			"write a build.ninja that scans, instead of scanning", NULL, 0,
			0},
		{0, "launcher", OPTION_STRING, &given.launcher, "COMMAND",
			"put before each extractor call in it, such as ccache", NULL, 0,
			0},
		{'q', "quiet", OPTION_FLAG, &given.is_quiet, NULL,
			"only errors on stderr", NULL, 0, 0},
		{'v', "verbose", OPTION_FLAG, &given.is_verbose, NULL,
			"say what was changed, dropped and used", NULL, 0, 0},
		{0},
	};

	return options;
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
	if (!options_has_dashes())
		return true;
	if (!options->nsources) {
		usage_error("scan",
			"flags after '--' need the files that they compile before it");
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
	options->cache_directory =
		given.cache ? given.cache : cache_default_directory(arena, &err);
	if (!options->cache_directory)
		error_print(&err, "scan");
	return options->cache_directory != NULL;
}

/* The link runs in whatever directory ninja does. */
static const char **absolute_binaries(struct arena *arena)
{
	const char **paths = arena_alloc(arena, given.binaries.count * sizeof(*paths));
	char path[PATH_MAX];

	for (size_t i = 0; i < given.binaries.count; i++)
		paths[i] = realpath(given.binaries.items[i], path)
				   ? arena_strdup(arena, path)
				   : given.binaries.items[i];
	return paths;
}

/* ninja may run elsewhere. */
static bool find_rules(struct arena *arena, struct ninja_options *options,
	struct error *err)
{
	const char **paths = arena_alloc(arena, given.rules.count * sizeof(*paths));
	char path[PATH_MAX];

	for (size_t i = 0; i < given.rules.count; i++) {
		if (!realpath(given.rules.items[i], path))
			return error_set_errno(err, "open", given.rules.items[i], NULL);
		paths[i] = arena_strdup(arena, path);
	}
	options->rules = paths;
	options->nrules = given.rules.count;
	return true;
}

static bool write_ninja(struct scan *scan, struct error *err)
{
	char self[PATH_MAX], directory[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	scoped_text objects = {0};
	struct ninja_options options = {
		.program = self,
		.output = given.output,
		.root = scan->root,
		.binaries = absolute_binaries(&scan->arena),
		.nbinaries = given.binaries.count,
		.project_rules = scan->rules.project_file,
		.learned_rules = scan->rules.learned_file,
		.launcher = given.launcher,
		.fingerprint = scan_fingerprint(&scan->arena),
	};
	scoped_out out = {0};

	if (len < 0 || !realpath(".", directory))
		return error_set_errno(err, "read", "the current directory", NULL);
	self[len] = '\0';
	text_printf(&objects, "%s/facts", directory);
	options.object_dir = objects.bytes;
	return find_rules(&scan->arena, &options, err) &&
	       file_create(&out, given.ninja, err) &&
	       ninja_write(out.stream, &scan->units, &options, err) &&
	       file_commit(&out, err);
}

/* With -v: what was changed in the units' flags, how much memory was used. */
static void print_details(const struct scan *scan)
{
	struct rusage usage;

	if (scan->database)
		fprintf(stderr, "database: %s\n", scan->database);
	fprintf(stderr, "root: %s\n", scan->root);
	if (scan->rules.project_file)
		fprintf(stderr, "rules: %s\n", scan->rules.project_file);
	if (scan->rules.learned_file)
		fprintf(stderr, "learned: %s\n", scan->rules.learned_file);
	for (size_t i = 0; i < scan->units.nnotes; i++) {
		terminal_print(stderr, scan->units.notes[i]);
		fputc('\n', stderr);
	}
	fprintf(stderr, "shared prefixes: %zu\n", scan->nprefixes_made);
	fprintf(stderr, "worker peak memory: %llu KiB\n",
		(unsigned long long)scan->worker_peak_bytes >> 10);
	getrusage(RUSAGE_SELF, &usage);
	fprintf(stderr, "linker peak memory: %ld KiB\n", usage.ru_maxrss);
	fprintf(stderr, "facts: %llu bytes\n", (unsigned long long)scan->facts_bytes);
}

static void print_units(const struct scan *scan, double start_s)
{
	size_t failed = trace_summary_failed(&scan->trace), count = scan->trace.nunits;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	fprintf(stderr, "%s%zu unit%s%s in %.1f s", style_on(stderr, STYLE_BOLD), count,
		count == 1 ? "" : "s", style_off(stderr),
		(double)now.tv_sec + (double)now.tv_nsec * 1e-9 - start_s);
	if (scan->ncached)
		fprintf(stderr, ", %zu of them unchanged", scan->ncached);
	if (failed)
		fprintf(stderr, ", %s%zu not whole%s", style_on(stderr, STYLE_BAD),
			failed, style_off(stderr));
	if (scan->trace.nleft_out)
		fprintf(stderr, ", %zu left out, which no binary has",
			scan->trace.nleft_out);
	fputs(": ", stderr);
}

static void print_outcome(const struct scan *scan, double start_s)
{
	if (scan->cache_problem)
		fprintf(stderr,
			"pcarch scan: %swarning:%s scanned without the cache: %s\n",
			style_on(stderr, STYLE_WARN), style_off(stderr),
			scan->cache_problem);
	if (scan->units.nlost_responses && !given.is_quiet)
		fprintf(stderr,
			"pcarch scan: %swarning:%s %zu response file%s with compiler options "
			"could not be read, so units may miss options; 'pcarch doctor' says more\n",
			style_on(stderr, STYLE_WARN), style_off(stderr),
			scan->units.nlost_responses,
			scan->units.nlost_responses == 1 ? "" : "s");
	if (given.is_verbose)
		print_details(scan);
	trace_summary_problems(&scan->trace);
	learned_notes_print(&scan->learned, given.is_quiet);
	if (given.is_quiet)
		return;
	print_units(scan, start_s);
	trace_summary_print(&scan->trace, given.output);
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
	options->extraction.context = NULL;
	if (!ok || !static_json_save(&scan->trace, given.output, &err)) {
		error_print(&err, "scan");
		return ok ? EXIT_USAGE : EXIT_INTERNAL;
	}
	print_outcome(scan, progress.start_s);
	return trace_summary_failed(&scan->trace) && !given.allow_partial
		       ? EXIT_INCOMPLETE
		       : EXIT_CLEAN;
}

static int run_scan(struct arena *arena, struct scan *scan, struct scan_options *options)
{
	struct binary_list binaries;
	struct error err;

	if (!file_can_create(given.ninja ? given.ninja : given.output, &err) ||
		!binary_option_read(arena, &given.binaries, &binaries, &err)) {
		error_print(&err, "scan");
		return EXIT_USAGE;
	}
	/* ninja links anew when a binary changes, and then it may have other units. */
	if (!given.ninja)
		options->binaries = binaries;
	if (!scan_open(scan, options, &err)) {
		error_print(&err, "scan");
		return EXIT_USAGE;
	}
	if (!given.is_quiet)
		binary_option_warn("scan", options->binaries, &scan->linked, scan->root);
	if (!given.ninja)
		return scan_and_write(scan, options);
	if (write_ninja(scan, &err))
		return EXIT_CLEAN;
	error_print(&err, "scan");
	return EXIT_USAGE;
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
	if (!read_operands(argc, argv, &options) ||
		!limits_max_depth("scan", &options.max_depth) ||
		!find_cache(&arena, &options)) {
		arena_release(&arena);
		return EXIT_USAGE;
	}
	options.database = database_path(&arena, given.database);
	options.root = given.root;
	options.rule_files = given.rules.items;
	options.nrule_files = given.rules.count;
	options.max_functions = given.trace_functions;
	options.extraction = (struct extraction_options){
		.njobs = given.njobs ? given.njobs
				     : (unsigned)(nprocessors > 0 ? nprocessors : 1),
		.timeout_s = given.timeout_s,
		.max_memory_bytes = (uint64_t)given.memory_mib << 20,
		.share_prefixes = !given.no_shared_prefixes,
	};
	status = run_scan(&arena, &scan, &options);
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
		"With --binary, only the units of these programs and shared objects count, and of "
		"several definitions the one that was linked.\n\n"
		"Units that did not change since the last scan come from the cache.",
	.examples = "  pcarch scan\n"
		    "  pcarch scan -p build -o - | less\n"
		    "  pcarch scan hello.c -- -Iinclude -DDEBUG\n",
	.options = scan_options,
	.run = scan_main,
};
