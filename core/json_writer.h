/*
 * JSON text, written as a stream: no document is ever held in memory.
 *
 * The caller nests begin and end calls; keys are written in the order given. Strings that
 * are not UTF-8 are written with U+FFFD for each bad byte, so that the output is always
 * valid. Why not cJSON: it prints through sprintf, at about a seventh of this speed
 * (`scripts/bench json`).
 */
#ifndef PCARCH_CORE_JSON_WRITER_H
#define PCARCH_CORE_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum {
	JSON_MAX_DEPTH = 32
};

struct json_writer {
	FILE *stream;
	char *buffer; /* heap */
	size_t used;
	unsigned depth;
	bool has_items[JSON_MAX_DEPTH]; /* at each depth: a comma is due */
	bool is_inline[JSON_MAX_DEPTH]; /* on one line */
	bool after_key;
	bool failed; /* a write failed; errno of the first failure is in `error` */
	int error;
};

/* Write to `stream`, which stays the caller's. */
void json_open(struct json_writer *json, FILE *stream);

/* End the text with a newline, release the writer. False: a write failed (errno). */
bool json_close(struct json_writer *json);

/* The next value is the member `key` of the object that is open. */
void json_key(struct json_writer *json, const char *key);

/*
 * Objects and arrays. Each member or element of a block stands on its own line; a
 * line-object is written on one line, and so is everything inside it.
 */
void json_begin_object(struct json_writer *json);
void json_begin_line_object(struct json_writer *json);
void json_end_object(struct json_writer *json);
void json_begin_array(struct json_writer *json);
void json_end_array(struct json_writer *json);

/* NULL is null; so is a decimal that is not finite. Decimals have at most two digits. */
void json_string(struct json_writer *json, const char *value);
void json_uint(struct json_writer *json, uint64_t value); /* above 2^52: a string */
void json_decimal(struct json_writer *json, double value);
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);

/* Member and value in one. */
void json_member_string(struct json_writer *json, const char *key, const char *value);
void json_member_uint(struct json_writer *json, const char *key, uint64_t value);
void json_member_bool(struct json_writer *json, const char *key, bool value);

/* The same, left out when the value is NULL or 0. */
void json_member_optional_string(struct json_writer *json, const char *key,
	const char *value);
void json_member_nonzero(struct json_writer *json, const char *key, uint64_t value);

#endif
