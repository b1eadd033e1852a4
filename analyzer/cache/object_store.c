#include "analyzer/cache/object_store.h"

#include "analyzer/cache/digest.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	OBJECT_PATH_SIZE = DIGEST_HEX_SIZE + 3,
	FANOUT_SIZE = 3
};

static void object_path(enum object_kind kind, struct digest name,
	char path[OBJECT_PATH_SIZE])
{
	char hex[DIGEST_HEX_SIZE];

	digest_hex(name, hex);
	snprintf(path, OBJECT_PATH_SIZE, "%.2s/%s.%c", hex, hex + 2, (char)kind);
}

static bool check_owner(int fd, const char *directory, struct error *err)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return error_set_errno(err, "read", directory, NULL);
	if (st.st_uid != geteuid())
		return error_set(err, (struct location){0},
			"cannot use the cache '%s': it belongs to user %ld; set PCARCH_CACHE_DIR "
			"to a directory of your own",
			directory, (long)st.st_uid);
	if (st.st_mode & S_IWOTH)
		return error_set(err, (struct location){0},
			"cannot use the cache '%s': anyone may write to it; run chmod 0700 on it",
			directory);
	return true;
}

bool object_store_open(struct object_store *store, const char *directory,
	struct error *err)
{
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT) {
		if (!file_make_dirs(directory, err))
			return false;
		fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	if (fd < 0)
		return error_set_errno(err, "open", directory,
			"set PCARCH_CACHE_DIR to a directory of your own");
	if (!check_owner(fd, directory, err)) {
		close(fd);
		return false;
	}
	store->fd = fd;
	store->directory = xstrdup(directory);
	return true;
}

void object_store_close(struct object_store *store)
{
	close(store->fd);
	free(store->directory);
}

static bool read_descriptor(int fd, struct text *out, int64_t *used_s)
{
	struct stat st;
	char chunk[32768];
	ssize_t n;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size > OBJECT_MAX_BYTES)
		return false;
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || out->len + (size_t)n > OBJECT_MAX_BYTES)
			return false;
		text_add_bytes(out, chunk, (size_t)n);
		if (out->len >= (size_t)st.st_size) /* files are never changed in place */
			break;
	}
	if (used_s)
		*used_s = st.st_mtim.tv_sec;
	return out->len == (size_t)st.st_size;
}

static int open_object(const struct object_store *store, enum object_kind kind,
	struct digest name)
{
	char path[OBJECT_PATH_SIZE];

	object_path(kind, name, path);
	return openat(store->fd, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
}

bool object_read(const struct object_store *store, enum object_kind kind,
	struct digest name, struct text *out, int64_t *used_s)
{
	int fd = open_object(store, kind, name);
	bool ok;

	text_clear(out);
	if (fd < 0)
		return false;
	ok = read_descriptor(fd, out, used_s);
	close(fd);
	return ok;
}

bool object_map(const struct object_store *store, enum object_kind kind,
	struct digest name, struct file_map *out)
{
	int fd = open_object(store, kind, name);
	struct stat st;
	bool ok;

	if (fd < 0)
		return false;
	ok = fstat(fd, &st) == 0 && st.st_size <= OBJECT_MAX_BYTES &&
	     file_map_descriptor(fd, out);
	close(fd);
	return ok;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
	while (size) {
		ssize_t n = write(fd, bytes, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}

/* A file of its own in the directory of `path`. Returns a descriptor, or -1 and errno. */
static int create_temporary(int dir, const char *path, char temporary[OBJECT_PATH_SIZE])
{
	uint64_t random;
	int fd;

	do {
		if (getrandom(&random, sizeof(random), 0) != sizeof(random))
			return -1;
		snprintf(temporary, OBJECT_PATH_SIZE, "%.2s/tmp.%016" PRIx64, path,
			random);
		fd = openat(dir, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			0600);
	} while (fd < 0 && errno == EEXIST);
	return fd;
}

static bool write_object(int dir, const char *path, const struct text *bytes)
{
	char temporary[OBJECT_PATH_SIZE], fanout[FANOUT_SIZE] = {path[0], path[1], '\0'};
	int fd = create_temporary(dir, path, temporary), saved;
	bool ok;

	if (fd < 0 && errno == ENOENT) {
		if (mkdirat(dir, fanout, 0700) < 0 && errno != EEXIST)
			return false;
		fd = create_temporary(dir, path, temporary);
	}
	if (fd < 0)
		return false;
	ok = write_all(fd, text_string(bytes), bytes->len);
	ok = close(fd) == 0 && ok;
	if (ok && renameat(dir, temporary, dir, path) == 0)
		return true;
	saved = errno;
	unlinkat(dir, temporary, 0);
	errno = saved;
	return false;
}

bool object_write(const struct object_store *store, enum object_kind kind,
	struct digest name, const struct text *bytes, struct error *err)
{
	char path[OBJECT_PATH_SIZE];

	object_path(kind, name, path);
	if (!write_object(store->fd, path, bytes))
		return error_set_errno(err, "write to the cache", store->directory,
			"the scan goes on without storing");
	return true;
}

bool object_exists(const struct object_store *store, enum object_kind kind,
	struct digest name)
{
	char path[OBJECT_PATH_SIZE];

	object_path(kind, name, path);
	return faccessat(store->fd, path, R_OK, 0) == 0;
}

void object_touch(const struct object_store *store, enum object_kind kind,
	struct digest name)
{
	char path[OBJECT_PATH_SIZE];

	object_path(kind, name, path);
	utimensat(store->fd, path, NULL, AT_SYMLINK_NOFOLLOW);
}

void object_remove(const struct object_store *store, enum object_kind kind,
	struct digest name)
{
	char path[OBJECT_PATH_SIZE];

	object_path(kind, name, path);
	unlinkat(store->fd, path, 0);
}
