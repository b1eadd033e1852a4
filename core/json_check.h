/* JSON's words and marks, checked strictly, byte by byte. Source: RFC 8259. */
#ifndef PCARCH_CORE_JSON_CHECK_H
#define PCARCH_CORE_JSON_CHECK_H

#include "core/json_keys.h"

#include <stdbool.h>
#include <stddef.h>

struct error;

/* A text and how far it has been checked. */
struct json_text {
	const char *start, *at, *end;
	const char *name; /* for messages */
	unsigned depth; /* of open objects and arrays */
	struct json_keys keys;
	struct error *err;
};

/* What stands between the quotes of a string, checked. */
struct json_span {
	const char *raw;
	size_t len;
	bool has_escapes;
};

/* A string, a number or the word `literal` at `at`, which ends up behind it. */
bool json_check_string(struct json_text *in, struct json_span *out);
bool json_check_number(struct json_text *in, double *value);
bool json_check_literal(struct json_text *in, const char *literal);

/*
 * The bracket at `at`, of an object or an array whose items the caller takes one by one:
 * it also keeps `depth` and pushes and pops `keys`. *is_last: it is empty, and closed.
 */
bool json_check_open(struct json_text *in, bool *is_last);

/* A key and its colon. */
bool json_check_key(struct json_text *in, struct json_span *key);

/* Behind an item: a comma or the bracket `close`, which sets *is_last. */
bool json_check_separator(struct json_text *in, char close, bool *is_last);

/* Fail at `at`: "expected …, found …". */
bool json_fail_expected(struct json_text *in, const char *expected);

static inline void json_skip_space(struct json_text *in)
{
	while (in->at < in->end &&
		(*in->at == ' ' || *in->at == '\n' || *in->at == '\t' || *in->at == '\r'))
		in->at++;
}

/* The next character after spaces; 0 at the end, and for a NUL, which nothing takes. */
static inline char json_peek(struct json_text *in)
{
	json_skip_space(in);
	if (in->at == in->end)
		return '\0';
	return *in->at;
}

#endif
