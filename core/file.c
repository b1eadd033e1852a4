#include "core/file.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool map_descriptor(int fd, const char *path, struct file_map *out,
	struct error *err)
{
	struct stat st;
	void *bytes;

	if (fstat(fd, &st) < 0)
		return error_set_errno(err, "read", path, NULL);
	if (!S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		return error_set_errno(err, "read", path, NULL);
	}
	if (!st.st_size) {
		*out = (struct file_map){"", 0};
		return true;
	}
	bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return error_set_errno(err, "read", path, NULL);
	*out = (struct file_map){bytes, (size_t)st.st_size};
	return true;
}

bool file_map(const char *path, struct file_map *out, struct error *err)
{
	/* Without O_NONBLOCK a FIFO in a stranger's tree would wait for a writer for
	 * ever. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool ok;

	if (fd < 0)
		return error_set_errno(err, "open", path, NULL);
	ok = map_descriptor(fd, path, out, err);
	close(fd);
	return ok;
}

void file_unmap(struct file_map *map)
{
	if (map->size)
		munmap((void *)map->bytes, map->size);
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

static bool abandon_errno(struct file_out *out, const char *path, struct error *err)
{
	error_set_errno(err, "create", path,
		errno == ENOENT ? "make its directory first" : NULL);
	file_abandon(out);
	return false;
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
	fd = mkostemp(temporary.bytes, O_CLOEXEC);
	if (fd < 0) {
		text_release(&temporary);
		return abandon_errno(out, path, err);
	}
	out->temporary = temporary.bytes;
	mask = umask(0);
	umask(mask);
	fchmod(fd, 0666 & ~mask);
	out->stream = fdopen(fd, "w");
	return true;
}

bool file_write_failed(const struct file_out *out, struct error *err)
{
	if (out->path)
		return error_set_errno(err, "write", out->path,
			out->temporary ? "the old file, if any, is untouched" : NULL);
	return errno == EPIPE || error_set_errno(err, "write", "standard output", NULL);
}

bool file_commit(struct file_out *out, struct error *err)
{
	bool ok = fflush(out->stream) == 0 && !ferror(out->stream);

	if (!out->path) {
		out->stream = NULL;
		return ok || file_write_failed(out, err);
	}
	ok = fclose(out->stream) == 0 && ok;
	out->stream = NULL;
	if (!ok)
		file_write_failed(out, err);
	else if (out->temporary && rename(out->temporary, out->path) < 0)
		ok = error_set_errno(err, "replace", out->path, NULL);
	if (!ok && out->temporary)
		unlink(out->temporary);
	free(out->temporary);
	out->temporary = NULL;
	file_abandon(out);
	return ok;
}

void file_abandon(struct file_out *out)
{
	if (out->stream && out->path)
		fclose(out->stream);
	if (out->temporary)
		unlink(out->temporary);
	free(out->temporary);
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
