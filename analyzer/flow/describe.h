/* A node of the flow in words: "field ops.open", "parameter cb of visit". */
#ifndef PCARCH_ANALYZER_FLOW_DESCRIBE_H
#define PCARCH_ANALYZER_FLOW_DESCRIBE_H

#include <stdbool.h>
#include <stdint.h>

struct flow;
struct text;

/* Append to `out`; nothing for a node that has no name of its own. */
void flow_describe(struct flow *flow, uint32_t node, struct text *out);

#endif
