#include "core/json_writer.h"

#include "core/arena.h"
#include "core/json_string.h"
#include "core/utf8.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	BUFFER_BYTES = 64 * 1024,
	ESCAPE_BYTES = 6, /* \u001f */
	NUMBER_BYTES = 20, /* 2^64 */
};

/* cJSON, like JavaScript, keeps numbers as double: whole numbers are exact up to here. */
#define EXACT_MAX (UINT64_C(1) << 52)

static const char digit_pairs[] = "00010203040506070809101112131415161718192021222324"
				  "25262728293031323334353637383940414243444546474849"
				  "50515253545556575859606162636465666768697071727374"
				  "75767778798081828384858687888990919293949596979899";

void json_open(struct json_writer *json, FILE *stream)
{
	*json = (struct json_writer){.stream = stream, .buffer = xmalloc(BUFFER_BYTES)};
}

static void flush(struct json_writer *json)
{
	errno = 0;
	if (!json->failed &&
		fwrite(json->buffer, 1, json->used, json->stream) != json->used) {
		json->failed = true;
		json->error = errno;
	}
	json->used = 0;
}

/* Where `len` bytes, at most a buffer, can be put; the caller adds to `used`. */
static inline char *reserve(struct json_writer *json, size_t len)
{
	if (len > BUFFER_BYTES - json->used)
		flush(json);
	return json->buffer + json->used;
}

static inline void put_char(struct json_writer *json, char c)
{
	*reserve(json, 1) = c;
	json->used++;
}

static void put_bytes(struct json_writer *json, const char *bytes, size_t len)
{
	while (len > BUFFER_BYTES - json->used) {
		size_t part = BUFFER_BYTES - json->used;

		memcpy(json->buffer + json->used, bytes, part);
		json->used = BUFFER_BYTES;
		flush(json);
		bytes += part;
		len -= part;
	}
	memcpy(json->buffer + json->used, bytes, len);
	json->used += len;
}

bool json_close(struct json_writer *json)
{
	assert(json->depth == 0 && !json->after_key);
	put_char(json, '\n');
	flush(json);
	free(json->buffer);
	json->buffer = NULL;
	if (json->failed)
		errno = json->error;
	return !json->failed;
}

static void put_line(struct json_writer *json)
{
	char *at = reserve(json, 1 + JSON_MAX_DEPTH);

	at[0] = '\n';
	memset(at + 1, '\t', json->depth);
	json->used += 1 + json->depth;
}

/* What stands between the last item and the one that is about to be written. */
static void separate(struct json_writer *json)
{
	unsigned depth = json->depth;

	if (json->after_key) {
		json->after_key = false;
		return;
	}
	if (!depth)
		return;
	if (json->has_items[depth - 1])
		put_char(json, ',');
	if (!json->is_inline[depth - 1])
		put_line(json);
	else if (json->has_items[depth - 1])
		put_char(json, ' ');
	json->has_items[depth - 1] = true;
}

/* One byte that cannot stand in a string, or one UTF-8 sequence; returns its length. */
static size_t put_special(struct json_writer *json, const char *bytes, size_t len)
{
	static const char letters[] = "btn\0fr", hex[] = "0123456789abcdef";
	static const char replacement[] = {'\xef', '\xbf', '\xbd'}; /* U+FFFD */
	unsigned char c = (unsigned char)bytes[0];
	size_t n = c < 0x80 ? 1 : utf8_sequence(bytes, len);
	char *at = reserve(json, ESCAPE_BYTES);

	if (!n) {
		memcpy(at, replacement, sizeof(replacement));
		json->used += sizeof(replacement);
		return 1;
	}
	if (n > 1) {
		memcpy(at, bytes, n);
		json->used += n;
		return n;
	}
	at[0] = '\\';
	if (c >= 0x20) {
		at[1] = (char)c;
		json->used += 2;
	} else if (c >= '\b' && c <= '\r' && letters[c - '\b']) {
		at[1] = letters[c - '\b'];
		json->used += 2;
	} else {
		at[1] = 'u';
		at[2] = at[3] = '0';
		at[4] = hex[c >> 4];
		at[5] = hex[c & 15];
		json->used += ESCAPE_BYTES;
	}
	return 1;
}

static void put_string(struct json_writer *json, const char *string)
{
	size_t len = strlen(string);

	put_char(json, '"');
	while (len) {
		size_t n = json_plain_run(string, len);

		put_bytes(json, string, n);
		if (n < len)
			n += put_special(json, string + n, len - n);
		string += n;
		len -= n;
	}
	put_char(json, '"');
}

static void put_uint(struct json_writer *json, uint64_t value)
{
	char digits[NUMBER_BYTES], *at = digits + sizeof(digits);

	while (value >= 100) {
		at -= 2;
		memcpy(at, digit_pairs + value % 100 * 2, 2);
		value /= 100;
	}
	if (value >= 10) {
		at -= 2;
		memcpy(at, digit_pairs + value * 2, 2);
	} else {
		*--at = (char)('0' + value);
	}
	put_bytes(json, at, (size_t)(digits + sizeof(digits) - at));
}

void json_key(struct json_writer *json, const char *key)
{
	assert(json->depth > 0 && !json->after_key);
	separate(json);
	put_string(json, key);
	put_bytes(json, ": ", 2);
	json->after_key = true;
}

static void begin(struct json_writer *json, char bracket, bool is_inline)
{
	unsigned depth = json->depth;

	assert(depth < JSON_MAX_DEPTH);
	separate(json);
	put_char(json, bracket);
	json->has_items[depth] = false;
	json->is_inline[depth] = is_inline || (depth && json->is_inline[depth - 1]);
	json->depth++;
}

static void end(struct json_writer *json, char bracket)
{
	assert(json->depth > 0 && !json->after_key);
	json->depth--;
	if (json->has_items[json->depth] && !json->is_inline[json->depth])
		put_line(json);
	put_char(json, bracket);
}

void json_begin_object(struct json_writer *json)
{
	begin(json, '{', false);
}

void json_begin_line_object(struct json_writer *json)
{
	begin(json, '{', true);
}

void json_end_object(struct json_writer *json)
{
	end(json, '}');
}

void json_begin_array(struct json_writer *json)
{
	begin(json, '[', false);
}

void json_end_array(struct json_writer *json)
{
	end(json, ']');
}

void json_null(struct json_writer *json)
{
	separate(json);
	put_bytes(json, "null", 4);
}

void json_bool(struct json_writer *json, bool value)
{
	separate(json);
	put_bytes(json, value ? "true" : "false", value ? 4 : 5);
}

void json_string(struct json_writer *json, const char *value)
{
	if (!value) {
		json_null(json);
		return;
	}
	separate(json);
	put_string(json, value);
}

void json_uint(struct json_writer *json, uint64_t value)
{
	bool is_exact = value <= EXACT_MAX;

	separate(json);
	if (!is_exact)
		put_char(json, '"');
	put_uint(json, value);
	if (!is_exact)
		put_char(json, '"');
}

void json_decimal(struct json_writer *json, double value)
{
	double hundredths = (value < 0 ? -value : value) * 100 + 0.5;
	uint64_t digits;

	if (!isfinite(value) ||
		hundredths > (double)EXACT_MAX) { /* JSON has no such number */
		json_null(json);
		return;
	}
	separate(json);
	digits = (uint64_t)hundredths;
	if (value < 0 && digits)
		put_char(json, '-');
	put_uint(json, digits / 100);
	if (digits % 100) {
		put_char(json, '.');
		put_bytes(json, digit_pairs + digits % 100 * 2, digits % 10 ? 2 : 1);
	}
}

void json_member_string(struct json_writer *json, const char *key, const char *value)
{
	json_key(json, key);
	json_string(json, value);
}

void json_member_uint(struct json_writer *json, const char *key, uint64_t value)
{
	json_key(json, key);
	json_uint(json, value);
}

void json_member_bool(struct json_writer *json, const char *key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}

void json_member_optional_string(struct json_writer *json, const char *key,
	const char *value)
{
	if (value)
		json_member_string(json, key, value);
}

void json_member_nonzero(struct json_writer *json, const char *key, uint64_t value)
{
	if (value)
		json_member_uint(json, key, value);
}
