#include "analyzer/link/site_write.h"

#include "analyzer/facts/facts.h"
#include "analyzer/flow/flow.h"
#include "analyzer/link/confidence.h"
#include "analyzer/link/fallback.h"
#include "analyzer/link/function_table.h"
#include "analyzer/link/linked_site.h"
#include "core/compare.h"
#include "core/trace.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_REASONS = 8 /* for one site, of those that the flow gives */
};

struct writing {
	struct site_table *sites;
	struct arena *arena;
	const uint32_t *order;
	const struct flow_answers *answers;
	struct fallback *fallback;
	const char *lost_units; /* a reason for every indirect site, or NULL */
	struct call *calls;
	size_t ncalls, calls_room; /* room enough for all */
	struct flow_target *targets; /* of the site at hand */
	const char **reasons;
	size_t ntargets, targets_room, nreasons, reasons_room;
};

static void add_call(struct writing *writing, uint32_t site,
	const struct linked_site *from, struct call call)
{
	call.site = site;
	call.caller = writing->order[from->caller];
	call.callee = writing->order[call.callee];
	if (call.callee == TRACE_NONE)
		return; /* a system's inline function that nothing shown uses */
	writing->calls =
		grow(writing->calls, writing->ncalls, &writing->calls_room, sizeof(call));
	writing->calls[writing->ncalls++] = call;
}

/* Is it a name that may be nothing at all, when no library brings it? */
static bool is_perhaps_nothing(const struct linked_function *fn)
{
	return !fn->is_defined && (fn->function.flags & FUNCTION_WEAK);
}

/* One function that the site's name may mean; an alias leads on to what it stands for. */
static void add_named(struct writing *writing, uint32_t site,
	const struct linked_site *from, uint32_t callee)
{
	struct function_table *functions = writing->sites->functions;
	const struct linked_function *fn = function_table_get(functions, callee);
	struct definitions targets = {0};
	const char *via = from->flags & FACTS_SITE_CLEANUP ? "cleanup" : "direct";

	if (is_perhaps_nothing(fn))
		via = "weak";
	if (fn->function.flags & FUNCTION_ALIAS)
		targets = function_table_target(functions, callee);
	if (targets.count == 1) {
		callee = targets.functions[0];
		via = "alias";
	}
	add_call(writing, site, from,
		(struct call){.callee = callee,
			.via = via,
			.confidence = is_perhaps_nothing(fn) ? CONFIDENCE_NOTHING
							     : 1.0 / from->ncallees});
}

static void add_reason(struct writing *writing, const char *text)
{
	writing->reasons = grow(writing->reasons, writing->nreasons,
		&writing->reasons_room, sizeof(text));
	writing->reasons[writing->nreasons++] = text;
}

static void add_answer(struct writing *writing, uint32_t number)
{
	const struct flow_answer *answer = flow_answer_of(writing->answers, number);

	if (!answer)
		return;
	for (size_t i = 0; i < answer->ntargets; i++) {
		writing->targets = grow(writing->targets, writing->ntargets,
			&writing->targets_room, sizeof(*writing->targets));
		writing->targets[writing->ntargets++] = answer->targets[i];
	}
	for (size_t i = 0; i < answer->nreasons; i++)
		add_reason(writing, answer->reasons[i]);
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Sorted, and no more than can be read. */
static void settle_reasons(struct writing *writing)
{
	const char **reasons = writing->reasons;
	size_t kept = 0;

	if (writing->nreasons)
		qsort(reasons, writing->nreasons, sizeof(*reasons), by_text);
	for (size_t i = 0; i < writing->nreasons; i++)
		if (!kept || strcmp(reasons[i], reasons[kept - 1]) != 0)
			reasons[kept++] = reasons[i];
	if (kept > MAX_REASONS) {
		reasons[MAX_REASONS - 1] = arena_printf(writing->arena, "and %zu more",
			kept - MAX_REASONS + 1);
		kept = MAX_REASONS;
	}
	writing->nreasons = kept;
}

/* What is known of the site, and of those that are the same. */
static void gather(struct writing *writing, const struct linked_site *from)
{
	writing->ntargets = writing->nreasons = 0;
	add_answer(writing, from->number);
	for (uint32_t at = from->next_same; at != TRACE_NONE;
		at = writing->sites->same[at].next)
		add_answer(writing, writing->sites->same[at].number);
	if (writing->ntargets)
		writing->ntargets =
			flow_targets_settle(writing->targets, writing->ntargets);
	settle_reasons(writing);
}

static void write_reasons(struct writing *writing, struct call_site *site)
{
	const char **reasons =
		arena_alloc(writing->arena, writing->nreasons * sizeof(*reasons));

	if (writing->nreasons)
		memcpy(reasons, writing->reasons, writing->nreasons * sizeof(*reasons));
	site->reasons = reasons;
	site->nreasons = writing->nreasons;
	site->state = writing->nreasons ? SITE_OPEN : SITE_CLOSED;
}

static void add_targets(struct writing *writing, uint32_t index,
	const struct linked_site *from)
{
	bool is_ifunc = from->expression == CALLEE_NAME;

	for (size_t i = 0; i < writing->ntargets; i++) {
		const struct flow_target *target = &writing->targets[i];
		const struct function *fn =
			&function_table_get(writing->sites->functions, target->function)
				 ->function;
		struct evidence evidence = {
			.is_open = writing->nreasons > 0,
			.ntargets = writing->ntargets,
			.is_fitting = is_ifunc || confidence_fits(fn, from->signature),
		};

		add_call(writing, index, from,
			(struct call){
				.callee = target->function,
				.via = target->through ? "model"
				       : is_ifunc      ? "ifunc"
						       : "flow",
				.confidence = target->through
						      ? CONFIDENCE_MODEL
						      : confidence_flow(&evidence),
				.through = target->through,
				.flow = target->steps,
				.nflow = (uint32_t)target->nsteps,
			});
	}
}

/* Nothing flows there: what has the right type, and is used as a value. */
static void add_guesses(struct writing *writing, uint32_t index,
	const struct linked_site *from)
{
	struct guesses guesses = fallback_find(writing->fallback, from->signature);

	for (size_t i = 0; i < guesses.count; i++)
		add_call(writing, index, from,
			(struct call){
				.callee = guesses.functions[i],
				.via = "signature",
				.confidence = confidence_signature(guesses.count),
			});
}

static void write_indirect(struct writing *writing, uint32_t index,
	const struct linked_site *from, struct call_site *site)
{
	gather(writing, from);
	if (!writing->ntargets && !writing->nreasons)
		add_reason(writing, "no function's address is known to reach it");
	if (writing->lost_units)
		add_reason(writing, writing->lost_units);
	write_reasons(writing, site);
	if (writing->ntargets)
		add_targets(writing, index, from);
	else
		add_guesses(writing, index, from);
}

static void write_direct(struct writing *writing, uint32_t index,
	const struct linked_site *from, struct call_site *site)
{
	struct function_table *functions = writing->sites->functions;
	const uint32_t *callees = writing->sites->callees + from->first_callee;
	const struct linked_function *callee = function_table_get(functions, callees[0]);
	bool is_ifunc = callee->function.flags & FUNCTION_IFUNC;

	gather(writing, from);
	if (from->ncallees > 1)
		add_reason(writing, arena_printf(writing->arena, "%u definitions of '%s'",
					    from->ncallees, callee->function.name));
	else if (is_ifunc && (!writing->ntargets || writing->nreasons))
		add_reason(writing,
			arena_printf(writing->arena,
				"ifunc: '%s' chooses when the program is loaded",
				callee->target ? callee->target : "a resolver"));
	else if (is_perhaps_nothing(callee))
		add_reason(writing,
			arena_printf(writing->arena,
				"weak, defined nowhere: '%s' is nothing, unless a library brings it",
				callee->function.name));
	write_reasons(writing, site);
	for (uint32_t i = 0; i < from->ncallees; i++)
		if (!is_ifunc || !writing->ntargets)
			add_named(writing, index, from, callees[i]);
	add_targets(writing, index, from);
}

static int by_callee(const void *left, const void *right)
{
	const struct call *a = left, *b = right;
	int order = compare_u32(a->callee, b->callee);

	order = order ? order : strcmp(a->via, b->via);
	return order ? order
		     : strcmp(a->through ? a->through : "", b->through ? b->through : "");
}

static void write_site(struct writing *writing, uint32_t index,
	const struct linked_site *from, struct call_site *site)
{
	size_t first = writing->ncalls;

	*site = (struct call_site){
		.caller = writing->order[from->caller],
		.file = from->file,
		.line = from->line,
		.column = from->column,
		.ordinal = from->ordinal,
		.spelling_file = from->spelling_file,
		.spelling_line = from->spelling_line,
		.spelling_column = from->spelling_column,
		.is_direct = from->expression == CALLEE_NAME,
		.expression = from->expression,
		.expression_name = from->expression_name,
		.signature = from->signature,
	};
	if (site->is_direct)
		write_direct(writing, index, from, site);
	else
		write_indirect(writing, index, from, site);
	if (writing->ncalls > first)
		qsort(writing->calls + first, writing->ncalls - first,
			sizeof(struct call), by_callee);
}

/* What a unit that could not be read does is not known, anywhere. */
static const char *lost_units(struct arena *arena, const struct static_trace *trace)
{
	const char *first = NULL;
	size_t count = 0;

	for (size_t i = 0; i < trace->nunits; i++) {
		if (trace->units[i].status == UNIT_PARSED)
			continue;
		first = first ? first : trace->units[i].file;
		count++;
	}
	if (!count)
		return NULL;
	if (count == 1)
		return arena_printf(arena, "unit failed to parse: %s", first);
	return arena_printf(arena, "unit failed to parse: %s, and %zu more", first,
		count - 1);
}

/* At most as many calls as will be written. */
static size_t count_calls(struct writing *writing)
{
	size_t count = writing->sites->ncallees;

	for (size_t i = 0; i < writing->answers->count; i++)
		count += writing->answers->answers[i].ntargets;
	for (size_t i = 0; i < writing->sites->nsites; i++) {
		const struct linked_site *site = &writing->sites->sites[i];

		if (site->expression != CALLEE_NAME)
			count += fallback_find(writing->fallback, site->signature).count;
	}
	return count;
}

void site_write(struct site_table *sites, struct arena *arena, const uint32_t *order,
	const struct flow_answers *answers, struct static_trace *out)
{
	struct call_site *written;
	struct writing writing = {
		.sites = sites,
		.arena = arena,
		.order = order,
		.answers = answers,
		.lost_units = lost_units(arena, out),
		.fallback = fallback_new(sites->functions, order),
	};

	linked_sites_settle(sites, order);
	writing.calls_room = count_calls(&writing);
	writing.calls = arena_alloc(arena, writing.calls_room * sizeof(struct call));
	written = arena_alloc(arena, sites->nsites * sizeof(*written));
	for (size_t i = 0; i < sites->nsites; i++)
		write_site(&writing, (uint32_t)i, &sites->sites[i], &written[i]);
	out->sites = written;
	out->nsites = sites->nsites;
	out->calls = writing.calls;
	out->ncalls = writing.ncalls;
	fallback_free(writing.fallback);
	free(writing.targets);
	free(writing.reasons);
}
