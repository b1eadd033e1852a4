/* Modules that depend on each other at run time only. */
#ifndef PCARCH_DIFF_DEPENDENCY_FINDINGS_H
#define PCARCH_DIFF_DEPENDENCY_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct comparison;
struct finding_list;

/* Calls from one module to another, both scanned. */
struct module_edge {
	uint32_t from, to; /* modules of the program */
	uint64_t count; /* of calls seen; 0: in the source only */
	size_t ncalls; /* of the source, or runtime-only ones */
	uint32_t first; /* such a call; of a runtime-only edge in comparison->calls */
	bool is_runtime_only;
};

struct module_edges {
	const struct module_edge *items; /* by modules, in the arena */
	size_t count;
};

/* All edges between modules of which functions are defined. */
struct module_edges module_edges_of(struct arena *arena,
	const struct comparison *comparison);

/* A finding for each runtime-only one. */
void dependency_findings(const struct comparison *comparison, struct finding_list *list);

#endif
