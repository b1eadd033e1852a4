/* libevent: paths, timers, and events by what they wait for. */
#include <stddef.h>

struct evhttp;
struct evhttp_request;
struct event;
struct event_base;
struct timeval;
typedef void callback(int, short, void *);

int evhttp_set_cb(struct evhttp *, const char *,
	void (*)(struct evhttp_request *, void *), void *);
void evhttp_set_gencb(struct evhttp *, void (*)(struct evhttp_request *, void *), void *);
struct event *event_new(struct event_base *, int, short, callback *, void *);
void event_set(struct event *, int, short, callback *, void *);

static const char health_path[] = "/health";

static void on_health(struct evhttp_request *request, void *data)
{
	(void)request;
	(void)data;
}

static void on_order(struct evhttp_request *request, void *data)
{
	(void)request;
	(void)data;
}

static void on_other(struct evhttp_request *request, void *data)
{
	(void)request;
	(void)data;
}

static void on_read(int fd, short what, void *data)
{
	(void)fd;
	(void)what;
	(void)data;
}

static void on_tick(int fd, short what, void *data)
{
	(void)fd;
	(void)what;
	(void)data;
}

/* Its callers say the path. */
static void route(struct evhttp *http, const char *path,
	void (*handler)(struct evhttp_request *, void *))
{
	evhttp_set_cb(http, path, handler, NULL);
}

int main(int argc, char **argv)
{
	struct evhttp *http = (struct evhttp *)argv;
	struct event_base *base = (struct event_base *)argv;

	evhttp_set_cb(http, health_path, on_health, NULL);
	route(http, "/orders", on_order);
	route(http, "/orders/all", on_order);
	evhttp_set_gencb(http, on_other, NULL);
	event_new(base, argc, 0x02 | 0x10, on_read, NULL);
	event_set((struct event *)argv, argc, 0x02, on_read, NULL);
	return !event_new(base, -1, 0, on_tick, NULL);
}
