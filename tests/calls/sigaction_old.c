/* A handler that calls the one that was there before, which the system kept meanwhile. */
#include <signal.h>
#include <stddef.h>

static struct sigaction before;
static volatile sig_atomic_t seen;

static void first(int number)
{
	seen += number == SIGUSR1;
}

static void second(int number)
{
	seen += 10;
	if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN)
		before.sa_handler(number); /* -> first; sound +extra */
}

int main(void)
{
	struct sigaction action = {.sa_handler = first};

	if (sigaction(SIGUSR1, &action, NULL)) /* -> sigaction, first (may), second (may); sound */
		return 1;
	action.sa_handler = second;
	if (sigaction(SIGUSR1, &action, &before)) /* -> sigaction, second, first (may); closed */
		return 1;
	raise(SIGUSR1);
	return seen == 11 ? 0 : 1;
}
