#include "analyzer/routes/tree.h"

#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/owners.h"
#include "analyzer/routes/program.h"
#include "core/arena.h"
#include "core/route_id.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_LEVELS = 12, /* of sub-commands */
	MAX_ROUTES = 100000, /* a program that has more is not read right */
};

/* The way down to where routes are being added. */
struct level {
	uint32_t route; /* TRACE_NONE: the program */
	uint32_t dispatch; /* that it came from; DISPATCH_NONE */
	struct route_chain chain;
};

struct building {
	const struct routes_program *program;
	const struct dispatch_list *dispatches;
	const uint32_t *order;
	struct owners owners;
	const struct root_program *root;
	struct route *routes; /* heap */
	size_t nroutes, room;
	struct level levels[MAX_LEVELS + 1];
	unsigned depth;
};

static const char *const match_names[] = {
	[RULE_MATCH_UNTOLD] = "exact",
	[RULE_EXACT] = "exact",
	[RULE_ICASE] = "icase",
	[RULE_FIRST_PREFIX] = "first-prefix",
	[RULE_UNIQUE_PREFIX] = "unique-prefix",
};

static const char *copy(const struct building *building, const char *text)
{
	return text ? arena_strdup(building->program->arena, text) : NULL;
}

static const struct level *level_at(const struct building *building)
{
	return &building->levels[building->depth];
}

static uint32_t final_function(const struct building *building, uint32_t function)
{
	return function == TRACE_NONE ? TRACE_NONE : building->order[function];
}

static void set_tokens(const struct building *building, struct route *route,
	const struct dispatch_entry *entry)
{
	const struct level *level = level_at(building);
	const struct route *parent =
		level->route == TRACE_NONE ? NULL : &building->routes[level->route];
	size_t above = parent ? parent->ntokens : 0;
	struct arena *arena = building->program->arena;
	const char **tokens = arena_alloc(arena, (above + 1) * sizeof(*tokens));
	const char **aliases;

	for (size_t i = 0; i < above; i++)
		tokens[i] = parent->tokens[i];
	if (entry->nwords || !above)
		tokens[above] =
			copy(building, entry->nwords ? entry->words[0] : "<default>");
	route->tokens = tokens;
	route->ntokens = above + (entry->nwords || !above);
	route->is_default = !entry->nwords;
	if (entry->nwords < 2)
		return;
	aliases = arena_alloc(arena, (entry->nwords - 1) * sizeof(*aliases));
	for (size_t i = 1; i < entry->nwords; i++)
		aliases[i - 1] = copy(building, entry->words[i]);
	route->aliases = aliases;
	route->naliases = entry->nwords - 1;
}

static void set_handlers(const struct building *building, struct route *route,
	const struct dispatch_entry *entry)
{
	struct route_handler *others = arena_alloc(building->program->arena,
		(entry->nhandlers + 1) * sizeof(*others));
	size_t count = 0;

	route->handler = TRACE_NONE;
	for (size_t i = 0; i < entry->nhandlers; i++) {
		const struct dispatch_handler *handler = &entry->handlers[i];
		uint32_t function = final_function(building, handler->function);

		if (function == TRACE_NONE)
			continue;
		if (route->handler == TRACE_NONE && !handler->role) {
			route->handler = function;
			continue;
		}
		others[count++] = (struct route_handler){
			.function = function,
			.role = handler->role ? copy(building, handler->role) : "handler",
		};
		route->is_ambiguous |= !handler->role;
	}
	route->others = others;
	route->nothers = count;
	if (route->handler == TRACE_NONE)
		route->handler_reason = entry->reason ? entry->reason : "no_handler";
}

static bool set_id(struct building *building, struct route *route,
	const struct dispatch_entry *entry, struct route_chain *chain)
{
	char id[ROUTE_ID_SIZE];

	*chain = level_at(building)->chain;
	if (entry->nwords && !route_chain_step(chain, ROUTE_COMMAND, entry->words[0]))
		return false;
	route_chain_id(chain, id);
	route->route_id = copy(building, id);
	return true;
}

/* The route of an entry; TRACE_NONE: none can be made. */
static uint32_t add_route(struct building *building, const struct dispatch *dispatch,
	const struct dispatch_entry *entry, struct route_chain *chain)
{
	struct route route = {
		.program = building->root->name,
		.parent = level_at(building)->route,
		.match = match_names[entry->match],
		.pattern = dispatch->pattern,
		.file = program_file(building->program, entry->at),
		.line = term_get(entry->at)->line,
		.help = copy(building, entry->help),
		.reached_from = final_function(building, building->root->main),
	};

	if (building->nroutes == MAX_ROUTES || !set_id(building, &route, entry, chain))
		return TRACE_NONE;
	set_tokens(building, &route, entry);
	set_handlers(building, &route, entry);
	building->routes =
		grow(building->routes, building->nroutes, &building->room, sizeof(route));
	building->routes[building->nroutes] = route;
	return (uint32_t)building->nroutes++;
}

/*
 * One handler of many words reads its own word again, and compares it with all of them:
 * that is no level below.
 */
static bool reads_again(const struct dispatch_entry *entry,
	const struct dispatch *dispatch)
{
	if (dispatch->function == TRACE_NONE || !entry->nwords)
		return false;
	for (size_t i = 0; i < dispatch->nentries; i++)
		for (size_t w = 0; w < dispatch->entries[i].nwords; w++)
			if (strcasecmp(dispatch->entries[i].words[w], entry->words[0]) ==
				0)
				return true;
	return false;
}

/* Is the dispatch on the way down already? */
static bool is_above(const struct building *building, uint32_t dispatch)
{
	for (unsigned i = 0; i <= building->depth; i++)
		if (building->levels[i].dispatch == dispatch)
			return true;
	return false;
}

/* What is to be done: an entry of a dispatch, at a depth. */
struct step {
	uint32_t dispatch, entry;
	unsigned depth;
};

struct steps {
	struct step *items;
	size_t count, room;
};

/* Entries are taken from the end: the first is put there last. */
static void push_entries(const struct building *building, struct steps *steps,
	uint32_t number, uint32_t parent, unsigned depth)
{
	const struct dispatch *dispatch = &building->dispatches->items[number];

	for (uint32_t i = (uint32_t)dispatch->nentries; i-- > 0;) {
		if (dispatch->entries[i].parent != parent)
			continue;
		steps->items = grow(steps->items, steps->count, &steps->room,
			sizeof(struct step));
		steps->items[steps->count++] = (struct step){number, i, depth};
	}
}

static void push_owned(const struct building *building, struct steps *steps,
	const struct step *step, unsigned depth)
{
	const struct dispatch_entry *entry =
		&building->dispatches->items[step->dispatch].entries[step->entry];

	for (size_t h = 0; h < entry->nhandlers; h++) {
		struct index_list owned = grouping_at(&building->owners.of_handler,
			entry->handlers[h].function);

		if (entry->handlers[h].role)
			continue;
		for (size_t i = 0; i < owned.count; i++) {
			uint32_t number = building->owners.of_handlers[owned.items[i]];

			if (!is_above(building, number) &&
				!reads_again(entry, &building->dispatches->items[number]))
				push_entries(building, steps, number, DISPATCH_NONE,
					depth);
		}
	}
}

/* Functions that another language calls. */
static bool is_foreign(const struct dispatch *dispatch)
{
	return dispatch->rule && dispatch->rule->kind == RULE_FFI;
}

/* What loads a module of functions is not one of them. */
static void hide_loader(struct route *route)
{
	route->handler = TRACE_NONE;
	route->handler_reason = "loader";
}

static bool is_flat(const struct dispatch *dispatch, const struct dispatch_entry *entry)
{
	for (size_t i = 0; dispatch->rule && i < dispatch->rule->nflat; i++)
		if (entry->nwords &&
			strcmp(entry->words[0], dispatch->rule->flat[i]) == 0)
			return true;
	return false;
}

static void take(struct building *building, struct steps *steps, const struct step *step)
{
	const struct dispatch *dispatch = &building->dispatches->items[step->dispatch];
	const struct dispatch_entry *entry = &dispatch->entries[step->entry];
	struct route_chain chain;
	uint32_t route;
	size_t before = steps->count;

	building->depth = step->depth;
	if (is_flat(dispatch, entry)) {
		push_owned(building, steps, step, step->depth);
		return;
	}
	route = add_route(building, dispatch, entry, &chain);
	if (route == TRACE_NONE || step->depth == MAX_LEVELS || !entry->nwords)
		return;
	building->depth = step->depth + 1;
	building->levels[building->depth] = (struct level){route, step->dispatch, chain};
	push_owned(building, steps, step, step->depth + 1);
	if (is_foreign(dispatch) && steps->count > before)
		hide_loader(&building->routes[route]);
	if (entry->sub != DISPATCH_NONE && !is_above(building, entry->sub))
		push_entries(building, steps, entry->sub, DISPATCH_NONE, step->depth + 1);
	push_entries(building, steps, step->dispatch, step->entry, step->depth + 1);
}

static void build_program(struct building *building, uint32_t number)
{
	struct index_list owned = grouping_at(&building->owners.of_program, number);
	struct steps steps = {0};

	building->root = &building->owners.programs[number];
	building->levels[0] = (struct level){TRACE_NONE, DISPATCH_NONE, {{0}, 0}};
	route_chain_step(&building->levels[0].chain, ROUTE_PROGRAM, building->root->name);
	for (size_t i = owned.count; i-- > 0;)
		push_entries(building, &steps,
			building->owners.of_programs[owned.items[i]], DISPATCH_NONE, 0);
	while (steps.count) {
		struct step step = steps.items[--steps.count];

		take(building, &steps, &step);
	}
	free(steps.items);
}

void tree_build(const struct routes_program *program,
	const struct dispatch_list *dispatches, const uint32_t *order,
	struct found_routes *out)
{
	struct building building = {
		.program = program,
		.dispatches = dispatches,
		.order = order,
	};

	owners_find(program->arena, program, dispatches, &building.owners);
	for (uint32_t i = 0; i < building.owners.nprograms; i++)
		build_program(&building, i);
	tree_settle(program->arena, building.routes, building.nroutes, out);
	free(building.routes);
}
