#include "analyzer/temporary.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* Static, because a signal handler must find it. */
static struct arena arena;
static char *directory;
static const char **paths;
static size_t npaths;
static pid_t owner;

static const int fatal_signals[] = {SIGINT, SIGTERM, SIGHUP};

enum {
	NSIGNALS = sizeof(fatal_signals) / sizeof(fatal_signals[0])
};

/* Only async-signal-safe calls: unlink, rmdir, getpid. */
static void remove_all(void)
{
	if (!directory || getpid() != owner)
		return;
	for (size_t i = 0; i < npaths; i++)
		unlink(paths[i]);
	rmdir(directory);
}

static void on_signal(int number)
{
	remove_all();
	signal(number, SIG_DFL);
	raise(number);
}

bool temporary_open(size_t count, struct error *err)
{
	static const char *const suffixes[] = {"h", "pch", "files"};
	const char *base = getenv("TMPDIR");
	/* Workers go to other directories: a relative name would lead elsewhere. */
	char *name = arena_printf(&arena, "%s/pcarch-XXXXXX",
		base && *base == '/' ? base : "/tmp");

	if (!mkdtemp(name)) {
		error_set_errno(err, "create", name,
			"set TMPDIR to a directory with room");
		arena_release(&arena);
		return false;
	}
	paths = arena_alloc(&arena, count * TEMPORARY_NKINDS * sizeof(char *));
	for (size_t i = 0; i < count * TEMPORARY_NKINDS; i++)
		paths[i] = arena_printf(&arena, "%s/%zu.%s", name, i / TEMPORARY_NKINDS,
			suffixes[i % TEMPORARY_NKINDS]);
	npaths = count * TEMPORARY_NKINDS;
	owner = getpid();
	directory = name;
	for (int i = 0; i < NSIGNALS; i++)
		if (signal(fatal_signals[i], on_signal) == SIG_IGN)
			signal(fatal_signals[i], SIG_IGN); /* nohup stays nohup */
	return true;
}

void temporary_close(void)
{
	if (!directory)
		return;
	remove_all();
	for (int i = 0; i < NSIGNALS; i++)
		if (signal(fatal_signals[i], SIG_DFL) == SIG_IGN)
			signal(fatal_signals[i], SIG_IGN);
	directory = NULL;
	npaths = 0;
	arena_release(&arena);
}

const char *temporary_path(size_t number, enum temporary_kind kind)
{
	return paths[number * TEMPORARY_NKINDS + kind];
}
