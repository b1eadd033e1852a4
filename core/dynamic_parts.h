/* The parts of dynamic.json (core/document_parts.h), checked when all is read. */
#ifndef PCARCH_CORE_DYNAMIC_PARTS_H
#define PCARCH_CORE_DYNAMIC_PARTS_H

#include "core/document_parts.h"
#include "core/dynamic_trace.h"

struct arena;
struct dynamic_skim;
struct error;

enum dynamic_section {
	DYNAMIC_RUNS,
	DYNAMIC_PROCESSES,
	DYNAMIC_FUNCTIONS,
	DYNAMIC_CALLS,
	DYNAMIC_ENTRIES,
	DYNAMIC_ROUTES,
	DYNAMIC_TRACES,
	DYNAMIC_SECTION_COUNT,
};

/* The counts of `summary`, in schema order. */
enum dynamic_count {
	DYNAMIC_COUNT_TRACES,
	DYNAMIC_COUNT_SPANS,
	DYNAMIC_COUNT_ENTRIES,
	DYNAMIC_COUNT_ROUTES,
	DYNAMIC_COUNT_PROCESSES,
	DYNAMIC_COUNT_FUNCTIONS,
	DYNAMIC_COUNT_CALLS,
	DYNAMIC_COUNT_COUNT,
};

struct dynamic_parts {
	struct document_parts document;
	const struct drop *drops; /* of the summary */
	size_t ndrops;
	bool is_complete; /* by the summary */
	struct dynamic_skim
		*skim; /* has the traces instead; NULL: the section has them */
};

extern const struct document_kind dynamic_kind;

/*
 * Check everything that refers to something, and make the trace, in `arena`. In spans,
 * `name` is what the file calls the function: NULL in the trace, where it is that.
 */
bool dynamic_parts_link(const struct dynamic_parts *parts, struct arena *arena,
	struct dynamic_trace *out, struct error *err);

#endif
