#include "core/program.h"

#include "core/arena.h"
#include "core/trace.h"

#include <stdbool.h>
#include <string.h>
#include <xxhash.h>

/* Strings numbered from 0 in the order in which they first appear. */
struct string_numbers {
	const char **strings;
	size_t count;
	uint32_t *slots; /* number + 1; 0: free */
	size_t mask;
};

static uint32_t *find_slot(const struct string_numbers *numbers, const char *string)
{
	size_t i = XXH3_64bits(string, strlen(string)) & numbers->mask;

	while (numbers->slots[i] &&
		strcmp(numbers->strings[numbers->slots[i] - 1], string) != 0)
		i = (i + 1) & numbers->mask;
	return &numbers->slots[i];
}

/* Room for `most` strings, of which at most half of the slots are taken. */
static struct string_numbers *numbers_new(struct arena *arena, size_t most)
{
	struct string_numbers *numbers = arena_alloc(arena, sizeof(*numbers));
	size_t nslots = 2;

	while (nslots < most * 2)
		nslots *= 2;
	numbers->strings = arena_alloc(arena, most * sizeof(*numbers->strings));
	numbers->slots = arena_alloc(arena, nslots * sizeof(*numbers->slots));
	numbers->mask = nslots - 1;
	return numbers;
}

static uint32_t number_string(struct string_numbers *numbers, const char *string)
{
	uint32_t *slot = find_slot(numbers, string);

	if (!*slot) {
		numbers->strings[numbers->count++] = string;
		*slot = (uint32_t)numbers->count;
	}
	return *slot - 1;
}

static void group_calls(struct program *program, struct arena *arena)
{
	const struct static_trace *trace = program->trace;
	uint32_t *keys = arena_alloc(arena, trace->ncalls * sizeof(*keys));

	for (size_t i = 0; i < trace->ncalls; i++)
		keys[i] = trace->calls[i].caller;
	program->calls_from = grouping_by(arena, keys, trace->ncalls, trace->nfunctions);
	for (size_t i = 0; i < trace->ncalls; i++)
		keys[i] = trace->calls[i].callee;
	program->calls_to = grouping_by(arena, keys, trace->ncalls, trace->nfunctions);
	for (size_t i = 0; i < trace->ncalls; i++)
		keys[i] = trace->calls[i].site;
	program->calls_at = grouping_by(arena, keys, trace->ncalls, trace->nsites);
}

static void group_sites(struct program *program, struct arena *arena)
{
	const struct static_trace *trace = program->trace;
	uint32_t *keys = arena_alloc(arena, trace->nsites * sizeof(*keys));

	for (size_t i = 0; i < trace->nsites; i++)
		keys[i] = trace->sites[i].caller;
	program->sites_in = grouping_by(arena, keys, trace->nsites, trace->nfunctions);
}

static void group_functions(struct program *program, struct arena *arena)
{
	const struct static_trace *trace = program->trace;
	struct string_numbers *modules = numbers_new(arena, trace->nfunctions);
	struct string_numbers *names = numbers_new(arena, trace->nfunctions);
	uint32_t *module_of = arena_alloc(arena, trace->nfunctions * sizeof(*module_of));
	uint32_t *name_of = arena_alloc(arena, trace->nfunctions * sizeof(*name_of));

	for (size_t i = 0; i < trace->nfunctions; i++) {
		module_of[i] = number_string(modules, trace->functions[i].module);
		name_of[i] = number_string(names, trace->functions[i].name);
	}
	program->nmodules = modules->count;
	program->modules = modules->strings;
	program->module_of = module_of;
	program->names = names;
	program->in_module =
		grouping_by(arena, module_of, trace->nfunctions, modules->count);
	program->named = grouping_by(arena, name_of, trace->nfunctions, names->count);
}

void program_init(struct program *program, struct arena *arena,
	const struct static_trace *trace)
{
	*program = (struct program){.trace = trace};
	group_calls(program, arena);
	group_sites(program, arena);
	group_functions(program, arena);
}

struct index_list program_calls_from(const struct program *program, uint32_t function)
{
	return grouping_at(&program->calls_from, function);
}

struct index_list program_calls_to(const struct program *program, uint32_t function)
{
	return grouping_at(&program->calls_to, function);
}

struct index_list program_sites_in(const struct program *program, uint32_t function)
{
	return grouping_at(&program->sites_in, function);
}

struct index_list program_calls_at(const struct program *program, uint32_t site)
{
	return grouping_at(&program->calls_at, site);
}

struct index_list program_named(const struct program *program, const char *name)
{
	const uint32_t *slot = find_slot(program->names, name);

	return *slot ? grouping_at(&program->named, *slot - 1) : (struct index_list){0};
}

struct index_list program_in_module(const struct program *program, uint32_t module)
{
	return grouping_at(&program->in_module, module);
}

const uint32_t *program_distances(const struct program *program, struct arena *arena,
	struct index_list sources, enum program_direction direction)
{
	const struct static_trace *trace = program->trace;
	bool to_callees = direction == PROGRAM_CALLEES;
	uint32_t *distances = arena_alloc(arena, trace->nfunctions * sizeof(*distances));
	uint32_t *queue = arena_alloc(arena, trace->nfunctions * sizeof(*queue));
	size_t ntaken = 0, nqueued = 0;

	memset(distances, 0xFF, trace->nfunctions * sizeof(*distances)); /* TRACE_NONE */
	for (size_t i = 0; i < sources.count; i++) {
		if (distances[sources.items[i]] == 0)
			continue; /* named twice */
		distances[sources.items[i]] = 0;
		queue[nqueued++] = sources.items[i];
	}
	while (ntaken < nqueued) {
		uint32_t at = queue[ntaken++];
		struct index_list calls = to_callees ? program_calls_from(program, at)
						     : program_calls_to(program, at);

		for (size_t i = 0; i < calls.count; i++) {
			const struct call *call = &trace->calls[calls.items[i]];
			uint32_t next = to_callees ? call->callee : call->caller;

			if (distances[next] != TRACE_NONE)
				continue;
			distances[next] = distances[at] + 1;
			queue[nqueued++] = next;
		}
	}
	return distances;
}
