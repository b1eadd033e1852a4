#include "workers/worker.h"

#include "core/failure.h"

#include <signal.h>
#include <stdio.h>

static void on_signal(int number)
{
	(void)number;
	broker_stop = 1;
}

void worker_report(const struct worker *worker, const char *what)
{
	fprintf(stderr, "%s: error: %s\n", worker->name, what);
}

int worker_run(struct worker *worker, broker_message_fn *take)
{
	const struct sigaction action = {.sa_handler = on_signal};
	struct failure why;
	bool is_done;

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	is_done = broker_open(&worker->broker, &why) &&
		  broker_consume(&worker->broker, worker->queue, take, worker, &why);
	if (!is_done)
		worker_report(worker, why.text);
	broker_close(&worker->broker);
	return is_done ? 0 : 1;
}
