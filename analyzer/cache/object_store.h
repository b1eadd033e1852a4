/*
 * A directory of small files named by a digest, shared by any number of processes without
 * a lock: each file appears whole, by rename, and is never changed in place.
 *
 * DIR/ab/cdef….k: the first two digits of the name, the other thirty, the kind. Files are
 * 0600, directories 0700.
 */
#ifndef PCARCH_ANALYZER_CACHE_OBJECT_STORE_H
#define PCARCH_ANALYZER_CACHE_OBJECT_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digest;
struct error;
struct file_map;
struct text;

enum object_kind {
	OBJECT_FACTS = 'f',
	OBJECT_MANIFEST = 'm',
	OBJECT_STATES = 's',
	OBJECT_ANSWER = 'a',
};

/* A file no larger than this is read. */
enum {
	OBJECT_MAX_BYTES = 1 << 30
};

struct object_store {
	int fd; /* the directory */
	char *directory; /* heap; for messages */
};

/*
 * Make the directory where it is missing, and open it. Fails when it belongs to someone
 * else or anyone may write to it: what is read from it must be one's own.
 */
bool object_store_open(struct object_store *store, const char *directory,
	struct error *err);
void object_store_close(struct object_store *store);

/* The object's bytes, and when it was last used (may be NULL). False: none, or torn. */
bool object_read(const struct object_store *store, enum object_kind kind,
	struct digest name, struct text *out, int64_t *used_s);

/* The object's bytes, mapped; file_unmap() them. False: none. */
bool object_map(const struct object_store *store, enum object_kind kind,
	struct digest name, struct file_map *out);

bool object_write(const struct object_store *store, enum object_kind kind,
	struct digest name, const struct text *bytes, struct error *err);

bool object_exists(const struct object_store *store, enum object_kind kind,
	struct digest name);

/* Say that it was used now, so that it is pruned late. */
void object_touch(const struct object_store *store, enum object_kind kind,
	struct digest name);

void object_remove(const struct object_store *store, enum object_kind kind,
	struct digest name);

/* Drop what nobody used for `max_age_s`, then the oldest until `max_bytes` are left. */
struct object_limits {
	int64_t now_s, max_age_s;
	uint64_t max_bytes; /* on disk */
};

struct object_tally {
	size_t nremoved, nleft;
	uint64_t bytes_left;
};

struct object_tally object_store_prune(const struct object_store *store,
	const struct object_limits *limits);

#endif
