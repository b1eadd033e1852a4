#include "analyzer/link/fallback.h"

#include "analyzer/link/function_table.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>

enum {
	MAX_GUESSES = 50 /* each would be at most 2 % likely */
};

struct candidate {
	const char *signature; /* interned */
	uint32_t function, order;
};

struct fallback {
	struct candidate *candidates; /* sorted */
	uint32_t *functions; /* of them */
	size_t count;
};

/* Equal signatures are equal pointers; which of two comes first does not matter. */
static int by_signature(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	if (a->signature != b->signature)
		return (uintptr_t)a->signature < (uintptr_t)b->signature ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

struct fallback *fallback_new(struct function_table *functions, const uint32_t *order)
{
	struct fallback *fallback = xmalloc(sizeof(*fallback));
	size_t all = function_table_count(functions), room = 0;

	*fallback = (struct fallback){0};
	for (uint32_t f = 0; f < all; f++) {
		const struct function *fn = &function_table_get(functions, f)->function;

		if (!(fn->flags & FUNCTION_ADDRESS_TAKEN) || order[f] == TRACE_NONE)
			continue;
		fallback->candidates = grow(fallback->candidates, fallback->count, &room,
			sizeof(*fallback->candidates));
		fallback->candidates[fallback->count++] =
			(struct candidate){fn->signature, f, order[f]};
	}
	if (fallback->count)
		qsort(fallback->candidates, fallback->count,
			sizeof(*fallback->candidates), by_signature);
	fallback->functions = xmalloc((fallback->count + 1) * sizeof(uint32_t));
	for (size_t i = 0; i < fallback->count; i++)
		fallback->functions[i] = fallback->candidates[i].function;
	return fallback;
}

void fallback_free(struct fallback *fallback)
{
	free(fallback->candidates);
	free(fallback->functions);
	free(fallback);
}

struct guesses fallback_find(const struct fallback *fallback, const char *signature)
{
	const struct candidate *candidates = fallback->candidates;
	size_t low = 0, high = fallback->count, end;
	struct guesses none = {0};

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if ((uintptr_t)candidates[middle].signature < (uintptr_t)signature)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < fallback->count && candidates[end].signature == signature;)
		end++;
	if (!signature || end - low > MAX_GUESSES)
		return none;
	return (struct guesses){fallback->functions + low, end - low};
}
