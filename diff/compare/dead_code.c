#include "diff/compare/dead_code.h"

#include "core/arena.h"
#include "diff/compare/comparing.h"
#include "diff/compare/linked_functions.h"

#include <stdlib.h>
#include <string.h>

enum {
	TINY_LINES = 5 /* of a body that a compiler that inlines at all does inline */
};

struct survey {
	const struct comparing *all;
	bool has_inlining;
	bool is_whole_program; /* and it was link-time optimisation that inlined */
	bool *is_reached; /* function of the scan: calls lead there from what ran */
	bool *may_be_inlined; /* the same: it may have run inside another that did */
	bool *is_linked; /* function of the scan: it was in a program that ran */
	bool *is_stale; /* module of the scan: its source is not what ran */
};

/* Every call of what is instrumented would be there. */
static bool is_complete(const struct dynamic_trace *run)
{
	for (size_t i = 0; i < run->nprocesses; i++)
		if (run->processes[i].mode == PROCESS_INDIRECT ||
			run->processes[i].mode == PROCESS_AUDIT)
			return false;
	return dynamic_is_complete(run);
}

/* Inlined bodies tell of themselves in this mode. */
static bool is_portable(const struct dynamic_trace *run)
{
	for (size_t i = 0; i < run->nprocesses; i++)
		if (run->processes[i].mode != PROCESS_PORTABLE)
			return false;
	return true;
}

/* Whoever inlines inlines this: short, static, calls nothing, and is called by name. */
static bool is_tiny(const struct comparing *all, uint32_t function)
{
	const struct function *fn = &all->scan->functions[function];

	return fn->type == FUNCTION_PRIVATE && fn->end_line &&
	       fn->end_line - fn->line < TINY_LINES &&
	       !(fn->flags & (FUNCTION_ADDRESS_TAKEN | FUNCTION_VARIADIC)) &&
	       !program_sites_in(all->program, function).count;
}

/* False only where the run shows that nothing was inlined that would have been. */
static bool has_inlining(const struct comparing *all)
{
	bool has_evidence = false;

	if (is_portable(all->run))
		return false;
	for (size_t i = 0; i < all->run->ncalls; i++) {
		const struct observed_call *call = &all->run->calls[i];
		uint32_t callee = all->functions.scanned[call->callee];

		if (call->is_inlined)
			return true;
		if (call->caller != TRACE_NONE && callee != TRACE_NONE &&
			is_tiny(all, callee))
			has_evidence = true;
	}
	return !has_evidence;
}

/* One of several that a name may mean: which is linked is not known. */
static bool is_doubtful(const struct comparing *all, const struct call *call)
{
	return call->confidence < 1 && call->site != TRACE_NONE &&
	       all->scan->sites[call->site].is_direct && !call->through &&
	       !all->ran[call->callee];
}

/* What was inlined across sources. */
static bool is_whole_program(const struct comparing *all)
{
	for (size_t i = 0; i < all->run->ncalls; i++) {
		const struct observed_call *call = &all->run->calls[i];
		uint32_t from, to;

		if (!call->is_inlined || call->caller == TRACE_NONE)
			continue;
		from = all->functions.scanned[call->caller];
		to = all->functions.scanned[call->callee];
		if (from != TRACE_NONE && to != TRACE_NONE &&
			!function_may_be_inlined(&all->scan->functions[from],
				&all->scan->functions[to]))
			return true;
	}
	return false;
}

static bool may_be_inlined(const struct survey *survey, const struct call *call)
{
	const struct function *functions = survey->all->scan->functions;

	return survey->is_whole_program ||
	       function_may_be_inlined(&functions[call->caller],
		       &functions[call->callee]);
}

/* Follow calls from what ran; by `is_inlined` only those into what may be inlined. */
static void follow(const struct survey *survey, bool *is_marked, bool is_inlined)
{
	const struct comparing *all = survey->all;
	size_t n = all->scan->nfunctions, nqueued = 0, ntaken = 0;
	uint32_t *queue = xmalloc((n + 1) * sizeof(*queue));

	for (uint32_t i = 0; i < n; i++)
		if (all->ran[i]) {
			is_marked[i] = true;
			queue[nqueued++] = i;
		}
	while (ntaken < nqueued) {
		struct index_list calls =
			program_calls_from(all->program, queue[ntaken++]);

		for (size_t i = 0; i < calls.count; i++) {
			const struct call *call = &all->scan->calls[calls.items[i]];

			if (is_marked[call->callee] || is_doubtful(all, call) ||
				(is_inlined && !may_be_inlined(survey, call)))
				continue;
			is_marked[call->callee] = true;
			queue[nqueued++] = call->callee;
		}
	}
	free(queue);
}

static bool may_be_unseen(const struct survey *survey, uint32_t function)
{
	return survey->has_inlining && survey->may_be_inlined[function];
}

/* A function that was renamed is no dead one. */
static void mark_stale(const struct survey *survey)
{
	const struct program *program = survey->all->program;

	for (size_t i = 0; i < survey->all->scan->nfunctions; i++)
		if (survey->all->is_edited[i])
			survey->is_stale[program->module_of[i]] = true;
}

static bool is_stale(const struct survey *survey, uint32_t function)
{
	return survey->is_stale[survey->all->program->module_of[function]];
}

static void find_dead(const struct survey *survey, struct comparison *out)
{
	const struct comparing *all = survey->all;
	uint32_t *dead = arena_alloc(all->arena, all->scan->nfunctions * sizeof(*dead));

	for (uint32_t i = 0; i < all->scan->nfunctions; i++)
		if (function_is_own(&all->scan->functions[i]) && !all->ran[i] &&
			survey->is_linked[i] && survey->is_reached[i] &&
			!may_be_unseen(survey, i) && !is_stale(survey, i))
			dead[out->ndead++] = i;
	out->dead = dead;
}

static void find_unobserved(const struct survey *survey, struct comparison *out)
{
	const struct comparing *all = survey->all;
	uint32_t *calls = arena_alloc(all->arena, all->scan->ncalls * sizeof(*calls));

	for (uint32_t i = 0; i < all->scan->ncalls; i++) {
		const struct call *call = &all->scan->calls[i];

		if (all->ran[call->caller] && !all->seen[i] &&
			function_is_own(&all->scan->functions[call->callee]) &&
			survey->is_linked[call->callee] && !is_doubtful(all, call) &&
			!is_stale(survey, call->caller) &&
			!(survey->has_inlining && may_be_inlined(survey, call)))
			calls[out->nunobserved++] = i;
	}
	out->unobserved = calls;
}

static void find_revived(const struct comparing *all, struct comparison *out)
{
	uint32_t *revived =
		arena_alloc(all->arena, all->scan->norphans * sizeof(*revived));

	for (size_t i = 0; i < all->scan->norphans; i++)
		if (all->ran[all->scan->orphans[i].function])
			revived[out->nrevived++] = all->scan->orphans[i].function;
	out->revived = revived;
}

void dead_code_find(const struct comparing *all, struct comparison *out)
{
	struct survey survey = {
		.all = all,
		.is_reached = arena_alloc(all->arena, all->scan->nfunctions + 1),
		.may_be_inlined = arena_alloc(all->arena, all->scan->nfunctions + 1),
		.is_linked = linked_functions_find(all),
		.is_stale = arena_alloc(all->arena, all->program->nmodules + 1),
	};

	find_revived(all, out);
	out->is_complete = is_complete(all->run);
	if (!out->is_complete)
		return;
	survey.has_inlining = has_inlining(all);
	survey.is_whole_program = survey.has_inlining && is_whole_program(all);
	mark_stale(&survey);
	follow(&survey, survey.is_reached, false);
	follow(&survey, survey.may_be_inlined, true);
	find_dead(&survey, out);
	find_unobserved(&survey, out);
}
