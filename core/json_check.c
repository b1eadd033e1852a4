#include "core/json_check.h"

#include "core/error.h"
#include "core/json_reader.h"
#include "core/json_string.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	NUMBER_MAX = 63
}; /* characters; what cJSON can read */

static bool fail(struct json_text *in, const char *at, const char *text)
{
	return error_set_byte(in->err, in->name, (uint64_t)(at - in->start), "%s", text);
}

bool json_fail_expected(struct json_text *in, const char *expected)
{
	uint64_t offset = (uint64_t)(in->at - in->start);
	unsigned char c;

	if (in->at == in->end)
		return error_set_byte(in->err, in->name, offset,
			"the text ends here: expected %s; the file may be cut off",
			expected);
	c = (unsigned char)*in->at;
	if (isprint(c))
		return error_set_byte(in->err, in->name, offset,
			"expected %s, found '%c'", expected, c);
	return error_set_byte(in->err, in->name, offset, "expected %s, found byte 0x%02x",
		expected, c);
}

static bool check_hex(struct json_text *in, unsigned *value)
{
	*value = 0;
	for (size_t i = 0; i < 4; i++, in->at++) {
		if (in->at == in->end || !isxdigit((unsigned char)*in->at))
			return json_fail_expected(in,
				"four hexadecimal digits after '\\u'");
		*value = *value << 4 |
			 (unsigned)(*in->at <= '9' ? *in->at - '0'
						   : (*in->at | 0x20) - 'a' + 10);
	}
	return true;
}

static bool check_unicode(struct json_text *in, const char *escape)
{
	unsigned high, low;

	if (!check_hex(in, &high))
		return false;
	if (!high)
		return fail(in, escape,
			"'\\u0000' cannot be part of a name or a text here");
	if (high >= 0xdc00 && high <= 0xdfff)
		return fail(in, escape,
			"unpaired surrogate: a low one without a high one before");
	if (high < 0xd800 || high > 0xdbff)
		return true;
	if (in->end - in->at < 2 || in->at[0] != '\\' || in->at[1] != 'u')
		return fail(in, escape,
			"unpaired surrogate: a high one without a low one after");
	in->at += 2;
	if (!check_hex(in, &low))
		return false;
	if (low < 0xdc00 || low > 0xdfff)
		return fail(in, escape,
			"unpaired surrogate: a high one without a low one after");
	return true;
}

static bool check_escape(struct json_text *in)
{
	const char *escape = in->at++;

	if (in->at == in->end || !strchr("\"\\/bfnrtu", *in->at) || !*in->at)
		return json_fail_expected(in,
			"one of \" \\ / b f n r t u after a backslash");
	return *in->at++ != 'u' || check_unicode(in, escape);
}

/* A string, from its opening quote to behind its closing one. */
static bool check_string(struct json_text *in, bool *has_escapes)
{
	const char *open = in->at++;

	*has_escapes = false;
	for (;;) {
		size_t n;

		in->at += json_plain_run(in->at, (size_t)(in->end - in->at));
		if (in->at == in->end)
			return fail(in, open,
				"this string has no end: the file may be cut off");
		if (*in->at == '"') {
			in->at++;
			return true;
		}
		if (*in->at == '\\') {
			*has_escapes = true;
			if (!check_escape(in))
				return false;
			continue;
		}
		if ((unsigned char)*in->at < 0x20)
			return json_fail_expected(in,
				"an escape such as '\\n' for a control character");
		n = utf8_sequence(in->at, (size_t)(in->end - in->at));
		if (!n)
			return json_fail_expected(in, "UTF-8");
		in->at += n;
	}
}

static bool check_digits(struct json_text *in)
{
	if (in->at == in->end || !isdigit((unsigned char)*in->at))
		return json_fail_expected(in, "a digit");
	while (in->at < in->end && isdigit((unsigned char)*in->at))
		in->at++;
	return true;
}

/* Only a number with an exponent can be too large, given the limit on its length. */
static bool check_magnitude(struct json_text *in, const char *number)
{
	char digits[NUMBER_MAX + 1];
	size_t len = (size_t)(in->at - number);

	memcpy(digits, number, len);
	digits[len] = '\0';
	return isfinite(strtod(digits, NULL)) ||
	       fail(in, number, "this number is too large for a double (1.8e308)");
}

static bool check_number(struct json_text *in)
{
	const char *number = in->at;
	bool has_exponent;

	if (*in->at == '-')
		in->at++;
	if (in->at < in->end && *in->at == '0') {
		in->at++;
		if (in->at < in->end && isdigit((unsigned char)*in->at))
			return fail(in, number, "a number must not start with a zero");
	} else if (!check_digits(in)) {
		return false;
	}
	if (in->at < in->end && *in->at == '.') {
		in->at++;
		if (!check_digits(in))
			return false;
	}
	has_exponent = in->at < in->end && (*in->at == 'e' || *in->at == 'E');
	if (has_exponent) {
		in->at++;
		if (in->at < in->end && (*in->at == '+' || *in->at == '-'))
			in->at++;
		if (!check_digits(in))
			return false;
	}
	if (in->at - number > NUMBER_MAX)
		return fail(in, number, "this number has more than 63 characters");
	return !has_exponent || check_magnitude(in, number);
}

static bool check_literal(struct json_text *in, const char *literal)
{
	size_t len = strlen(literal);

	if ((size_t)(in->end - in->at) < len || memcmp(in->at, literal, len) != 0)
		return json_fail_expected(in,
			"a value (an object, an array, a string, a number, "
			"true, false or null)");
	in->at += len;
	return true;
}

bool json_check_key(struct json_text *in, const char **raw, size_t *len)
{
	const char *quote;
	bool has_escapes;

	if (json_peek(in) != '"')
		return json_fail_expected(in, "a key in double quotes");
	quote = in->at;
	if (!check_string(in, &has_escapes))
		return false;
	*raw = quote + 1;
	*len = (size_t)(in->at - 1 - *raw);
	if (!json_keys_add(&in->keys, *raw, *len, has_escapes))
		return error_set_byte(in->err, in->name, (uint64_t)(quote - in->start),
			"the key \"%.*s\" stands twice in one object",
			*len > 80 ? 80 : (int)*len, *raw);
	if (json_peek(in) != ':')
		return json_fail_expected(in, "':' after a key");
	in->at++;
	json_skip_space(in);
	return true;
}

bool json_check_separator(struct json_text *in, char close, bool *is_last)
{
	char c = json_peek(in);

	if (c != ',' && c != close)
		return json_fail_expected(in, close == '}'
						      ? "',' or '}' after a member"
						      : "',' or ']' after an element");
	*is_last = c == close;
	in->at++;
	json_skip_space(in);
	return true;
}

bool json_check_open(struct json_text *in, bool *is_last)
{
	char close = *in->at == '{' ? '}' : ']';

	if (in->depth >= JSON_READ_MAX_DEPTH)
		return fail(in, in->at, "nested more than 100 levels deep");
	in->depth++;
	in->at++;
	*is_last = json_peek(in) == close;
	in->at += *is_last;
	return true;
}

static bool check_object(struct json_text *in)
{
	bool is_last;
	const char *raw;
	size_t len;

	if (!json_check_open(in, &is_last))
		return false;
	json_keys_push(&in->keys);
	while (!is_last) {
		if (!json_check_key(in, &raw, &len) || !json_check_value(in) ||
			!json_check_separator(in, '}', &is_last))
			return false;
	}
	json_keys_pop(&in->keys);
	in->depth--;
	return true;
}

static bool check_array(struct json_text *in)
{
	bool is_last;

	if (!json_check_open(in, &is_last))
		return false;
	while (!is_last) {
		if (!json_check_value(in) || !json_check_separator(in, ']', &is_last))
			return false;
	}
	in->depth--;
	return true;
}

bool json_check_value(struct json_text *in)
{
	bool has_escapes;

	switch (json_peek(in)) {
	case '{':
		return check_object(in);
	case '[':
		return check_array(in);
	case '"':
		return check_string(in, &has_escapes);
	case 't':
		return check_literal(in, "true");
	case 'f':
		return check_literal(in, "false");
	case 'n':
		return check_literal(in, "null");
	case '-':
	case '0' ... '9':
		return check_number(in);
	default:
		return check_literal(in, "{"); /* fails, and says what a value is */
	}
}
