#include "analyzer/link/learned.h"

#include "analyzer/link/confidence.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"
#include "core/compare.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

struct learning {
	struct arena *arena;
	struct static_trace *trace;
	struct call *calls; /* the trace's, and those that are added */
	size_t ncalls;
	const char **stale;
	size_t nstale;
};

static const char reason[] = "learned: a run called more than the source shows";

static uint32_t find_function(const struct static_trace *trace,
	const struct learned_function *wanted)
{
	for (uint32_t i = 0; i < trace->nfunctions; i++)
		if (strcmp(trace->functions[i].name, wanted->name) == 0 &&
			strcmp(trace->functions[i].file, wanted->file) == 0)
			return i;
	return TRACE_NONE;
}

static bool is_same_expression(const struct call_site *site,
	const struct learned_rule *rule)
{
	const char *left = site->expression_name ? site->expression_name : "";
	const char *right = rule->expression_name ? rule->expression_name : "";

	return site->expression == rule->expression && strcmp(left, right) == 0;
}

static uint32_t find_site(const struct static_trace *trace, uint32_t caller,
	const struct learned_rule *rule)
{
	unsigned index = 0;

	for (uint32_t i = 0; i < trace->nsites; i++)
		if (trace->sites[i].caller == caller &&
			is_same_expression(&trace->sites[i], rule) &&
			index++ == rule->index)
			return i;
	return TRACE_NONE;
}

/* The site at which the caller calls the library function that calls. */
static uint32_t find_library_site(const struct static_trace *trace, uint32_t caller,
	const struct learned_rule *rule)
{
	uint32_t last = TRACE_NONE;
	unsigned index = 0;

	for (size_t i = 0; i < trace->ncalls; i++) {
		const struct call *call = &trace->calls[i];

		if (call->caller != caller || call->site == last || call->through ||
			strcmp(trace->functions[call->callee].name, rule->through) != 0)
			continue;
		last = call->site;
		if (index++ == rule->index)
			return last;
	}
	return TRACE_NONE;
}

/* The call that is there already; NULL: it is new. */
static struct call *find_call(const struct learning *learning, const struct call *wanted)
{
	for (size_t i = 0; i < learning->ncalls; i++) {
		struct call *call = &learning->calls[i];

		if (call->site == wanted->site && call->caller == wanted->caller &&
			call->callee == wanted->callee)
			return call;
	}
	return NULL;
}

static void add_stale(struct learning *learning, const struct learned_rule *rule,
	const char *why)
{
	learning->stale[learning->nstale++] = arena_printf(learning->arena,
		"%s:%u: the learned call of '%s' by '%s' is stale: %s; remove it, or learn "
		"again",
		rule->origin.file, rule->origin.line, rule->callee.name,
		rule->caller.name, why);
}

/* The trace's sites are in the arena, and nobody else's yet. */
static void open_site(struct learning *learning, uint32_t index)
{
	struct call_site *site = (struct call_site *)&learning->trace->sites[index];
	const char **reasons;

	if (site->nreasons && site->reasons[site->nreasons - 1] == reason)
		return;
	reasons = arena_alloc(learning->arena, (site->nreasons + 1) * sizeof(*reasons));
	if (site->nreasons)
		memcpy(reasons, site->reasons, site->nreasons * sizeof(*reasons));
	reasons[site->nreasons++] = reason;
	site->reasons = reasons;
	site->state = SITE_OPEN;
}

static void learn(struct learning *learning, const struct learned_rule *rule)
{
	struct call call = {
		.site = TRACE_NONE,
		.caller = find_function(learning->trace, &rule->caller),
		.callee = find_function(learning->trace, &rule->callee),
		.via = "learned",
		.confidence = CONFIDENCE_LEARNED,
		.through = rule->through,
	};
	struct call *known;

	if (call.caller == TRACE_NONE || call.callee == TRACE_NONE) {
		add_stale(learning, rule,
			call.caller == TRACE_NONE ? "there is no such caller"
						  : "there is no such callee");
		return;
	}
	if (rule->has_site)
		call.site = rule->through ? find_library_site(learning->trace,
						    call.caller, rule)
					  : find_site(learning->trace, call.caller, rule);
	if (rule->has_site && call.site == TRACE_NONE) {
		add_stale(learning, rule, "the caller has no such call site");
		return;
	}
	known = find_call(learning, &call);
	if (known && strcmp(known->via, "learned") == 0)
		return; /* two files say it */
	if (known && strcmp(known->via, "signature") != 0) {
		add_stale(learning, rule, "the scan finds it by itself");
		return;
	}
	if (!known)
		known = &learning->calls[learning->ncalls++];
	*known = call;
	/* What a library calls says nothing of what is called there itself. */
	if (call.site != TRACE_NONE && !call.through)
		open_site(learning, call.site);
}

/* As they are written: without a site last, by caller. */
static int by_site(const void *left, const void *right)
{
	const struct call *a = left, *b = right;
	int order = compare_u32(a->site, b->site);

	if (!order)
		order = compare_u32(a->caller, b->caller);
	if (!order)
		order = compare_u32(a->callee, b->callee);
	if (!order)
		order = strcmp(a->via, b->via);
	return order ? order
		     : strcmp(a->through ? a->through : "", b->through ? b->through : "");
}

void learned_apply(struct arena *arena, const struct rules *rules,
	struct static_trace *trace, struct learned_report *report)
{
	size_t n = rules ? rules->all.nlearned : 0, before = trace->ncalls;
	struct learning learning = {.arena = arena, .trace = trace};

	*report = (struct learned_report){0};
	if (!n)
		return;
	learning.calls = arena_alloc(arena, (trace->ncalls + n) * sizeof(struct call));
	learning.stale = arena_alloc(arena, n * sizeof(*learning.stale));
	if (trace->ncalls)
		memcpy(learning.calls, trace->calls, trace->ncalls * sizeof(struct call));
	learning.ncalls = trace->ncalls;
	for (size_t i = 0; i < n; i++)
		learn(&learning, &rules->all.learned[i]);
	qsort(learning.calls, learning.ncalls, sizeof(struct call), by_site);
	trace->calls = learning.calls;
	trace->ncalls = learning.ncalls;
	*report = (struct learned_report){
		learning.ncalls - before, learning.stale, learning.nstale};
}
