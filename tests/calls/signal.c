/* Signal handlers: set, replaced, put back from what signal() gave, and ones that are no functions. */
#include <signal.h>

static volatile sig_atomic_t seen;

static void on_usr1(int number)
{
	seen += number == SIGUSR1;
}

static void on_usr2(int number)
{
	seen += number == SIGUSR2 ? 10 : 0;
}

int main(void)
{
	void (*old)(int);

	signal(SIGUSR1, on_usr1); /* -> signal, on_usr1; closed */
	signal(SIGPIPE, SIG_IGN); /* -> signal; closed */
	raise(SIGUSR1);
	old = signal(SIGUSR1, SIG_DFL); /* -> signal; closed */
	if (old == SIG_ERR)
		return 1;
	signal(SIGUSR2, on_usr2); /* -> signal, on_usr2; closed */
	raise(SIGUSR2);
	old(SIGUSR1); /* -> on_usr1, on_usr2 (may); sound */
	return seen == 12 ? 0 : 1;
}
