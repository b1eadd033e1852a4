/*
 * Two traces that do not fit together, of the seed that the input is: what refers to
 * anything refers to what is there, and nothing is claimed that was not recorded.
 */
#include "core/arena.h"
#include "core/error.h"
#include "diff/compare/comparison.h"
#include "tests/fuzz/rewriting.h"
#include "tests/random_dynamic.h"
#include "tests/random_trace.h"

#include <stdint.h>
#include <string.h>

enum {
	MOST_FUNCTIONS = 60,
	MOST_CALLS = 200
};

static void check_calls(const struct comparison *result)
{
	const struct dynamic_trace *run = result->run;

	for (size_t i = 0; i < result->ncalls; i++) {
		const struct runtime_call *call = &result->calls[i];

		must(call->observed < run->ncalls && call->verdict < VERDICT_COUNT);
		must(call->because && call->advice);
		must(call->from == TRACE_NONE || call->from < run->nfunctions);
		must(call->site == TRACE_NONE || call->site < result->scan->nsites);
		for (size_t k = 0; k < call->npath; k++)
			must(call->path[k] < run->nfunctions);
		must(!i || result->calls[i - 1].verdict <= call->verdict);
	}
}

static void check_counts(const struct comparison *result)
{
	must(result->is_complete || (!result->ndead && !result->nunobserved));
	for (size_t i = 0; i < result->ndead; i++)
		must(!result->ran[result->dead[i]]);
	for (size_t i = 0; i < result->nunobserved; i++)
		must(!result->seen[result->unobserved[i]]);
	for (size_t i = 0; i < result->nmodules; i++)
		must(result->modules[i].functions_ran <= result->modules[i].functions &&
			result->modules[i].calls_seen <= result->modules[i].calls);
	must(result->nentries == result->scan->nentry_points);
	must(result->nroutes == result->scan->nroutes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned seeds[4] = {0};
	struct arena arena = {0};
	struct static_trace scan;
	struct dynamic_trace run;
	struct program program;
	struct comparison result;
	struct error err;

	memcpy(seeds, data, size < sizeof(seeds) ? size : sizeof(seeds));
	scan = random_trace(&(struct random_trace){&arena, seeds[0], 0},
		1 + seeds[1] % MOST_FUNCTIONS);
	run = random_dynamic(&(struct random_trace){&arena, seeds[2], seeds[2] % 2},
		seeds[3] % MOST_CALLS);
	program_init(&program, &arena, &scan);
	if (comparison_make(&arena, &program, &run, &result, &err)) {
		check_calls(&result);
		check_counts(&result);
	}
	arena_release(&arena);
	return 0;
}
