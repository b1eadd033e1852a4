#include "diff/compare/comparison.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/error.h"
#include "core/key_table.h"
#include "diff/compare/comparing.h"
#include "diff/compare/coverage.h"
#include "diff/compare/crossings.h"
#include "diff/compare/dead_code.h"
#include "diff/compare/example_path.h"
#include "diff/compare/site_match.h"
#include "diff/compare/verdict.h"

#include <stdlib.h>
#include <string.h>

/* What makes two calls of the run one to the scan. */
struct runtime_key {
	uint32_t from, to, site, line;
	const char *file, *through;
	uint64_t root;
};

/* Calls that nothing foresees, as they are found. */
struct unforeseen {
	struct comparing *all;
	struct key_table keys;
	struct runtime_call *calls; /* heap, parallel */
	bool *is_exact; /* heap, parallel */
	size_t room, exact_room;
};

static void add_ran(struct comparing *all, uint32_t function, uint64_t count)
{
	uint32_t at = all->functions.scanned[function];

	if (at != TRACE_NONE)
		all->ran[at] = dynamic_sum(all->ran[at], count);
}

/* Who calls has run, even where nobody saw how it was called. */
static void count_functions(struct comparing *all)
{
	for (size_t i = 0; i < all->run->ncalls; i++)
		add_ran(all, all->run->calls[i].callee, all->run->calls[i].count);
	for (size_t i = 0; i < all->run->ncalls; i++) {
		uint32_t caller = all->run->calls[i].caller;

		if (caller == TRACE_NONE || all->functions.scanned[caller] == TRACE_NONE)
			continue;
		if (!all->ran[all->functions.scanned[caller]])
			all->ran[all->functions.scanned[caller]] = 1;
	}
}

static bool is_entry(const struct comparing *all, uint32_t function)
{
	const struct function *fn = &all->scan->functions[function];

	if (fn->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_DESTRUCTOR) ||
		strcmp(fn->name, "main") == 0)
		return true;
	return all->entry_of[function] != TRACE_NONE;
}

/*
 * Mode "audit" knows what an object binds, not which function does: the caller has no
 * name. What libraries bind of each other is no affair of the program's.
 */
static bool is_binding(const struct dynamic_trace *run, const struct observed_call *call)
{
	return call->caller != TRACE_NONE && !run->functions[call->caller].name[0];
}

static bool is_of_program(const struct dynamic_trace *run, const char *object)
{
	for (size_t i = 0; i < run->nprocesses; i++)
		if (strcmp(run->processes[i].program, object) == 0)
			return true;
	return false;
}

/* Set what is known of the call's ends; true: a call of the scan foresees it. */
static bool is_foreseen(struct comparing *all, struct runtime_call *out, bool *is_exact)
{
	const struct observed_call *call = &all->run->calls[out->observed];

	out->from = call->caller;
	out->to = call->callee;
	out->caller = out->site = TRACE_NONE;
	out->callee = all->functions.scanned[out->to];
	*is_exact = false;
	if (out->from != TRACE_NONE)
		out->caller = all->functions.scanned[out->from];
	if (out->caller != TRACE_NONE)
		return site_match(all, call, &out->site, is_exact);
	if (is_binding(all->run, call))
		return out->callee != TRACE_NONE ||
		       !is_of_program(all->run, all->run->functions[call->caller].module);
	if (out->from != TRACE_NONE || out->callee == TRACE_NONE)
		return false;
	if (site_match_through(all, call) || is_entry(all, out->callee))
		return true;
	out->site = site_match_library(all, call);
	return false;
}

static void add_unforeseen(struct unforeseen *found, const struct runtime_call *one,
	bool is_exact)
{
	const struct observed_call *call = &found->all->run->calls[one->observed];
	const struct runtime_key key = {one->from, one->to, one->site, call->line,
		call->file, call->through, call->root};
	bool is_new;
	uint32_t index = key_table_add(&found->keys, &key, &is_new);
	struct runtime_call *sum;

	found->calls = grow(found->calls, index, &found->room, sizeof(*found->calls));
	found->is_exact = grow(found->is_exact, index, &found->exact_room,
		sizeof(*found->is_exact));
	sum = &found->calls[index];
	if (is_new) {
		*sum = *one;
		found->is_exact[index] = is_exact;
	}
	sum->count = dynamic_sum(sum->count, call->count);
	sum->total_us = dynamic_sum(sum->total_us, call->total_us);
}

static int compare_names(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

/* The gravest first; then where it was called, what, and in the order of the run. */
static int by_verdict(const void *a, const void *b, void *context)
{
	const struct comparing *all = context;
	const struct runtime_call *left = a, *right = b;
	const struct observed_call *left_call = &all->run->calls[left->observed];
	const struct observed_call *right_call = &all->run->calls[right->observed];
	int order = compare_u32(left->verdict, right->verdict);

	if (!order)
		order = compare_names(left_call->file, right_call->file);
	if (!order)
		order = compare_u32(left_call->line, right_call->line);
	if (!order)
		order = compare_u32(left->to, right->to);
	return order ? order : compare_u32(left->observed, right->observed);
}

/* Where the way to a call ends: at its caller, or at who called the library that did. */
static uint32_t end_of_path(const struct comparing *all, const struct runtime_call *call)
{
	if (call->from != TRACE_NONE || call->site == TRACE_NONE)
		return call->from;
	return all->ran_as[all->scan->sites[call->site].caller];
}

static void add_paths(const struct comparing *all, struct comparison *out,
	struct runtime_call *calls)
{
	struct example_paths paths;

	example_paths_find(all->arena, all->run, &paths);
	for (size_t i = 0; i < out->ncalls; i++) {
		struct runtime_call *call = &calls[i];
		uint32_t first, last = end_of_path(all, call);

		call->entry_point = TRACE_NONE;
		if (last == TRACE_NONE)
			continue;
		call->path = example_path_to(&paths, all->arena, last, &call->npath);
		first = all->functions.scanned[call->path[0]];
		if (first != TRACE_NONE)
			call->entry_point = all->entry_of[first];
	}
}

static void find_calls(struct comparing *all, struct comparison *out)
{
	struct unforeseen found = {
		.all = all, .keys.key_bytes = sizeof(struct runtime_key)};
	struct runtime_call *calls;

	for (uint32_t i = 0; i < all->run->ncalls; i++) {
		struct runtime_call one = {.observed = i};
		bool is_exact;

		if (!is_foreseen(all, &one, &is_exact))
			add_unforeseen(&found, &one, is_exact);
	}
	out->ncalls = found.keys.count;
	calls = arena_alloc(all->arena, out->ncalls * sizeof(*calls));
	for (size_t i = 0; i < out->ncalls; i++) {
		calls[i] = found.calls[i];
		verdict_of_call(all, found.is_exact[i], &calls[i]);
	}
	qsort_r(calls, out->ncalls, sizeof(*calls), by_verdict, all);
	add_paths(all, out, calls);
	out->calls = calls;
	key_table_release(&found.keys);
	free(found.calls);
	free(found.is_exact);
}

static int by_function(const void *a, const void *b)
{
	const struct runtime_function *left = a, *right = b;
	int order = compare_u32(left->verdict, right->verdict);

	return order ? order : compare_u32(left->function, right->function);
}

/* By function: a call that nothing foresees has it at an end. */
static bool *find_involved(const struct comparing *all, const struct comparison *out)
{
	bool *is_involved = arena_alloc(all->arena, all->run->nfunctions + 1);

	for (size_t i = 0; i < out->ncalls; i++) {
		is_involved[out->calls[i].to] = true;
		if (out->calls[i].from != TRACE_NONE)
			is_involved[out->calls[i].from] = true;
	}
	return is_involved;
}

static void find_functions(struct comparing *all, struct comparison *out)
{
	size_t n = all->run->nfunctions;
	struct runtime_function *functions =
		arena_alloc(all->arena, n * sizeof(*functions));
	uint64_t *counts = arena_alloc(all->arena, n * sizeof(*counts));
	const bool *is_involved = find_involved(all, out);

	for (size_t i = 0; i < all->run->ncalls; i++) {
		uint64_t *sum = &counts[all->run->calls[i].callee];

		*sum = dynamic_sum(*sum, all->run->calls[i].count);
	}
	for (uint32_t i = 0; i < n; i++) {
		struct runtime_function *function = &functions[out->nfunctions];

		if (all->functions.scanned[i] != TRACE_NONE || !is_involved[i] ||
			!all->run->functions[i].name[0])
			continue;
		*function = (struct runtime_function){.function = i, .count = counts[i]};
		verdict_of_function(all, function);
		out->nfunctions++;
	}
	qsort(functions, out->nfunctions, sizeof(*functions), by_function);
	out->functions = functions;
}

static bool find_indirect_at(const struct comparing *all, uint32_t site,
	struct indirect_seen *out)
{
	struct index_list calls = program_calls_at(all->program, site);
	uint32_t *never = arena_alloc(all->arena, calls.count * sizeof(*never));

	*out = (struct indirect_seen){.site = site, .never = never};
	for (size_t i = 0; i < calls.count; i++) {
		uint64_t count = all->seen[calls.items[i]];

		out->count = dynamic_sum(out->count, count);
		if (count)
			out->nconfirmed++;
		else
			never[out->nnever++] = calls.items[i];
	}
	return out->nconfirmed > 0;
}

static int by_site(const void *a, const void *b)
{
	return compare_u32(((const struct indirect_seen *)a)->site,
		((const struct indirect_seen *)b)->site);
}

static void find_indirect(struct comparing *all, struct comparison *out)
{
	struct indirect_seen *indirect =
		arena_alloc(all->arena, all->scan->nsites * sizeof(*indirect));

	for (uint32_t i = 0; i < all->scan->nsites; i++)
		if (!all->scan->sites[i].is_direct &&
			find_indirect_at(all, i, &indirect[out->nindirect]))
			out->nindirect++;
	for (size_t i = 0; i < out->ncalls && out->nindirect; i++) {
		const struct indirect_seen key = {.site = out->calls[i].site};
		struct indirect_seen *seen =
			bsearch(&key, indirect, out->nindirect, sizeof(key), by_site);

		if (seen)
			seen->count = dynamic_sum(seen->count, out->calls[i].count);
	}
	out->indirect = indirect;
}

static void find_drops(struct comparing *all, struct comparison *out)
{
	size_t n;
	struct drop *drops = dynamic_drops(all->run, &n);
	struct drop *kept = arena_alloc(all->arena, n * sizeof(*kept));

	if (n)
		memcpy(kept, drops, n * sizeof(*kept));
	free(drops);
	out->drops = kept;
	out->ndrops = n;
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

/* Where no function of a program was seen, nothing says that it is another one. */
static bool has_common(const struct comparing *all)
{
	bool has_own = false;

	for (size_t i = 0; i < all->run->nfunctions; i++) {
		uint32_t at = all->functions.scanned[i];

		if (at != TRACE_NONE && function_is_defined(&all->scan->functions[at]))
			return true;
		has_own = has_own || function_is_defined(&all->run->functions[i]);
	}
	return !has_own;
}

/* For each function of the scan TRACE_NONE, to be filled in. */
static uint32_t *none_of_each(const struct comparing *all)
{
	uint32_t *none =
		arena_alloc(all->arena, (all->scan->nfunctions + 1) * sizeof(*none));

	for (size_t i = 0; i < all->scan->nfunctions; i++)
		none[i] = TRACE_NONE;
	return none;
}

/* Of several, the first stays. */
static void index_functions(struct comparing *all)
{
	uint32_t *ran_as = none_of_each(all), *entry_of = none_of_each(all);

	for (uint32_t i = (uint32_t)all->run->nfunctions; i-- > 0;)
		if (all->functions.scanned[i] != TRACE_NONE)
			ran_as[all->functions.scanned[i]] = i;
	for (uint32_t i = (uint32_t)all->scan->nentry_points; i-- > 0;)
		entry_of[all->scan->entry_points[i].function] = i;
	all->ran_as = ran_as;
	all->entry_of = entry_of;
}

static void fill(struct comparing *all, struct comparison *out)
{
	out->program = all->program;
	out->scan = all->scan;
	out->run = all->run;
	out->scanned = all->functions.scanned;
	out->ran = all->ran;
	out->seen = all->seen;
	count_functions(all);
	find_calls(all, out);
	find_functions(all, out);
	find_indirect(all, out);
	dead_code_find(all, out);
	coverage_find(all, out);
	crossings_find(all, out);
	find_drops(all, out);
}

bool comparison_make(struct arena *arena, const struct program *program,
	const struct dynamic_trace *run, struct comparison *out, struct error *err)
{
	struct comparing all = {
		.arena = arena,
		.program = program,
		.scan = program->trace,
		.run = run,
		.ran = arena_alloc(arena,
			(program->trace->nfunctions + 1) * sizeof(*all.ran)),
		.seen = arena_alloc(arena,
			(program->trace->ncalls + 1) * sizeof(*all.seen)),
	};
	struct comparison comparison = {0};

	function_match(arena, program, run, &all.functions);
	if (!has_common(&all))
		return error_set(err, (struct location){0},
			"the recording and the scan have no function in common: they are of "
			"different programs");
	index_functions(&all);
	all.is_edited = verdict_find_edited(&all);
	all.is_whole_program = is_whole_program(&all);
	fill(&all, &comparison);
	*out = comparison;
	return true;
}
