/*
 * A log as lines, of any size, in bounded memory. The bytes are a stranger's: a line may
 * hold NUL, bad UTF-8, or a hundred megabytes and no end.
 */
#ifndef PCARCH_CORE_LOG_LINES_H
#define PCARCH_CORE_LOG_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;

enum {
	LOG_LINE_MAX = 1 << 20, /* bytes; no event is as long */
};

struct log_line {
	const char *bytes; /* without the newline; valid until the next line */
	size_t len; /* at most LOG_LINE_MAX */
	uint64_t number; /* from 1 */
	uint64_t offset; /* of its first byte in the log */
	bool is_too_long; /* only its beginning is here */
	bool has_end; /* a newline; without one it is the last, cut off or being written
		       */
};

/* Fill with log_lines_open(). */
struct log_lines {
	const char *name; /* for messages */
	int fd;
	char *buffer; /* heap */
	size_t at, used; /* what is read of the buffer, and filled */
	uint64_t offset; /* in the log, of buffer[at] */
	uint64_t nlines;
	bool is_at_end;
	int error; /* errno of a read that failed; 0: none */
};

/* Open `path`, "-" is stdin. */
bool log_lines_open(struct log_lines *lines, const char *path, struct error *err);
void log_lines_close(struct log_lines *lines);

/* The next line; false at the end, and where reading fails: log_lines_end(). */
bool log_lines_next(struct log_lines *lines, struct log_line *line);

/* After the last line: was all read? */
bool log_lines_end(const struct log_lines *lines, struct error *err);

/* Begin again; false where the log cannot be read twice, a pipe. */
bool log_lines_rewind(struct log_lines *lines);

#define scoped_lines __attribute__((cleanup(log_lines_close))) struct log_lines

#endif
