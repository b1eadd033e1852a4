#include "core/json_check.h"

#include "core/error.h"
#include "core/json_reader.h"
#include "core/json_string.h"
#include "core/utf8.h"

#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	EXACT_DIGITS = 15,
	EXACT_POWER = 22,
	MANY_DIGITS = 1000,
};

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

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

bool json_check_string(struct json_text *in, struct json_span *out)
{
	const char *open = in->at++;
	bool has_escapes = false;

	for (;;) {
		size_t n;

		in->at += json_plain_run(in->at, (size_t)(in->end - in->at));
		if (in->at == in->end)
			return fail(in, open,
				"this string has no end: the file may be cut off");
		if (*in->at == '"') {
			*out = (struct json_span){
				open + 1, (size_t)(in->at - open) - 1, has_escapes};
			in->at++;
			return true;
		}
		if (*in->at == '\\') {
			has_escapes = true;
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

/* A number as digits and a power of ten: digits * 10^power, while `ndigits` is small. */
struct number {
	const char *start;
	uint64_t digits;
	unsigned ndigits;
	int power;
};

static bool check_digits(struct json_text *in, struct number *number)
{
	if (in->at == in->end || !is_digit(*in->at))
		return json_fail_expected(in, "a digit");
	for (; in->at < in->end && is_digit(*in->at); in->at++) {
		number->digits = number->digits * 10 + (uint64_t)(*in->at - '0');
		number->ndigits +=
			number->ndigits <= MANY_DIGITS; /* or it could overflow */
	}
	return true;
}

static bool check_fraction(struct json_text *in, struct number *number)
{
	unsigned before = number->ndigits;

	in->at++;
	if (!check_digits(in, number))
		return false;
	number->power -= (int)(number->ndigits - before);
	return true;
}

static bool check_exponent(struct json_text *in, struct number *number)
{
	struct number exponent = {0};
	bool is_negative;

	in->at++;
	is_negative = in->at < in->end && *in->at == '-';
	if (in->at < in->end && (*in->at == '+' || *in->at == '-'))
		in->at++;
	if (!check_digits(in, &exponent))
		return false;
	if (exponent.ndigits > 4)
		number->ndigits = EXACT_DIGITS + 1; /* leave it to strtod */
	else
		number->power +=
			is_negative ? -(int)exponent.digits : (int)exponent.digits;
	return true;
}

/* In the C locale: the program's may write 1,5. */
static double convert(const char *number, size_t len)
{
	static locale_t c_locale;
	struct text digits = {0};
	double value;

	if (!c_locale)
		c_locale = newlocale(LC_ALL_MASK, "C", NULL);
	text_add_bytes(&digits, number, len);
	value = strtod_l(digits.bytes, NULL, c_locale);
	text_release(&digits);
	return value;
}

/* Up to 15 digits and 10^22, one multiplication is exact. Source: Clinger 1990. */
static bool value_of(struct json_text *in, const struct number *number, double *value)
{
	static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
		1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
		1e22};

	if (number->ndigits <= EXACT_DIGITS && abs(number->power) <= EXACT_POWER) {
		*value = (double)number->digits;
		if (number->power < 0)
			*value /= powers[-number->power];
		else
			*value *= powers[number->power];
		if (*number->start == '-')
			*value = -*value;
		return true;
	}
	*value = convert(number->start, (size_t)(in->at - number->start));
	return isfinite(*value) ||
	       fail(in, number->start, "this number is too large for a double (1.8e308)");
}

bool json_check_number(struct json_text *in, double *value)
{
	struct number number = {.start = in->at};

	if (*in->at == '-')
		in->at++;
	if (in->at + 1 < in->end && in->at[0] == '0' && is_digit(in->at[1]))
		return fail(in, number.start, "a number must not start with a zero");
	if (!check_digits(in, &number))
		return false;
	if (in->at < in->end && *in->at == '.' && !check_fraction(in, &number))
		return false;
	if (in->at < in->end && (*in->at == 'e' || *in->at == 'E') &&
		!check_exponent(in, &number))
		return false;
	return value_of(in, &number, value);
}

bool json_check_literal(struct json_text *in, const char *literal)
{
	size_t len = strlen(literal);

	if ((size_t)(in->end - in->at) < len || memcmp(in->at, literal, len) != 0)
		return json_fail_expected(in,
			"a value (an object, an array, a string, a number, "
			"true, false or null)");
	in->at += len;
	return true;
}

bool json_check_key(struct json_text *in, struct json_span *key)
{
	const char *quote;

	if (json_peek(in) != '"')
		return json_fail_expected(in, "a key in double quotes");
	quote = in->at;
	if (!json_check_string(in, key))
		return false;
	if (!json_keys_add(&in->keys, key->raw, key->len, key->has_escapes))
		return error_set_byte(in->err, in->name, (uint64_t)(quote - in->start),
			"the key \"%.*s\" stands twice in one object",
			key->len > 80 ? 80 : (int)key->len, key->raw);
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
