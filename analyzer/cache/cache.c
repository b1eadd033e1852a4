#include "analyzer/cache/cache.h"

#include "analyzer/cache/file_state.h"
#include "analyzer/cache/manifest.h"
#include "analyzer/cache/object_store.h"
#include "analyzer/cache/path_list.h"
#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/text.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	SECONDS_A_DAY = 86400,
	KEEP_DAYS = 30
};

struct cache {
	struct object_store store;
	struct file_states *files;
	struct digest project;
	struct text manifest, digests; /* reused from unit to unit */
	int64_t now_s;
	pid_t owner; /* the process that opened it */
	bool has_problem;
	struct error problem;
};

const char *cache_default_directory(struct arena *arena, struct error *err)
{
	const char *own = getenv("PCARCH_CACHE_DIR");
	const char *xdg = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	if (own && *own)
		return arena_strdup(arena, own);
	if (xdg && *xdg == '/') /* no relative one: XDG Base Directory 0.8 */
		return arena_printf(arena, "%s/pcarch", xdg);
	if (home && *home)
		return arena_printf(arena, "%s/.cache/pcarch", home);
	error_set(err, (struct location){0},
		"no directory for the cache: none of PCARCH_CACHE_DIR, XDG_CACHE_HOME and HOME is "
		"set; set the first one");
	return NULL;
}

static void load_states(struct cache *cache)
{
	scoped_text saved = {0};

	if (!object_read(&cache->store, OBJECT_STATES, cache->project, &saved, NULL))
		return;
	if (!file_states_read(cache->files, text_string(&saved), saved.len, true))
		object_remove(&cache->store, OBJECT_STATES, cache->project);
}

struct cache *cache_open(const char *directory, const char *project, struct error *err)
{
	struct object_store store;
	struct cache *cache;

	if (!object_store_open(&store, directory, err))
		return NULL;
	cache = xmalloc(sizeof(*cache));
	*cache = (struct cache){
		.store = store,
		.files = file_states_new(),
		.project = digest_of(project, strlen(project)),
		.now_s = time(NULL),
		.owner = getpid(),
	};
	/* What it holds can still be used; workers, who write, could not tell of this. */
	cache->has_problem =
		faccessat(store.fd, ".", W_OK, AT_EACCESS) < 0 &&
		!error_set_errno(&cache->problem, "write to", directory,
			"make it writable, or name another one with --cache");
	load_states(cache);
	return cache;
}

/* After the first problem nothing more is tried: a full disk stays full. */
static bool write_object(struct cache *cache, enum object_kind kind, struct digest name,
	const struct text *bytes)
{
	if (cache->has_problem)
		return false;
	cache->has_problem =
		!object_write(&cache->store, kind, name, bytes, &cache->problem);
	return !cache->has_problem;
}

static void save_states(struct cache *cache)
{
	scoped_text states = {0};

	if (!file_states_changed(cache->files))
		return;
	file_states_write(cache->files, &states, false);
	write_object(cache, OBJECT_STATES, cache->project, &states);
}

/* The age of the stamp file says when. Two that race prune twice: no harm. */
static void prune_daily(struct cache *cache)
{
	static const char stamp[] = "pruned";
	struct object_limits limits = {.now_s = cache->now_s,
		.max_age_s = (int64_t)KEEP_DAYS * SECONDS_A_DAY,
		.max_bytes = CACHE_MAX_BYTES};
	struct stat st;
	int fd;

	if (fstatat(cache->store.fd, stamp, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		st.st_mtim.tv_sec + SECONDS_A_DAY > cache->now_s)
		return;
	fd = openat(cache->store.fd, stamp,
		O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	if (fd < 0)
		return;
	futimens(fd, NULL);
	close(fd);
	object_store_prune(&cache->store, &limits);
}

void cache_close(struct cache *cache)
{
	if (!cache)
		return;
	if (cache->owner == getpid()) {
		save_states(cache);
		prune_daily(cache);
	}
	file_states_free(cache->files);
	object_store_close(&cache->store);
	text_release(&cache->manifest);
	text_release(&cache->digests);
	free(cache);
}

/* With its length before it, so that no two lists of strings look the same. */
static void add_string(struct text *key, const char *string)
{
	uint64_t len = string ? strlen(string) : UINT64_MAX;

	text_add_bytes(key, (const char *)&len, sizeof(len));
	if (string)
		text_add_bytes(key, string, (size_t)len);
}

bool cache_key(struct cache *cache, const char *fingerprint, const struct scan_unit *unit,
	struct digest *out)
{
	/* What clang itself takes from the environment when it reads C. */
	static const char *const variables[] = {
		"CPATH", "C_INCLUDE_PATH", "CCC_OVERRIDE_OPTIONS"};
	scoped_text key = {0};
	struct digest content;

	if (!cache || !file_states_digest(cache->files, unit->file, &content))
		return false;
	add_string(&key, fingerprint);
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		add_string(&key, getenv(variables[i]));
	add_string(&key, unit->directory);
	add_string(&key, unit->file);
	text_add_bytes(&key, (const char *)&content, sizeof(content));
	for (size_t i = 0; i < unit->narguments; i++)
		add_string(&key, unit->arguments[i]);
	*out = digest_of(key.bytes, key.len);
	return true;
}

enum verdict {
	RECORD_HOLDS,
	RECORD_DIFFERS,
	RECORD_MALFORMED,
};

static enum verdict check_record(struct cache *cache,
	const struct manifest_record *record)
{
	struct path_reader reader = {
		.at = record->paths, .end = record->paths + record->paths_size};
	struct digest digest;

	text_clear(&cache->digests);
	for (uint32_t i = 0; i < record->nfiles; i++) {
		if (!path_reader_next(&reader))
			return RECORD_MALFORMED;
		if (!file_states_digest(cache->files, reader.path, &digest))
			return RECORD_DIFFERS;
		text_add_bytes(&cache->digests, (const char *)&digest, sizeof(digest));
	}
	digest = digest_of(text_string(&cache->digests), cache->digests.len);
	if (!digest_equal(digest, record->content))
		return RECORD_DIFFERS;
	for (uint32_t i = 0; i < record->nabsent; i++) {
		if (!path_reader_next(&reader))
			return RECORD_MALFORMED;
		if (!file_states_is_absent(cache->files, reader.path, false))
			return RECORD_DIFFERS;
	}
	return reader.at == reader.end ? RECORD_HOLDS : RECORD_MALFORMED;
}

static bool has_prefix(const struct manifest_record *record)
{
	return record->prefix.high || record->prefix.low;
}

static bool has_facts(const struct cache *cache, const struct manifest_record *record)
{
	return object_exists(&cache->store, OBJECT_FACTS, record->facts) &&
	       (!has_prefix(record) ||
		       object_exists(&cache->store, OBJECT_FACTS, record->prefix));
}

static void touch_daily(struct cache *cache, struct digest key, int64_t used_s,
	const struct manifest_record *record)
{
	if (used_s + SECONDS_A_DAY > cache->now_s)
		return;
	object_touch(&cache->store, OBJECT_MANIFEST, key);
	object_touch(&cache->store, OBJECT_FACTS, record->facts);
	if (has_prefix(record))
		object_touch(&cache->store, OBJECT_FACTS, record->prefix);
}

/* The manifest under `key`, parsed in cache->manifest; empty when there is none. */
static void load_manifest(struct cache *cache, struct digest key, int64_t *used_s,
	struct manifest *out)
{
	*out = (struct manifest){0};
	if (!object_read(&cache->store, OBJECT_MANIFEST, key, &cache->manifest, used_s))
		return;
	if (!manifest_parse(text_string(&cache->manifest), cache->manifest.len, out))
		object_remove(&cache->store, OBJECT_MANIFEST, key);
}

bool cache_find(struct cache *cache, struct digest key, struct cache_hit *out)
{
	struct manifest manifest;
	int64_t used_s;

	if (!cache)
		return false;
	load_manifest(cache, key, &used_s, &manifest);
	for (size_t i = 0; i < manifest.nrecords; i++) {
		const struct manifest_record *record = &manifest.records[i];
		enum verdict verdict = check_record(cache, record);

		if (verdict == RECORD_MALFORMED) {
			object_remove(&cache->store, OBJECT_MANIFEST, key);
			return false;
		}
		if (verdict == RECORD_DIFFERS || !has_facts(cache, record))
			continue;
		touch_daily(cache, key, used_s, record);
		*out = (struct cache_hit){
			record->facts, record->prefix, has_prefix(record)};
		return true;
	}
	return false;
}

bool cache_map(struct cache *cache, struct digest name, struct file_map *out)
{
	struct file_map map;

	if (!cache || !object_map(&cache->store, OBJECT_FACTS, name, &map))
		return false;
	if (!digest_equal(digest_of(map.bytes, map.size), name)) {
		file_unmap(&map);
		object_remove(&cache->store, OBJECT_FACTS, name);
		return false;
	}
	*out = map;
	return true;
}

bool cache_store_facts(struct cache *cache, const struct text *facts, struct digest *name)
{
	struct file_map known;
	struct digest digest;

	if (!cache)
		return false;
	digest = digest_of(text_string(facts), facts->len);
	if (cache_map(cache, digest, &known)) { /* and whole: a damaged one is gone now */
		file_unmap(&known);
		object_touch(&cache->store, OBJECT_FACTS, digest);
	} else if (!write_object(cache, OBJECT_FACTS, digest, facts)) {
		return false;
	}
	*name = digest;
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A sorted copy without repetitions; free() it. */
static const char **sorted(const char *const *paths, size_t *count)
{
	const char **copy = xmalloc(*count * sizeof(*copy));
	size_t n = 0;

	if (*count) {
		memcpy(copy, paths, *count * sizeof(*copy));
		qsort(copy, *count, sizeof(*copy), by_name);
	}
	for (size_t i = 0; i < *count; i++) {
		if (!n || strcmp(copy[n - 1], copy[i]) != 0)
			copy[n++] = copy[i];
	}
	*count = n;
	return copy;
}

static bool add_files(struct cache *cache, const struct cache_unit *unit,
	struct manifest_record *record, struct text *list)
{
	size_t n = unit->nfiles;
	const char **paths = sorted(unit->files, &n);
	bool ok = true;

	text_clear(&cache->digests);
	for (size_t i = 0; i < n && ok; i++) {
		struct digest digest = {0};

		ok = path_list_takes(paths[i]) &&
		     file_states_digest_since(cache->files, paths[i], unit->started_ns,
			     &digest);
		if (ok)
			path_list_add(list, i ? paths[i - 1] : "", paths[i]);
		text_add_bytes(&cache->digests, (const char *)&digest, sizeof(digest));
	}
	record->nfiles = (uint32_t)n;
	record->content = digest_of(text_string(&cache->digests), cache->digests.len);
	free(paths);
	return ok;
}

/* The list of absent paths goes on where that of the files ends. */
static bool add_absent(const struct cache_unit *unit, struct manifest_record *record,
	struct text *list)
{
	size_t n = unit->nabsent;
	const char **paths = sorted(unit->absent, &n);
	const char *before = "";
	bool ok = true;

	for (size_t i = 0; i < unit->nfiles; i++) {
		if (strcmp(unit->files[i], before) > 0)
			before = unit->files[i];
	}
	for (size_t i = 0; i < n && ok; i++) {
		/* Not looked at again: what is there by now makes the next scan miss. */
		ok = path_list_takes(paths[i]);
		if (ok)
			path_list_add(list, before, paths[i]);
		before = paths[i];
	}
	record->nabsent = (uint32_t)n;
	free(paths);
	return ok;
}

bool cache_store_unit(struct cache *cache, const struct cache_unit *unit)
{
	struct manifest_record record = {.facts = unit->result.facts};
	scoped_text list = {0}, bytes = {0};
	struct manifest manifest;

	if (!cache || !add_files(cache, unit, &record, &list) ||
		!add_absent(unit, &record, &list))
		return false;
	if (unit->result.has_prefix)
		record.prefix = unit->result.prefix;
	record.paths = text_string(&list);
	record.paths_size = list.len;
	load_manifest(cache, unit->key, NULL, &manifest);
	manifest_add(&manifest, &record);
	manifest_write(&manifest, &bytes);
	return write_object(cache, OBJECT_MANIFEST, unit->key, &bytes);
}

bool cache_find_answer(struct cache *cache, struct digest question, struct text *out)
{
	return cache && object_read(&cache->store, OBJECT_ANSWER, question, out, NULL);
}

void cache_store_answer(struct cache *cache, struct digest question,
	const struct text *answer)
{
	if (cache && !object_exists(&cache->store, OBJECT_ANSWER, question))
		write_object(cache, OBJECT_ANSWER, question, answer);
}

int64_t cache_clock_ns(void)
{
	return file_states_clock_ns();
}

void cache_export(struct cache *cache, struct text *out)
{
	if (cache)
		file_states_write(cache->files, out, true);
}

void cache_learn(struct cache *cache, const char *bytes, size_t size)
{
	if (cache)
		file_states_read(cache->files, bytes, size, false);
}

const char *cache_problem(const struct cache *cache)
{
	return cache && cache->has_problem ? cache->problem.text : NULL;
}

size_t cache_files_read(const struct cache *cache)
{
	return cache ? file_states_nread(cache->files) : 0;
}
