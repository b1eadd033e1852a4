/* libev: callbacks are fields, which its macros assign to. */
struct ev_loop;
typedef struct ev_io {
	int active, pending, priority;
	void *data;
	void (*cb)(struct ev_loop *loop, struct ev_io *w, int revents);
} ev_io;
typedef struct ev_timer {
	int active, pending, priority;
	void *data;
	void (*cb)(struct ev_loop *loop, struct ev_timer *w, int revents);
} ev_timer;

void ev_io_start(struct ev_loop *loop, ev_io *w);
void ev_timer_start(struct ev_loop *loop, ev_timer *w);

#define ev_init(ev, cb_) ((ev)->active = (ev)->pending = 0, (ev)->cb = cb_)

static void on_input(struct ev_loop *loop, ev_io *w, int revents)
{
	(void)loop;
	(void)w;
	(void)revents;
}

static void on_timeout(struct ev_loop *loop, ev_timer *w, int revents)
{
	(void)loop;
	(void)w;
	(void)revents;
}

static ev_io input;
static ev_timer timeout;

int main(int argc, char **argv)
{
	(void)argc;
	ev_init(&input, on_input);
	ev_init(&timeout, on_timeout);
	ev_io_start((struct ev_loop *)argv, &input);
	ev_timer_start((struct ev_loop *)argv, &timeout);
	return 0;
}
