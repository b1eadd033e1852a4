#include "tracer/telemetry/journal.h"

#include "core/guid.h"
#include "tracer/telemetry/event.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/inside.h"
#include "tracer/telemetry/line.h"
#include "tracer/telemetry/listeners.h"
#include "tracer/telemetry/process.h"
#include "tracer/telemetry/segment.h"
#include "tracer/telemetry/settings.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SECOND_NS UINT64_C(1000000000)

enum {
	CHECKPOINT_LINES = 256,
	CHECKPOINT_SECONDS = 60,
	CLOCK_STEP_MS = 500,
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
/* From journal_hold() to journal_let_go(), by whoever has the lock. */
static bool was_inside;

/* Held by `lock`, but for `drops`, which are counted from anywhere. */
static struct {
	struct line line;
	struct segment segment;
	uint64_t seq; /* of the line that was written last */
	uint64_t epoch_start_ns;
	uint64_t retry_ns; /* no segment is opened before */
	uint64_t told[EVENT_NDROPS];
	int64_t clock_offset_ns; /* wall - mono, as it was; 0: not known */
	bool is_closed;
	const struct event *counted; /* whose redacted values are, for it may be written
				      * more than once; NULL: not yet */
	uint64_t drops[EVENT_NDROPS];
} journal = {.segment.fd = -1};

static uint64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * SECOND_NS + (uint64_t)now.tv_nsec;
}

uint64_t journal_now(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}

static void drop(enum event_drop reason)
{
	__atomic_add_fetch(&journal.drops[reason], 1, __ATOMIC_RELAXED);
}

uint64_t journal_dropped(void)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < EVENT_NDROPS; i++)
		sum += __atomic_load_n(&journal.drops[i], __ATOMIC_RELAXED);
	return sum;
}

static bool log_wants(enum pcarch_level level)
{
	const struct settings *settings = process_settings();

	return settings->directory[0] && level >= settings->level;
}

bool journal_wants(enum pcarch_level level)
{
	return log_wants(level) || listeners_want(level);
}

static struct event_stamp stamp_of(uint64_t wall_ns, uint64_t mono_ns)
{
	bool is_open = journal.segment.fd >= 0;

	return (struct event_stamp){
		.wall_ns = wall_ns,
		.mono_ns = mono_ns,
		.seq = is_open ? journal.seq + 1 : 0,
		.epoch = is_open ? journal.segment.seal.epoch : 0,
	};
}

static bool format(const struct event *event, const struct event_stamp *stamp)
{
	struct event lean = *event;
	size_t nlost = event_write(event, stamp, &journal.line);

	if (!event->execution->is_shared && journal.counted != event) {
		journal.counted = event;
		event->execution->nredacted += nlost;
	}
	if (!journal.line.is_full)
		return true;
	lean.is_lean = true;
	event_write(&lean, stamp, &journal.line);
	return !journal.line.is_full;
}

/* Format and write. What is lost of the log's own lines is not counted: it was no event.
 */
static bool put(const struct event *event, const struct event_stamp *at)
{
	struct event_stamp stamp = stamp_of(at->wall_ns, at->mono_ns);

	if (!format(event, &stamp) ||
		!segment_write(&journal.segment, &journal.line, stamp.seq))
		return false;
	journal.seq = stamp.seq;
	return true;
}

static bool put_own(const char *name, enum pcarch_level level, struct pcarch_fields known,
	const struct event_stamp *at)
{
	const struct event event = {.level = level,
		.name = name,
		.execution = process_session(),
		.known = known,
		.is_first = strcmp(name, "session.start") == 0};

	return put(&event, at);
}

static bool put_checkpoint(bool is_last, const struct event_stamp *at)
{
	const struct event_log log = {
		.nlines = journal.segment.nlines, .is_last = is_last};
	uint64_t dropped[EVENT_NDROPS];
	const struct event event = {.level = PCARCH_LEVEL_INFO,
		.name = "log.checkpoint",
		.channel = "log",
		.execution = process_session(),
		.dropped = dropped,
		.log = &log};

	for (size_t i = 0; i < EVENT_NDROPS; i++)
		dropped[i] = __atomic_load_n(&journal.drops[i], __ATOMIC_RELAXED);
	/* One that cannot be written leaves the epoch open. */
	if (!put(&event, at))
		return false;
	segment_end_epoch(&journal.segment);
	journal.epoch_start_ns = at->mono_ns;
	return true;
}

static bool put_header(const struct event_stamp *at)
{
	const struct event_log log = {.header = &journal.segment};
	const struct event event = {.level = PCARCH_LEVEL_INFO,
		.name = "log.segment",
		.channel = "log",
		.execution = process_session(),
		.log = &log};

	return put(&event, at);
}

static bool open_segment(const struct event_stamp *at)
{
	const struct pcarch_field fields[] = {
		pcarch_number("pid", getpid()), pcarch_number("ppid", getppid())};
	bool is_first = journal.seq == 0;

	if (at->mono_ns < journal.retry_ns)
		return false;
	journal.retry_ns = at->mono_ns + SECOND_NS;
	if (!segment_open(&journal.segment, process_settings(), process_key(),
		    process_instance()))
		return false;
	if (!put_header(at)) {
		segment_discard(&journal.segment, process_settings(), process_instance());
		return false;
	}
	journal.retry_ns = 0;
	journal.epoch_start_ns = at->mono_ns;
	if (is_first)
		put_own("session.start", PCARCH_LEVEL_INFO,
			(struct pcarch_fields){fields, 2}, at);
	return true;
}

/* What has been lost since that was last told; the counters are in the line. */
static bool put_lost(const struct event_stamp *at)
{
	uint64_t dropped[EVENT_NDROPS];
	const struct event event = {.level = PCARCH_LEVEL_WARN,
		.name = "telemetry.lost",
		.execution = process_session(),
		.dropped = dropped};
	bool is_new = false;

	for (size_t i = 0; i < EVENT_NDROPS; i++) {
		dropped[i] = __atomic_load_n(&journal.drops[i], __ATOMIC_RELAXED);
		is_new = is_new || dropped[i] != journal.told[i];
	}
	if (!is_new)
		return true;
	if (!put(&event, at))
		return false;
	memcpy(journal.told, dropped, sizeof(dropped));
	return true;
}

/* The two clocks go apart: one of them was set. */
static void look_at_clock(const struct event_stamp *at)
{
	int64_t offset = (int64_t)(at->wall_ns - at->mono_ns);
	int64_t drift_ms = (offset - journal.clock_offset_ns) / 1000000;
	const struct pcarch_field field = pcarch_number("drift_ms", drift_ms);
	bool was_known = journal.clock_offset_ns != 0;

	if (was_known && drift_ms <= CLOCK_STEP_MS && drift_ms >= -CLOCK_STEP_MS)
		return;
	journal.clock_offset_ns = offset;
	if (was_known)
		put_own("clock.step", PCARCH_LEVEL_WARN,
			(struct pcarch_fields){&field, 1}, at);
}

/* A segment that is open, and what has to stand before the next line. */
static bool make_ready(const struct event_stamp *at)
{
	if (journal.is_closed || (journal.segment.fd < 0 && !open_segment(at))) {
		drop(EVENT_DROP_OPEN);
		return false;
	}
	if (journal.segment.nlines >= CHECKPOINT_LINES ||
		at->mono_ns - journal.epoch_start_ns >= CHECKPOINT_SECONDS * SECOND_NS)
		put_checkpoint(false, at);
	look_at_clock(at);
	if (put_lost(at))
		return true;
	drop(EVENT_DROP_WRITE);
	return false;
}

static void close_segment(const struct event_stamp *at)
{
	put_checkpoint(true, at);
	segment_close(&journal.segment);
}

/* The line goes where there is room for it. */
static bool write_event(const struct event *event, const struct event_stamp *at)
{
	struct event_stamp stamp = stamp_of(at->wall_ns, at->mono_ns);

	if (!format(event, &stamp)) {
		drop(EVENT_DROP_LONG);
		return false;
	}
	if (segment_has_room(&journal.segment, process_settings(), journal.line.length) &&
		segment_write(&journal.segment, &journal.line, stamp.seq)) {
		journal.seq = stamp.seq;
		return true;
	}
	/* A file that is gone, or full: once more, in another one. */
	if (journal.segment.fd >= 0 && segment_has_room(&journal.segment,
					       process_settings(), journal.line.length)) {
		drop(EVENT_DROP_WRITE);
		return false;
	}
	if (journal.segment.fd >= 0)
		close_segment(at);
	if (!open_segment(at)) {
		drop(EVENT_DROP_OPEN);
		return false;
	}
	if (put(event, at))
		return true;
	drop(EVENT_DROP_WRITE);
	return false;
}

/* The line as listeners get it, without the seal; 0: it is too long. */
static size_t copy_line(const struct event *event, const struct event_stamp *stamp,
	char json[LINE_SIZE])
{
	if (!format(event, stamp)) {
		drop(EVENT_DROP_LONG);
		return 0;
	}
	memcpy(json, journal.line.bytes, journal.line.length);
	memcpy(json + journal.line.length, "}", 2);
	return journal.line.length + 1;
}

/* With the lock held. */
static void tell_log(const struct event *event, const struct event_stamp *at,
	uint64_t *seq)
{
	*seq = 0;
	if ((log_wants(event->level) ||
		    (event->is_forced && process_settings()->directory[0])) &&
		make_ready(at) && write_event(event, at))
		*seq = journal.seq;
}

/* With the lock held. */
static struct event_stamp tell(const struct event *event)
{
	struct event_stamp stamp =
		stamp_of(clock_ns(CLOCK_REALTIME), clock_ns(CLOCK_MONOTONIC));

	journal.counted = NULL;
	tell_log(event, &stamp, &stamp.seq);
	execution_note(event->execution, event->name, stamp.seq, stamp.mono_ns);
	return stamp;
}

/* The listeners' lock is asked for first, as around fork(): it holds the line for them,
 * as a signal's handler may not allocate one. */
static void tell_all(const struct event *event)
{
	static char json[LINE_SIZE];
	char guid[GUID_HEX_SIZE];
	struct pcarch_told told = {
		.level = event->level, .name = event->name, .guid = guid, .json = json};
	struct event_stamp stamp;

	listeners_hold();
	pthread_mutex_lock(&lock);
	stamp = tell(event);
	told.length = copy_line(event, &stamp, json);
	guid_hex(execution_guid(event->execution), guid);
	pthread_mutex_unlock(&lock);
	if (told.length)
		listeners_tell(&told);
	listeners_let_go();
}

void journal_tell(const struct event *event)
{
	int saved = errno;

	if (inside_enter()) {
		drop(EVENT_DROP_REENTERED);
		return;
	}
	if (listeners_want(event->level)) {
		tell_all(event);
	} else {
		pthread_mutex_lock(&lock);
		tell(event);
		pthread_mutex_unlock(&lock);
	}
	inside_leave(false);
	errno = saved;
}

void journal_sync(void)
{
	if (inside_enter())
		return;
	pthread_mutex_lock(&lock);
	segment_sync(&journal.segment);
	pthread_mutex_unlock(&lock);
	inside_leave(false);
}

void journal_checkpoint(bool is_last)
{
	struct event_stamp at;
	int saved = errno;

	if (inside_enter())
		return;
	pthread_mutex_lock(&lock);
	at = stamp_of(clock_ns(CLOCK_REALTIME), clock_ns(CLOCK_MONOTONIC));
	if (journal.segment.fd >= 0) {
		put_lost(&at);
		if (is_last) {
			put_own("session.close", PCARCH_LEVEL_INFO, PCARCH_NO_FIELDS,
				&at);
			close_segment(&at);
		} else {
			put_checkpoint(false, &at);
		}
	}
	journal.is_closed = journal.is_closed || is_last;
	pthread_mutex_unlock(&lock);
	inside_leave(false);
	errno = saved;
}

void journal_hold(void)
{
	bool was = inside_enter();

	listeners_hold();
	pthread_mutex_lock(&lock);
	was_inside = was;
}

void journal_let_go(void)
{
	bool was = was_inside;

	pthread_mutex_unlock(&lock);
	listeners_let_go();
	inside_leave(was);
}

void journal_restart(void)
{
	lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	listeners_restart();
	segment_close(&journal.segment);
	memset(&journal.segment, 0, sizeof(journal.segment));
	journal.segment.fd = -1;
	journal.seq = journal.retry_ns = 0;
	journal.clock_offset_ns = 0;
	memset(journal.drops, 0, sizeof(journal.drops));
	memset(journal.told, 0, sizeof(journal.told));
	inside_leave(was_inside);
}

void pcarch_checkpoint(void)
{
	process_ready();
	journal_checkpoint(false);
}

uint64_t pcarch_dropped(void)
{
	return journal_dropped();
}
