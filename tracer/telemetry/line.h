/*
 * One line of the log while it is made: an object of JSON, of bounded length, without
 * malloc. What does not fit marks the line, and no part of it is of use.
 */
#ifndef PCARCH_TRACER_TELEMETRY_LINE_H
#define PCARCH_TRACER_TELEMETRY_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	LINE_SIZE = 65536, /* of a line in the file, docs/telemetry-log.md */
	LINE_TAIL = 80, /* kept for the seal and the end */
};

struct line {
	size_t length;
	bool is_full;
	char bytes[LINE_SIZE];
};

/* Begin anew, with '{'. */
void line_begin(struct line *line);

/* Bytes as they are. */
void line_raw(struct line *line, const char *bytes, size_t length);

/* A member's name, which needs no escapes, with the comma before it. */
void line_key(struct line *line, const char *key);

/* A string in quotes: escaped as docs/telemetry-log.md has it, whatever the bytes are. */
void line_text(struct line *line, const char *bytes, size_t length);

/* An element of an array: the comma before it, where one is needed. */
void line_comma(struct line *line);

/* Members. */
void line_string(struct line *line, const char *key, const char *text);
void line_number(struct line *line, const char *key, long long number);
void line_flag(struct line *line, const char *key, bool is_set);
void line_hex(struct line *line, const char *key, const uint8_t *bytes, size_t nbytes);
/* A number of 64 bits, as a string. */
void line_wide(struct line *line, const char *key, uint64_t number);
/* Nanoseconds as milliseconds, with at most three decimals. */
void line_ms(struct line *line, const char *key, uint64_t ns);

/* `bracket` is '{' or '['; `key` NULL: an element of an array. */
void line_open(struct line *line, const char *key, char bracket);
void line_close(struct line *line, char bracket);

#endif
