#include "core/http_client.h"

#include "core/failure.h"
#include "core/settings.h"
#include "core/story.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum {
	TIMEOUT_S = 2
};

static int connect_to(const struct addrinfo *address)
{
	const struct timeval timeout = {.tv_sec = TIMEOUT_S};
	int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
	if (connect(fd, address->ai_addr, address->ai_addrlen) == 0)
		return fd;
	close(fd);
	return -1;
}

/* A connected socket, or -1 and `why`. */
static int open_service(struct failure *why)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	char address[SETTING_VALUE_SIZE] = "", *port;
	struct addrinfo *found;
	int fd = -1;

	settings_get("service", address);
	port = strrchr(address, ':');
	if (!port) {
		failure_set(why, "the setting 'service' is not HOST:PORT: '%s'", address);
		return -1;
	}
	*port++ = '\0';
	if (getaddrinfo(address, port, &hints, &found) != 0) {
		failure_set(why, "no address is known for '%s'", address);
		return -1;
	}
	for (const struct addrinfo *at = found; at && fd < 0; at = at->ai_next)
		fd = connect_to(at);
	freeaddrinfo(found);
	if (fd < 0)
		failure_set(why, "no service at %s:%s: start polycalld", address, port);
	return fd;
}

static bool send_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		bytes += sent;
		len -= (size_t)sent;
	}
	return true;
}

static size_t receive_all(int fd, char *bytes, size_t size)
{
	size_t len = 0;

	while (len < size) {
		ssize_t got = recv(fd, bytes + len, size - len, 0);

		if (got <= 0)
			break;
		len += (size_t)got;
	}
	return len;
}

static bool parse_reply(const char *text, struct http_reply *reply, struct failure *why)
{
	const char *body = strstr(text, "\r\n\r\n");

	if (sscanf(text, "HTTP/1.%*1[01] %3d", &reply->status) != 1 || !body)
		return failure_set(why, "the service's reply is not HTTP");
	snprintf(reply->body, sizeof(reply->body), "%s", body + 4);
	return true;
}

static bool exchange(const char *head, const char *body, struct http_reply *reply,
	struct failure *why)
{
	char text[4096];
	bool is_sent;
	size_t len;
	int fd = open_service(why);

	if (fd < 0)
		return false;
	is_sent = send_all(fd, head, strlen(head)) &&
		  (!body || send_all(fd, body, strlen(body)));
	len = is_sent ? receive_all(fd, text, sizeof(text) - 1) : 0;
	close(fd);
	text[len] = '\0';
	if (!is_sent)
		return failure_set(why, "the service closed the connection: %s",
			strerror(errno));
	return parse_reply(text, reply, why);
}

bool http_request(const char *method, const char *path, const char *body,
	struct http_reply *reply, struct failure *why)
{
	char head[256 + STORY_HEADERS_SIZE], headers[STORY_HEADERS_SIZE];
	struct pcarch_call call;
	bool is_answered;

	story_call(&call, method, path, headers);
	/* HTTP/1.0: the end of the reply is the end of the connection. */
	snprintf(head, sizeof(head),
		"%s %s HTTP/1.0\r\nContent-Type: text/plain\r\n"
		"Content-Length: %zu\r\n%s\r\n",
		method, path, body ? strlen(body) : 0, headers);
	is_answered = exchange(head, body, reply, why);
	story_called(&call, is_answered ? reply->status : 0);
	return is_answered;
}
