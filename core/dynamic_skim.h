/*
 * Traces as they are read, without their spans: of each only those at which it enters a
 * process stay, so that what is known of programs that call each other stays known.
 */
#ifndef PCARCH_CORE_DYNAMIC_SKIM_H
#define PCARCH_CORE_DYNAMIC_SKIM_H

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/interner.h"
#include "core/key_table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	/*
	 * Traces that are all in one process, come from none and continue none are kept
	 * up to so many, for another recording may continue them.
	 */
	SKIM_MOST_QUIET = 16 * 1024,
};

/* The greatest index that a span refers by, and where: checked when all is read. */
struct skim_reference {
	bool is_set;
	uint32_t index;
	size_t trace; /* of the file */
	uint64_t offset; /* of the span in it, in bytes */
	char span[40];
};

struct skim_trace_id {
	char bytes[64];
	bool is_set, is_mixed;
};

struct dynamic_skim {
	struct arena *arena; /* the only member to set before use: of what is kept */
	struct interner strings; /* in it */
	struct observed_trace *traces; /* heap */
	size_t ntraces, room;
	size_t nquiet; /* that were read, kept or not */
	size_t nspans; /* that were read */
	struct skim_reference process, function;

	/* Of the trace that is being read. */
	struct arena pool, scratch; /* `scratch`: of one span, for who reads it */
	struct skim_trace_id trace_id;
	size_t trace_spans;
	struct key_table process_keys; /* that it is in */
	struct span *entered; /* heap, parallel: the first span in each, in the pool */
	size_t entered_room;
	struct skim_place *places; /* heap: where spans are, the first ones */
	size_t nplaces, place_room;
};

void dynamic_skim_release(struct dynamic_skim *skim);

/* One span of the trace that comes; its strings may go after the call. */
void dynamic_skim_span(struct dynamic_skim *skim, const char *trace_id,
	const struct span *span, uint64_t offset, size_t trace);

/* All its spans are of that trace. */
bool dynamic_skim_is_of(const struct dynamic_skim *skim, const char *trace_id);

/* The trace whose spans came: its strings and links may go after the call. */
void dynamic_skim_trace(struct dynamic_skim *skim, const struct observed_trace *trace);

/* Remove from `trace`, whose traces came so, those of one process that stand alone. */
void dynamic_skim_drop_quiet(struct dynamic_trace *trace);

#endif
