/*
 * One worker process as its driver sees it: started, spoken to in frames, watched,
 * buried. Nothing here blocks the driver, whatever the worker does, but for the moment of
 * a burial.
 */
#ifndef PCARCH_ANALYZER_WORKERS_WORKER_H
#define PCARCH_ANALYZER_WORKERS_WORKER_H

#include "core/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct error;
struct pool;

enum {
	WORKER_MAX_FRAME_BYTES = 64 * 1024 * 1024
};

struct worker {
	pid_t pid; /* 0: there is no process */
	int fd, statm; /* the conversation, /proc/PID/statm; -1: closed */
	struct text in, out; /* frames being received and sent */
	size_t sent;
	uint64_t peak_bytes;
};

/* What the last frame looks like so far. */
enum worker_state {
	WORKER_TALKING, /* more to come: poll */
	WORKER_READY, /* complete */
	WORKER_LOST, /* the process is gone, or talks nonsense */
};

/*
 * Start a process in `crew[i]`, which has none; `pool->nworkers` is the size of the crew.
 * It calls pool->start() and sends an empty frame, then answers one frame with one frame.
 */
bool worker_start(struct worker *crew, unsigned i, const struct pool *pool,
	struct error *err);

/*
 * End the process, which may be dead already, and reap it. Returns the signal that it
 * died of, or 0 when it left; *status (may be NULL) is its exit status then.
 */
int worker_bury(struct worker *worker, int *status);

/*
 * End all workers of this process and wait until they are gone. For a signal handler: the
 * process must end afterwards.
 */
void workers_kill(void);

/* Bury the process if there is one, and free what is left. */
void worker_release(struct worker *worker);

/* Queue a request; worker_send() then sends it, as much as goes. */
void worker_ask(struct worker *worker, const struct text *request);
enum worker_state worker_send(struct worker *worker);
bool worker_has_more_to_send(const struct worker *worker);

/* Receive what is there. READY: at worker_reply(), until the next worker_ask(). */
enum worker_state worker_receive(struct worker *worker);
const char *worker_reply(const struct worker *worker, size_t *size);

/* Resident memory in bytes, 0 when unknown; raises `peak_bytes`. */
uint64_t worker_resident(struct worker *worker);

#endif
