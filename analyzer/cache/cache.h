/*
 * Facts of units that were read before, found again by content, as ccache's direct mode
 * does.
 *
 * The driver asks: cache_key(), cache_find(), cache_map(). The process that reads a unit
 * stores: cache_store_facts(), cache_store_unit(); a worker forked after cache_open()
 * may, and its cache_export() handed to the driver's cache_learn() spares the next scan
 * from reading headers again. Nothing here can fail a scan: what cannot be stored is a
 * problem to be told once.
 *
 * A NULL cache is one that holds nothing and keeps nothing.
 */
#ifndef PCARCH_ANALYZER_CACHE_CACHE_H
#define PCARCH_ANALYZER_CACHE_CACHE_H

#include "analyzer/cache/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct cache;
struct error;
struct file_map;
struct scan_unit;
struct text;

/* On disk, all projects together, at the end of the first scan of a day. */
#define CACHE_MAX_BYTES (UINT64_C(5) << 30)

/*
 * $PCARCH_CACHE_DIR, or pcarch in $XDG_CACHE_HOME, or in $HOME/.cache; in `arena`. NULL
 * and `err` when none of them is set.
 */
const char *cache_default_directory(struct arena *arena, struct error *err);

/*
 * Open the cache at `directory`, which is made where it is missing. `project`, the root
 * of what is scanned, names the list of files seen, of which each project has one. NULL
 * and `err` when there is no such directory, or it is not the user's own: warn, and scan
 * without.
 */
struct cache *cache_open(const char *directory, const char *project, struct error *err);

/* In the process that opened it: save what was learned of files, once a day tidy up. */
void cache_close(struct cache *cache);

/*
 * The key of `unit`: what it is before anything is parsed. `fingerprint` names all else
 * that the facts depend on: extractor and format version, libclang, resource directory.
 * False when the main file cannot be read.
 */
bool cache_key(struct cache *cache, const char *fingerprint, const struct scan_unit *unit,
	struct digest *out);

struct cache_hit {
	struct digest facts; /* names for cache_map() */
	struct digest prefix; /* of the shared prefix, when has_prefix */
	bool has_prefix;
};

/*
 * The facts stored under `key`, if all files that were read are what they were, and all
 * paths that did not exist still do not. Each path is looked at once in the life of
 * `cache`.
 */
bool cache_find(struct cache *cache, struct digest key, struct cache_hit *out);

/* The bytes of facts; file_unmap() them. False: gone or damaged, read the unit. */
bool cache_map(struct cache *cache, struct digest name, struct file_map *out);

/* Store facts, and say under which name. False when they could not be stored. */
bool cache_store_facts(struct cache *cache, const struct text *facts,
	struct digest *name);

/* What one unit was made from. Paths as the compiler opened them, absolute. */
struct cache_unit {
	struct digest key;
	const char *const *files; /* all that were read, the main file among them */
	size_t nfiles;
	const char *const *absent; /* looked for in vain; not looked at again */
	size_t nabsent;
	int64_t started_ns; /* cache_clock_ns() before the first file was read */
	struct cache_hit result;
};

/*
 * Store under `unit->key` where its facts are. False, and nothing stored, when a file was
 * changed since `started_ns`, is no regular file, or the cache cannot be written to.
 */
bool cache_store_unit(struct cache *cache, const struct cache_unit *unit);

/* A small answer to a question that is named by its digest: what a compiler said. */
bool cache_find_answer(struct cache *cache, struct digest question, struct text *out);
void cache_store_answer(struct cache *cache, struct digest question,
	const struct text *answer);

/* The time as file systems stamp it: what `started_ns` is compared with. */
int64_t cache_clock_ns(void);

/* What this process learned of files since the last export, for another to learn. */
void cache_export(struct cache *cache, struct text *out);
void cache_learn(struct cache *cache, const char *bytes, size_t size);

/* Why something could not be stored, the first reason; NULL: everything was. */
const char *cache_problem(const struct cache *cache);

/* How many files this process had to read to know their content. */
size_t cache_files_read(const struct cache *cache);

#endif
