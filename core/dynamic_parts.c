#include "core/dynamic_parts.h"

#include "core/arena.h"
#include "core/dynamic_skim.h"
#include "core/error.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const section_names[DYNAMIC_SECTION_COUNT] = {
	[DYNAMIC_RUNS] = "runs",
	[DYNAMIC_PROCESSES] = "processes",
	[DYNAMIC_FUNCTIONS] = "functions",
	[DYNAMIC_CALLS] = "calls",
	[DYNAMIC_ENTRIES] = "entry_points",
	[DYNAMIC_ROUTES] = "routes",
	[DYNAMIC_TRACES] = "traces",
};

static const char *const count_names[DYNAMIC_COUNT_COUNT] = {
	[DYNAMIC_COUNT_TRACES] = "trace_count",
	[DYNAMIC_COUNT_SPANS] = "total_spans",
	[DYNAMIC_COUNT_ENTRIES] = "entry_points_covered",
	[DYNAMIC_COUNT_ROUTES] = "routes_covered",
	[DYNAMIC_COUNT_PROCESSES] = "process_count",
	[DYNAMIC_COUNT_FUNCTIONS] = "function_count",
	[DYNAMIC_COUNT_CALLS] = "edge_count",
};

const struct document_kind dynamic_kind = {
	.name = "dynamic",
	.writer = "pcarch trace",
	.sections = section_names,
	.nsections = DYNAMIC_SECTION_COUNT,
	.counts = count_names,
	.ncounts = DYNAMIC_COUNT_COUNT,
};

_Static_assert((int)DYNAMIC_SECTION_COUNT <= DOCUMENT_MAX_SECTIONS &&
		       (int)DYNAMIC_COUNT_COUNT <= DOCUMENT_MAX_COUNTS,
	"all fit");

struct linker {
	const struct dynamic_parts *parts;
	struct arena *arena;
	struct dynamic_trace trace;
	struct error *err;
};

__attribute__((format(printf, 4, 5))) static bool fail(struct linker *linker,
	enum dynamic_section section, size_t index, const char *fmt, ...)
{
	const struct document_element at = {&linker->parts->document, section, index};
	va_list args;

	va_start(args, fmt);
	document_parts_fail(linker->err, at, fmt, args);
	va_end(args);
	return false;
}

static bool check_processes(struct linker *linker)
{
	const struct dynamic_trace *trace = &linker->trace;

	for (size_t i = 0; i < trace->nprocesses; i++)
		if (trace->processes[i].run >= trace->nruns)
			return fail(linker, DYNAMIC_PROCESSES, i,
				"'run' is %" PRIu32 ", but there are %zu runs",
				trace->processes[i].run, trace->nruns);
	return true;
}

/* With one run, its share need not be told. */
static bool check_shares(struct linker *linker, size_t i)
{
	const struct observed_call *call = &linker->trace.calls[i];
	uint64_t count = 0, total_us = 0;

	for (size_t k = 0; k < call->nshares; k++) {
		if (call->shares[k].run >= linker->trace.nruns)
			return fail(linker, DYNAMIC_CALLS, i,
				"it names run %" PRIu32 ", but there are %zu runs",
				call->shares[k].run, linker->trace.nruns);
		if (k && call->shares[k].run <= call->shares[k - 1].run)
			return fail(linker, DYNAMIC_CALLS, i,
				"its runs are not in order");
		count = dynamic_sum(count, call->shares[k].count);
		total_us = dynamic_sum(total_us, call->shares[k].total_us);
	}
	return (count == call->count && total_us == call->total_us) ||
	       fail(linker, DYNAMIC_CALLS, i,
		       "'count' is %" PRIu64 " and 'total_us' %" PRIu64
		       ", but its runs add up to %" PRIu64 " and %" PRIu64,
		       call->count, call->total_us, count, total_us);
}

static bool check_calls(struct linker *linker)
{
	const struct dynamic_trace *trace = &linker->trace;

	for (size_t i = 0; i < trace->ncalls; i++) {
		const struct observed_call *call = &trace->calls[i];
		uint32_t caller = call->caller == TRACE_NONE ? 0 : call->caller;

		if (caller >= trace->nfunctions || call->callee >= trace->nfunctions)
			return fail(linker, DYNAMIC_CALLS, i,
				"it calls function %" PRIu32 " from %" PRIu32
				", but there are %zu functions",
				call->callee, caller, trace->nfunctions);
		if (!check_shares(linker, i))
			return false;
	}
	return true;
}

static bool check_entries(struct linker *linker)
{
	const struct dynamic_trace *trace = &linker->trace;

	for (size_t i = 0; i < trace->nentries; i++)
		if (trace->entries[i].function >= trace->nfunctions)
			return fail(linker, DYNAMIC_ENTRIES, i,
				"it names function %" PRIu32
				", but there are %zu functions",
				trace->entries[i].function, trace->nfunctions);
	return true;
}

static bool check_route(struct linker *linker, size_t i)
{
	const struct covered_route *route = &linker->trace.routes[i];
	uint64_t count = 0, undecided = 0;

	for (size_t k = 0; k < route->nshares; k++) {
		if (route->shares[k].run >= linker->trace.nruns)
			return fail(linker, DYNAMIC_ROUTES, i,
				"it names run %" PRIu32 ", but there are %zu runs",
				route->shares[k].run, linker->trace.nruns);
		if (k && route->shares[k].run <= route->shares[k - 1].run)
			return fail(linker, DYNAMIC_ROUTES, i,
				"its runs are not in order");
		count = dynamic_sum(count, route->shares[k].count);
		undecided = dynamic_sum(undecided, route->shares[k].undecided);
	}
	return (count == route->count && undecided == route->undecided) ||
	       fail(linker, DYNAMIC_ROUTES, i,
		       "'count' is %" PRIu64 " and 'undecided' %" PRIu64
		       ", but its runs add up to %" PRIu64 " and %" PRIu64,
		       route->count, route->undecided, count, undecided);
}

static bool check_routes(struct linker *linker)
{
	for (size_t i = 0; i < linker->trace.nroutes; i++)
		if (!check_route(linker, i))
			return false;
	return true;
}

static bool link_span(struct linker *linker, size_t i, struct span *span)
{
	const struct dynamic_trace *trace = &linker->trace;

	if (span->process >= trace->nprocesses)
		return fail(linker, DYNAMIC_TRACES, i,
			"span '%s' is of process %" PRIu32
			", but there are %zu processes",
			span->id, span->process, trace->nprocesses);
	if (span->function == TRACE_NONE)
		return true;
	if (span->function >= trace->nfunctions)
		return fail(linker, DYNAMIC_TRACES, i,
			"span '%s' names function %" PRIu32
			", but there are %zu functions",
			span->id, span->function, trace->nfunctions);
	if (strcmp(span->name, trace->functions[span->function].name) == 0)
		span->name = NULL;
	return true;
}

/* The spans are in the arena, and nobody else's yet. */
static bool link_traces(struct linker *linker)
{
	const struct dynamic_trace *trace = &linker->trace;

	for (size_t i = 0; i < trace->ntraces; i++) {
		struct span *spans = (struct span *)trace->traces[i].spans;

		for (size_t k = 0; k < trace->traces[i].nspans; k++)
			if (!link_span(linker, i, &spans[k]))
				return false;
	}
	return true;
}

/* The place is kept there: the section keeps none. */
__attribute__((format(printf, 3, 4))) static bool fail_skimmed(struct linker *linker,
	const struct skim_reference *at, const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return error_set_byte(linker->err, linker->parts->document.file, at->offset,
		"traces[%zu]: span '%s' %s", at->trace, at->span, text);
}

static bool check_skimmed(struct linker *linker)
{
	const struct skim_reference *process = &linker->parts->skim->process;
	const struct skim_reference *function = &linker->parts->skim->function;
	const struct dynamic_trace *trace = &linker->trace;

	if (process->is_set && process->index >= trace->nprocesses)
		return fail_skimmed(linker, process,
			"is of process %" PRIu32 ", but there are %zu processes",
			process->index, trace->nprocesses);
	return !function->is_set || function->index < trace->nfunctions ||
	       fail_skimmed(linker, function,
		       "names function %" PRIu32 ", but there are %zu functions",
		       function->index, trace->nfunctions);
}

static bool link_skimmed(struct linker *linker)
{
	const struct dynamic_skim *skim = linker->parts->skim;
	struct dynamic_trace *trace = &linker->trace;
	struct observed_trace *traces =
		arena_alloc(linker->arena, skim->ntraces * sizeof(*traces));

	if (!check_skimmed(linker))
		return false;
	if (skim->ntraces)
		memcpy(traces, skim->traces, skim->ntraces * sizeof(*traces));
	trace->traces = traces;
	trace->ntraces = skim->ntraces;
	return true;
}

static bool is_same_drops(const struct dynamic_parts *parts, const struct drop *drops,
	size_t ndrops)
{
	if (parts->ndrops != ndrops)
		return false;
	for (size_t i = 0; i < ndrops; i++)
		if (strcmp(parts->drops[i].reason, drops[i].reason) != 0 ||
			parts->drops[i].count != drops[i].count)
			return false;
	return true;
}

static bool check_totals(struct linker *linker)
{
	const struct dynamic_parts *parts = linker->parts;
	bool is_complete = dynamic_is_complete(&linker->trace), is_same;
	size_t ndrops;
	struct drop *drops = dynamic_drops(&linker->trace, &ndrops);

	is_same = is_same_drops(parts, drops, ndrops);
	free(drops);
	if (!is_same)
		return error_set_byte(linker->err, parts->document.file,
			parts->document.summary_offset,
			"summary: 'dropped' is not the sum of what the processes dropped");
	return parts->is_complete == is_complete ||
	       error_set_byte(linker->err, parts->document.file,
		       parts->document.summary_offset,
		       "summary: 'complete' is %s, but %s",
		       parts->is_complete ? "true" : "false",
		       is_complete ? "all processes are" : "not all processes are");
}

static bool check_summary(struct linker *linker)
{
	const struct dynamic_trace *trace = &linker->trace;
	const struct dynamic_skim *skim = linker->parts->skim;
	const uint64_t counts[DYNAMIC_COUNT_COUNT] = {
		[DYNAMIC_COUNT_TRACES] =
			linker->parts->document.lists[DYNAMIC_TRACES].count,
		[DYNAMIC_COUNT_SPANS] = skim ? skim->nspans : dynamic_span_count(trace),
		[DYNAMIC_COUNT_ENTRIES] = trace->nentries,
		[DYNAMIC_COUNT_ROUTES] = dynamic_covered_count(trace),
		[DYNAMIC_COUNT_PROCESSES] = trace->nprocesses,
		[DYNAMIC_COUNT_FUNCTIONS] = trace->nfunctions,
		[DYNAMIC_COUNT_CALLS] = trace->ncalls,
	};

	return document_parts_check_counts(&linker->parts->document, counts,
		       linker->err) &&
	       check_totals(linker);
}

/* A file of one run does not repeat its share of each call. */
static void fill_shares(struct arena *arena, struct dynamic_trace *trace,
	struct observed_call *calls)
{
	struct call_share *shares = arena_alloc(arena, trace->ncalls * sizeof(*shares));

	for (size_t i = 0; i < trace->ncalls; i++) {
		if (calls[i].nshares || trace->nruns != 1)
			continue;
		shares[i] = (struct call_share){0, calls[i].count, calls[i].total_us};
		calls[i].shares = &shares[i];
		calls[i].nshares = 1;
	}
}

static void fill_route_shares(struct arena *arena, struct dynamic_trace *trace,
	struct covered_route *routes)
{
	struct route_share *shares = arena_alloc(arena, trace->nroutes * sizeof(*shares));

	for (size_t i = 0; i < trace->nroutes; i++) {
		if (routes[i].nshares || trace->nruns != 1)
			continue;
		shares[i] = (struct route_share){0, routes[i].count, routes[i].undecided};
		routes[i].shares = &shares[i];
		routes[i].nshares = 1;
	}
}

static void *copy(struct linker *linker, enum dynamic_section section, size_t size)
{
	return document_parts_copy(&linker->parts->document, section, size,
		linker->arena);
}

bool dynamic_parts_link(const struct dynamic_parts *parts, struct arena *arena,
	struct dynamic_trace *out, struct error *err)
{
	struct linker linker = {.parts = parts, .arena = arena, .err = err};
	struct dynamic_trace *trace = &linker.trace;
	const struct part_list *lists = parts->document.lists;
	struct observed_call *calls = copy(&linker, DYNAMIC_CALLS, sizeof(*calls));
	struct covered_route *routes = copy(&linker, DYNAMIC_ROUTES, sizeof(*routes));

	trace->tool_version = parts->document.tool_version;
	trace->runs = copy(&linker, DYNAMIC_RUNS, sizeof(*trace->runs));
	trace->nruns = lists[DYNAMIC_RUNS].count;
	trace->processes = copy(&linker, DYNAMIC_PROCESSES, sizeof(*trace->processes));
	trace->nprocesses = lists[DYNAMIC_PROCESSES].count;
	trace->functions = copy(&linker, DYNAMIC_FUNCTIONS, sizeof(*trace->functions));
	trace->nfunctions = lists[DYNAMIC_FUNCTIONS].count;
	trace->calls = calls;
	trace->ncalls = lists[DYNAMIC_CALLS].count;
	fill_shares(arena, trace, calls);
	trace->entries = copy(&linker, DYNAMIC_ENTRIES, sizeof(*trace->entries));
	trace->nentries = lists[DYNAMIC_ENTRIES].count;
	trace->routes = routes;
	trace->nroutes = lists[DYNAMIC_ROUTES].count;
	fill_route_shares(arena, trace, routes);
	if (!parts->skim) {
		trace->traces = copy(&linker, DYNAMIC_TRACES, sizeof(*trace->traces));
		trace->ntraces = lists[DYNAMIC_TRACES].count;
	}
	if (!check_processes(&linker) || !check_calls(&linker) ||
		!check_entries(&linker) || !check_routes(&linker) ||
		!(parts->skim ? link_skimmed(&linker) : link_traces(&linker)) ||
		!check_summary(&linker))
		return false;
	*out = *trace;
	return true;
}
