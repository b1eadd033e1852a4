#include "tracer/traffic_http.h"

#include "core/error.h"
#include "core/text.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum {
	MAX_REPLY = 1 << 20,
	MAX_HOST = 64,
	STATUS_LINE = 12, /* "HTTP/1.1 200" */
	HTTP_PORT = 80,
	MAX_PORT = 65535,
};

struct place {
	struct sockaddr_storage address;
	socklen_t size;
	char host[MAX_HOST]; /* as the URL has it, with the port */
	const char *path; /* in the URL */
};

static bool fail(struct error *err, const char *url, const char *why)
{
	return error_set(err, (struct location){0}, "'%.200s' %s", url, why);
}

/* 127.0.0.0/8, ::1 or localhost, all as they are written: no name is looked up. */
static bool set_address(struct place *place, const char *host, uint16_t port)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)&place->address;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&place->address;

	if (strcmp(host, "localhost") == 0)
		host = "127.0.0.1";
	if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
		place->size = sizeof(*v4);
		return ntohl(v4->sin_addr.s_addr) >> 24 == 127;
	}
	v6->sin6_family = AF_INET6;
	v6->sin6_port = htons(port);
	place->size = sizeof(*v6);
	return strcmp(host, "[::1]") == 0 && inet_pton(AF_INET6, "::1", &v6->sin6_addr);
}

static bool find_place(const char *url, struct place *out, struct error *err)
{
	const char *at = text_has_prefix(url, "http://") ? url + strlen("http://") : "";
	size_t len = strcspn(at, "/?#"), host_len;
	unsigned long port = HTTP_PORT;
	char host[MAX_HOST], *end;

	*out = (struct place){.path = at + len};
	if (!*at || len >= sizeof(host))
		return fail(err, url, "is no URL of http: traffic goes over plain http");
	memcpy(out->host, at, len);
	memcpy(host, at, len);
	host[len] = '\0';
	host_len = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
	if (host_len < len && host[host_len] == ':' &&
		isdigit((unsigned char)host[host_len + 1])) {
		port = strtoul(host + host_len + 1, &end, 10);
		if (*end || port > MAX_PORT)
			return fail(err, url, "has no port that can be one");
		host[host_len] = '\0';
	}
	return set_address(out, host, (uint16_t)port) ||
	       fail(err, url,
		       "is not on this machine: traffic goes to 127.0.0.1, [::1] "
		       "or localhost only");
}

static bool is_token(const char *text)
{
	return *text &&
	       !text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				  "0123456789!#$%&'*+-.^_`|~")];
}

static bool is_target(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text <= ' ' || *text == 0x7f)
			return false;
	return true;
}

static bool has_header(const struct traffic_request *request, const char *name)
{
	for (size_t i = 0; i < request->headers.count; i++)
		if (strcasecmp(request->headers.items[i].name, name) == 0)
			return true;
	return false;
}

static void write_request(const struct traffic_request *request,
	const struct place *place, struct text *out)
{
	text_printf(out, "%s %s%s HTTP/1.1\r\n", request->method, place->path,
		request->target);
	if (!has_header(request, "Host"))
		text_printf(out, "Host: %s\r\n", place->host);
	text_add(out, "User-Agent: pcarch-traffic\r\nConnection: close\r\n");
	for (size_t i = 0; i < request->headers.count; i++)
		text_printf(out, "%s: %s\r\n", request->headers.items[i].name,
			request->headers.items[i].value);
	if (request->nonce && !has_header(request, "X-Correlation-ID"))
		text_printf(out, "X-Correlation-ID: %s\r\n", request->nonce);
	if (request->body)
		text_printf(out, "Content-Length: %zu\r\n", strlen(request->body));
	text_printf(out, "\r\n%s", request->body ? request->body : "");
}

static bool send_all(int fd, const struct text *bytes)
{
	for (size_t sent = 0; sent < bytes->len;) {
		ssize_t n =
			send(fd, bytes->bytes + sent, bytes->len - sent, MSG_NOSIGNAL);

		if (n < 0)
			return false;
		sent += (size_t)n;
	}
	return true;
}

int traffic_http_status(const char *bytes, size_t size)
{
	int status = 0;

	if (size < STATUS_LINE || memcmp(bytes, "HTTP/1.", 7) != 0 ||
		!isdigit((unsigned char)bytes[7]) || bytes[8] != ' ' ||
		(size > STATUS_LINE && isdigit((unsigned char)bytes[STATUS_LINE])))
		return -1;
	for (int i = STATUS_LINE - 3; i < STATUS_LINE; i++) {
		if (!isdigit((unsigned char)bytes[i]))
			return -1;
		status = status * 10 + bytes[i] - '0';
	}
	return status;
}

static time_t now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* All of it, for what the server does ends with it; of its bytes only the first count. */
static bool read_reply(int fd, time_t end, int *status)
{
	char first[STATUS_LINE + 1], bytes[4096];
	size_t kept = 0, total = 0;
	ssize_t n = 0;

	while (total < MAX_REPLY && now_s() <= end &&
		(n = recv(fd, bytes, sizeof(bytes), 0)) > 0) {
		for (ssize_t i = 0; i < n && kept < sizeof(first); i++)
			first[kept++] = bytes[i];
		total += (size_t)n;
	}
	*status = traffic_http_status(first, kept);
	if (*status >= 0)
		return true;
	errno = kept ? EPROTO : n < 0 ? errno : now_s() > end ? ETIMEDOUT : ECONNRESET;
	return false;
}

static bool exchange(int fd, struct traffic_request *request, const struct place *place,
	int *status)
{
	const struct timeval limit = {.tv_sec = request->timeout_s};
	time_t end = now_s() + (time_t)request->timeout_s;
	scoped_text text = {0};

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	write_request(request, place, &text);
	if (connect(fd, (const struct sockaddr *)&place->address, place->size) < 0 ||
		!send_all(fd, &text))
		return false;
	request->is_sent = true;
	return read_reply(fd, end, status);
}

bool traffic_http_send(struct traffic_request *request, int *status, struct error *err)
{
	struct place place;
	int fd, failure;
	bool ok;

	request->is_sent = false;
	if (!find_place(request->url, &place, err))
		return false;
	if (!is_token(request->method) || !is_target(place.path) ||
		!is_target(request->target))
		return error_set(err, (struct location){0},
			"'%.80s %.200s' cannot be asked for over HTTP", request->method,
			request->target);
	fd = socket(place.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ok = fd >= 0 && exchange(fd, request, &place, status);
	failure = errno == EAGAIN ? ETIMEDOUT : errno;
	if (fd >= 0)
		close(fd);
	errno = failure;
	if (ok)
		return true;
	if (failure == EPROTO)
		return fail(err, request->url, "answers what is no HTTP");
	error_set_errno(err, "ask", request->url, NULL);
	errno = failure;
	return false;
}
