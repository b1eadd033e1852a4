/* What is at hand while the parts of static.json become a trace. */
#ifndef PCARCH_CORE_STATIC_LINKER_H
#define PCARCH_CORE_STATIC_LINKER_H

#include "core/static_parts.h"

/* An entry point by its id, which is interned: sorted by pointer. */
struct named_entry {
	const char *id;
	uint32_t index;
};

struct static_linker {
	const struct static_parts *parts;
	struct arena *arena;
	struct static_trace trace;
	struct named_entry *entries; /* heap, sorted; one for each entry point */
	struct error *err;
};

/* "byte 12: calls[3]: …", of the element `index`. Returns false. */
bool static_linker_fail(struct static_linker *linker, enum static_section section,
	size_t index, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Whether the function is there, and is what the record says; fails otherwise. */
bool static_linker_check(struct static_linker *linker, enum static_section section,
	size_t index, struct function_ref ref);

/* The entry point of that interned id; TRACE_NONE: there is none. */
uint32_t static_linker_entry(const struct static_linker *linker, const char *id);

/* Check routes and set the trace's; entry points must be linked. core/static_routes.c */
bool static_linker_routes(struct static_linker *linker);

#endif
