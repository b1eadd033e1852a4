/* libuv: signals have names, timers are timers, work is done by threads. */
#include <stddef.h>

typedef struct uv_loop uv_loop_t;
typedef struct uv_signal uv_signal_t;
typedef struct uv_timer uv_timer_t;
typedef struct uv_work uv_work_t;
typedef struct uv_stream uv_stream_t;

int uv_signal_start(uv_signal_t *, void (*)(uv_signal_t *, int), int);
int uv_timer_start(uv_timer_t *, void (*)(uv_timer_t *), unsigned long, unsigned long);
int uv_queue_work(uv_loop_t *, uv_work_t *, void (*)(uv_work_t *),
	void (*)(uv_work_t *, int));
int uv_listen(uv_stream_t *, int, void (*)(uv_stream_t *, int));

static void on_hangup(uv_signal_t *handle, int number)
{
	(void)handle;
	(void)number;
}

static void on_tick(uv_timer_t *timer)
{
	(void)timer;
}

static void work(uv_work_t *request)
{
	(void)request;
}

static void after_work(uv_work_t *request, int status)
{
	(void)request;
	(void)status;
}

static void on_connection(uv_stream_t *server, int status)
{
	(void)server;
	(void)status;
}

int main(int argc, char **argv)
{
	void *any = argv;

	uv_signal_start(any, on_hangup, 1);
	uv_timer_start(any, on_tick, 0, 1000);
	uv_queue_work(any, any, work, after_work);
	return uv_listen(any, argc, on_connection);
}
