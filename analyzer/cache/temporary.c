#include "analyzer/cache/temporary.h"

#include "analyzer/workers/worker.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* Static, because a signal handler must find it. */
static struct arena arena;
static char *directory;
static const char **paths;
static pid_t owner;

static const int fatal_signals[] = {SIGINT, SIGTERM, SIGHUP};

enum {
	NSIGNALS = sizeof(fatal_signals) / sizeof(fatal_signals[0])
};

/* Remove what is in `fd`, by any name: libclang has names of its own while it writes.
 * Returns whether there was anything. */
static bool remove_entries(int fd)
{
	_Alignas(struct dirent64) char buffer[4096];
	bool is_removed = false;
	ssize_t size;

	lseek(fd, 0, SEEK_SET);
	/* NOLINTNEXTLINE(bugprone-signal-handler): no more than its system call */
	while ((size = getdents64(fd, buffer, sizeof(buffer))) > 0) {
		for (ssize_t at = 0; at < size;) {
			const struct dirent64 *entry = (const void *)(buffer + at);

			if (unlinkat(fd, entry->d_name, 0) == 0)
				is_removed = true;
			at += entry->d_reclen;
		}
	}
	return is_removed;
}

/* Only async-signal-safe calls. */
static void remove_all(void)
{
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	while (remove_entries(fd))
		; /* a file system may skip entries while others go */
	close(fd);
	rmdir(directory);
}

static void on_signal(int number)
{
	if (directory && getpid() == owner) {
		/* NOLINTNEXTLINE(bugprone-signal-handler): kill, waitpid: safe */
		workers_kill(); /* or they would write on */
		remove_all();
	}
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

	/* From now on a signal removes what is there, the directory too. */
	owner = getpid();
	directory = name;
	for (int i = 0; i < NSIGNALS; i++)
		if (signal(fatal_signals[i], on_signal) == SIG_IGN)
			signal(fatal_signals[i], SIG_IGN); /* nohup stays nohup */
	if (!mkdtemp(name)) {
		error_set_errno(err, "create", name,
			"set TMPDIR to a directory with room");
		temporary_close();
		return false;
	}
	paths = arena_alloc(&arena, count * TEMPORARY_NKINDS * sizeof(char *));
	for (size_t i = 0; i < count * TEMPORARY_NKINDS; i++)
		paths[i] = arena_printf(&arena, "%s/%zu.%s", name, i / TEMPORARY_NKINDS,
			suffixes[i % TEMPORARY_NKINDS]);
	return true;
}

void temporary_close(void)
{
	if (!directory)
		return;
	if (getpid() == owner)
		remove_all();
	for (int i = 0; i < NSIGNALS; i++)
		if (signal(fatal_signals[i], SIG_DFL) == SIG_IGN)
			signal(fatal_signals[i], SIG_IGN);
	directory = NULL;
	arena_release(&arena);
}

const char *temporary_path(size_t number, enum temporary_kind kind)
{
	return paths[number * TEMPORARY_NKINDS + kind];
}
