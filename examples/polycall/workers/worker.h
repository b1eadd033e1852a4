/* The frame of a worker: consume one queue until SIGINT or SIGTERM. */
#ifndef POLYCALL_WORKERS_WORKER_H
#define POLYCALL_WORKERS_WORKER_H

#include "amqp/broker.h"

struct worker {
	const char *name; /* for messages */
	const char *queue;
	struct broker broker;
};

/* Hand each message of the queue to `take` with the worker as context; the exit status.
 */
int worker_run(struct worker *worker, broker_message_fn *take);

/* Say on stderr what went wrong. */
void worker_report(const struct worker *worker, const char *what);

#endif
