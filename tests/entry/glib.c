/* GLib: signals of objects and of the system, timers, idle work, threads. */
typedef void (*GCallback)(void);

unsigned long g_signal_connect_data(void *, const char *, GCallback, void *,
	void (*)(void *, void *), int);
unsigned g_unix_signal_add(int, int (*)(void *), void *);
unsigned g_timeout_add(unsigned, int (*)(void *), void *);
unsigned g_idle_add(int (*)(void *), void *);
void *g_thread_new(const char *, void *(*)(void *), void *);

static void on_clicked(void *button, void *data)
{
	(void)button;
	(void)data;
}

static int on_terminate(void *data)
{
	return data == 0;
}

static int on_tick(void *data)
{
	return data == 0;
}

static int when_idle(void *data)
{
	return data == 0;
}

static void *work(void *data)
{
	return data;
}

int main(int argc, char **argv)
{
	(void)argc;
	g_signal_connect_data(argv, "clicked", (GCallback)on_clicked, 0, 0, 0);
	g_unix_signal_add(15, on_terminate, 0);
	g_timeout_add(1000, on_tick, 0);
	g_idle_add(when_idle, 0);
	return !g_thread_new("worker", work, 0);
}
