#include "tracer/edge_table.h"

#include "core/arena.h"
#include "tracer/recording.h"
#include "tracer/traced_objects.h"

#include <stdlib.h>

enum {
	NS_PER_US = 1000
};

void edge_table_init(struct edge_table *table)
{
	*table = (struct edge_table){.edges.key_bytes = sizeof(struct edge)};
}

void edge_table_release(struct edge_table *table)
{
	key_table_release(&table->edges);
	free(table->counts);
	free(table->times_us);
	table->counts = table->times_us = NULL;
}

/* Where control comes from outside of the program, is it a place that is known? */
static enum call_root root_of(const struct recording *recording, uint64_t site,
	const struct recording_object *to)
{
	const struct recording_header *header = recording->header;

	if (!site)
		return ROOT_NONE;
	if (site == header->thread_site)
		return ROOT_THREAD;
	if (site == header->exit_site || site == header->finalize_site ||
		(to && site == to->fini_site))
		return ROOT_EXIT;
	return to && site == to->init_site ? ROOT_CONSTRUCTOR : ROOT_NONE;
}

static uint32_t kind_of(const struct recording *recording, unsigned flags)
{
	uint32_t kind = 0;

	if (flags & RECORDING_EDGE_BODY)
		kind |= EDGE_BODY;
	if (flags & RECORDING_EDGE_INDIRECT)
		kind |= EDGE_INDIRECT;
	if (recording->header->state & RECORDING_PORTABLE)
		kind |= EDGE_INLINED_SEEN;
	return kind;
}

bool edge_make(const struct recording *recording, const uint32_t *indices,
	const struct recording_edge *from, struct edge *out)
{
	unsigned flags = recording_info_flags(from->info);
	unsigned site_index = recording_info_site_object(from->info);
	unsigned callee_index = recording_info_callee_object(from->info);
	const struct recording_object *in = recording_object(recording, site_index);
	const struct recording_object *to = recording_object(recording, callee_index);
	uint64_t site = from->site & ~RECORDING_SITE_RETIRED;
	enum call_root root;

	if (flags & RECORDING_EDGE_JUMP || !to)
		return false;
	root = flags & RECORDING_EDGE_SIGNAL ? ROOT_SIGNAL : root_of(recording, site, to);
	if (root != ROOT_NONE)
		in = NULL;
	*out = (struct edge){
		.site = in ? site - in->base : 0,
		.callee = from->callee - to->base,
		.site_object = in ? indices[site_index] : (uint32_t)TRACE_NONE,
		.callee_object = indices[callee_index],
		.root = root,
		.kind = kind_of(recording, flags),
	};
	return true;
}

void edge_want(struct traced_objects *objects, const struct edge *edge)
{
	traced_objects_want(objects, edge->callee_object,
		edge->callee - (edge->kind & EDGE_BODY ? 1 : 0));
	if (edge->site_object != TRACE_NONE)
		traced_objects_want(objects, edge->site_object, edge->site - 1);
}

/* Of calls that were counted: what a time belongs to is among the edges. */
static void add_times(struct edge_table *table, const struct recording *recording,
	const uint32_t *indices)
{
	uint64_t tick_us = recording->header->tick_ns / NS_PER_US;

	for (size_t i = 0; i < recording->ntimes; i++) {
		const struct recording_edge *from = &recording->times[i];
		struct edge edge;
		uint32_t index;
		uint64_t us;

		if (!from->site || !from->callee ||
			!edge_make(recording, indices, from, &edge))
			continue;
		index = key_table_find(&table->edges, &edge);
		if (index == UINT32_MAX)
			continue;
		if (__builtin_mul_overflow(from->count, tick_us, &us) || us > DYNAMIC_MAX)
			us = DYNAMIC_MAX;
		table->times_us[index] = dynamic_sum(table->times_us[index], us);
	}
}

void edge_table_add(struct edge_table *table, struct traced_objects *objects,
	const struct recording *recording, const uint32_t *indices)
{
	struct recording_cursor cursor = {0};
	const struct recording_edge *from;

	while ((from = recording_next(recording, &cursor))) {
		struct edge edge;
		uint32_t index;
		bool is_new;

		if (!edge_make(recording, indices, from, &edge))
			continue;
		index = key_table_add(&table->edges, &edge, &is_new);
		if (is_new) {
			edge_want(objects, &edge);
			table->counts = grow(table->counts, index, &table->room,
				sizeof(*table->counts));
			table->counts[index] = 0;
			table->times_us = grow(table->times_us, index, &table->time_room,
				sizeof(*table->times_us));
			table->times_us[index] = 0;
		}
		table->counts[index] = dynamic_sum(table->counts[index],
			from->count < DYNAMIC_MAX ? from->count : DYNAMIC_MAX);
	}
	add_times(table, recording, indices);
}
