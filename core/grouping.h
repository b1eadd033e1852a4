/* Indexes grouped by a number: the calls of each caller, the functions of each module. */
#ifndef PCARCH_CORE_GROUPING_H
#define PCARCH_CORE_GROUPING_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/* Indexes into an array, ascending. */
struct index_list {
	const uint32_t *items;
	size_t count;
};

/* For each of `ngroups` numbers, the indexes that belong to it. */
struct grouping {
	const uint32_t *starts; /* ngroups + 1, into `items` */
	const uint32_t *items;
	size_t ngroups;
};

/*
 * Index i belongs to group keys[i], below `ngroups`, or to none where that is TRACE_NONE.
 * In `arena`; `keys` may go.
 */
struct grouping grouping_by(struct arena *arena, const uint32_t *keys, size_t nkeys,
	size_t ngroups);

/* The indexes of `group`, borrowed. */
static inline struct index_list grouping_at(const struct grouping *groups, uint32_t group)
{
	uint32_t start = groups->starts[group];

	return (struct index_list){
		groups->items + start, groups->starts[group + 1] - start};
}

#endif
