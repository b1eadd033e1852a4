/*
 * What dynamic.json says, before anything that it refers to is looked up: its members may
 * come in any order. Kept by the reader, checked when all is read.
 */
#ifndef PCARCH_CORE_DYNAMIC_PARTS_H
#define PCARCH_CORE_DYNAMIC_PARTS_H

#include "core/dynamic_trace.h"

struct arena;
struct error;

enum dynamic_section {
	DYNAMIC_RUNS,
	DYNAMIC_PROCESSES,
	DYNAMIC_FUNCTIONS,
	DYNAMIC_CALLS,
	DYNAMIC_ENTRIES,
	DYNAMIC_TRACES,
	DYNAMIC_SECTION_COUNT,
};

/* The counts of `summary`, in schema order. */
enum dynamic_count {
	DYNAMIC_COUNT_TRACES,
	DYNAMIC_COUNT_SPANS,
	DYNAMIC_COUNT_ENTRIES,
	DYNAMIC_COUNT_PROCESSES,
	DYNAMIC_COUNT_FUNCTIONS,
	DYNAMIC_COUNT_CALLS,
	DYNAMIC_COUNT_COUNT,
};

/* One section's elements: each as in the trace. */
struct dynamic_list {
	void *items; /* heap */
	uint64_t *offsets; /* heap: where each stands in the file, in bytes */
	size_t count, room, offset_room;
	bool is_seen;
};

struct dynamic_parts {
	const char *file; /* for messages */
	struct dynamic_list lists[DYNAMIC_SECTION_COUNT];
	uint64_t summary[DYNAMIC_COUNT_COUNT];
	const struct drop *drops; /* of the summary */
	size_t ndrops;
	uint64_t summary_offset;
	const char *tool_version;
	bool is_complete, has_version, has_kind, has_summary;
};

extern const char *const dynamic_section_names[DYNAMIC_SECTION_COUNT];
extern const char *const dynamic_count_names[DYNAMIC_COUNT_COUNT];

void dynamic_parts_release(struct dynamic_parts *parts);

/*
 * Check everything that refers to something, and make the trace, in `arena`. In spans,
 * `name` is what the file calls the function: NULL in the trace, where it is that.
 */
bool dynamic_parts_link(const struct dynamic_parts *parts, struct arena *arena,
	struct dynamic_trace *out, struct error *err);

#endif
