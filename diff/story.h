/*
 * What happened, of one story or of all: events from logs and spans from dynamic.json, of
 * many processes, in one order.
 *
 * Within a process the order is that of its numbers; between processes it is that of the
 * wall clock, and nothing comes before what caused it: clocks that contradict that are
 * told.
 */
#ifndef PCARCH_DIFF_STORY_H
#define PCARCH_DIFF_STORY_H

#include "core/event_json.h"
#include "core/interner.h"
#include "core/key_table.h"
#include "core/log_lines.h"
#include "diff/log_filter.h"
#include "diff/story_links.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dynamic_trace;
struct error;
struct observed_trace;
struct span;

enum {
	STORY_ENTRIES_MAX = 1 << 20,
};

/* One event or span. */
struct story_entry {
	uint64_t time_ns, seq; /* seq: order within the process */
	uint64_t offset, line; /* of an event, in its log */
	uint64_t span_id, parent_id; /* 0: none */
	uint64_t behind_ns; /* its clock is at least so much behind its cause's */
	uint32_t len, file, process;
	uint32_t cause; /* entry of another process that led to it; UINT32_MAX: none */
	uint32_t depth; /* of causes */
	bool is_entry; /* the context of another may have come in with it */
	bool is_orphan; /* it did, and its sender is in none of the logs */
	const struct observed_trace *trace; /* of a span; NULL: an event */
	const struct span *span;
};

struct story_source {
	const char *path;
	const struct dynamic_trace *trace; /* NULL: a log */
};

struct story {
	/* To set before use. */
	const struct story_source *sources;
	size_t nsources;
	struct log_filter filter; /* `guid` names a story, the rest picks from it */
	/* What was found, in order. */
	struct story_entry *entries; /* heap */
	size_t nentries, room;
	struct story_links links;
	struct key_table processes; /* by name: an interned pointer */
	struct key_table asked; /* trace ids of events that have the GUID; the same */
	struct interner names;
	struct arena arena;
	uint64_t nskipped; /* lines that are no events */
	struct error *skipped; /* what is wrong with the first; may be NULL */
	bool *is_told; /* heap, by story: the GUID is of it; NULL: all are */
};

/* Find the entries and put them in order. Fails when a log cannot be read, or when there
 * are more than STORY_ENTRIES_MAX. */
bool story_find(struct story *story, struct error *err);
void story_release(struct story *story);

/* Used by story_find(): causes, depths and order. */
void story_order(struct story *story);

/* Events of the story, read again. */
struct story_reader {
	struct event_reader reader;
	char *buffer; /* heap */
	uint32_t file; /* that is open; UINT32_MAX: none */
	int fd;
};

#define scoped_story_reader \
	__attribute__((cleanup(story_reader_release))) struct story_reader

void story_reader_init(struct story_reader *reader);
void story_reader_release(struct story_reader *reader);

/* The event of an entry, and its line; false: the log has changed since. */
bool story_read(struct story_reader *reader, const struct story *story,
	const struct story_entry *entry, struct log_line *line, struct event *event);

#endif
