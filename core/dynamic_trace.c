#include "core/dynamic_trace.h"

#include "core/arena.h"

#include <stdlib.h>
#include <string.h>

const char *const process_mode_names[] = {
	[PROCESS_EDGES] = "edges",
	[PROCESS_INDIRECT] = "indirect",
	[PROCESS_PORTABLE] = "portable",
	[PROCESS_SPANS] = "spans",
	[PROCESS_AUDIT] = "audit",
	NULL,
};

const char *const call_root_names[] = {
	[ROOT_NONE] = "none",
	[ROOT_MAIN] = "main",
	[ROOT_THREAD] = "thread",
	[ROOT_SIGNAL] = "signal",
	[ROOT_CONSTRUCTOR] = "constructor",
	[ROOT_EXIT] = "exit",
	NULL,
};

bool dynamic_is_complete(const struct dynamic_trace *trace)
{
	for (size_t i = 0; i < trace->nprocesses; i++)
		if (!trace->processes[i].is_complete)
			return false;
	return trace->nprocesses > 0;
}

size_t dynamic_span_count(const struct dynamic_trace *trace)
{
	size_t count = 0;

	for (size_t i = 0; i < trace->ntraces; i++)
		count += trace->traces[i].nspans;
	return count;
}

size_t dynamic_covered_count(const struct dynamic_trace *trace)
{
	size_t count = 0;

	for (size_t i = 0; i < trace->nroutes; i++)
		count += trace->routes[i].count > 0;
	return count;
}

static int by_reason(const void *a, const void *b)
{
	return strcmp(((const struct drop *)a)->reason, ((const struct drop *)b)->reason);
}

struct drop *dynamic_drops(const struct dynamic_trace *trace, size_t *ndrops)
{
	struct drop *drops = NULL;
	size_t n = 0, room = 0, kept = 0;

	for (size_t i = 0; i < trace->nprocesses; i++) {
		const struct process *process = &trace->processes[i];

		for (size_t k = 0; k < process->ndrops; k++) {
			drops = grow(drops, n, &room, sizeof(*drops));
			drops[n++] = process->drops[k];
		}
	}
	if (n)
		qsort(drops, n, sizeof(*drops), by_reason);
	for (size_t i = 0; i < n; i++) {
		if (kept && strcmp(drops[kept - 1].reason, drops[i].reason) == 0)
			drops[kept - 1].count =
				dynamic_sum(drops[kept - 1].count, drops[i].count);
		else
			drops[kept++] = drops[i];
	}
	*ndrops = kept;
	return drops;
}
