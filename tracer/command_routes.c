#include "tracer/command_routes.h"

#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

struct handler_key {
	const char *name, *file;
};

struct direct_key {
	const char *file;
	uint32_t line, handler;
};

/* Each handler has two numbers: called by its name, and in any other way. */
enum {
	BY_POINTER,
	BY_NAME,
	NWAYS,
};

/* What routes and handlers are, as pairs: a grouping takes one key for each item. */
struct pairs {
	uint32_t *handlers, *routes; /* heap */
	size_t count, handler_room, route_room;
};

/* Rows hold pointers; what runs where no row fits is called by its name. */
static bool has_pointer_only(const struct route *route)
{
	static const char *const patterns[] = {
		"table", "registration", "parallel", "blob", "generated"};

	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		if (strcmp(route->pattern, patterns[i]) == 0)
			return !route->is_default;
	return false;
}

static void add_pair(struct pairs *pairs, uint32_t handler, uint32_t route)
{

	pairs->handlers = grow(pairs->handlers, pairs->count, &pairs->handler_room,
		sizeof(*pairs->handlers));
	pairs->routes = grow(pairs->routes, pairs->count, &pairs->route_room,
		sizeof(*pairs->routes));
	pairs->handlers[pairs->count] = handler;
	pairs->routes[pairs->count++] = route;
}

static struct handler_key key_of(const struct command_routes *routes, uint32_t function)
{
	const struct function *fn = &routes->program->functions[function];

	return (struct handler_key){intern_string(routes->strings, fn->name),
		intern_string(routes->strings, fn->file)};
}

static void add_handler(struct command_routes *routes, struct pairs *pairs,
	uint32_t function, uint32_t route)
{
	const struct handler_key key = key_of(routes, function);
	uint32_t handler = key_table_add(&routes->handlers, &key, NULL);

	add_pair(pairs, handler * NWAYS + BY_POINTER, route);
	if (!has_pointer_only(&routes->program->routes[route]))
		add_pair(pairs, handler * NWAYS + BY_NAME, route);
}

static void index_direct(struct command_routes *routes)
{
	const struct static_trace *program = routes->program;

	for (size_t i = 0; i < program->ncalls; i++) {
		const struct call_site *site = &program->sites[program->calls[i].site];
		struct handler_key key;
		struct direct_key place = {.line = site->line};

		if (!site->is_direct)
			continue;
		key = key_of(routes, program->calls[i].callee);
		place.file = intern_string(routes->strings, site->file);
		place.handler = key_table_find(&routes->handlers, &key);
		if (place.handler != UINT32_MAX)
			key_table_add(&routes->direct, &place, NULL);
	}
}

static void index_names(struct command_routes *routes)
{
	const struct handler_key *keys =
		(const struct handler_key *)routes->handlers.keys;
	size_t n = routes->handlers.count;
	uint32_t *by_name = arena_alloc(routes->arena, n * sizeof(*by_name));

	for (uint32_t i = 0; i < n; i++) {
		bool is_new;
		uint32_t index = key_table_add(&routes->names, &keys[i].name, &is_new);

		by_name[index] = is_new ? i : (uint32_t)TRACE_NONE;
	}
	routes->by_name = by_name;
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
		.names.key_bytes = sizeof(const char *),
		.direct.key_bytes = sizeof(struct direct_key),
	};
	route_tree_init(&routes->tree, arena, routes->program);
	for (uint32_t i = 0; i < routes->program->nroutes; i++) {
		const struct route *route = &routes->program->routes[i];

		if (route->handler != TRACE_NONE)
			add_handler(routes, &pairs, route->handler, i);
		for (size_t k = 0; k < route->nothers; k++)
			if (strcmp(route->others[k].role, "handler") == 0)
				add_handler(routes, &pairs, route->others[k].function, i);
	}
	routes->by_handler = grouping_by(arena, pairs.handlers, pairs.count,
		command_routes_nhandlers(routes));
	to_routes(&routes->by_handler, &pairs);
	index_names(routes);
	index_direct(routes);
	free(pairs.handlers);
	free(pairs.routes);
}

void command_routes_release(struct command_routes *routes)
{
	key_table_release(&routes->handlers);
	key_table_release(&routes->names);
	key_table_release(&routes->direct);
}

static uint32_t find_handler(const struct command_routes *routes, const char *name,
	const char *file)
{
	const struct handler_key key = {intern_string(routes->strings, name),
		intern_string(routes->strings, file)};
	uint32_t index;

	if (file[0])
		return key_table_find(&routes->handlers, &key);
	index = key_table_find(&routes->names, &key.name);
	return index == UINT32_MAX ? (uint32_t)TRACE_NONE : routes->by_name[index];
}

static bool is_direct(const struct command_routes *routes,
	const struct handler_call *call, uint32_t handler)
{
	struct direct_key place = {.line = call->site_line, .handler = handler};

	if (call->is_direct || !call->site_file)
		return call->is_direct;
	place.file = intern_string(routes->strings, call->site_file);
	return key_table_find(&routes->direct, &place) != UINT32_MAX;
}

uint32_t command_routes_handler(const struct command_routes *routes,
	const struct handler_call *call)
{
	uint32_t handler = find_handler(routes, call->name, call->file), number;

	if (handler == TRACE_NONE)
		return TRACE_NONE;
	number = handler * NWAYS +
		 (is_direct(routes, call, handler) ? BY_NAME : BY_POINTER);
	return command_routes_of(routes, number).count ? number : (uint32_t)TRACE_NONE;
}

size_t command_routes_nhandlers(const struct command_routes *routes)
{
	return routes->handlers.count * NWAYS;
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
	if (!set.count)
		return;
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
