/* What a run recorded: made with `pcarch trace`, read, looked into, joined. */
#ifndef PCARCH_TRACER_TRAFFIC_RECORD_H
#define PCARCH_TRACER_TRAFFIC_RECORD_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct dynamic_builder;
struct dynamic_trace;
struct traffic;
struct traffic_item;
struct traffic_room;

struct traffic_recorder {
	const char *self; /* the pcarch program */
	const char *scanned; /* static.json, absolute */
	const char *root; /* --root, absolute, or NULL */
	struct dynamic_builder *builder; /* where what was recorded is joined */
	size_t nruns; /* joined */
};

/*
 * The command that runs `command` (the first is a path) in the room and records it; ended
 * with SIGTERM after `seconds`, 0: as long as it takes.
 */
char **traffic_record_command(const struct traffic_recorder *recorder,
	struct arena *arena, const struct traffic_room *room, char *const *command,
	unsigned seconds);

/* The command that makes the trace of a run whose recorder was ended. */
char **traffic_recover_command(const struct traffic_recorder *recorder,
	struct arena *arena, const struct traffic_room *room);

/* The trace that is in the room, in `arena`; false: there is none, or nothing in it. */
bool traffic_record_read(const struct traffic_room *room, struct arena *arena,
	struct dynamic_trace *out);

/*
 * Did a handler of the item run in it? `has_run` and `is_unsure` say so, and `why` where
 * it ran for other commands only.
 */
void traffic_record_judge(const struct traffic *traffic, struct traffic_item *item,
	const struct dynamic_trace *trace);

/* Join it to the others. */
void traffic_record_join(struct traffic_recorder *recorder,
	const struct dynamic_trace *trace);

#endif
