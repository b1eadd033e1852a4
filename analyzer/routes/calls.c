#include "analyzer/routes/calls.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/program.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* Pairs of functions, on the heap. */
struct pairs {
	uint32_t *from, *to;
	size_t count, from_room, to_room;
};

struct reading {
	const struct routes_program *program;
	struct pairs calls, uses, holds, passes;
	const bool *is_handler;
	const bool *chooses; /* each function: a chain in it chooses handlers */
};

static void add(struct pairs *pairs, uint32_t from, uint32_t to)
{
	if (from == TRACE_NONE || to == TRACE_NONE)
		return;
	pairs->from =
		grow(pairs->from, pairs->count, &pairs->from_room, sizeof(*pairs->from));
	pairs->to = grow(pairs->to, pairs->count, &pairs->to_room, sizeof(*pairs->to));
	pairs->from[pairs->count] = from;
	pairs->to[pairs->count++] = to;
}

/* `return handler(…)` */
static void read_return(struct reading *reading, uint32_t user, struct term value)
{
	uint32_t function;

	if (!term_is(value, TERM_CALL) || !term_is(term_first(value), TERM_FUNCTION))
		return;
	function = program_function(reading->program, term_first(value));
	if (function != TRACE_NONE && reading->is_handler[function] && function != user &&
		!reading->chooses[user])
		add(&reading->passes, user, function);
}

/* What is below a variable's declaration is read when the variable is mentioned. */
static void read_body(struct reading *reading, const struct outline *outline)
{
	struct term at = outline->root;

	for (; at.at < term_get(outline->root)->end; at.at++) {
		if (term_is(at, TERM_RETURN))
			read_return(reading, outline->function, term_first(at));
		if (term_is(at, TERM_CALL) && term_is(term_first(at), TERM_FUNCTION)) {
			add(&reading->calls, outline->function,
				program_function(reading->program, term_first(at)));
			at.at++; /* the callee is no use as a value */
		} else if (term_is(at, TERM_FUNCTION)) {
			add(&reading->uses, outline->function,
				program_function(reading->program, at));
		}
	}
}

static void read_object(struct reading *reading, uint32_t user,
	const struct object *object)
{
	struct term at = object->root;

	for (; at.at < term_get(object->root)->end; at.at++)
		if (term_is(at, TERM_FUNCTION))
			add(&reading->holds, user,
				program_function(reading->program, at));
}

static struct grouping group(struct arena *arena, struct pairs *pairs, size_t nfunctions,
	const uint32_t **to)
{
	struct grouping grouping =
		grouping_by(arena, pairs->from, pairs->count, nfunctions);
	uint32_t *copy = arena_alloc(arena, pairs->count * sizeof(*copy));

	if (pairs->count)
		memcpy(copy, pairs->to, pairs->count * sizeof(*copy));
	*to = copy;
	free(pairs->from);
	free(pairs->to);
	return grouping;
}

static void mark_handlers(const struct dispatch_list *dispatches, bool *is_handler,
	bool *chooses)
{
	for (size_t i = 0; i < dispatches->count; i++) {
		const struct dispatch *dispatch = &dispatches->items[i];

		if (dispatch->function != TRACE_NONE)
			chooses[dispatch->function] = true;
		for (size_t e = 0; e < dispatch->nentries; e++)
			for (size_t h = 0; h < dispatch->entries[e].nhandlers; h++)
				is_handler[dispatch->entries[e].handlers[h].function] =
					true;
	}
}

void calls_read(struct arena *arena, const struct routes_program *program,
	const struct dispatch_list *dispatches, struct route_calls *out)
{
	struct reading reading = {.program = program};
	size_t nfunctions = function_table_count(program->functions);
	bool *is_handler = arena_alloc(arena, nfunctions);
	bool *chooses = arena_alloc(arena, nfunctions);

	mark_handlers(dispatches, is_handler, chooses);
	reading.chooses = chooses;
	reading.is_handler = is_handler;
	for (size_t i = 0; i < program->noutlines; i++)
		read_body(&reading, &program->outlines[i]);
	for (size_t i = 0; i < program->nmentions; i++)
		if (program->objects[program->mentions[i].object].function == TRACE_NONE)
			read_object(&reading, program->mentions[i].function,
				&program->objects[program->mentions[i].object]);
	nfunctions = function_table_count(program->functions);
	*out = (struct route_calls){.nfunctions = nfunctions, .is_handler = is_handler};
	out->called_by = group(arena, &reading.calls, nfunctions, &out->callees);
	out->passed_by = group(arena, &reading.passes, nfunctions, &out->passed);
	out->held_by = group(arena, &reading.holds, nfunctions, &out->held);
	out->used_by = group(arena, &reading.uses, nfunctions, &out->used);
}

struct walking {
	const struct route_walk *walk;
	size_t found;
	uint32_t mark;
};

static void come_by(struct walking *walking, const struct grouping *groups,
	const uint32_t *functions, uint32_t from)
{
	struct index_list list = grouping_at(groups, from);

	for (size_t i = 0; i < list.count; i++) {
		uint32_t function = functions[list.items[i]];

		if (walking->walk->seen[function] == walking->mark ||
			walking->walk->calls->is_handler[function])
			continue;
		walking->walk->seen[function] = walking->mark;
		walking->walk->queue[walking->found++] = function;
	}
}

static void pass_on(struct walking *walking, uint32_t start)
{
	const struct route_calls *calls = walking->walk->calls;
	struct index_list passed = grouping_at(&calls->passed_by, start);

	for (size_t i = 0; i < passed.count; i++) {
		uint32_t function = calls->passed[passed.items[i]];

		if (walking->walk->seen[function] == walking->mark)
			continue;
		walking->walk->seen[function] = walking->mark;
		walking->walk->queue[walking->found++] = function;
	}
}

size_t calls_walk(const struct route_walk *walk, uint32_t start, uint32_t mark)
{
	const struct route_calls *calls = walk->calls;
	struct walking walking = {.walk = walk, .mark = mark};
	size_t at = 0;

	if (walk->seen[start] == mark)
		return 0;
	walk->seen[start] = mark;
	walk->queue[walking.found++] = start;
	if (calls->is_handler[start])
		pass_on(&walking, start);
	for (unsigned depth = 0; depth < walk->depth && at < walking.found; depth++) {
		size_t level = walking.found;

		for (; at < level; at++) {
			come_by(&walking, &calls->called_by, calls->callees,
				walk->queue[at]);
			if (walk->with_values)
				come_by(&walking, &calls->used_by, calls->used,
					walk->queue[at]);
			if (walk->with_objects)
				come_by(&walking, &calls->held_by, calls->held,
					walk->queue[at]);
		}
	}
	return walking.found;
}
