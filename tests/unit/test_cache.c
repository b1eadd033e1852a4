#include "analyzer/cache/cache.h"

#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/text.h"
#include "scratch.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

/* A project of one source and two headers, all a minute old. */
static void set_up(void)
{
	static const char *const names[] = {"a.c", "a.h", "b.h"};

	unsetenv("CPATH");
	scratch_make();
	for (size_t i = 0; i < 3; i++) {
		scratch_write(names[i], names[i]);
		scratch_age(names[i], 60);
	}
}

TestSuite(cache, .init = set_up, .fini = scratch_remove);

static struct cache *open_cache(void)
{
	struct error err = {0};
	struct cache *cache = cache_open(scratch_path("cache"), "/project", &err);

	cr_assert_not_null(cache, "%s", err.text);
	return cache;
}

static struct scan_unit unit_with(const char *const *arguments, size_t narguments)
{
	return (struct scan_unit){.directory = "/build",
		.file = scratch_path("a.c"),
		.arguments = arguments,
		.narguments = narguments,
		.compiler = "cc"};
}

static struct digest key_of(struct cache *cache)
{
	static const char *const arguments[] = {"-O2"};
	struct scan_unit unit = unit_with(arguments, 1);
	struct digest key;

	cr_assert(cache_key(cache, "v1", &unit, &key));
	return key;
}

static struct digest store_facts(struct cache *cache, const char *content)
{
	scoped_text facts = {0};
	struct digest name = {0};

	text_add(&facts, content);
	cr_assert(cache_store_facts(cache, &facts, &name), "%s", cache_problem(cache));
	return name;
}

/* Store the project's unit as read now, with `content` as its facts. */
static bool store_since(struct cache *cache, const char *content, int64_t started_ns)
{
	const char *files[] = {
		scratch_path("b.h"), scratch_path("a.c"), scratch_path("a.h")};
	const char *absent[] = {scratch_path("missing/a.h"), scratch_path("c.h")};
	struct cache_unit unit = {.key = key_of(cache),
		.files = files,
		.nfiles = 3,
		.absent = absent,
		.nabsent = 2,
		.started_ns = started_ns};

	unit.result.facts = store_facts(cache, content);
	return cache_store_unit(cache, &unit);
}

static void store(struct cache *cache, const char *content)
{
	cr_assert(store_since(cache, content, INT64_MAX), "%s", cache_problem(cache));
}

/* What a new scan finds for the unit: its facts, or "" for a miss. */
static const char *found(void)
{
	static char facts[64];
	struct cache *cache = open_cache();
	scoped_map map = {"", 0};
	struct cache_hit hit;

	facts[0] = '\0';
	if (cache_find(cache, key_of(cache), &hit) && cache_map(cache, hit.facts, &map))
		snprintf(facts, sizeof(facts), "%.*s", (int)map.size, map.bytes);
	cache_close(cache);
	return facts;
}

static void scan_and_store(const char *content)
{
	struct cache *cache = open_cache();

	store(cache, content);
	cache_close(cache);
}

Test(cache, finds_nothing_at_first)
{
	cr_assert_str_eq(found(), "");
}

Test(cache, finds_what_was_stored)
{
	scan_and_store("facts");
	cr_assert_str_eq(found(), "facts");
}

Test(cache, gives_back_the_shared_prefix)
{
	struct cache *cache = open_cache();
	const char *files[] = {scratch_path("a.c")};
	struct cache_unit unit = {.key = key_of(cache),
		.files = files,
		.nfiles = 1,
		.started_ns = INT64_MAX};
	struct cache_hit hit;

	unit.result.facts = store_facts(cache, "unit");
	unit.result.prefix = store_facts(cache, "prefix");
	unit.result.has_prefix = true;
	cr_assert(cache_store_unit(cache, &unit));
	cr_assert(cache_find(cache, unit.key, &hit));
	cr_assert(hit.has_prefix);
	cr_assert(digest_equal(hit.prefix, unit.result.prefix));
	cr_assert(digest_equal(hit.facts, unit.result.facts));
	cache_close(cache);
}

Test(cache, changed_header_is_a_miss_and_changed_back_a_hit)
{
	scan_and_store("old");
	scratch_write("a.h", "other");
	cr_assert_str_eq(found(), "");
	scan_and_store("new");
	cr_assert_str_eq(found(), "new");
	scratch_write("a.h", "a.h");
	cr_assert_str_eq(found(), "old");
}

Test(cache, changed_source_is_a_miss)
{
	scan_and_store("facts");
	scratch_write("a.c", "other");
	cr_assert_str_eq(found(), "");
}

Test(cache, missing_header_is_a_miss)
{
	scan_and_store("facts");
	cr_assert_eq(unlink(scratch_path("b.h")), 0);
	cr_assert_str_eq(found(), "");
}

Test(cache, header_that_appears_earlier_in_the_path_is_a_miss)
{
	scan_and_store("facts");
	scratch_write("c.h", "");
	cr_assert_str_eq(found(), "");
	cr_assert_eq(unlink(scratch_path("c.h")), 0);
	cr_assert_str_eq(found(), "facts");
}

Test(cache, touched_header_is_a_hit)
{
	scan_and_store("facts");
	scratch_age("a.h", 30);
	cr_assert_str_eq(found(), "facts");
}

Test(cache, second_scan_reads_no_source)
{
	struct cache *cache;
	struct cache_hit hit;

	scan_and_store("facts");
	cache = open_cache();
	cr_assert(cache_find(cache, key_of(cache), &hit));
	cr_assert_eq(cache_files_read(cache), 0);
	cache_close(cache);
}

Test(cache, what_a_worker_learned_spares_the_driver_the_reading)
{
	struct cache *driver = open_cache(), *worker = open_cache();
	scoped_text learned = {0};
	struct cache_hit hit;

	store(worker, "facts");
	cache_export(worker, &learned);
	cache_learn(driver, learned.bytes, learned.len);
	cr_assert(cache_find(driver, key_of(driver), &hit));
	cr_assert_eq(cache_files_read(driver), 0);
	cache_close(worker);
	cache_close(driver);
}

Test(cache, unit_whose_file_changed_while_it_was_read_is_not_stored)
{
	struct cache *cache = open_cache();
	int64_t started_ns = cache_clock_ns();

	scratch_write("a.h", "a.h");
	cr_assert_not(store_since(cache, "facts", started_ns));
	cr_assert_null(cache_problem(cache), "that is no problem of the cache");
	cache_close(cache);
	cr_assert_str_eq(found(), "");
}

Test(cache, unit_for_which_a_missing_header_appeared_is_not_found)
{
	struct cache *cache = open_cache();

	scratch_write("c.h", "");
	store_since(cache, "facts", INT64_MAX);
	cache_close(cache);
	cr_assert_str_eq(found(), "");
}

Test(cache, key_tells_apart_all_that_matters)
{
	static const char *const first[] = {"-Dab", "c"}, *const other[] = {"-Da", "bc"};
	struct cache *cache = open_cache();
	struct scan_unit unit = unit_with(first, 2);
	struct digest keys[7];

	cr_assert(cache_key(cache, "v1", &unit, &keys[0]));
	cr_assert(cache_key(cache, "v2", &unit, &keys[1]));
	setenv("CPATH", "/include", 1);
	cr_assert(cache_key(cache, "v1", &unit, &keys[2]));
	unsetenv("CPATH");
	unit.directory = "/elsewhere";
	cr_assert(cache_key(cache, "v1", &unit, &keys[3]));
	unit = unit_with(other, 2);
	cr_assert(cache_key(cache, "v1", &unit, &keys[4]));
	unit.narguments = 1;
	cr_assert(cache_key(cache, "v1", &unit, &keys[5]));
	unit = unit_with(first, 2);
	unit.file = scratch_path("a.h");
	cr_assert(cache_key(cache, "v1", &unit, &keys[6]));
	for (size_t i = 0; i < 7; i++) {
		for (size_t j = 0; j < i; j++)
			cr_expect_not(digest_equal(keys[i], keys[j]), "%zu and %zu", i,
				j);
	}
	cache_close(cache);
}

Test(cache, unit_without_a_source_has_no_key)
{
	struct cache *cache = open_cache();
	struct scan_unit unit = {.directory = "/", .file = scratch_path("none.c")};
	struct digest key;

	cr_assert_not(cache_key(cache, "v1", &unit, &key));
	cache_close(cache);
}

/* The path of the object `name` of one kind. */
static const char *object_file(struct digest name, char kind)
{
	char hex[DIGEST_HEX_SIZE], path[64];

	digest_hex(name, hex);
	snprintf(path, sizeof(path), "cache/%.2s/%s.%c", hex, hex + 2, kind);
	return scratch_path(path);
}

static void overwrite(const char *path, const char *content)
{
	FILE *out = fopen(path, "w");

	cr_assert_not_null(out);
	fputs(content, out);
	fclose(out);
}

static struct digest stored_key(void)
{
	struct cache *cache = open_cache();
	struct digest key = key_of(cache);

	cache_close(cache);
	return key;
}

Test(cache, malformed_manifest_is_a_miss_and_removed)
{
	const char *path;

	scan_and_store("facts");
	path = object_file(stored_key(), 'm');
	overwrite(path, "nonsense that is long enough for a header and a checksum");
	cr_assert_str_eq(found(), "");
	cr_assert_neq(access(path, F_OK), 0);
	scan_and_store("facts");
	cr_assert_str_eq(found(), "facts");
}

Test(cache, damaged_facts_are_a_miss_and_removed)
{
	const char *path;

	scan_and_store("facts");
	path = object_file(digest_of("facts", 5), 'f');
	overwrite(path, "fakes");
	cr_assert_str_eq(found(), "");
	cr_assert_neq(access(path, F_OK), 0);
}

Test(cache, manifest_without_its_facts_is_a_miss)
{
	scan_and_store("facts");
	cr_assert_eq(unlink(object_file(digest_of("facts", 5), 'f')), 0);
	cr_assert_str_eq(found(), "");
}

Test(cache, malformed_list_of_files_costs_only_time)
{
	scan_and_store("facts");
	overwrite(object_file(digest_of("/project", 8), 's'), "nonsense");
	cr_assert_str_eq(found(), "facts");
}

Test(cache, use_is_noted_once_a_day)
{
	const char *path;
	char name[64];
	struct stat old, now;

	scan_and_store("facts");
	path = object_file(digest_of("facts", 5), 'f');
	snprintf(name, sizeof(name), "%s", path + strlen(scratch_dir) + 1);
	scratch_age(name, 3600);
	snprintf(name, sizeof(name), "%s",
		object_file(stored_key(), 'm') + strlen(scratch_dir) + 1);
	scratch_age(name, 3600);
	stat(path, &old);
	cr_assert_str_eq(found(), "facts");
	stat(path, &now);
	cr_assert_eq(now.st_mtim.tv_sec, old.st_mtim.tv_sec);
	scratch_age(name, 2 * 86400);
	cr_assert_str_eq(found(), "facts");
	stat(path, &now);
	cr_assert_gt(now.st_mtim.tv_sec, old.st_mtim.tv_sec);
}

static size_t count_files(const char *directory)
{
	DIR *dir = opendir(directory);
	struct dirent *entry;
	size_t n = 0;

	cr_assert_not_null(dir);
	while ((entry = readdir(dir)))
		n += entry->d_name[0] != '.';
	closedir(dir);
	return n;
}

Test(cache, full_disk_is_one_problem_and_leaves_nothing_behind)
{
	struct cache *cache = open_cache();
	struct rlimit none = {0, 0}, old;
	scoped_text facts = {0};
	char hex[DIGEST_HEX_SIZE], fanout[16];
	struct digest name;

	text_add(&facts, "facts");
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	none.rlim_max = old.rlim_max;
	setrlimit(RLIMIT_FSIZE, &none);
	cr_assert_not(cache_store_facts(cache, &facts, &name));
	setrlimit(RLIMIT_FSIZE, &old);
	cr_assert_not_null(cache_problem(cache));
	cr_assert_not_null(strstr(cache_problem(cache), scratch_path("cache")));
	digest_hex(digest_of("facts", 5), hex);
	snprintf(fanout, sizeof(fanout), "cache/%.2s", hex);
	cr_assert_eq(count_files(scratch_path(fanout)), 0);
	cache_close(cache);
}

/* A file where a directory should be: refused to root as well. */
Test(cache, that_cannot_be_written_to_can_still_be_read)
{
	scoped_text facts = {0};
	struct cache *cache;
	struct digest name;
	char hex[DIGEST_HEX_SIZE], fanout[16];

	scan_and_store("facts");
	text_add(&facts, "other");
	digest_hex(digest_of("other", 5), hex);
	snprintf(fanout, sizeof(fanout), "cache/%.2s", hex);
	scratch_write(fanout, "");
	cache = open_cache();
	cr_assert_not(cache_store_facts(cache, &facts, &name));
	cr_assert_not_null(cache_problem(cache));
	cache_close(cache);
	cr_assert_str_eq(found(), "facts");
}

Test(cache, is_shared_by_concurrent_scans)
{
	enum {
		PROCESSES = 4,
		UNITS = 50
	};
	struct cache *cache;
	struct cache_hit hit;

	for (int p = 0; p < PROCESSES; p++) {
		if (fork())
			continue;
		for (uint64_t i = 0; i < UNITS; i++) {
			const char *files[] = {scratch_path("a.c")};
			struct cache_unit unit = {.key = {i << 56, i},
				.files = files,
				.nfiles = 1,
				.started_ns = INT64_MAX};

			cache = open_cache();
			unit.result.facts = store_facts(cache, "facts");
			if (!cache_store_unit(cache, &unit) ||
				!cache_find(cache, unit.key, &hit))
				_exit(1);
			cache_close(cache);
		}
		_exit(0);
	}
	for (int p = 0; p < PROCESSES; p++) {
		int status;

		cr_assert_gt(wait(&status), 0);
		cr_assert_eq(status, 0);
	}
	cache = open_cache();
	for (uint64_t i = 0; i < UNITS; i++)
		cr_assert(cache_find(cache, (struct digest){i << 56, i}, &hit));
	cache_close(cache);
}

Test(cache, none_holds_and_keeps_nothing)
{
	struct scan_unit unit = unit_with(NULL, 0);
	struct digest key = {0};
	scoped_text facts = {0};
	struct cache_hit hit;

	cr_assert_not(cache_key(NULL, "v1", &unit, &key));
	cr_assert_not(cache_find(NULL, key, &hit));
	cr_assert_not(cache_store_facts(NULL, &facts, &key));
	cr_assert_null(cache_problem(NULL));
	cache_close(NULL);
}

Test(cache, default_directory_follows_the_environment)
{
	struct arena arena = {0};
	struct error err = {0};

	unsetenv("PCARCH_CACHE_DIR");
	unsetenv("XDG_CACHE_HOME");
	unsetenv("HOME");
	cr_assert_null(cache_default_directory(&arena, &err));
	cr_assert_not_null(strstr(err.text, "PCARCH_CACHE_DIR"));
	setenv("HOME", "/home/me", 1);
	cr_assert_str_eq(cache_default_directory(&arena, &err), "/home/me/.cache/pcarch");
	setenv("XDG_CACHE_HOME", "relative", 1);
	cr_assert_str_eq(cache_default_directory(&arena, &err), "/home/me/.cache/pcarch");
	setenv("XDG_CACHE_HOME", "/xdg", 1);
	cr_assert_str_eq(cache_default_directory(&arena, &err), "/xdg/pcarch");
	setenv("PCARCH_CACHE_DIR", "/own", 1);
	cr_assert_str_eq(cache_default_directory(&arena, &err), "/own");
	arena_release(&arena);
}
