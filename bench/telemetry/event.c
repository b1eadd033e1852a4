/*
 * What an event costs, redacted and sealed, against the write() that it ends in, as that
 * is timed where it happens. Prints a line: name, ratio, limit; exit 1 beyond the limit.
 * Writes below the directory TMPDIR, /tmp.
 */
#include "tracer/pcarch_trace.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
	ROUNDS = 200,
	EVENTS = 200,
};

static const double limit = 3.0;
static uint64_t writing_ns, nwritten;

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* In the place of libc's, for the library as well. */
ssize_t write(int fd, const void *bytes, size_t length)
{
	uint64_t start = now_ns();
	ssize_t result = syscall(SYS_write, fd, bytes, length);

	writing_ns += now_ns() - start;
	nwritten += length;
	return result;
}

/* Of a look at the clock: there are two in each write. */
static uint64_t measure_clock(void)
{
	uint64_t start = now_ns();

	for (int i = 0; i < 2 * EVENTS; i++)
		now_ns();
	return now_ns() - start;
}

static uint64_t measure_events(void)
{
	uint64_t start = now_ns();

	for (int i = 0; i < EVENTS; i++)
		pcarch_event(PCARCH_LEVEL_INFO, "message.publish",
			PCARCH_FIELDS(pcarch_text("queue", "polycall.jobs"),
				pcarch_number("size", i)));
	return now_ns() - start;
}

static void remove_directory(const char *directory)
{
	char path[512];
	struct dirent *entry;
	DIR *dir = opendir(directory);

	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), "%s/%s", directory, entry->d_name);
		if (entry->d_name[0] != '.')
			unlink(path);
	}
	if (dir)
		closedir(dir);
	rmdir(directory);
}

int main(void)
{
	uint64_t best_event = UINT64_MAX, best_write = UINT64_MAX, length = 0;
	struct pcarch_execution *execution;
	char directory[256];
	double ratio;

	snprintf(directory, sizeof(directory), "%s/pcarch-bench.XXXXXX",
		getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	if (!mkdtemp(directory))
		return 2;
	setenv("PCARCH_LOG", directory, 1);
	unsetenv("PCARCH_LOG_SYNC");
	execution = pcarch_begin(NULL);
	pcarch_step(PCARCH_STEP_COMMAND, "queue");
	pcarch_step(PCARCH_STEP_COMMAND, "publish");
	for (int i = 0; i < ROUNDS; i++) {
		uint64_t event, clock;

		writing_ns = nwritten = 0;
		event = measure_events();
		clock = measure_clock();
		event -= clock < event ? clock : 0;
		writing_ns -= clock / 2 < writing_ns ? clock / 2 : 0;
		length = nwritten / EVENTS;
		best_event = event < best_event ? event : best_event;
		best_write = writing_ns < best_write ? writing_ns : best_write;
	}
	ratio = (double)best_event / (double)best_write;
	printf("event %.2f %.2f  %.0f ns, of which %.0f ns write %llu bytes, %llu dropped\n",
		ratio, limit, (double)best_event / EVENTS, (double)best_write / EVENTS,
		(unsigned long long)length, (unsigned long long)pcarch_dropped());
	pcarch_end(execution, 0);
	remove_directory(directory);
	return ratio > limit || pcarch_dropped();
}
