/* What the routes of static.json refer to, and whether they are a tree. */
#include "core/route_id.h"
#include "core/route_tree.h"
#include "core/static_linker.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What the writer puts for a byte that is not UTF-8. */
static const char replacement[] = "\xef\xbf\xbd";

/* A route's place in the chain of ids. */
struct place {
	struct route_chain chain;
	bool has_id; /* no word on the way is too long for one */
	bool is_exact; /* nor was any byte replaced when the file was written */
};

static bool fail_parent(struct static_linker *linker, size_t i, const char *problem)
{
	return static_linker_fail(linker, SECTION_ROUTES, i,
		"its parent, 'route_%" PRIu32 "', %s", linker->trace.routes[i].parent,
		problem);
}

static bool check_parent(struct static_linker *linker, size_t i)
{
	const struct route *route = &linker->trace.routes[i], *parent;

	if (route->parent == TRACE_NONE)
		return true;
	if (route->parent >= i)
		return fail_parent(linker, i, "does not stand before it");
	parent = &linker->trace.routes[route->parent];
	if (parent->program != route->program)
		return fail_parent(linker, i, "is of another program");
	if (parent->ntokens > route->ntokens)
		return fail_parent(linker, i, "has more words");
	for (size_t t = 0; t < parent->ntokens; t++) {
		if (parent->tokens[t] != route->tokens[t])
			return fail_parent(linker, i, "begins with other words");
	}
	return true;
}

static bool check_functions(struct static_linker *linker, size_t i,
	const struct part_route *part)
{
	const struct route *route = &part->route;
	struct function_ref ref = {route->handler, part->handler_record};

	if (route->handler != TRACE_NONE && route->handler_reason)
		return static_linker_fail(linker, SECTION_ROUTES, i,
			"it has a handler, and a reason to have none");
	if (route->handler != TRACE_NONE &&
		!static_linker_check(linker, SECTION_ROUTES, i, ref))
		return false;
	for (size_t h = 0; h < route->nothers; h++) {
		ref = (struct function_ref){
			route->others[h].function, part->other_records[h]};
		if (!static_linker_check(linker, SECTION_ROUTES, i, ref))
			return false;
	}
	return true;
}

/* From its parent's place, or from the program's name. */
static struct place find_place(const struct static_trace *trace, size_t i,
	const struct place *places)
{
	const struct route *route = &trace->routes[i];
	struct place place = {.has_id = true, .is_exact = true};
	size_t t = 0;

	if (route->parent == TRACE_NONE) {
		place.has_id =
			route_chain_step(&place.chain, ROUTE_PROGRAM, route->program);
		place.is_exact = !strstr(route->program, replacement);
	} else {
		place = places[route->parent];
		t = route_nwords(&trace->routes[route->parent]);
	}
	for (; t < route_nwords(route) && place.has_id; t++) {
		place.has_id =
			route_chain_step(&place.chain, ROUTE_COMMAND, route->tokens[t]);
		place.is_exact = place.is_exact && !strstr(route->tokens[t], replacement);
	}
	return place;
}

static bool check_id(struct static_linker *linker, size_t i, const struct place *place)
{
	const char *said = linker->trace.routes[i].route_id;
	char id[ROUTE_ID_SIZE];

	if (!place->is_exact)
		return true;
	if (!place->has_id)
		return !said || static_linker_fail(linker, SECTION_ROUTES, i,
					"'route_id' must be null: a word is longer than "
					"%d bytes",
					ROUTE_LABEL_MAX);
	route_chain_id(&place->chain, id);
	return (said && strcmp(said, id) == 0) ||
	       static_linker_fail(linker, SECTION_ROUTES, i,
		       "'route_id' is not that of its words, '%s'", id);
}

static bool check_tree(struct static_linker *linker)
{
	size_t n = linker->trace.nroutes;
	struct place *places = xmalloc(n * sizeof(*places));
	bool ok = true;

	for (size_t i = 0; i < n && ok; i++) {
		ok = check_parent(linker, i);
		if (!ok)
			break;
		places[i] = find_place(&linker->trace, i, places);
		ok = check_id(linker, i, &places[i]);
	}
	free(places);
	return ok;
}

static bool find_entry(struct static_linker *linker, size_t i, const char *id,
	struct route *route)
{
	route->reached_from = id ? static_linker_entry(linker, id) : TRACE_NONE;
	return !id || route->reached_from != TRACE_NONE ||
	       static_linker_fail(linker, SECTION_ROUTES, i,
		       "there is no entry point '%s'", id);
}

bool static_linker_routes(struct static_linker *linker)
{
	const struct part_list *list = &linker->parts->document.lists[SECTION_ROUTES];
	const struct part_route *parts = list->items;
	struct route *routes = arena_alloc(linker->arena, list->count * sizeof(*routes));

	linker->trace.routes = routes;
	linker->trace.nroutes = list->count;
	for (size_t i = 0; i < list->count; i++) {
		routes[i] = parts[i].route;
		if (!check_functions(linker, i, &parts[i]) ||
			!find_entry(linker, i, parts[i].reached_from, &routes[i]))
			return false;
	}
	return check_tree(linker);
}
