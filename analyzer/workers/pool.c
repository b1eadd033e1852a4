#include "analyzer/workers/pool.h"

#include "analyzer/workers/worker.h"
#include "core/arena.h"
#include "core/error.h"

#include <assert.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	WATCH_MS = 50,
	MAX_FAILED_STARTS = 3
};

enum seat_state {
	SEAT_EMPTY, /* no process */
	SEAT_STARTING, /* a process that has not said yet that it is ready */
	SEAT_IDLE,
	SEAT_BUSY, /* with `job` */
};

/* Where a worker sits. Its job waits here while it starts: no start costs a job. */
struct seat {
	enum seat_state state;
	bool has_job;
	uint32_t job;
	struct text request;
	int64_t deadline_ns; /* INT64_MAX: none */
	unsigned njobs; /* answered by the process that sits here */
};

struct crew {
	const struct pool *pool;
	struct seat *seats;
	struct worker *workers; /* beside `seats` */
	struct pollfd *polls; /* the same */
	struct sigaction child_action; /* the caller's */
	int64_t watched_ns;
	unsigned failed_starts; /* in a row */
	struct error why; /* the last of them failed */
	bool is_waiting; /* next() has nothing until a job is done */
	bool is_ended; /* next() has nothing more */
	bool is_stopped; /* done() said so */
};

static int64_t clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void crew_init(struct crew *crew, const struct pool *pool)
{
	/* Where it is ignored, the statuses of children are lost. */
	struct sigaction keep = {.sa_handler = SIG_DFL};
	size_t n = pool->nworkers;

	*crew = (struct crew){.pool = pool};
	crew->seats =
		memset(xmalloc(n * sizeof(*crew->seats)), 0, n * sizeof(*crew->seats));
	crew->workers = xmalloc(n * sizeof(*crew->workers));
	crew->polls = xmalloc(n * sizeof(*crew->polls));
	for (size_t i = 0; i < n; i++)
		crew->workers[i] = (struct worker){.fd = -1, .statm = -1};
	sigemptyset(&keep.sa_mask);
	sigaction(SIGCHLD, &keep, &crew->child_action);
}

static void crew_release(struct crew *crew)
{
	for (unsigned i = 0; i < crew->pool->nworkers; i++) {
		if (crew->workers[i].pid) /* all at once first, then one by one */
			kill(crew->workers[i].pid, SIGKILL);
	}
	for (unsigned i = 0; i < crew->pool->nworkers; i++) {
		worker_release(&crew->workers[i]);
		text_release(&crew->seats[i].request);
	}
	sigaction(SIGCHLD, &crew->child_action, NULL);
	free(crew->seats);
	free(crew->workers);
	free(crew->polls);
}

#define scoped_crew __attribute__((cleanup(crew_release))) struct crew

static int64_t deadline(const struct crew *crew)
{
	unsigned timeout_s = crew->pool->timeout_s;

	return timeout_s ? clock_ns() + (int64_t)timeout_s * 1000000000 : INT64_MAX;
}

static void report(struct crew *crew, unsigned i, struct pool_result *result)
{
	struct seat *seat = &crew->seats[i];

	result->job = seat->job;
	result->peak_bytes = crew->workers[i].peak_bytes;
	seat->has_job = false;
	crew->is_waiting = false;
	if (!crew->pool->done(crew->pool->context, result))
		crew->is_stopped = true;
}

static void note_failed_start(struct crew *crew, enum pool_outcome outcome, int signal,
	int status)
{
	struct location nowhere = {0};

	crew->failed_starts++;
	if (outcome == POOL_TIMEOUT)
		error_set(&crew->why, nowhere,
			"worker processes are not ready after %u s; raise --timeout",
			crew->pool->timeout_s);
	else if (outcome == POOL_OUT_OF_MEMORY)
		error_set(&crew->why, nowhere,
			"worker processes outgrow the limit before their first job; "
			"raise --max-memory");
	else if (signal)
		error_set(&crew->why, nowhere,
			"worker processes are killed by signal %d (%s) before their first "
			"job; see 'pcarch doctor'",
			signal, strsignal(signal));
	else
		error_set(&crew->why, nowhere,
			"worker processes leave with status %d before their first job; "
			"see 'pcarch doctor'",
			status);
}

/* The process in seat `i` is dead, or must die because of `outcome`. */
static void lose_worker(struct crew *crew, unsigned i, enum pool_outcome outcome)
{
	struct seat *seat = &crew->seats[i];
	enum seat_state state = seat->state;
	struct pool_result result = {.outcome = outcome};
	int status, signal = worker_bury(&crew->workers[i], &status);

	seat->state = SEAT_EMPTY;
	if (state == SEAT_STARTING)
		note_failed_start(crew, outcome, signal, status);
	if (state != SEAT_BUSY)
		return;
	if (outcome == POOL_CRASHED)
		result.signal = signal;
	report(crew, i, &result);
}

static void start_worker(struct crew *crew, unsigned i)
{
	struct seat *seat = &crew->seats[i];

	if (crew->failed_starts >= MAX_FAILED_STARTS)
		return;
	if (!worker_start(crew->workers, i, crew->pool, &crew->why)) {
		crew->failed_starts++;
		return;
	}
	seat->state = SEAT_STARTING;
	seat->njobs = 0;
	seat->deadline_ns = deadline(crew);
}

static void hand_over(struct crew *crew, unsigned i)
{
	struct seat *seat = &crew->seats[i];

	seat->state = SEAT_BUSY;
	seat->deadline_ns = deadline(crew);
	worker_ask(&crew->workers[i], &seat->request);
	if (worker_send(&crew->workers[i]) == WORKER_LOST)
		lose_worker(crew, i, POOL_CRASHED);
}

/* A job that waits in a seat where no process can be started; NULL when there is none. */
static struct seat *stranded_job(struct crew *crew)
{
	for (unsigned i = 0; i < crew->pool->nworkers; i++) {
		if (crew->seats[i].has_job && crew->seats[i].state == SEAT_EMPTY)
			return &crew->seats[i];
	}
	return NULL;
}

static void find_job(struct crew *crew, struct seat *seat)
{
	struct seat *other = seat->state == SEAT_IDLE ? stranded_job(crew) : NULL;

	if (other) {
		struct text request = seat->request;

		seat->job = other->job;
		seat->request = other->request;
		seat->has_job = true;
		other->request = request;
		other->has_job = false;
		return;
	}
	if (crew->is_ended || crew->is_waiting)
		return;
	text_clear(&seat->request);
	switch (crew->pool->next(crew->pool->context, &seat->job, &seat->request)) {
	case POOL_JOB:
		seat->has_job = true;
		break;
	case POOL_WAIT:
		crew->is_waiting = true;
		break;
	case POOL_END:
		crew->is_ended = true;
		break;
	}
}

/* Give every free worker something to do, idle ones first: an empty seat costs a fork. */
static void deal(struct crew *crew)
{
	static const enum seat_state order[] = {SEAT_IDLE, SEAT_EMPTY};

	for (size_t pass = 0; pass < 2; pass++) {
		for (unsigned i = 0; i < crew->pool->nworkers && !crew->is_stopped; i++) {
			struct seat *seat = &crew->seats[i];

			if (seat->state != order[pass])
				continue;
			if (!seat->has_job)
				find_job(crew, seat);
			if (seat->has_job && seat->state == SEAT_IDLE)
				hand_over(crew, i);
			else if (seat->has_job)
				start_worker(crew, i);
		}
	}
}

static bool has_grown(struct crew *crew, unsigned i, uint64_t limit_bytes)
{
	return limit_bytes && worker_resident(&crew->workers[i]) > limit_bytes;
}

static void answered(struct crew *crew, unsigned i)
{
	const struct pool *pool = crew->pool;
	struct seat *seat = &crew->seats[i];
	struct pool_result result = {.outcome = POOL_DONE};

	crew->failed_starts = 0;
	result.reply = worker_reply(&crew->workers[i], &result.reply_size);
	seat->state = SEAT_IDLE;
	seat->njobs++;
	report(crew, i, &result);
	if ((pool->max_jobs_per_worker && seat->njobs >= pool->max_jobs_per_worker) ||
		has_grown(crew, i, pool->max_memory_bytes / 2))
		lose_worker(crew, i, POOL_DONE);
}

static void listen_to(struct crew *crew, unsigned i, short events)
{
	struct seat *seat = &crew->seats[i];
	struct worker *worker = &crew->workers[i];

	if (seat->state == SEAT_IDLE) { /* nobody asked: it died, or lost its mind */
		lose_worker(crew, i, POOL_CRASHED);
		return;
	}
	if ((events & POLLOUT) && worker_send(worker) == WORKER_LOST) {
		lose_worker(crew, i, POOL_CRASHED);
		return;
	}
	switch (worker_receive(worker)) {
	case WORKER_TALKING:
		break;
	case WORKER_LOST:
		lose_worker(crew, i, POOL_CRASHED);
		break;
	case WORKER_READY:
		if (seat->state == SEAT_BUSY) {
			answered(crew, i);
			break;
		}
		crew->failed_starts = 0;
		seat->state = SEAT_IDLE;
		if (seat->has_job)
			hand_over(crew, i);
		break;
	}
}

static void listen_to_all(struct crew *crew)
{
	unsigned n = crew->pool->nworkers;

	for (unsigned i = 0; i < n; i++) {
		crew->polls[i] =
			(struct pollfd){.fd = crew->workers[i].fd, .events = POLLIN};
		if (worker_has_more_to_send(&crew->workers[i]))
			crew->polls[i].events |= POLLOUT;
	}
	if (poll(crew->polls, n, WATCH_MS) <= 0)
		return;
	for (unsigned i = 0; i < n && !crew->is_stopped; i++) {
		/* The seat's process may be another by now, or none: compare. */
		if (crew->polls[i].revents && crew->polls[i].fd == crew->workers[i].fd)
			listen_to(crew, i, crew->polls[i].revents);
	}
}

static void watch(struct crew *crew)
{
	int64_t now = clock_ns();

	if (now - crew->watched_ns < (int64_t)WATCH_MS * 1000000)
		return;
	crew->watched_ns = now;
	for (unsigned i = 0; i < crew->pool->nworkers && !crew->is_stopped; i++) {
		struct seat *seat = &crew->seats[i];

		if (seat->state != SEAT_BUSY && seat->state != SEAT_STARTING)
			continue;
		if (now >= seat->deadline_ns)
			lose_worker(crew, i, POOL_TIMEOUT);
		else if (has_grown(crew, i, crew->pool->max_memory_bytes))
			lose_worker(crew, i, POOL_OUT_OF_MEMORY);
	}
	if (crew->pool->tick)
		crew->pool->tick(crew->pool->context);
}

static bool has_process(const struct crew *crew)
{
	for (unsigned i = 0; i < crew->pool->nworkers; i++) {
		if (crew->seats[i].state != SEAT_EMPTY)
			return true;
	}
	return false;
}

static bool has_job(const struct crew *crew)
{
	for (unsigned i = 0; i < crew->pool->nworkers; i++) {
		if (crew->seats[i].has_job)
			return true;
	}
	return false;
}

bool pool_run(const struct pool *pool, struct error *err)
{
	scoped_crew crew;

	assert(pool->nworkers > 0);
	crew_init(&crew, pool);
	while (!crew.is_stopped) {
		deal(&crew);
		if (!has_job(&crew) && crew.is_ended)
			return true;
		if (crew.is_stopped || (!has_job(&crew) && !crew.is_waiting))
			continue;
		assert(has_job(&crew)); /* next() waits for a job that does not run */
		if (!has_process(&crew) && crew.failed_starts >= MAX_FAILED_STARTS)
			return error_set(err, (struct location){0}, "%s", crew.why.text);
		listen_to_all(&crew);
		watch(&crew);
	}
	return true;
}
