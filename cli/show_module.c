/* The question `module`: its functions, its neighbours, and who gets there. */
#include "cli/show.h"

#include "cli/command.h"
#include "core/arena.h"
#include "core/trace_names.h"

#include <stdlib.h>

/* How many calls go between a module and another. */
struct traffic {
	uint32_t module;
	size_t ncalls;
};

static void list_functions(struct show *show, struct index_list functions)
{
	for (size_t i = 0; i < functions.count; i++) {
		uint32_t id = functions.items[i];
		const struct function *fn = &show->trace->functions[id];

		if (!show_row(show))
			continue;
		if (show->is_json) {
			show_json_function(show_json(show, "function"), show, id);
			show_json_end(show);
			continue;
		}
		table_row(&show->table, 2);
		show_function_cells(show, id);
		table_cell(&show->table, STYLE_DIM, "%s", function_type_names[fn->type]);
	}
}

static int compare_traffic(const void *left, const void *right)
{
	const struct traffic *a = left, *b = right;

	if (a->ncalls != b->ncalls)
		return a->ncalls < b->ncalls ? 1 : -1;
	return (a->module > b->module) - (a->module < b->module);
}

/* The calls of all the module's functions, by the module at the other end; most first. */
static struct traffic *count_traffic(const struct show *show, uint32_t module,
	enum program_direction direction, size_t *n)
{
	const struct program *whole = &show->program;
	struct index_list functions = program_in_module(whole, module);
	struct traffic *traffic =
		arena_alloc(show->arena, whole->nmodules * sizeof(*traffic));
	bool is_out = direction == PROGRAM_CALLEES;

	for (size_t i = 0; i < whole->nmodules; i++)
		traffic[i].module = (uint32_t)i;
	for (size_t i = 0; i < functions.count; i++) {
		uint32_t id = functions.items[i];
		struct index_list calls = is_out ? program_calls_from(whole, id)
						 : program_calls_to(whole, id);

		for (size_t j = 0; j < calls.count; j++) {
			const struct call *call = &show->trace->calls[calls.items[j]];

			traffic[whole->module_of[is_out ? call->callee : call->caller]]
				.ncalls++;
		}
	}
	traffic[module].ncalls = 0; /* what stays inside is no traffic */
	qsort(traffic, whole->nmodules, sizeof(*traffic), compare_traffic);
	for (*n = 0; *n < whole->nmodules && traffic[*n].ncalls; ++*n)
		;
	return traffic;
}

static void list_traffic(struct show *show, uint32_t module,
	enum program_direction direction)
{
	bool is_out = direction == PROGRAM_CALLEES;
	size_t n;
	const struct traffic *traffic = count_traffic(show, module, direction, &n);

	if (n && !show->is_json)
		table_line(&show->table, 0, STYLE_BOLD, "%s %zu module%s",
			is_out ? "calls" : "is called by", n, show_plural(n));
	for (size_t i = 0; i < n; i++) {
		const char *name = show->program.modules[traffic[i].module];

		if (!show_row(show))
			continue;
		if (show->is_json) {
			struct json_writer *json =
				show_json(show, is_out ? "calls" : "called_by");

			json_member_string(json, "module", name);
			json_member_uint(json, "calls", traffic[i].ncalls);
			show_json_end(show);
			continue;
		}
		table_row(&show->table, 2);
		table_cell(&show->table, STYLE_PLACE, "%s", name);
		table_cell(&show->table, STYLE_PLAIN, "%zu call%s", traffic[i].ncalls,
			show_plural(traffic[i].ncalls));
	}
}

int show_module(struct show *show, char **args)
{
	struct index_list functions;
	uint32_t module;

	if (!show_find_module(show, args[0], &module))
		return EXIT_USAGE;
	functions = program_in_module(&show->program, module);
	if (!show->is_json)
		table_line(&show->table, 0, STYLE_BOLD, "%s: %zu function%s",
			show->program.modules[module], functions.count,
			show_plural(functions.count));
	list_functions(show, functions);
	list_traffic(show, module, PROGRAM_CALLEES);
	list_traffic(show, module, PROGRAM_CALLERS);
	show_reached_by(show, functions);
	return EXIT_CLEAN;
}
