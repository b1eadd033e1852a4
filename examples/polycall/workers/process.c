/* polycall-process: takes jobs, runs their processors, publishes the results. */
#include "core/failure.h"
#include "workers/processor.h"
#include "workers/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	JOB_SIZE = 2048
};

/* Run "KIND TEXT" and put "KIND RESULT" into `result`; what went wrong is a result too.
 */
static void run_job(char *job, char result[JOB_SIZE])
{
	char out[JOB_SIZE - 64] = "", *kind = strsep(&job, " ");
	const struct processor *processor = processor_find(kind);

	if (!processor)
		snprintf(result, JOB_SIZE, "error no processor is called '%.40s'", kind);
	else if (!processor->run(job ? job : "", out, sizeof(out)))
		snprintf(result, JOB_SIZE, "error '%.40s' failed", kind);
	else
		snprintf(result, JOB_SIZE, "%.40s %s", kind, out);
}

static bool take_job(void *context, const char *text, size_t len)
{
	struct worker *worker = context;
	char job[JOB_SIZE], result[JOB_SIZE];
	struct failure why;

	if (len >= sizeof(job)) {
		worker_report(worker, "a job is too long and was dropped");
		return true;
	}
	memcpy(job, text, len);
	job[len] = '\0';
	run_job(job, result);
	if (broker_publish(&worker->broker, "polycall.results", result, &why))
		return true;
	worker_report(worker, why.text);
	return false;
}

int main(void)
{
	struct worker worker = {.name = "polycall-process", .queue = "polycall.jobs"};
	const char *plugin = getenv("POLYCALL_PLUGIN");
	struct failure why;

	if (plugin && !processor_load(plugin, &why)) {
		worker_report(&worker, why.text);
		return 1;
	}
	return worker_run(&worker, take_job);
}
