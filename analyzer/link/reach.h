/* What each entry point reaches, what they share, and what none of them reaches. */
#ifndef PCARCH_ANALYZER_LINK_REACH_H
#define PCARCH_ANALYZER_LINK_REACH_H

struct arena;
struct link_options;
struct static_trace;

/*
 * Fill reaches, shared modules and orphans of `trace` from its functions, calls and entry
 * points. Shared modules and orphans are those of the full
 * reach, whatever the options' limits on what is listed.
 */
void reach_compute(struct arena *arena, const struct link_options *options,
	struct static_trace *trace);

#endif
