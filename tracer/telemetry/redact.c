#include "tracer/telemetry/redact.h"

#include "tracer/telemetry/constant.h"
#include "tracer/telemetry/secret.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Names of things, numbers and places; never what a user typed. Sorted. */
static const char *const allowed[] = {"attempt", "attempts", "batch", "branch", "bridge",
	"bytes", "cache", "channel", "clock_synced", "code", "connect_ms", "count",
	"deadline_ms", "delivery_tag", "depth", "dns_ms", "drift_ms", "duration_ms",
	"endpoint", "entry_point_type", "exchange", "exit_code", "interval_ms", "jobs",
	"kind", "length", "limit", "method", "operation", "payload_size", "pid", "policy",
	"port", "ppid", "priority", "protocol", "queue", "reason", "redelivered",
	"request_bytes", "requests", "response_bytes", "retry", "routing_key", "signal",
	"size", "source", "stage", "status", "system", "table", "threads", "threshold_ms",
	"tls_ms", "topic", "total", "ttfb_ms", "type", "version"};

static struct {
	const char *keys[256];
	size_t count;
} added;

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool redact_is_key(const char *key)
{
	size_t n = 0;

	while (n <= REDACT_KEY_MAX &&
		(is_lower(key[n]) || is_upper(key[n]) || is_digit(key[n]) ||
			key[n] == '_' || key[n] == '.' || key[n] == '-'))
		n++;
	return n && n <= REDACT_KEY_MAX && !key[n];
}

/* The word of a key that begins at `at`: to a separator, or to a hump. */
static size_t word_length(const char *key, size_t at, size_t length)
{
	size_t n = 0;

	while (at + n < length) {
		char c = key[at + n];
		bool is_hump = n && is_upper(c) && is_lower(key[at + n - 1]);

		if (is_hump || !(is_lower(c) || is_upper(c)))
			break;
		n++;
	}
	return n;
}

static bool matches(const char *word, size_t length, const char *const *names)
{
	for (; *names; names++)
		if (strlen(*names) == length && strncasecmp(word, *names, length) == 0)
			return true;
	return false;
}

bool redact_is_secret_key(const char *key, size_t length)
{
	/* Short ones are parts of other words: "shipping", "author". */
	static const char *const words[] = {"auth", "otp", "pin", "pins", "ssn", "pw",
		"pwd", "pass", "key", "keys", "jwt", "bearer", "csrf", "cvv", NULL};
	static const char *const parts[] = {"password", "passwd", "passphrase",
		"passcode", "secret", "token", "apikey", "authorization",
		"authentication", "cookie", "sessionid", "credential", "private",
		"signature", NULL};
	char packed[REDACT_KEY_MAX + 1];
	size_t npacked = 0;

	for (size_t at = 0; at < length;) {
		size_t n = word_length(key, at, length);

		/* A routing key is none to a door. */
		if (matches(key + at, n, words) &&
			!(length == 11 && memcmp(key, "routing_key", 11) == 0))
			return true;
		at += n ? n : 1;
	}
	for (size_t i = 0; i < length && npacked < REDACT_KEY_MAX; i++)
		if (is_lower(key[i]) || is_upper(key[i]))
			packed[npacked++] = (char)(key[i] | 0x20);
	packed[npacked] = '\0';
	for (size_t i = 0; parts[i]; i++)
		if (strstr(packed, parts[i]))
			return true;
	return false;
}

bool redact_is_allowed_key(const char *key)
{
	size_t low = 0, high = sizeof(allowed) / sizeof(allowed[0]);

	while (low < high) {
		size_t middle = (low + high) / 2;
		/* The first letter decides most of the time. */
		int order = (unsigned char)key[0] - (unsigned char)allowed[middle][0];

		if (order == 0)
			order = strcmp(key, allowed[middle]);
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	for (size_t i = 0; i < added.count; i++)
		if (strcmp(added.keys[i], key) == 0)
			return !redact_is_secret_key(key, strlen(key));
	return false;
}

bool redact_allow(const char *key)
{
	for (size_t i = 0; i < added.count; i++)
		if (strcmp(added.keys[i], key) == 0)
			return true;
	if (added.count == sizeof(added.keys) / sizeof(added.keys[0]))
		return false;
	added.keys[added.count++] = key;
	return true;
}

bool redact_is_secret(const char *text, size_t length)
{
	for (size_t at = 0; at < length; at++)
		if (secret_may_begin(text[at]) && secret_at(text, at, length))
			return true;
	return false;
}

/* A number, or long and with digits: an id, not a word of the interface. */
static bool is_id(const char *segment, size_t length)
{
	size_t ndigits = 0;

	for (size_t i = 0; i < length; i++) {
		ndigits += is_digit(segment[i]);
		if (segment[i] == '%' || segment[i] == '@' || segment[i] == '=')
			return true;
	}
	return length && (ndigits == length || length > 32 || (ndigits && length >= 16));
}

struct writer {
	char *out;
	size_t length, room;
};

static void put(struct writer *writer, const char *bytes, size_t length)
{
	if (length > writer->room - writer->length)
		length = writer->room - writer->length;
	memcpy(writer->out + writer->length, bytes, length);
	writer->length += length;
}

/* A host and a port, if it can be that. */
static void put_host(struct writer *writer, const char *host, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (is_lower(host[i]) || is_upper(host[i]) || is_digit(host[i]) ||
			(host[i] && strchr(".:-_[]", host[i])))
			continue;
		put(writer, "*", 1);
		return;
	}
	put(writer, host, length);
}

/* The length of "scheme://"; 0: there is none. RFC 3986, 3.1. */
static size_t scheme_length(const char *endpoint)
{
	size_t n = 0;

	while (is_lower(endpoint[n]) || is_digit(endpoint[n]) || endpoint[n] == '+')
		n++;
	return n && n <= 16 && strncmp(endpoint + n, "://", 3) == 0 ? n + 3 : 0;
}

void redact_endpoint(const char *endpoint, char out[REDACT_ENDPOINT_SIZE])
{
	struct writer writer = {out, 0, REDACT_ENDPOINT_SIZE - 1};
	const char *at = endpoint + scheme_length(endpoint), *user;
	bool is_template = constant_holds(endpoint);
	size_t authority;

	put(&writer, endpoint, (size_t)(at - endpoint));
	/* Up to the last '@' is userinfo, whoever wrote it. */
	authority = strcspn(at, "/?#");
	user = memrchr(at, '@', authority);
	if (user) {
		authority -= (size_t)(user + 1 - at);
		at = user + 1;
	}
	put_host(&writer, at, authority);
	for (at += authority; *at == '/';) {
		size_t n = strcspn(++at, "/?#");
		bool is_kept = !n || (is_template && !is_id(at, n));

		put(&writer, "/", 1);
		put(&writer, is_kept ? at : "*", is_kept ? n : 1);
		at += n;
	}
	out[writer.length] = '\0';
	if (redact_is_secret(out, writer.length))
		snprintf(out, REDACT_ENDPOINT_SIZE, "%s", REDACTED);
}

void redact_argument(const char *argument, char out[REDACT_ARGUMENT_SIZE])
{
	size_t n = 2;

	snprintf(out, REDACT_ARGUMENT_SIZE, "%s", REDACTED);
	if (argument[0] != '-' || !argument[1])
		return;
	if (argument[1] != '-') {
		/* The value may stand right behind the letter. */
		if (is_lower(argument[1]) || is_upper(argument[1]))
			snprintf(out, REDACT_ARGUMENT_SIZE, "-%c%s", argument[1],
				argument[2] ? REDACTED : "");
		return;
	}
	while (is_lower(argument[n]) || (n > 2 && argument[n] == '-'))
		n++;
	if (n > 34 || (argument[n] && argument[n] != '='))
		return;
	snprintf(out, REDACT_ARGUMENT_SIZE, "%.*s%s", (int)n, argument,
		argument[n] ? "=" REDACTED : "");
}
