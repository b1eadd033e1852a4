#include "tracer/telemetry/redact.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static bool is_secret(const char *text)
{
	return redact_is_secret(text, strlen(text));
}

static bool is_secret_key(const char *key)
{
	return redact_is_secret_key(key, strlen(key));
}

Test(redact, keys_that_sound_like_secrets)
{
	static const char *const secrets[] = {"password", "passwd", "passphrase", "PASS",
		"db_password", "secret", "clientSecret", "token", "access-token",
		"api_key", "api-key", "apikey", "apiKey", "auth", "authorization",
		"X-Auth", "cookie", "Set-Cookie", "session_id", "session-id", "sessionId",
		"credential", "credentials", "private", "signature", "otp", "userOtp",
		"pin", "user_pin", "ssn", "X-API-Key", "proxyAuthorization"};
	static const char *const harmless[] = {"queue", "shipping", "author", "spinner",
		"option", "count", "routing_key", "topic", "compass", "class"};

	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		cr_expect(is_secret_key(secrets[i]), "%s", secrets[i]);
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		cr_expect_not(is_secret_key(harmless[i]), "%s", harmless[i]);
}

Test(redact, only_keys_that_are_known_keep_their_values)
{
	cr_expect(redact_is_allowed_key("queue"));
	cr_expect(redact_is_allowed_key("attempt"));
	cr_expect(redact_is_allowed_key("version"));
	cr_expect_not(redact_is_allowed_key("note"));
	cr_expect_not(redact_is_allowed_key(""));
	cr_expect(redact_allow("job_kind"));
	cr_expect(redact_is_allowed_key("job_kind"));
	cr_expect(redact_allow("password"));
	cr_expect_not(redact_is_allowed_key("password"), "it stays a secret");
}

Test(redact, keys_have_no_other_characters)
{
	char longest[REDACT_KEY_MAX + 2];

	memset(longest, 'a', sizeof(longest));
	longest[REDACT_KEY_MAX + 1] = '\0';
	cr_expect_not(redact_is_key(longest));
	longest[REDACT_KEY_MAX] = '\0';
	cr_expect(redact_is_key(longest));
	cr_expect_not(redact_is_key(""));
	cr_expect_not(redact_is_key("a b"));
	cr_expect_not(redact_is_key("a\"b"));
	cr_expect_not(redact_is_key("\xc3\xa4"));
}

Test(redact, values_that_look_like_secrets)
{
	static const char *const secrets[] = {
		"-----BEGIN RSA PRIVATE KEY-----\nMIIE",
		"Authorization: Bearer abcdef123456",
		"bearer abcdef123456",
		"Basic dXNlcjpwYXNz",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
		"key AKIAIOSFODNN7EXAMPLE here",
		"ASIAIOSFODNN7EXAMPLE",
		"ghp_abcdefghijklmnopqrst123456",
		"github_pat_11ABCDEFG0abcdefghijkl",
		"xoxb-123456789012-abcdef",
		"sk_live_abcdefghijklmn",
		"AIzaSyA1234567890abcdefghijklmnopqrstuv",
		"http://alice:secret@example.org/",
		"amqp://guest@broker",
		"https://example.org/?token=1",
		"see ?x=1&api_key=2 there",
		"password=hunter2",
		"password: hunter2",
		"{\"pin\":\"1234\"}",
		"mail alice@example.org now",
		"4111 1111 1111 1111",
		"4111-1111-1111-1111",
		"card 5500005555555559.",
	};
	static const char *const harmless[] = {
		"",
		"polycall.jobs",
		"http://example.org/status?page=2",
		"a basic truth",
		"bearer of news",
		"eyJ is no token",
		"user@host",
		"@",
		"=",
		":",
		"1746372660000",
		"4111 1111 1111 1112",
		"41111111111111111111111",
		"GET /status",
		"time: 12:30",
	};

	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		cr_expect(is_secret(secrets[i]), "%s", secrets[i]);
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		cr_expect_not(is_secret(harmless[i]), "%s", harmless[i]);
}

static void expect_endpoint(const char *from, const char *expected)
{
	char out[REDACT_ENDPOINT_SIZE];

	redact_endpoint(from, out);
	cr_expect_str_eq(out, expected);
}

Test(redact, endpoints_lose_what_is_private)
{
	char text[1000], out[REDACT_ENDPOINT_SIZE];

	expect_endpoint("http://127.0.0.1:8470/status", "http://127.0.0.1:8470/status");
	expect_endpoint("http://alice:pw@host/a?token=x#y", "http://host/a");
	expect_endpoint("http://a@b@host/", "http://host/");
	expect_endpoint("http://host?x=http://u:p@v/", "http://host");
	expect_endpoint("/users/1234/orders/77", "/users/*/orders/*");
	expect_endpoint("/f/0123456789abcdef0123", "/f/*");
	expect_endpoint("/v2/jobs", "/v2/jobs");
	expect_endpoint("/reset/alice%40example.org", "/reset/*");
	expect_endpoint("alice:pw@host", "host");
	expect_endpoint("/xoxb-abcdefghijklm", REDACTED);
	snprintf(text, sizeof(text), "http://u:p@host:80/alice//b?x");
	redact_endpoint(text, out);
	cr_expect_str_eq(out, "http://host:80/*//*", "what is no constant has no words");
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	redact_endpoint(text, out);
	cr_expect_eq(strlen(out), REDACT_ENDPOINT_SIZE - 1);
	snprintf(text, sizeof(text), "%0600d", 0);
	memset(text, '/', 500);
	redact_endpoint(text, out);
	cr_expect_eq(strlen(out), REDACT_ENDPOINT_SIZE - 1);
}

static void expect_argument(const char *from, const char *expected)
{
	char out[REDACT_ARGUMENT_SIZE];

	redact_argument(from, out);
	cr_expect_str_eq(out, expected);
}

Test(redact, arguments_keep_the_names_of_flags)
{
	expect_argument("--token", "--token");
	expect_argument("--token=abc", "--token=[redacted]");
	expect_argument("--dry-run", "--dry-run");
	expect_argument("-v", "-v");
	expect_argument("-pSECRET", "-p[redacted]");
	expect_argument("word", REDACTED);
	expect_argument("-", REDACTED);
	expect_argument("--SECRET", REDACTED);
	expect_argument("--a-flag-that-is-far-too-long-to-be-one-of-a-program", REDACTED);
	expect_argument("-1234", REDACTED);
	expect_argument("", REDACTED);
}
