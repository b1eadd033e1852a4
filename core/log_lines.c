#include "core/log_lines.h"

#include "core/arena.h"
#include "core/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BUFFER_BYTES = 2 * LOG_LINE_MAX, /* behind it, room for a line that is too long */
};

bool log_lines_open(struct log_lines *lines, const char *path, struct error *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return error_set_errno(err, "open", is_stdin ? "standard input" : path,
			NULL);
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		close(fd);
		errno = EISDIR;
		return error_set_errno(err, "read", path, "give the log files in it");
	}
	*lines = (struct log_lines){
		.name = is_stdin ? "standard input" : path,
		.fd = fd,
		.buffer = xmalloc(BUFFER_BYTES + LOG_LINE_MAX),
	};
	return true;
}

void log_lines_close(struct log_lines *lines)
{
	if (lines->buffer)
		close(lines->fd);
	free(lines->buffer);
	lines->buffer = NULL;
}

/* More bytes behind those that are there. */
static void fill(struct log_lines *lines)
{
	ssize_t n;

	if (lines->at) {
		lines->used -= lines->at;
		memmove(lines->buffer, lines->buffer + lines->at, lines->used);
		lines->at = 0;
	}
	do {
		n = read(lines->fd, lines->buffer + lines->used,
			BUFFER_BYTES - lines->used);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		lines->error = errno;
	if (n <= 0)
		lines->is_at_end = true;
	else
		lines->used += (size_t)n;
}

static void take(struct log_lines *lines, size_t n)
{
	lines->at += n;
	lines->offset += n;
}

/* Read on to the end of a line whose beginning is known. */
static bool skip_rest(struct log_lines *lines)
{
	for (;;) {
		const char *from = lines->buffer + lines->at;
		const char *end = memchr(from, '\n', lines->used - lines->at);

		if (end) {
			take(lines, (size_t)(end - from) + 1);
			return true;
		}
		take(lines, lines->used - lines->at);
		if (lines->is_at_end)
			return false;
		fill(lines);
	}
}

/* The line is longer than any event: hand over its beginning. */
static void take_long(struct log_lines *lines, struct log_line *line)
{
	char *kept = lines->buffer + BUFFER_BYTES;

	memcpy(kept, lines->buffer + lines->at, LOG_LINE_MAX);
	line->bytes = kept;
	line->len = LOG_LINE_MAX;
	line->is_too_long = true;
	line->has_end = skip_rest(lines);
}

bool log_lines_next(struct log_lines *lines, struct log_line *line)
{
	size_t searched = 0;

	for (;;) {
		const char *from = lines->buffer + lines->at;
		size_t here = lines->used - lines->at;
		const char *end = memchr(from + searched, '\n', here - searched);

		*line = (struct log_line){.bytes = from,
			.len = end ? (size_t)(end - from) : here,
			.number = lines->nlines + 1,
			.offset = lines->offset,
			.has_end = end};
		if (line->len > LOG_LINE_MAX) {
			take_long(lines, line);
			break;
		}
		if (end || (lines->is_at_end && here)) {
			take(lines, line->len + line->has_end);
			break;
		}
		if (lines->is_at_end)
			return false;
		searched = here;
		fill(lines);
	}
	lines->nlines++;
	return true;
}

bool log_lines_end(const struct log_lines *lines, struct error *err)
{
	errno = lines->error;
	return !errno || error_set_errno(err, "read", lines->name, NULL);
}

bool log_lines_rewind(struct log_lines *lines)
{
	if (lseek(lines->fd, 0, SEEK_SET) != 0)
		return false;
	lines->at = lines->used = 0;
	lines->offset = lines->nlines = 0;
	lines->is_at_end = false;
	return true;
}
