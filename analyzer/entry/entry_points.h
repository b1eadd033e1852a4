/*
 * Where control enters a program: `main`, what rules say that libraries, other languages
 * and the system call, what a library exports.
 */
#ifndef PCARCH_ANALYZER_ENTRY_ENTRY_POINTS_H
#define PCARCH_ANALYZER_ENTRY_ENTRY_POINTS_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct binary;
struct facts;
struct flow_registrations;
struct function_table;
struct rules;
struct source_paths;
struct static_trace;

/* A program as it was linked. */
struct entry_program {
	struct source_paths *paths;
	struct function_table *functions;
	const uint32_t *order; /* the trace's number of each; or TRACE_NONE */
	size_t norder;
	const struct facts *images;
	const uint32_t *const *bodies; /* of each image: analyzer/link/site_table.h */
	size_t nimages;
	const struct flow_registrations *registrations;
	const struct rules *rules; /* NULL: none */
	const struct binary *binaries; /* which say what a library exports */
	size_t nbinaries;
};

/*
 * Fill the entry points and branches of `trace` from the rest of it and the outlines. In
 * the order of their ids, which is of type, file, function and what is said of them, so
 * that edits elsewhere leave them alone.
 */
void entry_points_find(struct arena *arena, const struct entry_program *program,
	struct static_trace *trace);

#endif
