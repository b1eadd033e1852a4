/*
 * The reduce step of a scan: the facts of many units become one program. Which units, in
 * which order, through how many archives, with or without shared prefixes: the result is
 * the same, byte for byte.
 */
#ifndef PCARCH_ANALYZER_LINK_LINK_H
#define PCARCH_ANALYZER_LINK_LINK_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct binary;
struct facts;
struct learned_report;
struct rules;
struct static_trace;

struct link_options {
	const char *root; /* absolute: paths are shown from here */
	const struct rules *rules; /* what libraries do, and the project's own */
	unsigned max_functions; /* listed in one trace; 0: all */
	unsigned max_depth; /* of functions listed in one trace; 0: no limit */
	const char *tool_version;
	const struct binary *binaries; /* only their units count; none: all */
	size_t nbinaries;
	struct learned_report *learned; /* what became of learned calls; or NULL */
};

/*
 * Link `images` into `out`, whose memory is the arena's; the images may go afterwards.
 * `images` is put in order. Never fails: what does not fit together is in the result.
 */
void link_facts(struct arena *arena, struct facts *images, size_t nimages,
	const struct link_options *options, struct static_trace *out);

/* Put images in order and drop repeated ones; returns how many stay. */
size_t link_order(struct facts *images, size_t nimages);

#endif
