/* The question `path`: the shortest ways from one function to another. */
#include "cli/show.h"

#include "cli/command.h"
#include "cli/neighbours.h"
#include "core/arena.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_PATHS = 1000 /* printed where nobody gave a limit: there may be any number */
};

/* A function on the path that is being made. */
struct step {
	uint32_t function;
	const struct neighbour *by; /* the call that leads to it; NULL: the first */
	struct neighbours after;
	size_t next; /* of them */
};

struct paths {
	struct show *show;
	const uint32_t *distances; /* function -> calls to the end */
	struct step *steps; /* from the start to the end */
	size_t nsteps, nprinted;
};

static void step_json(const struct paths *paths, size_t i)
{
	const struct step *step = &paths->steps[i];
	struct json_writer *json = show_json(paths->show, "step");

	json_member_uint(json, "path", paths->nprinted);
	json_member_uint(json, "step", i);
	show_json_function(json, paths->show, step->function);
	if (step->by) {
		json_member_string(json, "via", step->by->via);
		json_key(json, "confidence");
		json_decimal(json, step->by->confidence);
		json_member_optional_string(json, "through", step->by->through);
		show_json_places(json, paths->show, step->by->calls);
	}
	show_json_end(paths->show);
}

static void step_cells(const struct paths *paths, const struct step *step)
{
	struct show *show = paths->show;

	table_row(&show->table, 0);
	show_function_cells(show, step->function);
	if (!step->by)
		return;
	table_cell(&show->table, STYLE_WARN, "%s", neighbour_way(step->by, show->arena));
	table_cell(&show->table, STYLE_PLAIN, "called at %s",
		show_call_places(show, step->by->calls));
}

static void print_path(struct paths *paths)
{
	if (paths->nprinted && !paths->show->is_json)
		table_line(&paths->show->table, 0, STYLE_PLAIN, "%s", "");
	for (size_t i = 0; i < paths->nsteps; i++) {
		if (paths->show->is_json)
			step_json(paths, i);
		else
			step_cells(paths, &paths->steps[i]);
	}
	paths->nprinted++;
}

static void push(struct paths *paths, uint32_t function, const struct neighbour *by)
{
	struct show *show = paths->show;

	paths->steps[paths->nsteps++] = (struct step){function, by,
		neighbours_of(&show->program, show->arena, function, PROGRAM_CALLEES), 0};
}

/* The next neighbour that is one call nearer to the end, each function once. */
static const struct neighbour *next_near(const struct paths *paths, struct step *step)
{
	uint32_t wanted = paths->distances[step->function] - 1;

	while (step->next < step->after.count) {
		size_t at = step->next++, before = 0;
		const struct neighbour *near = &step->after.items[at];

		if (!paths->distances[step->function] ||
			paths->distances[near->function] != wanted)
			continue;
		while (step->after.items[before].function != near->function)
			before++;
		if (before == at)
			return near;
	}
	return NULL;
}

static void print_paths(struct paths *paths, uint32_t start, size_t most)
{
	push(paths, start, NULL);
	while (paths->nsteps && paths->nprinted < most) {
		struct step *step = &paths->steps[paths->nsteps - 1];
		const struct neighbour *near = next_near(paths, step);

		if (near) {
			push(paths, near->function, near);
			continue;
		}
		if (!paths->distances[step->function])
			print_path(paths);
		paths->nsteps--;
	}
}

static int compare_distances(const void *left, const void *right, void *context)
{
	const uint32_t *distances = context;
	uint32_t a = distances[*(const uint32_t *)left];
	uint32_t b = distances[*(const uint32_t *)right];

	return (a > b) - (a < b);
}

/* The sum of the paths of what is one call nearer to the end. */
static uint64_t count_from(const struct paths *paths, const uint64_t *counts,
	uint32_t function, struct arena *scratch)
{
	struct step step = {.function = function,
		.after = neighbours_of(&paths->show->program, scratch, function,
			PROGRAM_CALLEES)};
	const struct neighbour *near;
	uint64_t sum = 0;

	while ((near = next_near(paths, &step)))
		if (__builtin_add_overflow(sum, counts[near->function], &sum))
			return UINT64_MAX;
	return sum;
}

/* How many shortest paths lead from `start` to the end; UINT64_MAX: that many or more. */
static uint64_t count_paths(const struct paths *paths, uint32_t start)
{
	size_t n = paths->show->trace->nfunctions, nnear = 0;
	const uint32_t *distances = paths->distances;
	struct arena scratch = {0};
	uint64_t *counts = arena_alloc(&scratch, n * sizeof(*counts)), result;
	uint32_t *near = arena_alloc(&scratch, n * sizeof(*near));

	for (size_t i = 0; i < n; i++)
		if (distances[i] < distances[start])
			near[nnear++] = (uint32_t)i;
	qsort_r(near, nnear, sizeof(*near), compare_distances, (void *)distances);
	for (size_t i = 0; i < nnear; i++)
		counts[near[i]] = distances[near[i]]
					  ? count_from(paths, counts, near[i], &scratch)
					  : 1;
	result = distances[start] ? count_from(paths, counts, start, &scratch) : 1;
	arena_release(&scratch);
	return result;
}

static const char *name_of(const struct show *show, uint32_t function)
{
	return show->trace->functions[function].name;
}

static void list_paths(struct paths *paths, uint32_t start, uint32_t end)
{
	struct show *show = paths->show;
	size_t most = show->has_limit ? show->limit : MAX_PATHS;
	uint32_t ncalls = paths->distances[start];
	uint64_t count = count_paths(paths, start);

	paths->steps = xmalloc((ncalls + 1) * sizeof(*paths->steps));
	show_title(show, "%" PRIu32 " call%s from %s to %s", ncalls, show_plural(ncalls),
		name_of(show, start), name_of(show, end));
	print_paths(paths, start, show->wants_all ? most : 1);
	free(paths->steps);
	if (count == UINT64_MAX)
		show->hidden = "as many paths of that length as cannot be counted";
	else if (count > paths->nprinted)
		show->hidden = arena_printf(show->arena,
			"%" PRIu64 " path%s of that length", count - paths->nprinted,
			show_plural(count - paths->nprinted));
	show->hint = show->wants_all ? "--limit=N prints N" : "--all prints them";
}

/* Functions on the way whose address is taken: where an open call could come in. */
static size_t count_entrances(const struct paths *paths)
{
	const struct static_trace *trace = paths->show->trace;
	size_t count = 0;

	for (size_t i = 0; i < trace->nfunctions; i++)
		count += paths->distances[i] != TRACE_NONE &&
			 (trace->functions[i].flags & FUNCTION_ADDRESS_TAKEN);
	return count;
}

static void list_holes(const struct paths *paths, const uint32_t *reached)
{
	const struct static_trace *trace = paths->show->trace;

	for (size_t i = 0; i < trace->nsites; i++)
		if (reached[trace->sites[i].caller] != TRACE_NONE &&
			show_is_hole(paths->show, (uint32_t)i))
			show_hole(paths->show, (uint32_t)i, 0);
}

static void explain_absence(const struct paths *paths, uint32_t start, uint32_t end)
{
	struct show *show = paths->show;
	struct index_list from = {&start, 1};
	const char *a = name_of(show, start), *b = name_of(show, end);
	size_t nentrances = count_entrances(paths);

	show_say("no known calls lead from '%s' to '%s'", a, b);
	if (!nentrances) {
		show_say("nothing that leads to '%s' is called by pointer", b);
		return;
	}
	list_holes(paths,
		program_distances(&show->program, show->arena, from, PROGRAM_CALLEES));
	if (!show->nrows) {
		show_say("no call site that '%s' reaches is open", a);
		return;
	}
	show_say("%zu function%s that lead%s there may be called by pointer,", nentrances,
		show_plural(nentrances), nentrances == 1 ? "s" : "");
	show_say("and '%s' reaches %zu open call site%s:", a, show->nrows,
		show_plural(show->nrows));
}

int show_path(struct show *show, char **args)
{
	struct paths paths = {.show = show};
	uint32_t start, end;

	if (!show_find_function(show, args[0], &start) ||
		!show_find_function(show, args[1], &end))
		return EXIT_USAGE;
	paths.distances = program_distances(&show->program, show->arena,
		(struct index_list){&end, 1}, PROGRAM_CALLERS);
	if (paths.distances[start] == TRACE_NONE) {
		explain_absence(&paths, start, end);
		return EXIT_FINDINGS;
	}
	list_paths(&paths, start, end);
	return EXIT_CLEAN;
}
