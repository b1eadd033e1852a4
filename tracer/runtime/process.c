#include "tracer/runtime/process.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum {
	STARTTIME = 22, /* field of /proc/PID/stat, proc(5) */
	AFTER_COMM = 2,
};

static uint64_t read_ticks(void)
{
	char text[1024];
	int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	const char *at;

	if (fd >= 0)
		close(fd);
	if (len <= 0)
		return 0;
	text[len] = '\0';
	/* The name may hold spaces and parentheses of its own. */
	at = strrchr(text, ')');
	for (int field = AFTER_COMM; at && field < STARTTIME; field++) {
		at = strchr(at, ' ');
		at += at != NULL;
	}
	return at ? strtoull(at, NULL, 10) : 0;
}

void process_read(struct process *out)
{
	*out = (struct process){
		.pid = (uint64_t)getpid(),
		.ppid = (uint64_t)getppid(),
		.ticks = read_ticks(),
	};
	/* Early in a boot there may be none; the clock tells processes apart, too. */
	if (getrandom(out->random, sizeof(out->random), GRND_NONBLOCK) !=
		sizeof(out->random)) {
		struct timespec now = {0};

		clock_gettime(CLOCK_REALTIME, &now);
		out->random[0] = (uint64_t)now.tv_sec << 32 | (uint64_t)now.tv_nsec;
		out->random[1] = out->pid;
	}
}
