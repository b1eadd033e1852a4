#include "diff/node_names.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/program.h"
#include "core/trace.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* 0: the place does not tell them apart. */
static int compare_places(const struct program *program, uint32_t a, uint32_t b)
{
	const struct function *left = &program->trace->functions[a];
	const struct function *right = &program->trace->functions[b];
	int order = compare_u32(program->module_of[a], program->module_of[b]);

	if (!order)
		order = compare_u32(left->line, right->line);
	return order ? order : compare_u32(left->column, right->column);
}

static int compare_namesakes(const void *left, const void *right, void *program)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int order = compare_places(program, a, b);

	return order ? order : compare_u32(a, b);
}

static bool shares_module(const struct program *program, struct index_list sorted,
	size_t i)
{
	uint32_t module = program->module_of[sorted.items[i]];

	return (i && program->module_of[sorted.items[i - 1]] == module) ||
	       (i + 1 < sorted.count &&
		       program->module_of[sorted.items[i + 1]] == module);
}

static bool shares_place(const struct program *program, struct index_list sorted,
	size_t i)
{
	uint32_t at = sorted.items[i];

	return (i && compare_places(program, sorted.items[i - 1], at) == 0) ||
	       (i + 1 < sorted.count &&
		       compare_places(program, at, sorted.items[i + 1]) == 0);
}

/* Sorted so that those who share most stand side by side. */
static void tell_apart(const struct program *program, struct arena *arena,
	struct index_list sorted, const char **names)
{
	for (size_t i = 0; i < sorted.count; i++) {
		uint32_t id = sorted.items[i];
		const struct function *fn = &program->trace->functions[id];

		if (!shares_module(program, sorted, i))
			names[id] = arena_printf(arena, "%s:%s", fn->module, fn->name);
		else if (!shares_place(program, sorted, i))
			names[id] = arena_printf(arena, "%s:%s:%u:%u", fn->module,
				fn->name, fn->line, fn->column);
		else
			names[id] = arena_printf(arena, "%s:%s#%" PRIu32, fn->module,
				fn->name, id);
	}
}

const char *const *node_names(const struct program *program, struct arena *arena)
{
	size_t n = program->trace->nfunctions;
	const char **names = arena_alloc(arena, n * sizeof(*names));
	uint32_t *sorted = arena_alloc(arena, n * sizeof(*sorted));

	for (size_t i = 0; i < program->named.ngroups; i++) {
		struct index_list group = grouping_at(&program->named, (uint32_t)i);

		if (group.count == 1) {
			uint32_t id = group.items[0];

			names[id] = program->trace->functions[id].name;
			continue;
		}
		memcpy(sorted, group.items, group.count * sizeof(*sorted));
		qsort_r(sorted, group.count, sizeof(*sorted), compare_namesakes,
			(void *)program);
		tell_apart(program, arena, (struct index_list){sorted, group.count},
			names);
	}
	return names;
}
