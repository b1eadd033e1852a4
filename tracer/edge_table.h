/*
 * The calls of all processes of a run, by object file and address in it: what is the same
 * call in several processes, or at several addresses, is one.
 */
#ifndef PCARCH_TRACER_EDGE_TABLE_H
#define PCARCH_TRACER_EDGE_TABLE_H

#include "core/dynamic_trace.h"
#include "core/key_table.h"

#include <stdbool.h>
#include <stdint.h>

struct recording;
struct recording_edge;
struct traced_objects;

enum edge_kind { /* bits */
	EDGE_BODY = 1, /* the callee is where an address in a body says */
	EDGE_INDIRECT = 2, /* only the first address of a function is one */
	EDGE_INLINED_SEEN = 4, /* inlined calls are edges of their own */
};

struct edge {
	uint64_t site, callee; /* in the file; site is behind the call */
	uint32_t site_object, callee_object; /* TRACE_NONE: in no file */
	uint32_t root; /* enum call_root; with one, there is no site */
	uint32_t kind; /* enum edge_kind */
};

struct edge_table {
	struct key_table edges; /* of struct edge */
	uint64_t *counts; /* heap, parallel */
	uint64_t *times_us; /* heap, parallel */
	size_t room, time_room;
};

void edge_table_init(struct edge_table *table);
void edge_table_release(struct edge_table *table);

#define scoped_edges __attribute__((cleanup(edge_table_release))) struct edge_table

/*
 * Add all edges of a recording, and the times that they took; `objects` are the indices
 * of its objects there, one each, and is told what will be asked for.
 */
void edge_table_add(struct edge_table *table, struct traced_objects *objects,
	const struct recording *recording, const uint32_t *indices);

/* How one edge of a recording is kept; false: it is no call. */
bool edge_make(const struct recording *recording, const uint32_t *indices,
	const struct recording_edge *from, struct edge *out);

/* Tell `objects` what will be asked for. */
void edge_want(struct traced_objects *objects, const struct edge *edge);

#endif
