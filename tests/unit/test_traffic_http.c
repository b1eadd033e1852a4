#include "tracer/traffic_http.h"

#include "core/error.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static int status_of(const char *line)
{
	return traffic_http_status(line, strlen(line));
}

Test(traffic_http, the_status_is_that_of_the_first_line)
{
	cr_assert_eq(status_of("HTTP/1.1 200 OK\r\n"), 200);
	cr_assert_eq(status_of("HTTP/1.0 404"), 404);
	cr_assert_eq(status_of("HTTP/1.1 503\r\n"), 503);
}

Test(traffic_http, what_is_no_status_line_has_none)
{
	static const char *const wrong[] = {"", "HTTP/1.1 20", "HTTP/2 200 OK",
		"HTTP/1.1 2000 OK", "HTTP/1.1  200 OK", "HTTP/1.1 2x0 OK",
		"HTTP/1.x 200 OK", "garbage that is long enough", "http/1.1 200 OK"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		cr_assert_eq(status_of(wrong[i]), -1, "%s", wrong[i]);
}

static void refused(const char *url, const char *method, const char *target,
	const char *words)
{
	struct traffic_request request = {
		.url = url, .method = method, .target = target, .timeout_s = 1};
	struct error err = {0};
	int status = 0;

	cr_assert(!traffic_http_send(&request, &status, &err), "%s", url);
	cr_assert(!request.is_sent);
	cr_assert(strstr(err.text, words), "%s: '%s' lacks '%s'", url, err.text, words);
}

Test(traffic_http, nothing_leaves_this_machine)
{
	static const char *const elsewhere[] = {"http://192.0.2.1/", "http://example.org",
		"http://0.0.0.0", "http://127.1", "http://localhost.example.org",
		"http://user@127.0.0.1", "http://[::2]", "http://[::1",
		"http://127.0.0.1:80:90", "http://[::ffff:192.0.2.1]"};

	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++)
		refused(elsewhere[i], "GET", "/", "");
	refused("http://192.0.2.1", "GET", "/", "is not on this machine");
	refused("https://127.0.0.1", "GET", "/", "is no URL of http");
	refused("", "GET", "/", "is no URL of http");
	refused("http://", "GET", "/", "is no URL of http");
	refused("http://127.0.0.1:99999", "GET", "/", "no port");
	refused("http://127.0.0.1:8x", "GET", "/", "no port");
}

Test(traffic_http, methods_and_targets_cannot_smuggle)
{
	refused("http://127.0.0.1", "GET / HTTP/1.1\r\nX:", "/", "cannot be asked for");
	refused("http://127.0.0.1", "", "/", "cannot be asked for");
	refused("http://127.0.0.1", "GET", "/ HTTP/1.1\r\nX: y", "cannot be asked for");
	refused("http://127.0.0.1/a b", "GET", "/", "cannot be asked for");
}
