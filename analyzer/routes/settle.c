/* Routes put in order, one for each sequence of tokens. */
#include "analyzer/routes/tree.h"

#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* A route before it is put in order. */
struct unsettled {
	const struct route *route;
	uint32_t number;
};

static int compare_tokens(const struct route *a, const struct route *b)
{
	int order = strcmp(a->program, b->program);

	for (size_t i = 0; !order && i < a->ntokens && i < b->ntokens; i++)
		order = strcmp(a->tokens[i], b->tokens[i]);
	if (!order && a->ntokens != b->ntokens)
		order = a->ntokens < b->ntokens ? -1 : 1;
	return order ? order : (int)a->is_default - (int)b->is_default;
}

static int compare_routes(const void *left, const void *right)
{
	const struct unsettled *a = left, *b = right;
	int order = compare_tokens(a->route, b->route);

	if (!order)
		order = a->number < b->number ? -1 : a->number > b->number;
	return order;
}

static bool has_handler(const struct route *route, uint32_t function)
{
	if (route->handler == function)
		return true;
	for (size_t i = 0; i < route->nothers; i++)
		if (route->others[i].function == function)
			return true;
	return false;
}

/* Two routes of the same tokens are one, with the handlers of both. */
static void merge(struct arena *arena, struct route *into, const struct route *from)
{
	struct route_handler *others;

	if (from->handler == TRACE_NONE || has_handler(into, from->handler))
		return;
	if (into->handler == TRACE_NONE) {
		into->handler = from->handler;
		into->handler_reason = NULL;
		return;
	}
	others = arena_alloc(arena, (into->nothers + 1) * sizeof(*others));
	if (into->nothers)
		memcpy(others, into->others, into->nothers * sizeof(*others));
	others[into->nothers++] =
		(struct route_handler){.function = from->handler, .role = "handler"};
	into->others = others;
	into->is_ambiguous = true;
}

void tree_settle(struct arena *arena, const struct route *routes, size_t count,
	struct found_routes *out)
{
	struct unsettled *sorted = xmalloc((count + 1) * sizeof(*sorted));
	uint32_t *settled = xmalloc((count + 1) * sizeof(*settled));

	out->routes = arena_alloc(arena, count * sizeof(*out->routes));
	out->count = 0;
	for (size_t i = 0; i < count; i++)
		sorted[i] = (struct unsettled){&routes[i], (uint32_t)i};
	qsort(sorted, count, sizeof(*sorted), compare_routes);
	for (size_t i = 0; i < count; i++) {
		struct route *last = out->count ? &out->routes[out->count - 1] : NULL;

		if (last && compare_tokens(last, sorted[i].route) == 0)
			merge(arena, last, sorted[i].route);
		else
			out->routes[out->count++] = *sorted[i].route;
		settled[sorted[i].number] = (uint32_t)out->count - 1;
	}
	/* A parent has fewer tokens, or is the default's own. */
	for (size_t i = 0; i < out->count; i++)
		if (out->routes[i].parent != TRACE_NONE)
			out->routes[i].parent = settled[out->routes[i].parent];
	free(sorted);
	free(settled);
}
