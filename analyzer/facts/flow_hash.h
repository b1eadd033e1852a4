/*
 * A hash of what flows in one function body, the same in every unit that holds the body:
 * so that an inline function of a header is linked once.
 */
#ifndef PCARCH_ANALYZER_FACTS_FLOW_HASH_H
#define PCARCH_ANALYZER_FACTS_FLOW_HASH_H

#include <stdint.h>

struct facts_builder;

/*
 * Over the flows of `function`, which are those from `first` on, and what its sites call;
 * 0: there are none.
 */
uint32_t flow_hash(struct facts_builder *facts, uint32_t function, uint32_t first);

#endif
