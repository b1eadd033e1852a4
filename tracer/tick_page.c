#include "tracer/tick_page.h"

#include "core/error.h"
#include "core/record.h"
#include "core/text.h"
#include "tracer/run_directory.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
	NS_PER_S = 1000000000
};

/* By the clock, for a thread wakes up late, or not at all while the machine sleeps. */
static uint32_t ticks_since(const struct timespec *start)
{
	struct timespec now;
	int64_t ns;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ns = (int64_t)(now.tv_sec - start->tv_sec) * NS_PER_S +
	     (now.tv_nsec - start->tv_nsec);
	return (uint32_t)(ns / RECORDING_TICK_NS) + 1;
}

static void *count(void *argument)
{
	struct tick_page *ticks = argument;
	const struct timespec tick = {.tv_nsec = RECORDING_TICK_NS};
	struct timespec start;

	clock_gettime(CLOCK_MONOTONIC, &start);
	while (!__atomic_load_n(&ticks->is_told, __ATOMIC_RELAXED)) {
		uint32_t now = ticks_since(&start);

		/* After 49 days it begins anew; 0 is none. */
		__atomic_store_n(&ticks->page->count, now ? now : 1, __ATOMIC_RELAXED);
		nanosleep(&tick, NULL);
	}
	return NULL;
}

/* All allocated: a hole on a full disk would be a signal for whoever writes there. */
static bool map_page(struct tick_page *ticks, const char *path)
{
	const size_t size = sizeof(struct recording_ticks);
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	void *page = MAP_FAILED;
	int error;

	if (fd < 0)
		return false;
	error = posix_fallocate(fd, 0, (off_t)size);
	if (!error) {
		page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		error = errno;
	}
	close(fd);
	errno = error;
	if (page == MAP_FAILED)
		return false;
	ticks->page = page;
	ticks->page->count = 1;
	return true;
}

bool tick_page_start(struct tick_page *ticks, const struct run_directory *run,
	struct error *err)
{
	scoped_text path = {0};
	sigset_t all, before;
	int failure;

	*ticks = (struct tick_page){0};
	text_printf(&path, "%s/%s", run->path, RECORDING_TICKS);
	if (!map_page(ticks, path.bytes))
		return error_set_errno(err, "create", path.bytes, NULL);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failure = pthread_create(&ticks->thread, NULL, count, ticks);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	ticks->is_counting = failure == 0;
	if (!failure)
		return true;
	tick_page_stop(ticks);
	return error_set(err, (struct location){0},
		"cannot count time, as no thread can be started: %s; leave --times out",
		strerror(failure));
}

void tick_page_stop(struct tick_page *ticks)
{
	__atomic_store_n(&ticks->is_told, true, __ATOMIC_RELAXED);
	if (ticks->is_counting)
		pthread_join(ticks->thread, NULL);
	if (ticks->page)
		munmap(ticks->page, sizeof(*ticks->page));
	*ticks = (struct tick_page){0};
}
