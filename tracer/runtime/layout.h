/* What assembly and C agree on: the first members of struct lane, and the hash of an
 * edge. */
#ifndef PCARCH_TRACER_RUNTIME_LAYOUT_H
#define PCARCH_TRACER_RUNTIME_LAYOUT_H

#define LANE_EDGES 0
#define LANE_MASK 8
#define LANE_LAST 16
#define LANE_TICK 24

/* (site + 4 * callee) * HASH_FACTOR >> HASH_SHIFT, and LANE_MASK: the offset of the edge.
 */
#define HASH_FACTOR 0x2545f491
#define HASH_SHIFT 20

#endif
