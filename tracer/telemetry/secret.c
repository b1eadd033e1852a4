#include "tracer/telemetry/secret.h"

#include "tracer/telemetry/redact.h"

#include <string.h>

enum class { /* bits of classes[] */
	CLASS_DIGIT = 1,
	CLASS_UPPER = 2,
	CLASS_LOWER = 4,
	CLASS_URL64 = 8, /* '-' and '_' */
	CLASS_BASE64 = 16, /* '+', '/' and '=' */
	CLASS_MAIL = 32, /* '.', '%' and '+' in the local part */
	CLASS_LETTER = CLASS_UPPER | CLASS_LOWER,
	CLASS_WORD = CLASS_LETTER | CLASS_DIGIT,
};

static unsigned class_of(char c)
{
	if (c >= '0' && c <= '9')
		return CLASS_DIGIT;
	if (c >= 'A' && c <= 'Z')
		return CLASS_UPPER;
	if (c >= 'a' && c <= 'z')
		return CLASS_LOWER;
	switch (c) {
	case '-':
	case '_':
		return CLASS_URL64;
	case '+':
		return CLASS_BASE64 | CLASS_MAIL;
	case '/':
	case '=':
		return CLASS_BASE64;
	case '.':
	case '%':
		return CLASS_MAIL;
	default:
		return 0;
	}
}

/* How many bytes from `at` on are of these classes. */
static size_t run(const char *text, size_t at, size_t length, unsigned classes)
{
	size_t n = 0;

	while (at + n < length && (class_of(text[at + n]) & classes))
		n++;
	return n;
}

struct prefix {
	const char *text;
	unsigned classes; /* of what follows */
	unsigned min; /* bytes of it */
	bool is_any_case;
};

static const struct prefix prefixes[] = {
	{"-----BEGIN ", CLASS_UPPER, 2, false},
	{"Bearer ", CLASS_WORD | CLASS_URL64 | CLASS_BASE64 | CLASS_MAIL, 6, true},
	{"Basic ", CLASS_WORD | CLASS_BASE64, 6, true},
	{"AKIA", CLASS_UPPER | CLASS_DIGIT, 16, false},
	{"ASIA", CLASS_UPPER | CLASS_DIGIT, 16, false},
	{"ghp_", CLASS_WORD, 20, false},
	{"gho_", CLASS_WORD, 20, false},
	{"ghu_", CLASS_WORD, 20, false},
	{"ghs_", CLASS_WORD, 20, false},
	{"ghr_", CLASS_WORD, 20, false},
	{"github_pat_", CLASS_WORD | CLASS_URL64, 20, false},
	{"glpat-", CLASS_WORD | CLASS_URL64, 16, false},
	{"xox", CLASS_WORD | CLASS_URL64, 12, false},
	{"sk_live_", CLASS_WORD, 10, false},
	{"sk_test_", CLASS_WORD, 10, false},
	{"rk_live_", CLASS_WORD, 10, false},
	{"AIza", CLASS_WORD | CLASS_URL64, 30, false},
};

static bool is_token(const char *text, size_t at, size_t length)
{
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		const struct prefix *prefix = &prefixes[i];
		size_t n = strlen(prefix->text);

		if (n > length - at)
			continue;
		if (prefix->is_any_case ? strncasecmp(text + at, prefix->text, n) != 0
					: memcmp(text + at, prefix->text, n) != 0)
			continue;
		if (run(text, at + n, length, prefix->classes) >= prefix->min)
			return true;
	}
	return false;
}

/* Three parts of base64url with dots between them; the first begins with '{"'. */
static bool is_jwt(const char *text, size_t at, size_t length)
{
	size_t head, claims;

	if (length - at < 3 || memcmp(text + at, "eyJ", 3) != 0)
		return false;
	head = run(text, at, length, CLASS_WORD | CLASS_URL64);
	if (head < 8 || at + head == length || text[at + head] != '.')
		return false;
	claims = run(text, at + head + 1, length, CLASS_WORD | CLASS_URL64);
	return claims >= 4;
}

/* "scheme://user…@": anything up to the first slash behind it. */
static bool is_userinfo(const char *text, size_t at, size_t length)
{
	if (length - at < 3 || memcmp(text + at, "://", 3) != 0)
		return false;
	for (at += 3; at < length && !strchr("/?# \t\r\n\"'<>", text[at]); at++)
		if (text[at] == '@')
			return true;
	return false;
}

/* `at` is on the '=' or ':' of "password=x", of "token: x", of "\"pin\":\"x\"". */
static bool is_assignment(const char *text, size_t at, size_t length)
{
	size_t end = at, start;

	if (at + 1 == length)
		return false;
	while (end && strchr(" \t\"'", text[end - 1]))
		end--;
	start = end;
	while (start && (class_of(text[start - 1]) & (CLASS_WORD | CLASS_URL64)) &&
		end - start < REDACT_KEY_MAX)
		start--;
	return start < end && redact_is_secret_key(text + start, end - start);
}

/* `at` is on the '@'. */
static bool is_mail(const char *text, size_t at, size_t length)
{
	size_t host = run(text, at + 1, length, CLASS_WORD | CLASS_URL64 | CLASS_MAIL);
	const char *dot = memchr(text + at + 1, '.', host);

	if (!at || !(class_of(text[at - 1]) & (CLASS_WORD | CLASS_URL64 | CLASS_MAIL)))
		return false;
	return dot && dot > text + at + 1 && dot + 2 < text + at + 1 + host;
}

/* 13 to 19 digits, single spaces or dashes between them, that pass Luhn's test. */
static bool is_card(const char *text, size_t at, size_t length)
{
	unsigned char number[19];
	size_t n = 0;
	unsigned sum = 0;

	if (at && (class_of(text[at - 1]) & CLASS_DIGIT))
		return false;
	for (; at < length; at++) {
		bool is_digit = class_of(text[at]) & CLASS_DIGIT;

		if (is_digit && n == sizeof(number))
			return false;
		if (is_digit)
			number[n++] = (unsigned char)(text[at] - '0');
		else if ((text[at] != ' ' && text[at] != '-') || at + 1 == length ||
			 !(class_of(text[at + 1]) & CLASS_DIGIT))
			break;
	}
	for (size_t i = 0; i < n; i++) {
		unsigned digit = number[n - 1 - i] << (i & 1);

		sum += digit > 9 ? digit - 9 : digit;
	}
	return n >= 13 && sum % 10 == 0;
}

bool secret_at(const char *text, size_t at, size_t length)
{
	char c = text[at];

	switch (c) {
	case '=':
		return is_assignment(text, at, length);
	case ':':
		return is_userinfo(text, at, length) || is_assignment(text, at, length);
	case '@':
		return is_mail(text, at, length);
	case 'e':
		return is_jwt(text, at, length);
	case '-':
		return is_token(text, at, length);
	default:
		if (class_of(c) & CLASS_DIGIT)
			return is_card(text, at, length);
		return is_token(text, at, length);
	}
}
