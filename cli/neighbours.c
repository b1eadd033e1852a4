#include "cli/neighbours.h"

#include "core/arena.h"
#include "core/call_way.h"
#include "core/compare.h"
#include "core/trace.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct order {
	const struct static_trace *trace;
	bool is_callees;
};

static uint32_t other_end(const struct order *order, uint32_t call)
{
	const struct call *at = &order->trace->calls[call];

	return order->is_callees ? at->callee : at->caller;
}

static int compare_through(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

/* 0: the same neighbour, known the same way. */
static int compare_ways(const struct order *order, uint32_t a, uint32_t b)
{
	const struct call *left = &order->trace->calls[a];
	const struct call *right = &order->trace->calls[b];
	int way = compare_u32(other_end(order, a), other_end(order, b));

	if (!way) /* the surest first */
		way = (left->confidence < right->confidence) -
		      (left->confidence > right->confidence);
	if (!way)
		way = strcmp(left->via, right->via);
	return way ? way : compare_through(left->through, right->through);
}

static int compare_calls(const void *left, const void *right, void *order)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int way = compare_ways(order, a, b);

	return way ? way : compare_u32(a, b);
}

static int compare_first_calls(const void *left, const void *right)
{
	const struct neighbour *a = left, *b = right;

	return compare_u32(a->calls.items[0], b->calls.items[0]);
}

static size_t gather(const struct order *order, const uint32_t *calls, size_t ncalls,
	struct neighbour *out)
{
	size_t count = 0;

	for (size_t i = 0, end; i < ncalls; i = end) {
		const struct call *call = &order->trace->calls[calls[i]];

		for (end = i + 1; end < ncalls; end++)
			if (compare_ways(order, calls[i], calls[end]) != 0)
				break;
		out[count++] = (struct neighbour){other_end(order, calls[i]), call->via,
			call->confidence, call->through, {calls + i, end - i}};
	}
	return count;
}

struct neighbours neighbours_of(const struct program *program, struct arena *arena,
	uint32_t function, enum program_direction direction)
{
	bool is_callees = direction == PROGRAM_CALLEES;
	struct order order = {program->trace, is_callees};
	struct index_list found = is_callees ? program_calls_from(program, function)
					     : program_calls_to(program, function);
	uint32_t *calls = arena_alloc(arena, found.count * sizeof(*calls));
	struct neighbour *items = arena_alloc(arena, found.count * sizeof(*items));
	size_t count;

	if (found.count)
		memcpy(calls, found.items, found.count * sizeof(*calls));
	qsort_r(calls, found.count, sizeof(*calls), compare_calls, &order);
	count = gather(&order, calls, found.count, items);
	if (is_callees)
		qsort(items, count, sizeof(*items), compare_first_calls);
	return (struct neighbours){items, count};
}

const char *neighbour_way(const struct neighbour *near, struct arena *arena)
{
	struct call call = {.via = near->via,
		.confidence = near->confidence,
		.through = near->through};

	return call_way(&call, arena);
}
