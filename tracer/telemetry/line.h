/*
 * One line of the log while it is made: an object of JSON, of bounded length, without
 * malloc. What does not fit marks the line, and no part of it is of use.
 */
#ifndef PCARCH_TRACER_TELEMETRY_LINE_H
#define PCARCH_TRACER_TELEMETRY_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

/* Room for `n` more bytes, which are the line's; NULL: there is none. Inline, as what is
 * below: names are constants, and what is written of them is known when it is compiled.
 */
static inline char *line_take(struct line *line, size_t n)
{
	char *at = line->bytes + line->length;

	if (line->is_full || n > (size_t)(LINE_SIZE - LINE_TAIL) - line->length) {
		line->is_full = true;
		return NULL;
	}
	line->length += n;
	return at;
}

/* Where the next byte goes. */
static inline char *line_copy(char *at, const char *bytes, size_t length)
{
	memcpy(at, bytes, length);
	return at + length;
}

/* Bytes as they are. */
static inline void line_raw(struct line *line, const char *bytes, size_t length)
{
	char *at = line_take(line, length);

	if (at)
		memcpy(at, bytes, length);
}

/* An element of an array: the comma before it, where one is needed. */
static inline void line_comma(struct line *line)
{
	char last = line->bytes[line->length - 1];

	if (last != '{' && last != '[')
		line_raw(line, ",", 1);
}

/* A member's name, which needs no escapes, with the comma before it. */
static inline void line_key(struct line *line, const char *key)
{
	size_t length = strlen(key);
	char *at;

	line_comma(line);
	at = line_take(line, length + 3);
	if (!at)
		return;
	*at++ = '"';
	at = line_copy(at, key, length);
	at[0] = '"';
	at[1] = ':';
}

/* A string in quotes: escaped as docs/telemetry-log.md has it, whatever the bytes are. */
void line_text(struct line *line, const char *bytes, size_t length);

/* What a member is, behind its name. */
void line_put_number(struct line *line, long long number);
void line_put_hex(struct line *line, const uint8_t *bytes, size_t nbytes);
void line_put_wide(struct line *line, uint64_t number);

/* Members. Of a text that is known to need no escapes: */
static inline void line_plain(struct line *line, const char *key, const char *text)
{
	size_t length = strlen(text);
	char *at;

	line_key(line, key);
	at = line_take(line, length + 2);
	if (!at)
		return;
	*at++ = '"';
	at = line_copy(at, text, length);
	*at = '"';
}

/* Of any text. */
static inline void line_string(struct line *line, const char *key, const char *text)
{
	line_key(line, key);
	line_text(line, text, strlen(text));
}

static inline void line_number(struct line *line, const char *key, long long number)
{
	line_key(line, key);
	line_put_number(line, number);
}

static inline void line_flag(struct line *line, const char *key, bool is_set)
{
	line_key(line, key);
	line_raw(line, is_set ? "true" : "false", is_set ? 4 : 5);
}

static inline void line_hex(struct line *line, const char *key, const uint8_t *bytes,
	size_t nbytes)
{
	line_key(line, key);
	line_put_hex(line, bytes, nbytes);
}

/* A number of 64 bits, as a string. */
static inline void line_wide(struct line *line, const char *key, uint64_t number)
{
	line_key(line, key);
	line_put_wide(line, number);
}

/* Nanoseconds as milliseconds, with at most three decimals. */
void line_ms(struct line *line, const char *key, uint64_t ns);

/* `bracket` is '{' or '['; `key` NULL: an element of an array. */
void line_open(struct line *line, const char *key, char bracket);
void line_close(struct line *line, char bracket);

#endif
