#include "diff/report/finding_path.h"

#include "core/arena.h"
#include "diff/compare/comparison.h"

/* The first call from the one to the other: calls are sorted by caller and callee. */
static const struct observed_call *find_call(const struct dynamic_trace *run,
	uint32_t caller, uint32_t callee)
{
	size_t low = 0, high = run->ncalls;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct observed_call *call = &run->calls[middle];

		if (call->caller < caller ||
			(call->caller == caller && call->callee < callee))
			low = middle + 1;
		else
			high = middle;
	}
	if (low < run->ncalls && run->calls[low].caller == caller &&
		run->calls[low].callee == callee)
		return &run->calls[low];
	return NULL;
}

static struct diff_step step_between(struct arena *arena, const struct dynamic_trace *run,
	uint32_t caller, uint32_t callee)
{
	const struct function *from = &run->functions[caller];
	const struct observed_call *call = find_call(run, caller, callee);
	struct diff_step step = {
		.at = {from->file, from->line, from->column}, .function = from->name};

	if (call && call->file)
		step.at = (struct diff_place){call->file, call->line, call->column};
	step.text = arena_printf(arena, "'%s' calls '%s'", from->name,
		run->functions[callee].name);
	return step;
}

const struct diff_step *finding_path(struct arena *arena,
	const struct comparison *comparison, const struct runtime_call *call,
	struct diff_place last, size_t *nsteps)
{
	const struct dynamic_trace *run = comparison->run;
	struct diff_step *steps;

	*nsteps = 0;
	if (!call->npath)
		return NULL;
	steps = arena_alloc(arena, call->npath * sizeof(*steps));
	for (size_t i = 0; i + 1 < call->npath; i++)
		steps[i] = step_between(arena, run, call->path[i], call->path[i + 1]);
	steps[call->npath - 1] =
		step_between(arena, run, call->path[call->npath - 1], call->to);
	steps[call->npath - 1].at = last;
	*nsteps = call->npath;
	return steps;
}
