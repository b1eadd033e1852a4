/* Several dynamic traces as one. */
#ifndef PCARCH_CORE_DYNAMIC_MERGE_H
#define PCARCH_CORE_DYNAMIC_MERGE_H

struct dynamic_builder;
struct dynamic_trace;

/*
 * Add `trace` to what `builder` has. Counts are kept by run, and of two records of the
 * same run the greater count stays: merging is associative, does not depend on order, and
 * merging a thing with itself changes nothing.
 */
void dynamic_merge(struct dynamic_builder *builder, const struct dynamic_trace *trace);

#endif
