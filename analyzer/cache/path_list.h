/*
 * Absolute paths as the cache writes them: each as the number of bytes that it shares
 * with the one before it, and the rest. Sorted headers shrink to a third. Numbers are in
 * host order: a cache belongs to one machine, and a magic number tells.
 */
#ifndef PCARCH_ANALYZER_CACHE_PATH_LIST_H
#define PCARCH_ANALYZER_CACHE_PATH_LIST_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

struct text;

/* `before` is the path before this one, "" at the start of a list. */
void path_list_add(struct text *list, const char *before, const char *path);

/* A path that path_list_add() takes: absolute, and shorter than PATH_MAX. */
bool path_list_takes(const char *path);

/* Reads bytes that anyone may have written. A zeroed `path` starts a list. */
struct path_reader {
	const char *at, *end;
	size_t len; /* of `path` */
	char path[PATH_MAX];
};

/* The next path to reader->path. False when the bytes are no list. */
bool path_reader_next(struct path_reader *reader);

/* The next `size` bytes to `out`. False when there are fewer. */
bool path_reader_bytes(struct path_reader *reader, void *out, size_t size);

#endif
