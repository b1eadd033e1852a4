#include "core/dynamic_skim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum {
	MOST_PLACES = 64 * 1024, /* spans of one trace whose parents can be found */
	MOST_ENTERED = 1024, /* processes of one trace */
};

struct skim_place {
	uint64_t id; /* hash */
	uint32_t process;
};

static void reset(struct dynamic_skim *skim)
{
	arena_reset(&skim->pool);
	if (skim->process_keys.count) {
		key_table_release(&skim->process_keys);
		skim->process_keys = (struct key_table){0};
	}
	skim->trace_id.is_set = skim->trace_id.is_mixed = false;
	skim->trace_spans = skim->nplaces = 0;
}

void dynamic_skim_release(struct dynamic_skim *skim)
{
	interner_release(&skim->strings);
	arena_release(&skim->pool);
	arena_release(&skim->scratch);
	key_table_release(&skim->process_keys);
	free(skim->entered);
	free(skim->places);
	free(skim->traces);
	*skim = (struct dynamic_skim){0};
}

static uint64_t hash(const char *id)
{
	return XXH3_64bits(id, strlen(id));
}

static void note(struct skim_reference *most, uint32_t index, const struct span *span,
	uint64_t offset, size_t trace)
{
	if (most->is_set && index <= most->index)
		return;
	*most = (struct skim_reference){
		.is_set = true, .index = index, .trace = trace, .offset = offset};
	snprintf(most->span, sizeof(most->span), "%s", span->id);
}

static void note_trace_id(struct dynamic_skim *skim, const char *id)
{
	struct skim_trace_id *known = &skim->trace_id;

	if (known->is_set && strcmp(known->bytes, id) != 0)
		known->is_mixed = true;
	if (known->is_set)
		return;
	known->is_set = true;
	/* Longer than ids are: then it is not the trace's, whatever that is. */
	known->is_mixed = strlen(id) >= sizeof(known->bytes);
	snprintf(known->bytes, sizeof(known->bytes), "%s", id);
}

static const char *copy(struct arena *arena, const char *string)
{
	return string ? arena_strdup(arena, string) : NULL;
}

static struct span copy_span(struct arena *arena, const struct span *span)
{
	struct metadata *metadata =
		arena_alloc(arena, span->nmetadata * sizeof(*metadata));
	struct span kept = *span;

	for (size_t i = 0; i < span->nmetadata; i++)
		metadata[i] = (struct metadata){copy(arena, span->metadata[i].key),
			copy(arena, span->metadata[i].value)};
	kept.id = copy(arena, span->id);
	kept.parent = copy(arena, span->parent);
	kept.name = copy(arena, span->name);
	kept.metadata = metadata;
	return kept;
}

static void note_entered(struct dynamic_skim *skim, const struct span *span)
{
	uint32_t process = span->process, index;
	bool is_new;

	skim->process_keys.key_bytes = sizeof(process);
	if (skim->process_keys.count == MOST_ENTERED &&
		key_table_find(&skim->process_keys, &process) == UINT32_MAX)
		return;
	index = key_table_add(&skim->process_keys, &process, &is_new);
	skim->entered =
		grow(skim->entered, index, &skim->entered_room, sizeof(*skim->entered));
	if (is_new || span->start_us < skim->entered[index].start_us)
		skim->entered[index] = copy_span(&skim->pool, span);
}

void dynamic_skim_span(struct dynamic_skim *skim, const char *trace_id,
	const struct span *span, uint64_t offset, size_t trace)
{
	const struct skim_place place = {hash(span->id), span->process};

	note(&skim->process, span->process, span, offset, trace);
	if (span->function != TRACE_NONE)
		note(&skim->function, span->function, span, offset, trace);
	note_trace_id(skim, trace_id);
	skim->nspans++;
	skim->trace_spans++;
	note_entered(skim, span);
	arena_reset(&skim->scratch);
	if (skim->nplaces == MOST_PLACES)
		return;
	skim->places = grow(skim->places, skim->nplaces, &skim->place_room,
		sizeof(*skim->places));
	skim->places[skim->nplaces++] = place;
}

bool dynamic_skim_is_of(const struct dynamic_skim *skim, const char *trace_id)
{
	return !skim->trace_id.is_set ||
	       (!skim->trace_id.is_mixed && strcmp(skim->trace_id.bytes, trace_id) == 0);
}

/* It is in one process, comes from none, and continues none. */
static bool is_quiet(const struct observed_trace *trace)
{
	return trace->nspans <= 1 && !trace->nlinks &&
	       (!trace->nspans || !trace->spans[0].parent);
}

static int by_start(const void *a, const void *b)
{
	const struct span *left = a, *right = b;

	if (left->start_us != right->start_us)
		return left->start_us < right->start_us ? -1 : 1;
	return strcmp(left->id, right->id);
}

static const char *keep(struct dynamic_skim *skim, const char *string)
{
	skim->strings.arena = skim->arena;
	return string ? intern_string(&skim->strings, string) : NULL;
}

/*
 * The parent of a span, of which only the process is told; false: no other process of the
 * trace has it, and the span has none in this one.
 */
static bool find_parent(const struct dynamic_skim *skim, struct span *span,
	struct span *parent)
{
	uint64_t wanted = span->parent ? hash(span->parent) : 0;

	for (size_t i = 0; i < skim->nplaces && span->parent; i++) {
		if (skim->places[i].id != wanted)
			continue;
		*parent = (struct span){.id = span->parent,
			.process = skim->places[i].process,
			.function = TRACE_NONE,
			.name = "",
			.start_us = span->start_us};
		if (parent->process != span->process)
			return true;
		span->parent = NULL;
	}
	return false;
}

/* In the pool: the spans at which the trace enters processes, each after its parent. */
static size_t entered_spans(struct dynamic_skim *skim, struct span **out)
{
	size_t nprocesses = skim->process_keys.count, n = 0;
	struct span *spans = arena_alloc(&skim->pool, nprocesses * 2 * sizeof(*spans));

	if (nprocesses)
		qsort(skim->entered, nprocesses, sizeof(*skim->entered), by_start);
	for (size_t i = 0; i < nprocesses; i++) {
		struct span span = skim->entered[i];
		bool is_there = false;

		if (find_parent(skim, &span, &spans[n])) {
			for (size_t k = 0; k < n; k++)
				is_there =
					is_there || strcmp(spans[k].id, spans[n].id) == 0;
			n += !is_there;
		}
		spans[n++] = span;
	}
	*out = spans;
	return n;
}

static void keep_trace(struct dynamic_skim *skim, const struct observed_trace *trace)
{
	struct observed_trace kept = *trace;
	const char **links = arena_alloc(skim->arena, trace->nlinks * sizeof(*links));
	struct span *spans = arena_alloc(skim->arena, trace->nspans * sizeof(*spans));

	kept.id = keep(skim, trace->id);
	kept.guid = keep(skim, trace->guid);
	kept.route_id = keep(skim, trace->route_id);
	kept.route = keep(skim, trace->route);
	kept.entry_point = keep(skim, trace->entry_point);
	for (size_t i = 0; i < trace->nlinks; i++)
		links[i] = keep(skim, trace->links[i]);
	for (size_t i = 0; i < trace->nspans; i++)
		spans[i] = copy_span(skim->arena, &trace->spans[i]);
	kept.links = links;
	kept.spans = spans;
	skim->traces =
		grow(skim->traces, skim->ntraces, &skim->room, sizeof(*skim->traces));
	skim->traces[skim->ntraces++] = kept;
}

void dynamic_skim_trace(struct dynamic_skim *skim, const struct observed_trace *trace)
{
	struct observed_trace entered = *trace;
	struct span *spans;

	entered.nspans = entered_spans(skim, &spans);
	entered.spans = spans;
	skim->nquiet += is_quiet(&entered);
	if (!is_quiet(&entered) || skim->nquiet <= SKIM_MOST_QUIET)
		keep_trace(skim, &entered);
	reset(skim);
}

/* The array is the caller's arena's, and nobody else's yet. */
void dynamic_skim_drop_quiet(struct dynamic_trace *trace)
{
	struct observed_trace *traces = (struct observed_trace *)trace->traces;
	size_t kept = 0;

	for (size_t i = 0; i < trace->ntraces; i++)
		if (!is_quiet(&traces[i]))
			traces[kept++] = traces[i];
	trace->ntraces = kept;
}
