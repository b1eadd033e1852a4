/* Spans: from the traces of recordings to those of dynamic.json. */
#include "core/arena.h"
#include "core/route_tree.h"
#include "core/text.h"
#include "core/trace.h"
#include "tracer/collection.h"
#include "tracer/recording.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum {
	NS_PER_US = 1000,
	MAX_NESTING = 64, /* of traces in traces: then they are told apart */
	MAX_METADATA = 3, /* of a span */
};

static uint64_t us_at(const struct recording_header *header, uint64_t ns)
{
	uint64_t since = ns > header->start_ns ? ns - header->start_ns : 0;
	uint64_t us = header->start_wall_ns / NS_PER_US + since / NS_PER_US;

	return us < DYNAMIC_MAX ? us : DYNAMIC_MAX;
}

static uint64_t us_between(uint64_t from_ns, uint64_t to_ns)
{
	uint64_t us = to_ns > from_ns ? (to_ns - from_ns) / NS_PER_US : 0;

	return us < DYNAMIC_MAX ? us : DYNAMIC_MAX;
}

static void read_times(const struct recording_header *header,
	const struct recording_span *span, struct found_span *out)
{
	uint64_t end_ns = span->end_ns;

	if (!end_ns && header->end_ns) {
		end_ns = header->end_ns;
		out->end = "process_exit";
	} else if (!end_ns) {
		end_ns = span->last_ns;
		out->end = "not_seen";
	}
	out->start_us = us_at(header, span->start_ns);
	out->most_us = us_between(span->start_ns, end_ns);
	out->duration_us = out->most_us;
	if (span->end_ns && span->flags & RECORDING_SPAN_BOUNDS)
		out->duration_us = us_between(span->start_ns, span->last_ns);
}

/* What is not seen to end lasts as long, at least, as what is inside it. */
static void widen_spans(struct found_trace *trace)
{
	for (size_t i = trace->nspans; i > 0; i--) {
		const struct found_span *inner = &trace->spans[i - 1];
		uint64_t end_us = inner->start_us + inner->duration_us;
		size_t k = i - 1;

		while (k > 0 && trace->spans[k].index != inner->parent)
			k--;
		if (trace->spans[k].index == inner->parent && trace->spans[k].end &&
			end_us > trace->spans[k].start_us + trace->spans[k].duration_us)
			trace->spans[k].duration_us = trace->spans[k].most_us =
				end_us - trace->spans[k].start_us;
	}
}

/* Spans that are no calls are dropped: theirs is a place that nobody knows. */
static void read_spans(struct collection *all, const struct recording *recording,
	const struct recording_trace *from, const uint32_t *indices,
	struct found_trace *to)
{
	uint64_t n = from->nspans < RECORDING_TRACE_SPANS ? from->nspans
							  : RECORDING_TRACE_SPANS;
	bool is_kept[RECORDING_TRACE_SPANS];

	to->spans = xmalloc(n * sizeof(*to->spans));
	for (size_t i = 0; i < n; i++) {
		const struct recording_span *span = &from->spans[i];
		struct found_span *found = &to->spans[to->nspans];

		*found = (struct found_span){.index = (uint32_t)i, .parent = TRACE_NONE};
		is_kept[i] = edge_make(recording, indices,
			&(struct recording_edge){.site = span->site,
				.callee = span->callee,
				.info = span->info},
			&found->edge);
		if (!is_kept[i])
			continue;
		edge_want(&all->objects, &found->edge);
		read_times(recording->header, span, found);
		if (span->parent < i && is_kept[span->parent])
			found->parent = (uint32_t)span->parent;
		to->nspans++;
	}
	widen_spans(to);
}

static bool is_zero(const uint8_t *bytes, size_t size)
{
	while (size > 0 && !bytes[size - 1])
		size--;
	return size == 0;
}

/* NULL: all of it is zero. */
static const char *hex(struct arena *arena, const uint8_t *bytes, size_t size)
{
	scoped_text text = {0};

	if (is_zero(bytes, size))
		return NULL;
	text_add_hex(&text, bytes, size);
	return arena_strdup(arena, text_string(&text));
}

/*
 * What began is kept, in flight or not, or is counted by the reason why it is not. At the
 * end of a process each other thread may stand between the two; with a kill, all of them.
 */
static void check_balance(struct collection *all, const struct recording *recording)
{
	const struct recording_header *header = recording->header;
	uint64_t between = recording->ntables, known = 0;

	if (header->state & RECORDING_EXITED && between)
		between--;
	for (size_t i = 0; i < recording->ntraces; i++)
		known += recording->traces[i].state != RECORDING_TRACE_FREE;
	known += header->drops[RECORDING_DROP_TRACE_EVICTED] +
		 header->drops[RECORDING_DROP_TRACE_LIMIT] +
		 header->drops[RECORDING_DROP_SAMPLED];
	if (known > header->traces_started || header->traces_started - known > between)
		collect_problem(all,
			"%s: %" PRIu64 " traces began, and %" PRIu64
			" are kept or counted as dropped: what is told of them is not all",
			recording->path, header->traces_started, known);
}

void collect_traces(struct collection *all, const struct recording *recording,
	uint32_t process, const uint32_t *indices)
{
	char id[33];

	check_balance(all, recording);
	snprintf(id, sizeof(id), "%016" PRIx64 "%016" PRIx64, recording->header->id[0],
		recording->header->id[1]);
	for (size_t i = 0; i < recording->ntraces; i++) {
		const struct recording_trace *trace = &recording->traces[i];
		struct found_trace *found;

		if (trace->state == RECORDING_TRACE_FREE || !trace->nspans)
			continue;
		all->traces = grow(all->traces, all->ntraces, &all->trace_room,
			sizeof(*all->traces));
		found = &all->traces[all->ntraces++];
		*found = (struct found_trace){
			.process_id = intern_string(&all->strings, id),
			.process = process,
			.number = trace->number,
			.parent = trace->parent_trace,
			.parent_span = trace->parent_span,
			.ndropped = trace->ndropped,
			.guid = hex(all->arena, trace->execution.guid,
				sizeof(trace->execution.guid)),
			.told_id = hex(all->arena, trace->execution.trace_id,
				sizeof(trace->execution.trace_id)),
			.told_us = trace->told_ns
					   ? us_at(recording->header, trace->told_ns)
					   : 0,
		};
		read_spans(all, recording, trace, indices, found);
	}
}

void collect_release_traces(struct collection *all)
{
	for (size_t i = 0; i < all->ntraces; i++) {
		free(all->traces[i].spans);
		free(all->traces[i].handlers);
	}
	free(all->traces);
	all->traces = NULL;
	all->ntraces = 0;
}

/* --- identity ------------------------------------------------------------------- */

/* Ids follow from the process's, which is random: to recover twice gives them again. */
static XXH128_hash_t id_hash(const char *process, uint64_t trace, uint64_t span)
{
	char text[80];
	int n = snprintf(text, sizeof(text), "%s %" PRIu64 " %" PRIu64, process, trace,
		span);

	return XXH3_128bits(text, (size_t)n);
}

static const char *trace_id(struct collection *all, const char *process, uint64_t number)
{
	XXH128_hash_t hash = id_hash(process, number, UINT64_MAX);

	return arena_printf(all->arena, "%016" PRIx64 "%016" PRIx64, hash.high64,
		hash.low64 | 1);
}

static const char *span_id(struct collection *all, const char *process, uint64_t trace,
	uint64_t span)
{
	return arena_printf(all->arena, "%016" PRIx64,
		id_hash(process, trace, span).low64 | 1);
}

/* The one whose id it has: what is nested is one execution, unless it is told apart. */
static const struct found_trace *owner_of(const struct collection *all,
	const struct found_trace *trace)
{
	for (int i = 0; i < MAX_NESTING; i++) {
		if (trace->is_apart || trace->is_forked || trace->outer == TRACE_NONE)
			break;
		trace = &all->traces[trace->outer];
	}
	return trace;
}

/* One that is nested in a trace that was dropped is told apart by that one's number. */
static const char *trace_id_of(struct collection *all, const struct found_trace *trace)
{
	const struct found_trace *owner = owner_of(all, trace);
	bool is_lost = owner->parent && owner->outer == TRACE_NONE && !owner->is_apart;

	if (owner->guid && owner->told_id)
		return owner->told_id;
	return trace_id(all, owner->process_id, is_lost ? owner->parent : owner->number);
}

/* --- to the builder ------------------------------------------------------------- */

/* Why the route is not known, or not all of it; NULL: it is, or there are none. */
static const char *route_unknown(const struct collection *all,
	const struct found_trace *trace)
{
	const struct found_trace *owner = owner_of(all, trace);

	if (!all->routes.program->nroutes || trace->joins != TRACE_NONE)
		return NULL;
	if (owner->choice.is_shared)
		return "shared_handler";
	if (owner->choice.route != TRACE_NONE)
		return NULL;
	return owner->has_apart ? "commands_apart" : "no_handler";
}

/*
 * What is not exact about a span; and of the first one, what is not known of the trace,
 * and when what it executes began, for a function that waits begins long before that.
 */
static void add_doubts(struct collection *all, const struct found_trace *trace, size_t i,
	struct span *span)
{
	const struct found_span *found = &trace->spans[i];
	const char *unknown = i ? NULL : route_unknown(all, trace);
	struct metadata *metadata =
		arena_alloc(all->arena, MAX_METADATA * sizeof(*metadata));
	size_t n = 0;

	if (found->end)
		metadata[n++] = (struct metadata){"end", found->end};
	else if (found->duration_us != found->most_us)
		metadata[n++] = (struct metadata){"duration_us_most",
			arena_printf(all->arena, "%" PRIu64, found->most_us)};
	if (!i && trace->guid && trace->told_us > found->start_us)
		metadata[n++] = (struct metadata){"execution_begin",
			arena_printf(all->arena, "%" PRIu64, trace->told_us)};
	if (unknown)
		metadata[n++] = (struct metadata){"route_unknown", unknown};
	span->metadata = metadata;
	span->nmetadata = n;
}

static void make_spans(struct collection *all, const struct found_trace *trace,
	struct span *spans)
{
	const char *process = trace->process_id;

	for (size_t i = 0; i < trace->nspans; i++) {
		const struct found_span *found = &trace->spans[i];

		spans[i] = (struct span){
			.id = span_id(all, process, trace->number, found->index),
			.process = trace->process,
			.function = found->function,
			.start_us = found->start_us,
			.duration_us = found->duration_us,
		};
		if (found->parent != TRACE_NONE)
			spans[i].parent =
				span_id(all, process, trace->number, found->parent);
		add_doubts(all, trace, i, &spans[i]);
	}
	/* Of another trace, a link tells. */
	if (trace->nspans && trace->parent && !trace->is_apart &&
		trace->parent_span < RECORDING_TRACE_SPANS)
		spans[0].parent =
			span_id(all, process, trace->parent, trace->parent_span);
}

/* Where it starts; of a command, where what runs it does. */
static const char *entry_id(const struct collection *all, const struct found_trace *trace)
{
	if (trace->joins != TRACE_NONE)
		trace = &all->traces[trace->joins];
	for (int i = 0; i < MAX_NESTING && !trace->entry; i++) {
		if (!trace->is_command || trace->outer == TRACE_NONE)
			return NULL;
		trace = &all->traces[trace->outer];
	}
	return trace->entry ? trace->entry->id : NULL;
}

static void finish_trace(struct collection *all, const struct found_trace *trace)
{
	struct span *spans = arena_alloc(all->arena, trace->nspans * sizeof(*spans));
	uint32_t index = owner_of(all, trace)->choice.route;
	const struct route *route =
		index == TRACE_NONE ? NULL : &all->routes.program->routes[index];
	struct observed_trace out = {.spans = spans, .nspans = trace->nspans};
	scoped_text name = {0};
	const char *link;

	make_spans(all, trace, spans);
	out.id = trace_id_of(all, trace);
	out.entry_point = entry_id(all, trace);
	out.guid = owner_of(all, trace)->guid;
	if (route) {
		route_name(route, &name);
		out.route = text_string(&name);
		out.route_id = route->route_id;
	}
	if ((trace->is_apart || trace->is_forked) && trace->outer != TRACE_NONE) {
		link = trace_id_of(all, &all->traces[trace->outer]);
		out.links = &link;
		out.nlinks = 1;
	}
	dynamic_builder_trace(&all->builder, &out);
}

void collect_finish_traces(struct collection *all)
{
	for (size_t i = 0; i < all->ntraces; i++)
		finish_trace(all, &all->traces[i]);
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct covered_entry *)a)->id,
		((const struct covered_entry *)b)->id);
}

void collect_entries(struct collection *all, struct dynamic_trace *trace)
{
	const struct static_trace *program = all->options->program;
	size_t n = 0, most = program ? program->nentry_points : 0;
	struct covered_entry *entries = arena_alloc(all->arena, most * sizeof(*entries));
	bool *is_called = xmalloc(trace->nfunctions * sizeof(*is_called));

	memset(is_called, 0, trace->nfunctions * sizeof(*is_called));
	for (size_t i = 0; i < trace->ncalls; i++)
		is_called[trace->calls[i].callee] = true;
	for (size_t i = 0; i < most; i++) {
		const struct entry_point *entry = &program->entry_points[i];
		const struct function *fn = &program->functions[entry->function];
		uint32_t k = 0;

		while (k < trace->nfunctions &&
			(!is_called[k] ||
				strcmp(trace->functions[k].name, fn->name) != 0 ||
				strcmp(trace->functions[k].file, fn->file) != 0))
			k++;
		if (k < trace->nfunctions)
			entries[n++] = (struct covered_entry){entry->id, entry->type, k};
	}
	qsort(entries, n, sizeof(*entries), by_id);
	free(is_called);
	trace->entries = entries;
	trace->nentries = n;
}
