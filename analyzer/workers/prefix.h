/*
 * What units have in common at their beginning: the same `#include` lines, in the same
 * order, before anything else. Where several units share such a prefix, with exactly the
 * same flags, it is precompiled once. Most of a scan is parsing headers
 * (`scripts/bench scan`: with shared prefixes and without).
 *
 * Only real common sequences count: nothing is included that a unit does not include
 * itself, or earlier than it does.
 */
#ifndef PCARCH_ANALYZER_WORKERS_PREFIX_H
#define PCARCH_ANALYZER_WORKERS_PREFIX_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct scan_unit;

enum {
	PREFIX_MAX_LINES = 64
};

struct prefix {
	const char *text; /* the #include lines */
	uint32_t unit; /* one of its units: directory and flags are those of all */
	size_t nunits;
};

struct prefix_plan {
	struct prefix *prefixes;
	size_t nprefixes;
	uint32_t *of_unit; /* for each unit asked for: its prefix, or UINT32_MAX */
};

/* Group `nwanted` units of `units`, given by their indexes; of_unit is parallel to
 * `wanted`. */
void prefix_plan(struct arena *arena, const struct scan_unit *units,
	const uint32_t *wanted, size_t nwanted, struct prefix_plan *out);

/*
 * The header that the line at `at` includes, `"x.h"` or `<x.h>`; NULL when it is another
 * line or the name is computed.
 */
const char *prefix_include_line(struct arena *arena, const char *at, const char *end);

/*
 * The leading #include lines of `source`, each as one string, `"x.h"` or `<x.h>`, in
 * `lines`; returns how many, at most `most`. Comments and blank lines between them do not
 * end the sequence; any other line, a computed include among them, does.
 */
size_t prefix_read_includes(struct arena *arena, const char *source, size_t size,
	const char **lines, size_t most);

#endif
