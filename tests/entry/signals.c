/* Handlers of signals: one entry point each, with all its signals. */
#include <signal.h>
#include <stddef.h>

static void on_stop(int number)
{
	(void)number;
}

static void on_reload(int number)
{
	(void)number;
}

static void on_child(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	(void)context;
}

static void on_window(int number)
{
	(void)number;
}

static void on_alarm(int number)
{
	(void)number;
}

static void on_pipe(int number)
{
	(void)number;
}

static void on_quit(int number)
{
	(void)number;
}

/* Passes both on; so does what calls it. */
static void set(int number, void (*handler)(int))
{
	signal(number, handler);
}

static void set_one(void (*handler)(int))
{
	set(SIGALRM, handler);
}

static void install(int number, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	sigaction(number, &action, NULL);
}

static void quit_by(int number)
{
	signal(number, on_quit);
}

/* One struct for several: the last that was stored counts. */
static void install_all(void)
{
	struct sigaction action = {0};

	action.sa_handler = on_reload;
	sigaction(SIGHUP, &action, NULL);
	action.sa_sigaction = on_child;
	action.sa_flags = SA_SIGINFO;
	sigaction(SIGCHLD, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGTTOU, &action, NULL);
}

int main(void)
{
	signal(SIGINT, on_stop);
	signal(SIGTERM, on_stop);
	signal(SIGUSR2, SIG_IGN);
	install_all();
	set(SIGWINCH, on_window);
	set_one(on_alarm);
	install(SIGPIPE, on_pipe);
	quit_by(SIGQUIT);
	return 0;
}
