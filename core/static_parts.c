#include "core/static_parts.h"

#include "core/error.h"
#include "core/static_linker.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <xxhash.h>

static const char *const section_names[SECTION_COUNT] = {
	[SECTION_UNITS] = "units",
	[SECTION_FUNCTIONS] = "functions",
	[SECTION_CALL_SITES] = "call_sites",
	[SECTION_CALLS] = "calls",
	[SECTION_ROUTES] = "routes",
	[SECTION_BRANCHES] = "branches",
	[SECTION_ENTRY_POINTS] = "entry_points",
	[SECTION_TRACES] = "traces",
	[SECTION_SHARED_MODULES] = "shared_modules",
	[SECTION_ORPHANS] = "orphan_functions",
};

static const char *const count_names[SUMMARY_COUNT] = {
	[SUMMARY_ENTRY_POINTS] = "entry_point_count",
	[SUMMARY_TRACES] = "trace_count",
	[SUMMARY_SHARED_MODULES] = "shared_module_count",
	[SUMMARY_ORPHANS] = "orphan_function_count",
	[SUMMARY_UNITS] = "unit_count",
	[SUMMARY_FAILED_UNITS] = "failed_unit_count",
	[SUMMARY_FUNCTIONS] = "function_count",
	[SUMMARY_CALL_SITES] = "call_site_count",
	[SUMMARY_OPEN_SITES] = "open_site_count",
	[SUMMARY_CALLS] = "call_count",
	[SUMMARY_ROUTES] = "route_count",
};

const struct document_kind static_kind = {
	.name = "static",
	.writer = "pcarch scan",
	.sections = section_names,
	.nsections = SECTION_COUNT,
	.counts = count_names,
	.ncounts = SUMMARY_COUNT,
};

_Static_assert((int)SECTION_COUNT <= DOCUMENT_MAX_SECTIONS &&
		       (int)SUMMARY_COUNT <= DOCUMENT_MAX_COUNTS,
	"all fit");

void static_parts_release(struct static_parts *parts)
{
	document_parts_release(&parts->document);
	arena_release(&parts->scratch);
	*parts = (struct static_parts){0};
}

uint64_t record_hash(const struct function *fn)
{
	const uint64_t record[] = {
		(uintptr_t)fn->module,
		(uintptr_t)fn->name,
		(uintptr_t)fn->file,
		fn->arity,
		fn->line,
		fn->type,
	};

	return XXH3_64bits(record, sizeof(record));
}

bool static_linker_fail(struct static_linker *linker, enum static_section section,
	size_t index, const char *fmt, ...)
{
	const struct document_element at = {&linker->parts->document, section, index};
	va_list args;

	va_start(args, fmt);
	document_parts_fail(linker->err, at, fmt, args);
	va_end(args);
	return false;
}

static const struct part_list *list_of(const struct static_linker *linker,
	enum static_section section)
{
	return &linker->parts->document.lists[section];
}

static void *copy(struct static_linker *linker, enum static_section section, size_t size)
{
	return document_parts_copy(&linker->parts->document, section, size,
		linker->arena);
}

static bool check_sites(struct static_linker *linker)
{
	const struct static_trace *trace = &linker->trace;

	for (size_t i = 0; i < trace->nsites; i++) {
		const struct call_site *site = &trace->sites[i];

		if (site->caller >= trace->nfunctions)
			return static_linker_fail(linker, SECTION_CALL_SITES, i,
				"'caller' is %" PRIu32 ", but there are %zu functions",
				site->caller, trace->nfunctions);
		if (site->state == SITE_OPEN && !site->nreasons)
			return static_linker_fail(linker, SECTION_CALL_SITES, i,
				"it is open without a reason");
		if (site->state == SITE_CLOSED && site->nreasons)
			return static_linker_fail(linker, SECTION_CALL_SITES, i,
				"it is closed, but has reasons to be open");
	}
	return true;
}

static bool check_call(struct static_linker *linker, size_t i)
{
	const struct static_trace *trace = &linker->trace;
	const struct call *call = &trace->calls[i];

	if (call->caller >= trace->nfunctions || call->callee >= trace->nfunctions)
		return static_linker_fail(linker, SECTION_CALLS, i,
			"it calls function %" PRIu32 " from %" PRIu32
			", but there are %zu functions",
			call->callee, call->caller, trace->nfunctions);
	if (call->site == TRACE_NONE)
		return true;
	if (call->site >= trace->nsites)
		return static_linker_fail(linker, SECTION_CALLS, i,
			"'site' is %" PRIu32 ", but there are %zu call sites", call->site,
			trace->nsites);
	if (trace->sites[call->site].caller != call->caller)
		return static_linker_fail(linker, SECTION_CALLS, i,
			"'caller' is %" PRIu32
			", but its call site is in function %" PRIu32,
			call->caller, trace->sites[call->site].caller);
	return true;
}

static bool check_calls(struct static_linker *linker)
{
	for (size_t i = 0; i < linker->trace.ncalls; i++) {
		if (!check_call(linker, i))
			return false;
	}
	return true;
}

bool static_linker_check(struct static_linker *linker, enum static_section section,
	size_t i, struct function_ref ref)
{
	const struct static_trace *trace = &linker->trace;

	if (ref.id >= trace->nfunctions)
		return static_linker_fail(linker, section, i,
			"it names function %" PRIu32 ", but there are %zu functions",
			ref.id, trace->nfunctions);
	if (record_hash(&trace->functions[ref.id]) != ref.record)
		return static_linker_fail(linker, section, i,
			"what it says of function %" PRIu32
			" differs from functions[%" PRIu32 "], '%s'",
			ref.id, ref.id, trace->functions[ref.id].name);
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct named_entry *left = a, *right = b;

	if (left->id != right->id)
		return (uintptr_t)left->id < (uintptr_t)right->id ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

static bool name_entries(struct static_linker *linker)
{
	size_t n = linker->trace.nentry_points, twice = 0;
	struct named_entry *entries = xmalloc(n * sizeof(*entries));

	linker->entries = entries;
	for (size_t i = 0; i < n; i++)
		entries[i] = (struct named_entry){
			linker->trace.entry_points[i].id, (uint32_t)i};
	qsort(entries, n, sizeof(*entries), by_id);
	for (size_t i = 1; i < n; i++) {
		if (entries[i].id == entries[i - 1].id &&
			(!twice || entries[i].index < twice))
			twice = entries[i].index;
	}
	return !twice || static_linker_fail(linker, SECTION_ENTRY_POINTS, twice,
				 "the id '%s' is taken by an entry point before it",
				 linker->trace.entry_points[twice].id);
}

uint32_t static_linker_entry(const struct static_linker *linker, const char *id)
{
	size_t low = 0, high = linker->trace.nentry_points;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if ((uintptr_t)linker->entries[middle].id < (uintptr_t)id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == linker->trace.nentry_points || linker->entries[low].id != id)
		return TRACE_NONE;
	return linker->entries[low].index;
}

static bool link_entry_points(struct static_linker *linker)
{
	const struct part_list *list = list_of(linker, SECTION_ENTRY_POINTS);
	const struct part_entry_point *parts = list->items;
	struct entry_point *entries =
		arena_alloc(linker->arena, list->count * sizeof(*entries));

	for (size_t i = 0; i < list->count; i++) {
		struct function_ref ref = {parts[i].entry.function, parts[i].record};

		if (!static_linker_check(linker, SECTION_ENTRY_POINTS, i, ref))
			return false;
		entries[i] = parts[i].entry;
	}
	linker->trace.entry_points = entries;
	linker->trace.nentry_points = list->count;
	return name_entries(linker);
}

static bool check_trace(struct static_linker *linker, size_t i)
{
	const struct part_list *list = list_of(linker, SECTION_TRACES);
	const struct part_trace *part = (const struct part_trace *)list->items + i;
	const struct entry_point *entry = &linker->trace.entry_points[i];

	if (part->entry_point_id != entry->id)
		return static_linker_fail(linker, SECTION_TRACES, i,
			"it is of '%s', where the trace of '%s' is expected",
			part->entry_point_id, entry->id);
	if (part->nfunctions && part->functions[0].id != entry->function)
		return static_linker_fail(linker, SECTION_TRACES, i,
			"it starts at function %" PRIu32
			", but '%s' is function %" PRIu32,
			part->functions[0].id, entry->id, entry->function);
	if (part->function_count < part->nfunctions ||
		part->is_truncated != (part->nfunctions < part->function_count))
		return static_linker_fail(linker, SECTION_TRACES, i,
			"%zu functions are listed, which does not agree with "
			"'function_count' and 'truncated'",
			part->nfunctions);
	return true;
}

static bool link_trace(struct static_linker *linker, size_t i, struct reach *out)
{
	const struct part_list *list = list_of(linker, SECTION_TRACES);
	const struct part_trace *part = (const struct part_trace *)list->items + i;
	uint32_t *functions =
		arena_alloc(linker->arena, part->nfunctions * sizeof(*functions));

	if (!check_trace(linker, i))
		return false;
	for (size_t j = 0; j < part->nfunctions; j++) {
		if (!static_linker_check(linker, SECTION_TRACES, i, part->functions[j]))
			return false;
		functions[j] = part->functions[j].id;
	}
	*out = (struct reach){
		.entry_point = (uint32_t)i,
		.functions = functions,
		.nfunctions = part->nfunctions,
		.function_count = part->function_count,
		.depth = part->depth,
	};
	return true;
}

static bool link_traces(struct static_linker *linker)
{
	const struct part_list *list = list_of(linker, SECTION_TRACES);
	struct reach *reaches =
		arena_alloc(linker->arena, list->count * sizeof(*reaches));

	if (list->count != linker->trace.nentry_points)
		return error_set(linker->err,
			(struct location){linker->parts->document.file, 0, 0},
			"there are %zu traces for %zu entry points: expected one for each",
			list->count, linker->trace.nentry_points);
	for (size_t i = 0; i < list->count; i++) {
		if (!link_trace(linker, i, &reaches[i]))
			return false;
	}
	linker->trace.reaches = reaches;
	linker->trace.nreaches = list->count;
	return true;
}

static bool link_shared_module(struct static_linker *linker, size_t i,
	struct shared_module *out)
{
	const struct part_list *list = list_of(linker, SECTION_SHARED_MODULES);
	const struct part_shared_module *part =
		(const struct part_shared_module *)list->items + i;
	uint32_t *entries =
		arena_alloc(linker->arena, part->ntrace_ids * sizeof(*entries));

	if (part->trace_count != part->ntrace_ids)
		return static_linker_fail(linker, SECTION_SHARED_MODULES, i,
			"'trace_count' is %zu, but %zu traces are named",
			part->trace_count, part->ntrace_ids);
	for (size_t j = 0; j < part->ntrace_ids; j++) {
		entries[j] = static_linker_entry(linker, part->trace_ids[j]);
		if (entries[j] == TRACE_NONE)
			return static_linker_fail(linker, SECTION_SHARED_MODULES, i,
				"there is no entry point '%s'", part->trace_ids[j]);
	}
	*out = (struct shared_module){
		part->module, entries, part->ntrace_ids, part->function_count};
	return true;
}

static bool link_shared_modules(struct static_linker *linker)
{
	const struct part_list *list = list_of(linker, SECTION_SHARED_MODULES);
	struct shared_module *shared =
		arena_alloc(linker->arena, list->count * sizeof(*shared));

	for (size_t i = 0; i < list->count; i++) {
		if (!link_shared_module(linker, i, &shared[i]))
			return false;
	}
	linker->trace.shared_modules = shared;
	linker->trace.nshared_modules = list->count;
	return true;
}

static bool link_orphans(struct static_linker *linker)
{
	const struct part_list *list = list_of(linker, SECTION_ORPHANS);
	const struct part_orphan *parts = list->items;
	struct orphan *orphans =
		arena_alloc(linker->arena, list->count * sizeof(*orphans));

	for (size_t i = 0; i < list->count; i++) {
		uint32_t id = parts[i].function.id;
		unsigned flags;

		if (!static_linker_check(linker, SECTION_ORPHANS, i, parts[i].function))
			return false;
		flags = linker->trace.functions[id].flags;
		if (parts[i].is_address_taken != !!(flags & FUNCTION_ADDRESS_TAKEN))
			return static_linker_fail(linker, SECTION_ORPHANS, i,
				"'address_taken' does not agree with functions[%" PRIu32
				"]",
				id);
		if (parts[i].called_from != TRACE_NONE &&
			parts[i].called_from >= linker->trace.nfunctions)
			return static_linker_fail(linker, SECTION_ORPHANS, i,
				"'called_from' is %" PRIu32 "; there is no such function",
				parts[i].called_from);
		orphans[i] = (struct orphan){id, parts[i].reason, parts[i].called_from};
	}
	linker->trace.orphans = orphans;
	linker->trace.norphans = list->count;
	return true;
}

static bool check_summary(struct static_linker *linker)
{
	const struct static_trace *trace = &linker->trace;
	uint64_t counts[SUMMARY_COUNT] = {
		[SUMMARY_ENTRY_POINTS] = trace->nentry_points,
		[SUMMARY_TRACES] = trace->nreaches,
		[SUMMARY_SHARED_MODULES] = trace->nshared_modules,
		[SUMMARY_ORPHANS] = trace->norphans,
		[SUMMARY_UNITS] = trace->nunits,
		[SUMMARY_FUNCTIONS] = trace->nfunctions,
		[SUMMARY_CALL_SITES] = trace->nsites,
		[SUMMARY_CALLS] = trace->ncalls,
		[SUMMARY_ROUTES] = trace->nroutes,
	};

	linker->trace.nleft_out = linker->parts->nleft_out;
	for (size_t i = 0; i < trace->nunits; i++)
		counts[SUMMARY_FAILED_UNITS] += trace->units[i].status != UNIT_PARSED;
	for (size_t i = 0; i < trace->nsites; i++)
		counts[SUMMARY_OPEN_SITES] += trace->sites[i].state == SITE_OPEN;
	return document_parts_check_counts(&linker->parts->document, counts, linker->err);
}

bool static_parts_link(const struct static_parts *parts, struct arena *arena,
	struct static_trace *out, struct error *err)
{
	struct static_linker linker = {.parts = parts, .arena = arena, .err = err};
	struct static_trace *trace = &linker.trace;
	bool ok;

	trace->tool_version = parts->document.tool_version;
	trace->units = copy(&linker, SECTION_UNITS, sizeof(*trace->units));
	trace->nunits = parts->document.lists[SECTION_UNITS].count;
	trace->functions = copy(&linker, SECTION_FUNCTIONS, sizeof(*trace->functions));
	trace->nfunctions = parts->document.lists[SECTION_FUNCTIONS].count;
	trace->sites = copy(&linker, SECTION_CALL_SITES, sizeof(*trace->sites));
	trace->nsites = parts->document.lists[SECTION_CALL_SITES].count;
	trace->calls = copy(&linker, SECTION_CALLS, sizeof(*trace->calls));
	trace->ncalls = parts->document.lists[SECTION_CALLS].count;
	trace->branches = copy(&linker, SECTION_BRANCHES, sizeof(*trace->branches));
	trace->nbranches = parts->document.lists[SECTION_BRANCHES].count;
	ok = check_sites(&linker) && check_calls(&linker) && link_entry_points(&linker) &&
	     static_linker_routes(&linker) && link_traces(&linker) &&
	     link_shared_modules(&linker) && link_orphans(&linker) &&
	     check_summary(&linker);
	free(linker.entries);
	if (ok)
		*out = linker.trace;
	return ok;
}
