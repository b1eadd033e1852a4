/* Whole files in, whole files out: what is written replaces the old file at the end. */
#ifndef PCARCH_CORE_FILE_H
#define PCARCH_CORE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct arena;
struct error;

/*
 * A file's bytes, 8-byte aligned; an empty file has `bytes` "" and `size` 0. A large one
 * is mapped; one below 1 MiB is a copy, which costs less, and stays whole when somebody
 * cuts the file short: a mapping would then end us with SIGBUS.
 */
struct file_map {
	const char *bytes;
	size_t size;
};

/* Fails on what is no regular file. */
bool file_map(const char *path, struct file_map *out, struct error *err);

/* The same of an open file, which may be closed then. False: errno. */
bool file_map_descriptor(int fd, struct file_map *out);

void file_unmap(struct file_map *map);

#define scoped_map __attribute__((cleanup(file_unmap))) struct file_map

/* A file's text with a NUL behind, in `arena`, or NULL and `err`. "-" is stdin. */
char *file_read(struct arena *arena, const char *path, size_t *size, struct error *err);

/*
 * A file being written: bytes go to a temporary file beside `path`, which takes its place
 * in file_commit(). Until then, and after any failure, the old file stays as it was.
 * Path "-" is stdout, which is flushed and checked in file_commit(). A reader that closed
 * its end (`| head`) has what it wanted: no failure there.
 */
struct file_out {
	FILE *stream;
	char *path, *temporary; /* heap; NULL for stdout */
};

bool file_create(struct file_out *out, const char *path, struct error *err);

/* To be asked before long work: would file_create() fail, as far as looking can tell? */
bool file_can_create(const char *path, struct error *err);

bool file_commit(struct file_out *out, struct error *err);

/* What a failed write to `out` means, told by errno: true when it is no failure. */
bool file_write_failed(const struct file_out *out, struct error *err);

/* Drop an uncommitted file; harmless after file_commit(). */
void file_abandon(struct file_out *out);

#define scoped_out __attribute__((cleanup(file_abandon))) struct file_out

/* Make `path` and the directories above it, each 0700. */
bool file_make_dirs(const char *path, struct error *err);

/* Close a stream opened for reading; NULL is fine. */
void file_close(FILE **stream);

#define scoped_stream __attribute__((cleanup(file_close))) FILE *

#endif
