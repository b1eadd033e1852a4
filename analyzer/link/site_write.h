/* The sites and calls of a program, as the trace has them. */
#ifndef PCARCH_ANALYZER_LINK_SITE_WRITE_H
#define PCARCH_ANALYZER_LINK_SITE_WRITE_H

#include <stdint.h>

struct arena;
struct flow_answers;
struct site_table;
struct static_trace;

/*
 * Put the sites in order and write them and their calls to `out`, whose units and
 * functions are there already. `order[f]` is the final index of function f, or
 * TRACE_NONE: its sites are dropped. `answers` are for sites as they were
 * added.
 */
void site_write(struct site_table *sites, struct arena *arena, const uint32_t *order,
	const struct flow_answers *answers, struct static_trace *out);

#endif
