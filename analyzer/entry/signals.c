#include "analyzer/entry/signals.h"

#include <signal.h>
#include <stddef.h>

#define NAME(signal)            \
	{                       \
		signal, #signal \
	}

static const struct {
	int number;
	const char *name;
} names[] = {
	NAME(SIGHUP),
	NAME(SIGINT),
	NAME(SIGQUIT),
	NAME(SIGILL),
	NAME(SIGTRAP),
	NAME(SIGABRT),
	NAME(SIGBUS),
	NAME(SIGFPE),
	NAME(SIGKILL),
	NAME(SIGUSR1),
	NAME(SIGSEGV),
	NAME(SIGUSR2),
	NAME(SIGPIPE),
	NAME(SIGALRM),
	NAME(SIGTERM),
#ifdef SIGSTKFLT
	NAME(SIGSTKFLT),
#endif
	NAME(SIGCHLD),
	NAME(SIGCONT),
	NAME(SIGSTOP),
	NAME(SIGTSTP),
	NAME(SIGTTIN),
	NAME(SIGTTOU),
	NAME(SIGURG),
	NAME(SIGXCPU),
	NAME(SIGXFSZ),
	NAME(SIGVTALRM),
	NAME(SIGPROF),
	NAME(SIGWINCH),
#ifdef SIGPOLL
	NAME(SIGPOLL),
#endif
#ifdef SIGPWR
	NAME(SIGPWR),
#endif
	NAME(SIGSYS),
};

const char *signal_name(uint32_t number)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if ((uint32_t)names[i].number == number)
			return names[i].name;
	return NULL;
}
