/* One handler for all requests, which compares their paths. */
#include <stddef.h>
#include <string.h>

struct MHD_Daemon;
struct MHD_Connection;
typedef int handler(void *, struct MHD_Connection *, const char *, const char *,
	const char *, const char *, size_t *, void **);

struct MHD_Daemon *MHD_start_daemon(unsigned, unsigned short, void *, void *, handler *,
	void *, ...);

static int reply(struct MHD_Connection *connection, const char *text)
{
	return connection && text;
}

static int list_orders(struct MHD_Connection *connection)
{
	return reply(connection, "orders");
}

static int add_order(struct MHD_Connection *connection)
{
	return reply(connection, "added");
}

static int on_request(void *data, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *body, size_t *size,
	void **state)
{
	(void)data;
	(void)version;
	(void)body;
	(void)size;
	(void)state;
	if (strcmp(method, "DELETE") != 0 && strcmp(url, "/orders") == 0) {
		if (!strcmp(method, "GET"))
			return list_orders(connection);
		if (!strcmp(method, "POST") || !strcmp(method, "PUT"))
			return add_order(connection);
	} else if (strcmp(url, "/health") == 0 || strcmp(url, "/ready") == 0) {
		return reply(connection, "ok");
	}
	if (strcmp(url, "/old") != 0)
		return reply(connection, "not here");
	return 0;
}

int main(void)
{
	return !MHD_start_daemon(0, 80, NULL, NULL, on_request, NULL, 0);
}
