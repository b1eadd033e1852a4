/* How secrets look: the patterns that a value is searched for. */
#ifndef PCARCH_TRACER_TELEMETRY_SECRET_H
#define PCARCH_TRACER_TELEMETRY_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* May a secret begin with it? Most characters begin none. Inline: every byte is asked. */
static inline bool secret_may_begin(char c)
{
	switch (c) {
	case '=':
	case ':':
	case '@':
	case '-':
	case 'e':
	case 'b':
	case 'B':
	case 'A':
	case 'g':
	case 'G':
	case 'x':
	case 's':
	case 'r':
		return true;
	default:
		return c >= '0' && c <= '9';
	}
}

/*
 * Does a secret begin at `at` of these `length` bytes? A PEM block, Bearer and Basic
 * credentials, a JWT, tokens of AWS, GitHub, Slack, Stripe and Google, the user of a URL,
 * `NAME=` or `NAME:` with the name of a secret, an e-mail address, a card number that
 * passes Luhn's test.
 */
bool secret_at(const char *text, size_t at, size_t length);

#endif
