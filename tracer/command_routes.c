#include "tracer/command_routes.h"

#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

struct handler_key {
	const char *name, *file;
};

/* What routes and handlers are, as pairs: a grouping takes one key for each item. */
struct pairs {
	uint32_t *handlers, *routes; /* heap */
	size_t count, handler_room, route_room;
};

static void add_pair(struct command_routes *routes, struct pairs *pairs,
	uint32_t function, uint32_t route)
{
	const struct function *fn = &routes->program->functions[function];
	const struct handler_key key = {intern_string(routes->strings, fn->name),
		intern_string(routes->strings, fn->file)};
	uint32_t handler = key_table_add(&routes->handlers, &key, NULL);

	pairs->handlers = grow(pairs->handlers, pairs->count, &pairs->handler_room,
		sizeof(*pairs->handlers));
	pairs->routes = grow(pairs->routes, pairs->count, &pairs->route_room,
		sizeof(*pairs->routes));
	pairs->handlers[pairs->count] = handler;
	pairs->routes[pairs->count++] = route;
}

/* From the index of a pair to its route. */
static void to_routes(struct grouping *groups, const struct pairs *pairs)
{
	uint32_t *items = (uint32_t *)groups->items; /* in our arena, and new */

	for (size_t i = 0; i < pairs->count; i++)
		items[i] = pairs->routes[items[i]];
}

void command_routes_init(struct command_routes *routes, struct arena *arena,
	struct interner *strings, const struct static_trace *program)
{
	static const struct static_trace nothing;
	struct pairs pairs = {0};

	*routes = (struct command_routes){
		.program = program ? program : &nothing,
		.arena = arena,
		.strings = strings,
		.handlers.key_bytes = sizeof(struct handler_key),
	};
	route_tree_init(&routes->tree, arena, routes->program);
	for (uint32_t i = 0; i < routes->program->nroutes; i++) {
		const struct route *route = &routes->program->routes[i];

		if (route->handler != TRACE_NONE)
			add_pair(routes, &pairs, route->handler, i);
		for (size_t k = 0; k < route->nothers; k++)
			if (strcmp(route->others[k].role, "handler") == 0)
				add_pair(routes, &pairs, route->others[k].function, i);
	}
	routes->by_handler =
		grouping_by(arena, pairs.handlers, pairs.count, routes->handlers.count);
	to_routes(&routes->by_handler, &pairs);
	free(pairs.handlers);
	free(pairs.routes);
}

void command_routes_release(struct command_routes *routes)
{
	key_table_release(&routes->handlers);
}

uint32_t command_routes_handler(const struct command_routes *routes, const char *name,
	const char *file)
{
	const struct handler_key key = {intern_string(routes->strings, name),
		intern_string(routes->strings, file)};

	return key_table_find(&routes->handlers, &key);
}

struct index_list command_routes_of(const struct command_routes *routes, uint32_t handler)
{
	return grouping_at(&routes->by_handler, handler);
}

bool command_routes_is_above(const struct command_routes *routes, uint32_t above,
	uint32_t below)
{
	while (below != TRACE_NONE && below != above)
		below = routes->program->routes[below].parent;
	return below == above;
}

/* Routes that it may be. */
struct route_set {
	uint32_t *items; /* heap */
	size_t count, room;
};

static void set_release(struct route_set *set)
{
	free(set->items);
}

#define scoped_set __attribute__((cleanup(set_release))) struct route_set

static void set_add(struct route_set *set, uint32_t route)
{
	set->items = grow(set->items, set->count, &set->room, sizeof(*set->items));
	set->items[set->count++] = route;
}

/* Take `from` instead, unless nothing is in it. */
static void set_narrow(struct route_set *set, struct route_set *from)
{
	struct route_set old = *set;

	if (!from->count)
		return;
	*set = *from;
	*from = old;
}

static bool has_above(const struct command_routes *routes, const struct route_set *set,
	uint32_t route)
{
	uint32_t parent = routes->program->routes[route].parent;

	for (size_t i = 0; i < set->count; i++)
		if (command_routes_is_above(routes, set->items[i], parent))
			return true;
	return false;
}

/* Of the first handler; of another program only when this one has none. */
static void start(const struct command_routes *routes, uint32_t handler,
	const char *program, struct route_set *set)
{
	struct index_list all = command_routes_of(routes, handler);
	scoped_set own = {0};

	for (size_t i = 0; i < all.count; i++) {
		set_add(set, all.items[i]);
		if (strcmp(routes->program->routes[all.items[i]].program, program) == 0)
			set_add(&own, all.items[i]);
	}
	set_narrow(set, &own);
}

static void go_below(const struct command_routes *routes, uint32_t handler,
	struct route_set *set)
{
	struct index_list all = command_routes_of(routes, handler);
	scoped_set below = {0};

	for (size_t i = 0; i < all.count; i++)
		if (has_above(routes, set, all.items[i]))
			set_add(&below, all.items[i]);
	set_narrow(set, &below);
}

/* Do the words, or some behind options and their values, lead to the route? */
static bool is_typed(const struct command_routes *routes, struct route_words words,
	uint32_t index)
{
	const struct route *route = &routes->program->routes[index];
	uint32_t program = route_tree_program(&routes->tree, route->program);
	uint32_t wanted = route->is_default ? route->parent : index;
	bool leads_nowhere = true;

	for (size_t i = 0; i < words.count; i++) {
		struct route_words rest = {words.items + i, words.count - i};
		struct route_found found;

		route_tree_find(&routes->tree, routes->arena, program, rest, &found);
		if (found.route == TRACE_NONE)
			continue;
		leads_nowhere = false;
		if (wanted != TRACE_NONE &&
			command_routes_is_above(routes, wanted, found.route))
			return true;
	}
	/* A default at the top runs when no command is there. */
	return wanted == TRACE_NONE && leads_nowhere;
}

/* What is typed, and of that what has most words. */
static bool ask_words(const struct command_routes *routes, struct route_words words,
	struct route_set *set)
{
	scoped_set typed = {0};
	size_t most = 0;

	for (size_t i = 0; i < set->count; i++) {
		size_t depth = routes->tree.depths[set->items[i]];

		if (!is_typed(routes, words, set->items[i]))
			continue;
		if (depth > most)
			typed.count = 0;
		most = depth > most ? depth : most;
		if (depth == most)
			set_add(&typed, set->items[i]);
	}
	if (!typed.count)
		return false;
	set_narrow(set, &typed);
	return true;
}

static bool is_same(const struct route *a, const struct route *b)
{
	return a->route_id && b->route_id && strcmp(a->route_id, b->route_id) == 0;
}

/* The deepest one that is above all of the set, or is what all are; TRACE_NONE: none. */
static uint32_t common(const struct command_routes *routes, const struct route_set *set)
{
	uint32_t route = set->items[0];
	size_t i = 0;

	while (route != TRACE_NONE && i < set->count) {
		bool is_one = command_routes_is_above(routes, route, set->items[i]) ||
			      is_same(&routes->program->routes[route],
				      &routes->program->routes[set->items[i]]);

		i = is_one ? i + 1 : 0;
		if (!is_one)
			route = routes->program->routes[route].parent;
	}
	return route;
}

void command_routes_choose(const struct command_routes *routes,
	struct index_list handlers, const struct command_line *line,
	struct route_choice *out)
{
	scoped_set set = {0};

	*out = (struct route_choice){.route = TRACE_NONE};
	if (!handlers.count)
		return;
	start(routes, handlers.items[0], line->program, &set);
	for (size_t i = 1; i < handlers.count; i++)
		go_below(routes, handlers.items[i], &set);
	out->is_typed = line->has_words && ask_words(routes, line->words, &set);
	out->route = common(routes, &set);
	for (size_t i = 0; i < set.count; i++)
		out->is_shared |= out->route == TRACE_NONE ||
				  (set.items[i] != out->route &&
					  !is_same(&routes->program->routes[set.items[i]],
						  &routes->program->routes[out->route]));
}
