#include "diff/compare/site_match.h"

#include "diff/compare/comparing.h"

#include <string.h>

enum {
	ALIAS_DEPTH = 4, /* an alias of an alias of … */
	MERGED_MOST = 64, /* functions that are looked into for a call without a line */
};

/* A call that was seen, between functions of the scan. */
struct sighting {
	const struct comparing *all;
	const struct observed_call *call;
	uint32_t caller, callee;
	unsigned line; /* 0: not known, or of a file that has none of the caller's sites
			*/
	unsigned shifted; /* the same, where the scan's caller starts elsewhere */
};

/* The function itself, or a name that stands for it. */
static bool is_named(const struct comparing *all, uint32_t name, uint32_t function,
	int depth)
{
	const struct function *from = &all->scan->functions[name];
	const struct function *to = &all->scan->functions[function];
	struct index_list calls;

	if (name == function)
		return true;
	if (!function_is_defined(from) && strcmp(from->name, to->name) == 0)
		return true;
	if (!(from->flags & (FUNCTION_ALIAS | FUNCTION_IFUNC)) || depth == 0)
		return false;
	calls = program_calls_from(all->program, name);
	for (size_t i = 0; i < calls.count; i++) {
		const struct call *call = &all->scan->calls[calls.items[i]];

		if (call->site == TRACE_NONE &&
			is_named(all, call->callee, function, depth - 1))
			return true;
	}
	return false;
}

static const struct call_site *site_of(const struct comparing *all,
	const struct call *call)
{
	return call->site == TRACE_NONE ? NULL : &all->scan->sites[call->site];
}

static bool is_at(const struct call_site *site, unsigned line)
{
	return site->line == line || (site->spelling_file && site->spelling_line == line);
}

static unsigned distance(unsigned a, unsigned b)
{
	return a > b ? a - b : b - a;
}

/* Of the function that was called; true where either is not known. */
static bool has_signature(const struct sighting *seen, const struct call_site *site)
{
	const char *signature =
		seen->callee == TRACE_NONE
			? NULL
			: seen->all->scan->functions[seen->callee].signature;

	return !site->signature || !signature || strcmp(site->signature, signature) == 0;
}

static void count(const struct sighting *seen, uint32_t call)
{
	uint64_t *sum = &seen->all->seen[call];

	*sum = dynamic_sum(*sum, seen->call->count);
}

/* How well a site fits a call that is foreseen: 0 is best; UINT32_MAX: not at all. */
static uint32_t misfit(const struct sighting *seen, const struct call_site *site)
{
	if (!site || !seen->line)
		return 1;
	if (is_at(site, seen->line))
		return site->column == seen->call->column ? 0 : 1;
	if (is_at(site, seen->shifted))
		return 2;
	return 2 + distance(site->line, seen->shifted);
}

/*
 * Could the site be what was called from, at this line? A call by name is not, whatever
 * else is called there.
 */
static bool is_rival(const struct sighting *seen, const struct call_site *site)
{
	if (site->is_direct || !(is_at(site, seen->line) || is_at(site, seen->shifted)))
		return false;
	return site->state == SITE_OPEN || has_signature(seen, site);
}

/* No site of the caller begins between the lines. */
static bool is_adjacent(const struct sighting *seen, unsigned from, unsigned to)
{
	struct index_list sites = program_sites_in(seen->all->program, seen->caller);

	for (size_t i = 0; i < sites.count; i++) {
		unsigned line = seen->all->scan->sites[sites.items[i]].line;

		if (line > from && line < to)
			return false;
	}
	return from <= to;
}

/*
 * GCC's -fipa-icf keeps one of two functions that do the same, under either name.
 * Source: GCC manual, "-fipa-icf".
 */
static bool is_folded(const struct sighting *seen, const struct call *call)
{
	const struct comparing *all = seen->all;
	const struct function *a = &all->scan->functions[call->callee];
	const struct function *b = &all->scan->functions[seen->callee];
	struct index_list left = program_calls_from(all->program, call->callee);
	struct index_list right = program_calls_from(all->program, seen->callee);
	const struct call_site *site = site_of(all, call);

	if (!function_is_defined(a) || a->arity != b->arity ||
		strcmp(a->file, b->file) != 0 || left.count != right.count ||
		all->ran[call->callee])
		return false;
	if (!(site && site->is_direct) && a->end_line - a->line != b->end_line - b->line)
		return false;
	for (size_t i = 0; i < left.count; i++)
		if (all->scan->calls[left.items[i]].callee !=
			all->scan->calls[right.items[i]].callee)
			return false;
	return true;
}

static bool is_queued(const uint32_t *queue, size_t nqueued, uint32_t function)
{
	for (size_t i = 0; i < nqueued; i++)
		if (queue[i] == function)
			return true;
	return false;
}

static bool match_folded(const struct sighting *seen)
{
	const struct comparing *all = seen->all;
	struct index_list calls = program_calls_from(all->program, seen->caller);

	for (size_t i = 0; i < calls.count; i++) {
		const struct call *call = &all->scan->calls[calls.items[i]];
		const struct call_site *site = site_of(all, call);

		if (site && is_at(site, seen->line) && is_folded(seen, call)) {
			count(seen, calls.items[i]);
			return true;
		}
	}
	return false;
}

/* Is one of the sites at the line, and none of the calls that fit, what was used? */
static bool has_rival(const struct sighting *seen, const struct call_site *nearest)
{
	struct index_list sites = program_sites_in(seen->all->program, seen->caller);

	if (seen->all->is_edited[seen->caller])
		return false;
	for (size_t i = 0; i < sites.count; i++)
		if (is_rival(seen, &seen->all->scan->sites[sites.items[i]]))
			return !is_adjacent(seen, nearest->line, seen->line);
	return false;
}

static bool match_calls(const struct sighting *seen)
{
	const struct comparing *all = seen->all;
	struct index_list calls = program_calls_from(all->program, seen->caller);
	const struct call_site *nearest = NULL;
	uint32_t best = UINT32_MAX;

	for (size_t i = 0; i < calls.count; i++) {
		const struct call *call = &all->scan->calls[calls.items[i]];
		uint32_t fit;

		if (!is_named(all, call->callee, seen->callee, ALIAS_DEPTH))
			continue;
		fit = misfit(seen, site_of(all, call));
		if (fit < best) {
			best = fit;
			nearest = site_of(all, call);
		}
	}
	if (best == UINT32_MAX || (best > 2 && has_rival(seen, nearest)))
		return false;
	for (size_t i = 0; i < calls.count; i++) {
		const struct call *call = &all->scan->calls[calls.items[i]];

		if (is_named(all, call->callee, seen->callee, ALIAS_DEPTH) &&
			misfit(seen, site_of(all, call)) == best)
			count(seen, calls.items[i]);
	}
	return true;
}

/* Count the calls of `function` that the sighting may be; false: there are none. */
static bool match_inside(const struct sighting *seen, uint32_t function)
{
	struct sighting inside = *seen;

	inside.caller = function;
	return match_calls(&inside);
}

/*
 * Compilers that make one call of two, from bodies that they inlined, say of it only that
 * it is in the function around them, and no line. Source: LLVM, "How to Update Debug
 * Info", merging instruction locations.
 */
static bool match_merged(const struct sighting *seen)
{
	const struct comparing *all = seen->all;
	uint32_t queue[MERGED_MOST] = {seen->caller};
	size_t nqueued = 1;
	bool is_found = false;

	for (size_t taken = 0; taken < nqueued; taken++) {
		struct index_list calls = program_calls_from(all->program, queue[taken]);

		is_found = match_inside(seen, queue[taken]) || is_found;
		for (size_t i = 0; i < calls.count && nqueued < MERGED_MOST; i++) {
			const struct call *call = &all->scan->calls[calls.items[i]];

			if (site_of(all, call) && site_of(all, call)->is_direct &&
				function_may_be_inlined(&all->scan->functions
								 [call->caller],
					&all->scan->functions[call->callee]) &&
				!is_queued(queue, nqueued, call->callee))
				queue[nqueued++] = call->callee;
		}
	}
	return is_found;
}

bool site_may_call(const struct comparing *all, const struct call_site *site,
	uint32_t callee)
{
	uint32_t at = (uint32_t)(site - all->scan->sites);
	struct index_list calls = program_calls_at(all->program, at);

	if (site->state != SITE_OPEN)
		return false;
	if (!site->is_direct || !calls.count || callee == TRACE_NONE)
		return true;
	for (size_t i = 0; i < calls.count; i++) {
		uint32_t named = all->scan->calls[calls.items[i]].callee;

		if (strcmp(all->scan->functions[named].name,
			    all->scan->functions[callee].name) == 0)
			return true;
	}
	return false;
}

/* How well a site explains a call that is not foreseen: more is better. */
static int explains(const struct sighting *seen, const struct call_site *site)
{
	int score = 1;

	if (site_may_call(seen->all, site, seen->callee))
		score += 16;
	if (!site->is_direct)
		score += 8;
	if (has_signature(seen, site))
		score += 4;
	if (site->column == seen->call->column)
		score += 2;
	return score;
}

/* The site at the line; or an indirect one that begins before it, and goes on there. */
static uint32_t find_site(const struct sighting *seen, bool *is_exact)
{
	const struct comparing *all = seen->all;
	struct index_list sites = program_sites_in(all->program, seen->caller);
	uint32_t found = TRACE_NONE, before = TRACE_NONE;
	int most = 0;

	for (size_t i = 0; i < sites.count; i++) {
		uint32_t at = sites.items[i];
		const struct call_site *site = &all->scan->sites[at];
		bool is_here = is_at(site, seen->line) || is_at(site, seen->shifted);

		if (is_here && explains(seen, site) > most) {
			most = explains(seen, site);
			found = at;
		}
		if (!site->is_direct && site->line < seen->shifted &&
			is_adjacent(seen, site->line, seen->shifted))
			before = at;
	}
	*is_exact = found != TRACE_NONE;
	return found != TRACE_NONE ? found : before;
}

/* The line counts only in the files in which the scan has sites of the caller. */
static void find_line(struct sighting *seen)
{
	const struct comparing *all = seen->all;
	const struct function *ran = &all->run->functions[seen->call->caller];
	const struct function *fn = &all->scan->functions[seen->caller];
	struct index_list sites = program_sites_in(all->program, seen->caller);
	bool is_here =
		seen->call->file && function_file_is_same(fn->file, seen->call->file);

	for (size_t i = 0; i < sites.count && seen->call->file && !is_here; i++)
		is_here = function_file_is_same(all->scan->sites[sites.items[i]].file,
			seen->call->file);
	seen->line = is_here ? seen->call->line : 0;
	seen->shifted = seen->line;
	if (ran->line && seen->line + fn->line > ran->line)
		seen->shifted = seen->line + fn->line - ran->line;
}

bool site_match(const struct comparing *all, const struct observed_call *call,
	uint32_t *site, bool *is_exact)
{
	struct sighting seen = {
		.all = all,
		.call = call,
		.caller = all->functions.scanned[call->caller],
		.callee = all->functions.scanned[call->callee],
	};

	find_line(&seen);
	if (seen.callee != TRACE_NONE && (match_calls(&seen) || match_folded(&seen) ||
						 (!call->line && match_merged(&seen))))
		return true;
	*site = find_site(&seen, is_exact);
	return false;
}

const char *site_library_function(const struct observed_call *call)
{
	const char *colon = call->through ? strrchr(call->through, ':') : NULL;

	return colon ? colon + 1 : NULL;
}

bool site_match_through(const struct comparing *all, const struct observed_call *call)
{
	uint32_t callee = all->functions.scanned[call->callee];
	struct index_list calls = program_calls_to(all->program, callee);
	const char *library = site_library_function(call);
	bool is_named_there = false, is_found = false;

	for (size_t i = 0; i < calls.count && library; i++) {
		const char *through = all->scan->calls[calls.items[i]].through;

		is_named_there =
			is_named_there || (through && strcmp(through, library) == 0);
	}
	for (size_t i = 0; i < calls.count; i++) {
		const char *through = all->scan->calls[calls.items[i]].through;
		uint64_t *sum = &all->seen[calls.items[i]];

		if (!through || (is_named_there && strcmp(through, library) != 0))
			continue;
		*sum = dynamic_sum(*sum, call->count);
		is_found = true;
	}
	return is_found;
}

uint32_t site_match_library(const struct comparing *all, const struct observed_call *call)
{
	const char *name = site_library_function(call);
	struct index_list named = {0};
	uint32_t found = TRACE_NONE;

	if (name)
		named = program_named(all->program, name);
	for (size_t i = 0; i < named.count; i++) {
		struct index_list calls = program_calls_to(all->program, named.items[i]);

		for (size_t k = 0; k < calls.count; k++) {
			const struct call *at = &all->scan->calls[calls.items[k]];

			if (at->site == TRACE_NONE || !all->ran[at->caller] ||
				at->site == found)
				continue;
			if (found != TRACE_NONE)
				return TRACE_NONE;
			found = at->site;
		}
	}
	return found;
}
