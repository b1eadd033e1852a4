/*
 * How a function's address got somewhere: the shortest way through the graph, and of
 * several that are as short the first by place, so that it never depends on the order in
 * which units were linked.
 */
#ifndef PCARCH_ANALYZER_FLOW_PATHS_H
#define PCARCH_ANALYZER_FLOW_PATHS_H

#include <stdint.h>

struct arena;
struct flow;
struct flow_paths;
struct flow_target;

/* The steps are put into `arena`. */
struct flow_paths *flow_paths_new(struct flow *flow, struct arena *arena);
void flow_paths_free(struct flow_paths *paths);

/* Ask for target->steps: the way of target->function to `node`, where it is a value. */
void flow_paths_add(struct flow_paths *paths, uint32_t node, struct flow_target *target);

/* Find all that were asked for: one search for each function. */
void flow_paths_find(struct flow_paths *paths);

#endif
