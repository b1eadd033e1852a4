#include "core/file.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "core/unfinished.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	COPY_BYTES = 1 << 20 /* a smaller file is read, not mapped */
};

/* As much of `size` bytes as there still is. */
static bool copy_bytes(int fd, size_t size, struct file_map *out)
{
	char *bytes = xmalloc(size);
	size_t done = 0;
	ssize_t n = 1;

	while (done < size && n != 0) {
		n = read(fd, bytes + done, size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			free(bytes);
			return false;
		}
		done += (size_t)n;
	}
	*out = (struct file_map){bytes, done};
	if (!done)
		free(bytes);
	if (!done)
		out->bytes = "";
	return true;
}

bool file_map_descriptor(int fd, struct file_map *out)
{
	struct stat st;
	void *bytes;

	if (fstat(fd, &st) < 0)
		return false;
	if (!S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		return false;
	}
	if (st.st_size < COPY_BYTES)
		return copy_bytes(fd, (size_t)st.st_size, out);
	bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return false;
	*out = (struct file_map){bytes, (size_t)st.st_size};
	return true;
}

bool file_map(const char *path, struct file_map *out, struct error *err)
{
	/* Without O_NONBLOCK, a FIFO in a stranger's tree would wait for its writer. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool ok;

	if (fd < 0)
		return error_set_errno(err, "open", path, NULL);
	ok = file_map_descriptor(fd, out);
	if (!ok && errno == EINVAL)
		error_set(err, (struct location){0},
			"cannot read '%s': it is not a regular file", path);
	else if (!ok)
		error_set_errno(err, "read", path, NULL);
	close(fd);
	return ok;
}

void file_unmap(struct file_map *map)
{
	if (map->size >= COPY_BYTES)
		munmap((void *)map->bytes, map->size);
	else if (map->size)
		free((void *)map->bytes);
	*map = (struct file_map){"", 0};
}

void file_close(FILE **stream)
{
	if (*stream)
		fclose(*stream);
	*stream = NULL;
}

char *file_read(struct arena *arena, const char *path, size_t *size, struct error *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	scoped_stream opened = is_stdin ? NULL : fopen(path, "re");
	FILE *in = is_stdin ? stdin : opened;
	const char *name = is_stdin ? "standard input" : path;
	scoped_text text = {0};
	char chunk[16384];
	size_t n;

	if (!in) {
		error_set_errno(err, "open", path, NULL);
		return NULL;
	}
	while ((n = fread(chunk, 1, sizeof(chunk), in)) > 0)
		text_add_bytes(&text, chunk, n);
	if (ferror(in)) {
		error_set_errno(err, "read", name, NULL);
		return NULL;
	}
	if (size)
		*size = text.len;
	return arena_copy(arena, text_string(&text), text.len);
}

static bool fail_to_create(const char *path, struct error *err)
{
	return error_set_errno(err, "create", path,
		errno == ENOENT ? "make its directory first" : NULL);
}

static bool abandon_errno(struct file_out *out, const char *path, struct error *err)
{
	fail_to_create(path, err);
	file_abandon(out);
	return false;
}

bool file_can_create(const char *path, struct error *err)
{
	const char *slash = strrchr(path, '/');
	scoped_text directory = {0};
	struct stat st;

	if (strcmp(path, "-") == 0)
		return true;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		if (!S_ISDIR(st.st_mode))
			return true;
		errno = EISDIR;
		return fail_to_create(path, err);
	}
	if (slash)
		text_add_bytes(&directory, path, (size_t)(slash - path) + 1);
	return access(slash ? directory.bytes : ".", W_OK | X_OK) == 0 ||
	       fail_to_create(path, err);
}

bool file_create(struct file_out *out, const char *path, struct error *err)
{
	struct text temporary = {0};
	struct stat st;
	mode_t mask;
	int fd;

	*out = (struct file_out){0};
	if (strcmp(path, "-") == 0) {
		out->stream = stdout;
		return true;
	}
	out->path = xstrdup(path);
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) { /* a device or a pipe */
		out->stream = fopen(path, "we");
		if (!out->stream)
			return abandon_errno(out, path, err);
		return true;
	}
	text_printf(&temporary, "%s.XXXXXX", path);
	fd = unfinished_create(temporary.bytes);
	if (fd < 0) {
		text_release(&temporary);
		return abandon_errno(out, path, err);
	}
	out->temporary = temporary.bytes;
	mask = umask(0);
	umask(mask);
	fchmod(fd, 0666 & ~mask);
	out->stream = fdopen(fd, "w");
	if (!out->stream) {
		abandon_errno(out, path, err);
		close(fd);
		return false;
	}
	return true;
}

bool file_write_failed(const struct file_out *out, struct error *err)
{
	if (out->path)
		return error_set_errno(err, "write", out->path,
			out->temporary ? "the old file, if any, is untouched" : NULL);
	return errno == EPIPE || error_set_errno(err, "write", "standard output", NULL);
}

static void forget_temporary(struct file_out *out)
{
	unfinished_forget(out->temporary);
	free(out->temporary);
	out->temporary = NULL;
}

bool file_commit(struct file_out *out, struct error *err)
{
	bool ok, is_closed;
	int reason;

	errno = 0;
	ok = fflush(out->stream) == 0 && !ferror(out->stream);
	if (!ok && !errno)
		errno = EIO; /* an earlier write failed, and nobody kept its reason */
	if (!out->path) {
		out->stream = NULL;
		return ok || file_write_failed(out, err);
	}
	reason = errno;
	is_closed = fclose(out->stream) == 0;
	out->stream = NULL;
	if (!ok)
		errno = reason;
	ok = ok && is_closed;
	if (!ok)
		file_write_failed(out, err);
	else if (out->temporary && rename(out->temporary, out->path) < 0)
		ok = error_set_errno(err, "replace", out->path, NULL);
	if (ok)
		forget_temporary(out); /* it has another name now */
	file_abandon(out);
	return ok;
}

void file_abandon(struct file_out *out)
{
	if (out->stream && out->path)
		fclose(out->stream);
	if (out->temporary)
		unlink(out->temporary);
	forget_temporary(out);
	free(out->path);
	*out = (struct file_out){0};
}

bool file_make_dirs(const char *path, struct error *err)
{
	scoped_text made = {0};

	for (const char *p = path; *p; p++) {
		text_add_char(&made, *p);
		if (p[1] && p[1] != '/')
			continue;
		if (mkdir(made.bytes, 0700) < 0 && errno != EEXIST)
			return error_set_errno(err, "create", made.bytes, NULL);
	}
	return true;
}
