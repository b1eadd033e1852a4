/*
 * A dynamic trace in the making: what is the same becomes one, and all is sorted at the
 * end, so that the order in which things are added does not show.
 */
#ifndef PCARCH_CORE_DYNAMIC_BUILDER_H
#define PCARCH_CORE_DYNAMIC_BUILDER_H

#include "core/dynamic_trace.h"
#include "core/interner.h"
#include "core/key_table.h"

struct arena;
struct building_route;
struct building_trace;

struct dynamic_builder {
	struct arena *arena;
	struct interner strings;
	struct key_table run_keys, source_keys, process_keys, function_keys, call_keys,
		share_keys;
	struct key_table entry_keys, route_keys, route_share_keys, trace_keys;
	struct process *processes; /* heap, as the next: parallel to their keys */
	struct call_share *shares;
	struct building_route *routes;
	struct route_share *route_shares;
	struct building_trace *traces;
	size_t process_room, share_room, route_room, route_share_room, trace_room;
};

void dynamic_builder_init(struct dynamic_builder *builder, struct arena *arena);
void dynamic_builder_release(struct dynamic_builder *builder);

#define scoped_builder \
	__attribute__((cleanup(dynamic_builder_release))) struct dynamic_builder

/*
 * Each returns the index by which the rest refers to it until dynamic_builder_finish().
 * Strings are copied. What has the same id (a function: the same record) is joined: of
 * two values of a process the greater one stays, and it is complete if both are.
 */
uint32_t dynamic_builder_run(struct dynamic_builder *builder, const char *id);
/* A file that something in the run was compiled from. */
void dynamic_builder_source(struct dynamic_builder *builder, uint32_t run,
	const char *file);
uint32_t dynamic_builder_process(struct dynamic_builder *builder,
	const struct process *process);
uint32_t dynamic_builder_function(struct dynamic_builder *builder,
	const struct function *fn);

/* One run's share of `call`, whose own counts and shares are not looked at: added. */
void dynamic_builder_count(struct dynamic_builder *builder,
	const struct observed_call *call, const struct call_share *share);

/* The same, where both may be the same recording: the greater of two shares stays. */
void dynamic_builder_join(struct dynamic_builder *builder,
	const struct observed_call *call, const struct call_share *share);

void dynamic_builder_entry(struct dynamic_builder *builder,
	const struct covered_entry *entry);

/* One run's share of `route`, whose own counts and shares are not looked at: as above. */
void dynamic_builder_route(struct dynamic_builder *builder,
	const struct covered_route *route, const struct route_share *share);

/* Spans of the same id are the same span: the longer one stays. */
void dynamic_builder_trace(struct dynamic_builder *builder,
	const struct observed_trace *trace);

/* Sort and renumber it all; the trace is in the arena. */
void dynamic_builder_finish(struct dynamic_builder *builder, const char *tool_version,
	struct dynamic_trace *out);

#endif
