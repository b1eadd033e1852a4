#include "diff/compare/verdict.h"

#include "core/arena.h"
#include "core/text.h"
#include "diff/compare/comparing.h"
#include "diff/compare/site_match.h"

#include <inttypes.h>
#include <string.h>

const char *const verdict_names[VERDICT_COUNT] = {
	[VERDICT_BUG] = "bug",
	[VERDICT_HOLE] = "predicted-hole",
	[VERDICT_INTERPOSED] = "interposed",
	[VERDICT_LIBRARY] = "library",
	[VERDICT_FOREIGN] = "foreign",
	[VERDICT_GENERATED] = "generated",
	[VERDICT_STALE] = "stale",
};

static const char again[] =
	"Scan the source that was built, and record that build again.";

static const struct function *ran(const struct comparing *all, uint32_t function)
{
	return &all->run->functions[function];
}

/* --- edits ---------------------------------------------------------------------- */

static bool is_same_file(const struct comparing *all, uint32_t scanned, uint32_t observed)
{
	return function_file_is_same(all->scan->functions[scanned].file,
		       ran(all, observed)->file) &&
	       ran(all, observed)->line;
}

/*
 * By how many lines each function moved, of those that ran: functions of the scan are in
 * the order of their files and lines.
 */
const bool *verdict_find_edited(const struct comparing *all)
{
	size_t n = all->scan->nfunctions;
	bool *is_edited = arena_alloc(all->arena, n + 1);
	bool *has_moved = arena_alloc(all->arena, n + 1);
	int64_t *moved = arena_alloc(all->arena, (n + 1) * sizeof(*moved));
	uint32_t before = TRACE_NONE;

	for (uint32_t i = 0; i < all->run->nfunctions; i++) {
		uint32_t at = all->functions.scanned[i];

		if (at == TRACE_NONE || !is_same_file(all, at, i))
			continue;
		has_moved[at] = true;
		moved[at] = (int64_t)ran(all, i)->line -
			    (int64_t)all->scan->functions[at].line;
		is_edited[at] = is_edited[at] || moved[at] != 0;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (!has_moved[i])
			continue;
		if (before != TRACE_NONE && moved[before] != moved[i] &&
			strcmp(all->scan->functions[before].file,
				all->scan->functions[i].file) == 0)
			is_edited[before] = true;
		before = i;
	}
	return is_edited;
}

/* --- what is not scanned --------------------------------------------------------- */

/* How the scan read the file, if it did. */
static const struct unit *unit_of(const struct comparing *all, const char *file)
{
	const struct unit *found = NULL;

	for (size_t i = 0; i < all->scan->nunits && file[0]; i++) {
		const struct unit *unit = &all->scan->units[i];

		if (function_file_is_same(unit->file, file) &&
			(!found || unit->status > found->status))
			found = unit;
	}
	return found;
}

/* Its processes had it loaded; "" where no object of that name was. */
static const char *loaded_by(const struct comparing *all, const char *object)
{
	size_t n = 0;

	for (size_t i = 0; i < all->run->nprocesses; i++)
		for (size_t k = 0; k < all->run->processes[i].nobjects; k++)
			n += strcmp(all->run->processes[i].objects[k].name, object) == 0;
	return n ? arena_printf(all->arena, ", which %zu of %zu processes had loaded", n,
			   all->run->nprocesses)
		 : "";
}

/* What compilers call without being told. Source: GCC manual, "Standards". */
static bool is_made_by_compiler(const char *name)
{
	static const char *const names[] = {"memcpy", "memmove", "memset", "memcmp",
		"abort", "strlen", "strcpy", "puts", "putchar", "fwrite", "fputc",
		"sincos", "bcmp", "stpcpy", "mempcpy"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return text_has_prefix(name, "__stack_chk") || text_has_prefix(name, "__asan_") ||
	       text_has_prefix(name, "__ubsan_") || text_has_prefix(name, "__tsan_") ||
	       text_has_prefix(name, "__sanitizer_") ||
	       text_has_prefix(name, "__gcov_") ||
	       text_has_prefix(name, "__cyg_profile_");
}

static bool has_no_source(const struct function *fn)
{
	return fn->name[0] == '+';
}

/* A function of the run that the scan does not have. */
static enum verdict judge_function(const struct comparing *all, uint32_t function,
	const char **object, const char **because)
{
	const struct function *fn = ran(all, function);
	const struct unit *unit = unit_of(all, fn->file);

	*object = fn->file[0] ? NULL : fn->module;
	if (has_no_source(fn)) {
		*because = arena_printf(all->arena,
			"no symbol is at that place of '%s': it was made by a compiler or "
			"while running, or the file is stripped",
			fn->module);
		return VERDICT_GENERATED;
	}
	if (is_made_by_compiler(fn->name)) {
		*because = arena_printf(all->arena,
			"compilers make calls of '%s' that no source has", fn->name);
		return VERDICT_GENERATED;
	}
	if (unit && unit->status != UNIT_PARSED) {
		*because = arena_printf(all->arena,
			"'%s' could not be read whole by the scan", unit->file);
		return VERDICT_HOLE;
	}
	if (unit) {
		*because = arena_printf(all->arena,
			"'%s' was scanned, and has no function '%s': it is compiled with "
			"other flags, or has changed",
			unit->file, fn->name);
		return VERDICT_STALE;
	}
	if (*object)
		*because = arena_printf(all->arena,
			"'%s' is in '%s'%s; no unit of it is scanned", fn->name, *object,
			loaded_by(all, *object));
	else
		*because = arena_printf(all->arena,
			"'%s' is in '%s', which is not among the scanned units", fn->name,
			fn->file);
	return VERDICT_FOREIGN;
}

static const char *advice_of(enum verdict verdict)
{
	static const char *const advice[VERDICT_COUNT] = {
		[VERDICT_BUG] = "Report it, with this file and the source of the caller; "
				"'pcarch diff --learn' has the next scan know the call.",
		[VERDICT_HOLE] = "Close the site as 'pcarch show site' says, or have the "
				 "next scan know the call by 'pcarch diff --learn'.",
		[VERDICT_INTERPOSED] = "Scan the object that is loaded in its place, or "
				       "run without it.",
		[VERDICT_LIBRARY] = "Say in .pcarch.json what the library calls, as "
				    "pcarch-rules(5) tells, or have the next scan know "
				    "the call by 'pcarch diff --learn'.",
		[VERDICT_FOREIGN] = "Build that code with 'pcarch build', too, and scan "
				    "both together, or leave it as foreign.",
		[VERDICT_GENERATED] = "Nothing is to be done: no source has it.",
		[VERDICT_STALE] = again,
	};

	return advice[verdict];
}

void verdict_of_function(const struct comparing *all, struct runtime_function *out)
{
	out->verdict = judge_function(all, out->function, &out->object, &out->because);
}

/* --- calls ----------------------------------------------------------------------- */

static const struct call_site *site_of(const struct comparing *all,
	const struct runtime_call *call)
{
	return call->site == TRACE_NONE ? NULL : &all->scan->sites[call->site];
}

/* "at x.c:12" of the call, where that is known. */
static const char *place(const struct comparing *all, const struct runtime_call *out)
{
	const struct observed_call *call = &all->run->calls[out->observed];

	return call->file ? arena_printf(all->arena, " at %s:%u", call->file, call->line)
			  : "";
}

static const char *reasons_of(const struct comparing *all, const struct call_site *site)
{
	scoped_text text = {0};

	for (size_t i = 0; i < site->nreasons && i < 3; i++)
		text_printf(&text, "%s%s", i ? "; " : "", site->reasons[i]);
	if (site->nreasons > 3)
		text_printf(&text, "; and %zu more", site->nreasons - 3);
	return arena_strdup(all->arena, text_string(&text));
}

/* The scan's function that another object's took the place of, at the site. */
static const struct function *replaced_at(const struct comparing *all,
	const struct runtime_call *out)
{
	struct index_list calls;

	if (out->callee != TRACE_NONE || out->caller == TRACE_NONE)
		return NULL;
	calls = program_calls_from(all->program, out->caller);
	for (size_t i = 0; i < calls.count; i++) {
		uint32_t callee = all->scan->calls[calls.items[i]].callee;

		if (all->functions.interposed[callee] == out->to)
			return &all->scan->functions[callee];
	}
	return NULL;
}

static enum verdict judge_unscanned(const struct comparing *all, struct runtime_call *out)
{
	const struct function *replaced = replaced_at(all, out);
	const struct call_site *site = site_of(all, out);
	enum verdict verdict;

	if (replaced) {
		const struct function *fn = ran(all, out->to);

		out->object = fn->file[0] ? NULL : fn->module;
		out->because = arena_printf(all->arena,
			"'%s' of %s was bound, not that of %s: it is loaded before, or "
			"the scan's is weak",
			fn->name, fn->file[0] ? fn->file : fn->module, replaced->file);
		return VERDICT_INTERPOSED;
	}
	verdict = judge_function(all, out->callee == TRACE_NONE ? out->to : out->from,
		&out->object, &out->because);
	if (verdict == VERDICT_FOREIGN && out->callee == TRACE_NONE && site &&
		site->state == SITE_OPEN)
		out->because = arena_printf(all->arena, "%s, and the site is open: %s",
			out->because, reasons_of(all, site));
	return verdict;
}

static const char *root_words(enum call_root root)
{
	static const char *const words[] = {
		[ROOT_NONE] = "code that is not recorded called it",
		[ROOT_MAIN] = "it ran as the program's main function",
		[ROOT_THREAD] = "it ran as a thread",
		[ROOT_SIGNAL] = "it ran as a signal handler",
		[ROOT_CONSTRUCTOR] = "it ran before main, as a constructor",
		[ROOT_EXIT] = "it ran when the program ended",
	};

	return words[root];
}

/* ", which 'f' calls at x.c:12," of a library function. */
static const char *called_at(const struct comparing *all, const struct runtime_call *out)
{
	const struct call_site *site = site_of(all, out);

	return site ? arena_printf(all->arena, ", which '%s' calls at %s:%u,",
			      all->scan->functions[site->caller].name, site->file,
			      site->line)
		    : "";
}

/* A call from an object that is known would say `through` which. */
static bool knows_objects(const struct dynamic_trace *run)
{
	for (size_t i = 0; i < run->nprocesses; i++)
		for (size_t k = 0; k < run->processes[i].ndrops; k++)
			if (strcmp(run->processes[i].drops[k].reason,
				    "object_overflow") == 0)
				return false;
	return true;
}

static enum verdict judge_root(const struct comparing *all, struct runtime_call *out)
{
	const struct observed_call *call = &all->run->calls[out->observed];
	const char *colon = call->through ? strrchr(call->through, ':') : NULL;

	if (call->through) {
		out->object = colon ? arena_copy(all->arena, call->through,
					      (size_t)(colon - call->through))
				    : call->through;
		out->because = arena_printf(all->arena,
			"'%s'%s called it, and the scan does not know that it is given "
			"there",
			call->through, called_at(all, out));
	} else if (call->root == ROOT_NONE && knows_objects(all->run)) {
		out->because = "code that is in no loaded object called it: it was made "
			       "while running, or its object is no longer there";
		return VERDICT_GENERATED;
	} else {
		out->because = arena_printf(all->arena,
			"%s, and no entry point or registration of the scan says so",
			root_words(call->root));
	}
	return VERDICT_LIBRARY;
}

static bool is_partial(const struct comparing *all, uint32_t function)
{
	const struct function *fn = &all->scan->functions[function];
	const struct unit *unit = unit_of(all, fn->file);

	return fn->flags & FUNCTION_PARTIAL || (unit && unit->status != UNIT_PARSED);
}

/* The source changed between the scan and the build that ran. */
static bool is_stale(const struct comparing *all, struct runtime_call *out)
{
	const struct observed_call *call = &all->run->calls[out->observed];
	const struct function *fn = &all->scan->functions[out->caller];

	if (all->is_edited[out->caller]) {
		out->because = arena_printf(all->arena,
			"'%s' in %s is not the text that was scanned: functions have "
			"moved",
			fn->name, fn->file);
		return true;
	}
	if (call->file && function_file_is_same(call->file, fn->file) && fn->end_line &&
		(call->line < fn->line || call->line > fn->end_line)) {
		out->because = arena_printf(all->arena,
			"line %u is not in '%s', which the scan has at %s:%u to %u",
			call->line, fn->name, fn->file, fn->line, fn->end_line);
		return true;
	}
	return false;
}

static uint32_t open_site_in(const struct comparing *all, uint32_t function)
{
	struct index_list sites = program_sites_in(all->program, function);

	for (size_t i = 0; i < sites.count; i++)
		if (all->scan->sites[sites.items[i]].state == SITE_OPEN)
			return sites.items[i];
	return TRACE_NONE;
}

static enum verdict judge_closed(const struct comparing *all, bool is_exact,
	struct runtime_call *out)
{
	const struct call_site *site = site_of(all, out);
	const char *from = all->scan->functions[out->caller].name;
	const char *to = all->scan->functions[out->callee].name;

	if (!site)
		out->because = arena_printf(all->arena,
			"'%s' called '%s'%s, where the scan has no call", from, to,
			place(all, out));
	else if (site->is_direct)
		out->because = arena_printf(all->arena,
			"'%s' called '%s'%s, where the scan has calls of other functions "
			"only",
			from, to, place(all, out));
	else
		out->because = arena_printf(all->arena,
			"the site at %s:%u%s is closed, and '%s' is not among its targets",
			site->file, site->line,
			is_exact ? "" : ", the nearest before the call,", to);
	return VERDICT_BUG;
}

/* Both are functions that were scanned. */
static enum verdict judge_scanned(const struct comparing *all, bool is_exact,
	struct runtime_call *out)
{
	const struct call_site *site = site_of(all, out);

	if (is_stale(all, out))
		return VERDICT_STALE;
	if (!site && !all->run->calls[out->observed].file) {
		out->site = open_site_in(all, out->caller);
		site = site_of(all, out);
	}
	if (site && site_may_call(all, site, out->callee)) {
		out->because = arena_printf(all->arena, "the site at %s:%u is open: %s",
			site->file, site->line, reasons_of(all, site));
		return VERDICT_HOLE;
	}
	if (is_partial(all, out->caller) || is_partial(all, out->callee)) {
		out->because = arena_printf(all->arena,
			"'%s' could not be read whole by the scan",
			all->scan
				->functions[is_partial(all, out->caller) ? out->caller
									 : out->callee]
				.file);
		return VERDICT_HOLE;
	}
	if (is_made_by_compiler(all->scan->functions[out->callee].name) &&
		(!site || site->is_direct)) {
		out->because = arena_printf(all->arena,
			"compilers make calls of '%s' that no source has",
			all->scan->functions[out->callee].name);
		return VERDICT_GENERATED;
	}
	return judge_closed(all, is_exact, out);
}

void verdict_of_call(const struct comparing *all, bool is_exact, struct runtime_call *out)
{
	if (out->callee == TRACE_NONE ||
		(out->caller == TRACE_NONE && out->from != TRACE_NONE))
		out->verdict = judge_unscanned(all, out);
	else if (out->from == TRACE_NONE)
		out->verdict = judge_root(all, out);
	else
		out->verdict = judge_scanned(all, is_exact, out);
	out->advice = advice_of(out->verdict);
}
