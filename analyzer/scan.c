#include "analyzer/scan.h"

#include "analyzer/binary/binary.h"
#include "analyzer/cache/cache.h"
#include "analyzer/compile/response.h"
#include "analyzer/compile/toolchain.h"
#include "analyzer/compile/toolchain_answers.h"
#include "analyzer/compile/toolchain_list.h"
#include "analyzer/facts/facts.h"
#include "analyzer/link/link.h"
#include "analyzer/workers/extract_job.h"
#include "analyzer/workers/extractor.h"
#include "core/compdb_json.h"
#include "core/error.h"
#include "core/file.h"
#include "core/real_path.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct location nowhere;

void scan_release(struct scan *scan)
{
	if (scan->cache)
		cache_close(scan->cache);
	rules_release(&scan->rules);
	arena_release(&scan->arena);
	*scan = (struct scan){0};
}

/* One unit for each file given, compiled with the flags given. */
static bool units_from_flags(struct scan *scan, const struct scan_options *options,
	struct error *err)
{
	struct arena *arena = &scan->arena;
	const char **arguments =
		arena_alloc(arena, (options->nflags + 3) * sizeof(char *));
	struct word_list words = {arguments, options->nflags + 2};
	char *directory = realpath(".", NULL);
	bool ok = directory != NULL;

	if (!ok)
		return error_set_errno(err, "read", "the current directory", NULL);
	scan->units.units =
		arena_alloc(arena, options->nsources * sizeof(*scan->units.units));
	arguments[0] = "cc";
	for (size_t i = 0; i < options->nflags; i++)
		arguments[i + 1] = options->flags[i];
	for (size_t i = 0; ok && i < options->nsources; i++) {
		arguments[options->nflags + 1] = options->sources[i];
		if (access(options->sources[i], R_OK) < 0)
			ok = error_set_errno(err, "open", options->sources[i], NULL);
		else
			ok = units_from_command(arena, directory, &words,
				&scan->units.units[i], err);
	}
	scan->units.nunits = options->nsources;
	scan->root = arena_strdup(arena, directory);
	free(directory);
	return ok;
}

/* A source that was asked for, and whether the database has it. */
struct wanted {
	const char *path; /* resolved; where it does not exist, as it was given */
	size_t source; /* index in the options */
	bool is_found;
};

static int by_path(const void *left, const void *right)
{
	const struct wanted *a = left, *b = right;
	int order = strcmp(a->path, b->path);

	return order ? order : (a->source > b->source) - (a->source < b->source);
}

/* The sources that were asked for, sorted by path. */
static struct wanted *list_wanted(struct arena *arena, const struct scan_options *options)
{
	struct wanted *list = arena_alloc(arena, options->nsources * sizeof(*list));
	char path[PATH_MAX];

	for (size_t i = 0; i < options->nsources; i++) {
		const char *source = options->sources[i];

		list[i].source = i;
		list[i].path =
			realpath(source, path) ? arena_strdup(arena, path) : source;
	}
	qsort(list, options->nsources, sizeof(*list), by_path);
	return list;
}

/* Mark those of `list` that are `file`, one given twice too; false when none is. */
static bool mark_wanted(struct wanted *list, size_t count, const char *file)
{
	size_t low = 0, high = count;
	bool is_wanted = false;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(list[middle].path, file) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < count && strcmp(list[low].path, file) == 0; low++)
		is_wanted = list[low].is_found = true;
	return is_wanted;
}

/* Keep the units of the files that were named; each of them must be in the database. */
static bool select_units(struct scan *scan, const struct scan_options *options,
	struct error *err)
{
	struct wanted *wanted = list_wanted(&scan->arena, options);
	struct unit_list *list = &scan->units;
	const char *missing = NULL;
	size_t kept = 0, first = options->nsources;

	if (!options->nsources)
		return true;
	for (size_t i = 0; i < list->nunits; i++)
		if (mark_wanted(wanted, options->nsources, list->units[i].file))
			list->units[kept++] = list->units[i];
	list->nunits = kept;
	for (size_t i = 0; i < options->nsources; i++)
		if (!wanted[i].is_found && wanted[i].source < first)
			first = wanted[i].source;
	missing = first < options->nsources ? options->sources[first] : NULL;
	return !missing ||
	       error_set(err, nowhere,
		       "'%s' is not in %s; give its flags after '--' to scan it without",
		       missing, scan->database);
}

/* Keep the units that may be in one of the binaries. */
static bool select_linked(struct scan *scan, const struct scan_options *options,
	struct error *err)
{
	struct unit_list *list = &scan->units;
	const char **paths = arena_alloc(&scan->arena, list->nunits * sizeof(*paths));
	size_t kept = 0;

	if (!options->binaries.count)
		return true;
	for (size_t i = 0; i < list->nunits; i++)
		paths[i] = list->units[i].file;
	if (!linked_units_find(&scan->arena, options->binaries,
		    (struct source_list){paths, list->nunits}, &scan->linked, err))
		return false;
	for (size_t i = 0; i < list->nunits; i++)
		if (scan->linked.may_be_linked[i])
			list->units[kept++] = list->units[i];
	for (size_t i = 0; options->nsources && i < options->binaries.count; i++)
		scan->linked.fits[i].nmissing = 0; /* as was asked for */
	scan->nleft_out = list->nunits - kept;
	list->nunits = kept;
	return true;
}

static bool units_from_compdb(struct scan *scan, const struct scan_options *options,
	struct error *err)
{
	struct arena *arena = &scan->arena;
	struct compdb db;

	/* A name that is mistyped is no reason to look for a database. */
	for (size_t i = 0; i < options->nsources; i++)
		if (access(options->sources[i], F_OK) < 0)
			return error_set_errno(err, "open", options->sources[i], NULL);
	scan->database = options->database
				 ? options->database
				 : units_find_database(arena, options->start, err);
	if (!scan->database || !compdb_read(arena, scan->database, &db, err) ||
		!units_from_database(arena, &db, scan->database, &scan->units, err))
		return false;
	scan->root = units_root(arena, &scan->units, scan->database);
	return select_units(scan, options, err);
}

/* Where other compilers than clang find headers. Those in the project are not run. */
static void ask_compilers(struct scan *scan)
{
	char directory[PATH_MAX];
	struct toolchain_policy policy = {
		.root = scan->root,
		.timeout_ms = TOOLCHAIN_TIMEOUT_MS,
	};
	struct toolchain_list list;
	char *slash;

	if (scan->database && realpath(scan->database, directory)) {
		slash = strrchr(directory, '/');
		*slash = '\0';
		policy.database_dir = directory;
	}
	toolchains_find(&scan->arena, &policy, &scan->units, &list);
	toolchain_answers_recall(&scan->arena, scan->cache, &list);
	toolchains_ask(&scan->arena, &policy, &list, &scan->units);
	toolchain_answers_keep(scan->cache, &list);
	toolchains_apply(&scan->arena, &list, &scan->units);
}

static void open_cache(struct scan *scan, const struct scan_options *options)
{
	struct error problem;

	if (!options->cache_directory)
		return;
	scan->cache = cache_open(options->cache_directory, scan->root, &problem);
	if (!scan->cache)
		scan->cache_problem = arena_strdup(&scan->arena, problem.text);
}

/* What is outside of the root is external: with every unit there, nothing is left. */
static bool set_root(struct scan *scan, const char *root, struct error *err)
{
	char path[PATH_MAX];

	if (!realpath(root, path))
		return error_set_errno(err, "enter", root, NULL);
	for (size_t i = 0; i < scan->units.nunits; i++) {
		if (!path_is_within(scan->units.units[i].file, path))
			continue;
		scan->root = arena_strdup(&scan->arena, path);
		return true;
	}
	return error_set(err, nowhere,
		"no source is in the root '%s'; without --root it is found", root);
}

static bool load_rules(struct scan *scan, const struct scan_options *options,
	struct error *err)
{
	struct rules_request request = {
		scan->root, options->rule_files, options->nrule_files};

	return rules_load(&scan->arena, &request, &scan->rules, err);
}

bool scan_open(struct scan *scan, const struct scan_options *options, struct error *err)
{
	*scan = (struct scan){0};
	if (!(options->flags ? units_from_flags(scan, options, err)
			     : units_from_compdb(scan, options, err)))
		return false;
	if ((options->root && !set_root(scan, options->root, err)) ||
		!select_linked(scan, options, err))
		return false;
	if (!load_rules(scan, options, err))
		return false;
	open_cache(scan, options);
	ask_compilers(scan);
	return true;
}

static void add_identity(struct text *out, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0)
		text_printf(out, "%s %lld %lld.%ld ", path, (long long)st.st_size,
			(long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

/*
 * libclang is told by its file, as ccache tells a compiler: loading it to ask for its
 * version costs more than all of a warm scan.
 */
const char *scan_fingerprint(struct arena *arena)
{
	scoped_text text = {0};
	scoped_text module = {0};
	const char *library_path = getenv("LD_LIBRARY_PATH");

	text_printf(&text, "facts %d ", FACTS_VERSION);
	if (extractor_find(&module))
		add_identity(&text, module.bytes);
	add_identity(&text, PCARCH_LIBCLANG);
	text_add(&text, library_path ? library_path : "");
	return arena_strdup(arena, text.bytes);
}

/* An image that cannot be used leaves its unit failed, and says so. */
static void open_image(struct scan *scan, size_t unit, const struct extracted *extracted,
	struct facts *out)
{
	const struct scan_unit *scan_unit = &scan->units.units[unit];
	scoped_text image = {0};
	struct error err;
	char *copy;

	if (extracted->size &&
		facts_open(extracted->bytes, extracted->size,
			(struct facts_place){scan_unit->file, 0}, out, &err))
		return;
	extract_job_failed(scan_unit, FINDING_UNIT_FAILED,
		"its facts are damaged; scan again with --no-cache", &image);
	copy = arena_copy(&scan->arena, image.bytes, image.len);
	if (!facts_open(copy, image.len, (struct facts_place){scan_unit->file, 0}, out,
		    &err))
		abort(); /* we made it just now */
}

static size_t open_images(struct scan *scan, const struct extraction *extraction,
	struct facts *images)
{
	size_t count = 0;

	for (size_t i = 0; i < extraction->nunits; i++)
		open_image(scan, i, &extraction->units[i], &images[count++]);
	for (size_t i = 0; i < extraction->nprefixes; i++) {
		const struct extracted *prefix = &extraction->prefixes[i];
		struct error err;

		if (facts_open(prefix->bytes, prefix->size, (struct facts_place){"", 0},
			    &images[count], &err))
			count++;
	}
	return count;
}

static void link_extracted(struct scan *scan, const struct scan_options *options,
	const struct extraction *extraction)
{
	size_t most = extraction->nunits + extraction->nprefixes;
	struct facts *images = arena_alloc(&scan->arena, most * sizeof(*images));
	size_t nimages = open_images(scan, extraction, images);
	struct link_options link_options = {
		.root = scan->root,
		.rules = &scan->rules,
		.max_functions = options->max_functions,
		.max_depth = options->max_depth,
		.tool_version = options->tool_version,
		.binaries = options->binaries.items,
		.nbinaries = options->binaries.count,
		.learned = &scan->learned,
	};

	for (size_t i = 0; i < nimages; i++)
		scan->facts_bytes += images[i].size;
	link_facts(&scan->arena, images, nimages, &link_options, &scan->trace);
	scan->trace.nleft_out += scan->nleft_out;
}

bool scan_run(struct scan *scan, const struct scan_options *options, struct error *err)
{
	struct extraction_options extraction_options = options->extraction;
	struct extraction extraction;
	bool ok;

	extraction_options.fingerprint = scan_fingerprint(&scan->arena);
	ok = extraction_run(&scan->units, scan->cache, &extraction_options, &extraction,
		err);
	if (ok) {
		scan->ncached = extraction.ncached;
		scan->nprefixes_made = extraction.nprefixes_made;
		scan->worker_peak_bytes = extraction.peak_bytes;
		link_extracted(scan, options, &extraction);
		extraction_release(&extraction);
	}
	if (cache_problem(scan->cache))
		scan->cache_problem =
			arena_strdup(&scan->arena, cache_problem(scan->cache));
	return ok;
}
