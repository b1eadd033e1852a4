/* Processes: from the headers of recordings to those of dynamic.json. */
#include "core/arena.h"
#include "tracer/collection.h"
#include "tracer/recording.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	NS_PER_US = 1000
};

static const char *id_text(struct collection *all, const uint64_t id[2])
{
	char text[33];

	snprintf(text, sizeof(text), "%016" PRIx64 "%016" PRIx64, id[0], id[1]);
	return intern_string(&all->strings, text);
}

static const char *const drop_names[RECORDING_NDROPS] = {
	[RECORDING_DROP_EDGE_OVERFLOW] = "edge_overflow",
	[RECORDING_DROP_OBJECT_OVERFLOW] = "object_overflow",
	[RECORDING_DROP_UNPATCHED] = "unpatched",
	[RECORDING_DROP_FILTERED] = "filtered",
	[RECORDING_DROP_CHILD] = "child",
	[RECORDING_DROP_SPAN_LIMIT] = "span_limit",
	[RECORDING_DROP_DEPTH_LIMIT] = "depth_limit",
	[RECORDING_DROP_TRACE_EVICTED] = "trace_evicted",
	[RECORDING_DROP_TRACE_LIMIT] = "trace_limit",
	[RECORDING_DROP_SAMPLED] = "sampled",
	[RECORDING_DROP_ROOT_LIMIT] = "root_limit",
	[RECORDING_DROP_TICK_OVERFLOW] = "tick_overflow",
};

/* Spans have limits, edges must not: what drops them, or may, comes first. */
static bool loses_edges(size_t drop)
{
	return drop <= RECORDING_DROP_CHILD || drop >= RECORDING_NDROPS;
}

static size_t read_drops(struct collection *all, const struct recording *recording,
	struct drop drops[RECORDING_DROPS_ROOM], bool *loses)
{
	size_t n = 0;

	for (size_t i = 0; i < RECORDING_DROPS_ROOM; i++) {
		uint64_t count = recording->header->drops[i];
		const char *name = i < RECORDING_NDROPS ? drop_names[i] : NULL;

		if (!count)
			continue;
		*loses = *loses || loses_edges(i);
		drops[n].reason = name ? name : arena_printf(all->arena, "other_%zu", i);
		drops[n++].count = count < DYNAMIC_MAX ? count : DYNAMIC_MAX;
	}
	return n;
}

static enum process_mode mode_of(const struct recording_header *header)
{
	if (header->state & RECORDING_INDIRECT)
		return PROCESS_INDIRECT;
	if (header->mode == RECORDING_SPANS)
		return PROCESS_SPANS;
	return header->state & RECORDING_PORTABLE ? PROCESS_PORTABLE : PROCESS_EDGES;
}

static uint64_t limit(uint64_t value)
{
	return value < DYNAMIC_MAX ? value : DYNAMIC_MAX;
}

static uint64_t limit_tick(uint64_t us)
{
	return us < UINT32_MAX ? us : UINT32_MAX;
}

static uint64_t wall_us(const struct recording_header *header, uint64_t ns)
{
	uint64_t since = ns > header->start_ns ? ns - header->start_ns : 0;

	return limit(header->start_wall_ns / NS_PER_US + since / NS_PER_US);
}

static const char *program_name(struct collection *all, const struct recording *recording)
{
	const char *path =
		recording_text(recording, &all->strings, &recording->header->program);
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* In the order in which the builder numbers them. */
static void keep_process(struct collection *all, const struct recording *recording,
	uint32_t index)
{
	const struct recording_header *header = recording->header;
	size_t nwords =
		header->nwords < RECORDING_WORDS ? header->nwords : RECORDING_WORDS;
	const char **words = arena_alloc(all->arena, nwords * sizeof(*words));

	/* A file that says that it is another one's recording adds nothing. */
	if (index < all->nprocesses)
		return;
	for (size_t i = 0; i < nwords; i++)
		words[i] = recording_text(recording, &all->strings, &header->words[i]);
	all->processes = grow(all->processes, all->nprocesses, &all->process_room,
		sizeof(*all->processes));
	all->processes[all->nprocesses++] = (struct found_process){
		.id = id_text(all, header->id),
		.parent_id = id_text(all, header->parent),
		.fork_trace = header->fork_trace,
		.line = {program_name(all, recording), header->has_words,
			{words, nwords}},
	};
}

uint32_t collect_process(struct collection *all, const struct recording *recording,
	const uint32_t *indices)
{
	const struct recording_header *header = recording->header;
	struct loaded_object *loaded =
		arena_alloc(all->arena, recording->nobjects * sizeof(*loaded));
	struct drop drops[RECORDING_DROPS_ROOM];
	bool loses = false;
	uint32_t index;
	struct process process = {
		.id = id_text(all, header->id),
		.run = all->run,
		.pid = (uint32_t)header->pid,
		.parent = (uint32_t)header->ppid,
		.program = program_name(all, recording),
		.mode = mode_of(header),
		.start_us = wall_us(header, header->start_ns),
		.end_us = header->end_ns ? wall_us(header, header->end_ns) : 0,
		.status = -1,
		.tick_us = (uint32_t)limit_tick(header->tick_ns / NS_PER_US),
		.drops = drops,
		.objects = loaded,
	};

	for (size_t i = 0; i < recording->nobjects; i++) {
		const struct traced_object *object = &all->objects.items[indices[i]];

		if (object->name[0])
			loaded[process.nobjects++] =
				(struct loaded_object){object->name, object->build_id};
	}
	process.ndrops = read_drops(all, recording, drops, &loses);
	process.is_complete = !loses && process.mode != PROCESS_INDIRECT;
	if (all->options->child && process.pid == all->options->child)
		process.status = all->options->status;
	index = dynamic_builder_process(&all->builder, &process);
	keep_process(all, recording, index);
	return index;
}
