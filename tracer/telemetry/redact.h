/*
 * What may be kept of what a program says. Everything passes here before it is put into
 * any buffer: secrets are not written and then removed, they are not written.
 *
 * A key that is not allowed keeps its name and loses its value; one that sounds like a
 * secret does so although it is allowed; so does any value that looks like a secret.
 */
#ifndef PCARCH_TRACER_TELEMETRY_REDACT_H
#define PCARCH_TRACER_TELEMETRY_REDACT_H

#include <stdbool.h>
#include <stddef.h>

#define REDACTED "[redacted]"

enum {
	REDACT_VALUE_MAX = 1024, /* bytes of a value; the rest is cut */
	REDACT_KEY_MAX = 64,
	REDACT_ENDPOINT_SIZE = 256,
	REDACT_ARGUMENT_SIZE = 64,
};

/* A key of [A-Za-z0-9_.-]{1,64}: nothing else may stand in a record. */
bool redact_is_key(const char *key);

/* Does it sound like a secret: password, apiKey, session-id, … */
bool redact_is_secret_key(const char *key, size_t length);

/* May values of this key be kept? Built in, or allowed by redact_allow(). */
bool redact_is_allowed_key(const char *key);

/* Allow one more key, a constant that stays; false: there are 256 already. Its caller
 * holds a lock. */
bool redact_allow(const char *key);

/* Does a text look like, or hold, a secret: a key, a token, a card number, an e-mail, a
 * URL with a user, `password=…`? */
bool redact_is_secret(const char *text, size_t length);

/*
 * Where a call goes, without what is private: no userinfo, query or fragment. The path is
 * kept of a template that is a constant of the program, but for segments that are ids; of
 * any other text, segments are "*". REDACTED when it still looks like a secret.
 */
void redact_endpoint(const char *endpoint, char out[REDACT_ENDPOINT_SIZE]);

/*
 * An argument of the command line: the name of a flag ("--token=REDACTED", "-u"), or
 * REDACTED. Words of commands are told apart before.
 */
void redact_argument(const char *argument, char out[REDACT_ARGUMENT_SIZE]);

#endif
