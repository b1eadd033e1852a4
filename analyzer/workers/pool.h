/*
 * Long-lived worker processes that are handed one job at a time, so that a crash, a hang
 * or a leak costs one job and is known by its name.
 *
 * The pool knows nothing of scanning: requests and replies are bytes. Workers are forked
 * from the caller, which must have one thread. A worker is replaced after a crash, after
 * `max_jobs_per_worker` jobs, and when it grew past half of `max_memory_bytes` between
 * jobs.
 */
#ifndef PCARCH_ANALYZER_WORKERS_POOL_H
#define PCARCH_ANALYZER_WORKERS_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct text;

enum pool_outcome {
	POOL_DONE, /* the worker answered */
	POOL_CRASHED, /* the worker was killed by a signal, or left */
	POOL_TIMEOUT, /* killed for taking longer than timeout_s */
	POOL_OUT_OF_MEMORY, /* killed for growing past max_memory_bytes */
};

struct pool_result {
	uint32_t job;
	enum pool_outcome outcome;
	int signal; /* for POOL_CRASHED: 0 when the worker called exit */
	const char *reply; /* for POOL_DONE; valid during the call */
	size_t reply_size;
	uint64_t peak_bytes; /* the worker's resident memory, the most so far */
};

enum pool_next {
	POOL_JOB, /* `*job` and `request` are filled */
	POOL_WAIT, /* nothing now: ask again when a running job is done */
	POOL_END, /* nothing more */
};

struct pool {
	unsigned nworkers;
	unsigned timeout_s; /* for one job; 0: none */
	uint64_t max_memory_bytes; /* resident, of one worker; 0: no limit */
	unsigned max_jobs_per_worker; /* 0: no limit */
	/* In the worker, before its first job; NULL: nothing. False ends the worker. */
	bool (*start)(void *context);
	/* Runs in the worker for each job; `reply` is sent back. */
	void (*work)(void *context, const char *request, size_t size, struct text *reply);
	/* Run in the caller. */
	enum pool_next (*next)(void *context, uint32_t *job, struct text *request);
	/* False stops the pool: running jobs are killed and pool_run() returns true. */
	bool (*done)(void *context, const struct pool_result *result);
	/* Called at least ten times a second while waiting; may be NULL. */
	void (*tick)(void *context);
	void *context;
};

/*
 * Run until next() says POOL_END and every job is done. Fails only when no worker can be
 * started at all. Leaves no process and no descriptor behind, whatever happens; SIGINT
 * and SIGTERM end the workers too (they die with the caller: PR_SET_PDEATHSIG).
 */
bool pool_run(const struct pool *pool, struct error *err);

#endif
