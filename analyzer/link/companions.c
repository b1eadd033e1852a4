#include "analyzer/link/companions.h"

#include "core/arena.h"
#include "core/grouping.h"

#include <stdlib.h>
#include <string.h>

enum {
	HOME_UNKNOWN = UINT32_MAX,
	HOME_SEVERAL = UINT32_MAX - 1, /* which cannot be */
};

struct pair {
	uint32_t from, to;
};

struct companions {
	struct arena arena;
	size_t nunits;
	struct pair *pairs;
	size_t npairs, room;
	struct grouping from, to; /* pairs by their ends; once settled */
	uint32_t *home; /* the unit with `main` that each is linked with */
	bool *is_doubtful; /* something that leads to it is wrong */
	bool **with; /* other -> which units have it; NULL: not asked yet */
	uint32_t *queue;
	bool is_settled;
};

struct companions *companions_new(size_t nunits)
{
	struct companions *companions = xmalloc(sizeof(*companions));

	*companions = (struct companions){.nunits = nunits};
	companions->home =
		arena_alloc(&companions->arena, nunits * sizeof(*companions->home));
	companions->queue =
		arena_alloc(&companions->arena, nunits * sizeof(*companions->queue));
	companions->is_doubtful = arena_alloc(&companions->arena, nunits);
	companions->with =
		arena_alloc(&companions->arena, nunits * sizeof(*companions->with));
	memset(companions->home, 0xff, nunits * sizeof(*companions->home));
	return companions;
}

void companions_free(struct companions *companions)
{
	if (!companions)
		return;
	free(companions->pairs);
	arena_release(&companions->arena);
	free(companions);
}

void companions_add(struct companions *companions, uint32_t unit, uint32_t other)
{
	struct pair *last =
		companions->npairs ? &companions->pairs[companions->npairs - 1] : NULL;

	if (unit == other || (last && last->from == unit && last->to == other))
		return;
	companions->pairs = grow(companions->pairs, companions->npairs, &companions->room,
		sizeof(*companions->pairs));
	companions->pairs[companions->npairs++] = (struct pair){unit, other};
}

void companions_add_main(struct companions *companions, uint32_t unit)
{
	companions->home[unit] = unit;
}

/* Mark in `seen`, which holds the `count` units of the queue, where they lead to. */
static void spread(struct companions *companions, size_t count, bool *seen,
	bool is_backwards)
{
	const struct grouping *pairs = is_backwards ? &companions->to : &companions->from;

	for (size_t i = 0; i < count; i++) {
		struct index_list next = grouping_at(pairs, companions->queue[i]);

		for (size_t p = 0; p < next.count; p++) {
			const struct pair *pair = &companions->pairs[next.items[p]];
			uint32_t unit = is_backwards ? pair->from : pair->to;

			if (!seen[unit])
				companions->queue[count++] = unit;
			seen[unit] = true;
		}
	}
}

/* Mark what `unit`, of which something wrong is known, has told. */
static void doubt(struct companions *companions, uint32_t unit)
{
	if (companions->is_doubtful[unit])
		return;
	companions->is_doubtful[unit] = true;
	companions->queue[0] = unit;
	spread(companions, 1, companions->is_doubtful, false);
}

/* Does unit `from` of a pair learn something of where it is at home? */
static bool learn_home(uint32_t *from, uint32_t to)
{
	uint32_t old = *from;

	if (to == HOME_UNKNOWN || old == to || old == HOME_SEVERAL)
		return false;
	*from = old == HOME_UNKNOWN ? to : HOME_SEVERAL;
	return true;
}

/* A unit changes at most twice, so that this ends. */
static void spread_homes(struct companions *companions)
{
	struct pair *stack = NULL; /* only `from` counts: units whose home is new */
	size_t count = 0, room = 0;

	for (uint32_t i = 0; i < companions->nunits; i++) {
		if (companions->home[i] == HOME_UNKNOWN)
			continue;
		stack = grow(stack, count, &room, sizeof(*stack));
		stack[count++].from = i;
	}
	while (count) {
		uint32_t unit = stack[--count].from;
		struct index_list users = grouping_at(&companions->to, unit);

		for (size_t p = 0; p < users.count; p++) {
			uint32_t user = companions->pairs[users.items[p]].from;

			if (!learn_home(&companions->home[user], companions->home[unit]))
				continue;
			stack = grow(stack, count, &room, sizeof(*stack));
			stack[count++].from = user;
		}
	}
	free(stack);
}

static void settle(struct companions *companions)
{
	uint32_t *keys;

	if (companions->is_settled)
		return;
	companions->is_settled = true;
	keys = arena_alloc(&companions->arena, companions->npairs * sizeof(*keys));
	for (size_t i = 0; i < companions->npairs; i++)
		keys[i] = companions->pairs[i].from;
	companions->from = grouping_by(&companions->arena, keys, companions->npairs,
		companions->nunits);
	for (size_t i = 0; i < companions->npairs; i++)
		keys[i] = companions->pairs[i].to;
	companions->to = grouping_by(&companions->arena, keys, companions->npairs,
		companions->nunits);
	spread_homes(companions);
	for (uint32_t i = 0; i < companions->nunits; i++)
		if (companions->home[i] == HOME_SEVERAL)
			doubt(companions, i);
}

/* Which units have `other`. */
static const bool *units_with(struct companions *companions, uint32_t other)
{
	bool *with = companions->with[other];

	if (with)
		return with;
	with = companions->with[other] =
		arena_alloc(&companions->arena, companions->nunits);
	with[other] = true;
	companions->queue[0] = other;
	spread(companions, 1, with, true);
	return with;
}

void companions_add_rivals(struct companions *companions, const uint32_t *units,
	size_t nunits)
{
	settle(companions);
	for (size_t i = 0; i < nunits; i++)
		units_with(companions, units[i]);
	for (uint32_t unit = 0; unit < companions->nunits; unit++) {
		size_t count = 0;

		for (size_t i = 0; i < nunits && count < 2; i++)
			count += companions->with[units[i]][unit];
		if (count > 1)
			doubt(companions, unit);
	}
}

bool companions_has(struct companions *companions, uint32_t unit, uint32_t other)
{
	settle(companions);
	return !companions->is_doubtful[unit] && units_with(companions, other)[unit];
}

bool companions_are_apart(struct companions *companions, uint32_t a, uint32_t b)
{
	settle(companions);
	return !companions->is_doubtful[a] && !companions->is_doubtful[b] &&
	       companions->home[a] != HOME_UNKNOWN &&
	       companions->home[b] != HOME_UNKNOWN &&
	       companions->home[a] != companions->home[b];
}
