/* struct sigaction: the handler is in a field of a union, one of two types. */
#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t seen;

static void plain(int number)
{
	(void)number;
	seen += 1;
}

static void detailed(int number, siginfo_t *info, void *context)
{
	(void)context;
	seen += info->si_signo == number ? 10 : 0;
}

static int install(int number, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	sigemptyset(&action.sa_mask);
	return sigaction(number, &action, NULL); /* -> sigaction, plain, detailed (may); closed */
}

int main(void)
{
	struct sigaction action = {0};

	action.sa_sigaction = detailed;
	action.sa_flags = SA_SIGINFO;
	if (install(SIGUSR1, plain))
		return 1;
	if (sigaction(SIGUSR2, &action, NULL)) /* -> sigaction, detailed, plain (may); closed */
		return 1;
	raise(SIGUSR1);
	raise(SIGUSR2);
	return seen == 11 ? 0 : 1;
}
