#include "tracer/runtime/ticks.h"

#include "core/record.h"
#include "tracer/runtime/lane.h"
#include "tracer/runtime/recording.h"
#include "tracer/runtime/settings.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NTIMES = 4096, /* edges of a process that are seen to take time */
	MAX_PROBES = 32,
};

static const uint32_t nothing;

const uint32_t *ticks = &nothing;

void ticks_open(void)
{
	const size_t size = sizeof(struct recording_ticks);
	char path[PATH_MAX];
	const struct recording_ticks *page = MAP_FAILED;
	struct stat st;
	int fd;

	snprintf(path, sizeof(path), "%s/" RECORDING_TICKS, settings.directory);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= (off_t)size)
		page = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (page != MAP_FAILED)
		ticks = &page->count;
}

bool ticks_are_counted(void)
{
	return ticks != &nothing;
}

void ticks_make_room(void)
{
	struct recording_header *header = recording.header;
	uint64_t offset;

	if (!ticks_are_counted() ||
		!recording_alloc(NTIMES * sizeof(struct recording_edge), &offset))
		return;
	header->times = (struct recording_section){offset, NTIMES, NTIMES};
	header->tick_ns = RECORDING_TICK_NS;
}

/* An edge of the times, in which `count` is that of ticks. */
static bool is_time_of(const struct recording_edge *time,
	const struct recording_edge *edge)
{
	return time->site == (edge->site & ~RECORDING_SITE_RETIRED) &&
	       time->callee == edge->callee && time->info == edge->info;
}

/* Any thread may add an edge here, at most a thousand times a second. */
static void add_time(const struct recording_edge *edge, uint32_t passed)
{
	struct recording_edge *times = recording_at(recording.header->times.offset);
	uint64_t first = lane_hash(edge->site, edge->callee) / sizeof(*edge);

	for (uint64_t i = 0; i < MAX_PROBES && recording.header->times.room; i++) {
		struct recording_edge *time = &times[(first + i) % NTIMES];
		uint64_t none = 0;

		if (__atomic_compare_exchange_n(&time->site, &none,
			    edge->site & ~RECORDING_SITE_RETIRED, false, __ATOMIC_ACQ_REL,
			    __ATOMIC_ACQUIRE)) {
			time->info = edge->info;
			__atomic_store_n(&time->callee, edge->callee, __ATOMIC_RELEASE);
		}
		/* What another thread is about to add may come twice: times add up. */
		if (__atomic_load_n(&time->callee, __ATOMIC_ACQUIRE) &&
			is_time_of(time, edge)) {
			__atomic_fetch_add(&time->count, passed, __ATOMIC_RELAXED);
			return;
		}
	}
	recording_drop(RECORDING_DROP_TICK_OVERFLOW);
}

void ticks_pass(struct lane *lane, struct recording_edge *edge)
{
	uint32_t now = __atomic_load_n(ticks, __ATOMIC_RELAXED);

	if (recording.header && lane->last && lane->tick && now != lane->tick)
		add_time(lane->last, now - lane->tick);
	lane->tick = now;
	lane->last = edge;
}
