/* libmicrohttpd: one handler, a table of requests behind it, and what is beside it. */
#include <stddef.h>
#include <string.h>

struct MHD_Daemon;
struct MHD_Connection;
typedef int handler(void *, struct MHD_Connection *, const char *, const char *,
	const char *, const char *, size_t *, void **);
typedef int policy(void *, const void *, unsigned);

struct MHD_Daemon *MHD_start_daemon(unsigned, unsigned short, policy *, void *, handler *,
	void *, ...);

struct request {
	const char *method, *path;
	int (*answer)(const char *body);
};

static int get_status(const char *body)
{
	return body[0];
}

static int post_job(const char *body)
{
	return body[1];
}

/* No method: no request. */
static int helper(const char *body)
{
	return body[2];
}

static const struct request requests[] = {
	{"GET", "/status", get_status},
	{"POST", "/jobs", post_job},
	{NULL, "/tmp", helper},
};

static int on_request(void *data, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *body, size_t *size,
	void **state)
{
	(void)data;
	(void)connection;
	(void)version;
	(void)size;
	(void)state;
	for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++)
		if (requests[i].method && strcmp(requests[i].method, method) == 0 &&
			strcmp(requests[i].path, url) == 0)
			return requests[i].answer(body);
	return 0;
}

static int allow(void *data, const void *address, unsigned size)
{
	(void)data;
	(void)address;
	return size > 0;
}

int main(void)
{
	return !MHD_start_daemon(0, 80, allow, NULL, on_request, NULL, 0);
}
