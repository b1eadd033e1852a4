#include "analyzer/link/link.h"

#include "analyzer/binary/binary.h"
#include "analyzer/entry/entry_points.h"
#include "analyzer/facts/facts.h"
#include "analyzer/flow/flow.h"
#include "analyzer/link/function_table.h"
#include "analyzer/link/keep.h"
#include "analyzer/link/learned.h"
#include "analyzer/link/reach.h"
#include "analyzer/link/selection.h"
#include "analyzer/link/site_table.h"
#include "analyzer/link/site_write.h"
#include "analyzer/routes/routes.h"
#include "core/arena.h"
#include "core/compare.h"
#include "core/finding.h"
#include "core/source_paths.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

struct linker {
	struct arena *arena;
	struct source_paths *paths;
	struct function_table *functions;
	uint32_t *order; /* final index of each function of the table */
	size_t norder;
	struct keep_pairs uses; /* of functions as values; `from` may be TRACE_NONE */
	struct keep_pairs calls; /* that do not name their callee */
	const struct rules *rules;
	const struct binary *binaries;
	size_t nbinaries;
};

/* By kind, file, arguments: an order that does not depend on the order of the inputs. */
static int compare_images(const void *left, const void *right)
{
	const struct facts *a = left, *b = right;
	int order = (int)a->unit->kind - (int)b->unit->kind;

	order = order ? order
		      : strcmp(facts_string(a, a->unit->path),
				facts_string(b, b->unit->path));
	order = order ? order
		      : strcmp(facts_string(a, a->unit->arguments),
				facts_string(b, b->unit->arguments));
	if (!order && a->size != b->size)
		return a->size < b->size ? -1 : 1;
	return order ? order : memcmp(a->start, b->start, a->size);
}

size_t link_order(struct facts *images, size_t nimages)
{
	size_t kept = 0;

	qsort(images, nimages, sizeof(*images), compare_images);
	for (size_t i = 0; i < nimages; i++)
		if (!kept || compare_images(&images[i], &images[kept - 1]) != 0)
			images[kept++] = images[i];
	return kept;
}

static int compare_functions(const void *left, const void *right, void *table)
{
	const struct function *a =
		&function_table_get(table, *(const uint32_t *)left)->function;
	const struct function *b =
		&function_table_get(table, *(const uint32_t *)right)->function;
	int order = strcmp(a->file, b->file);

	order = order ? order : compare_u32(a->line, b->line);
	order = order ? order : compare_u32(a->column, b->column);
	order = order ? order : strcmp(a->name, b->name);
	return order ? order : strcmp(a->signature, b->signature);
}

static void note_use(struct linker *linker, const struct facts *facts,
	const struct facts_use *use)
{
	struct definitions used = function_table_resolve_from(linker->functions, facts,
		use->user, use->used);
	uint32_t *copy = xmalloc(used.count * sizeof(*copy));
	uint32_t user = TRACE_NONE;

	/* The table hands out one result at a time. */
	memcpy(copy, used.functions, used.count * sizeof(*copy));
	if (use->user != FACTS_NONE)
		user = function_table_definition(linker->functions, facts, use->user);
	for (size_t i = 0; i < used.count; i++)
		keep_pairs_add(&linker->uses, user, copy[i]);
	free(copy);
}

/* A call of an alias is shown as one of what it stands for, which must be there then. */
static void note_alias(struct linker *linker, uint32_t alias, struct keep_pairs *pairs)
{
	struct definitions targets = function_table_target(linker->functions, alias);

	if (targets.count == 1)
		keep_pairs_add(pairs, alias, targets.functions[0]);
}

/* Decide which functions are shown, and which of them are used as values. */
static bool *keep_functions(struct linker *linker, const struct site_table *sites)
{
	size_t count = function_table_count(linker->functions);
	const struct keep_pair *uses = linker->uses.items;
	bool *kept = xmalloc(count + 1);
	struct keep_pairs pairs = {0};

	for (uint32_t i = 0; i < count; i++) {
		const struct linked_function *fn =
			function_table_get(linker->functions, i);

		kept[i] = fn->is_defined && !fn->is_system;
		if (fn->function.flags & FUNCTION_ALIAS)
			note_alias(linker, i, &pairs);
	}
	for (size_t i = 0; i < linker->uses.count; i++) {
		if (uses[i].from == TRACE_NONE)
			kept[uses[i].to] = true;
		else
			keep_pairs_add(&pairs, uses[i].from, uses[i].to);
	}
	site_table_pairs(sites, &pairs);
	for (size_t i = 0; i < linker->calls.count; i++)
		keep_pairs_add(&pairs, linker->calls.items[i].from,
			linker->calls.items[i].to);
	keep_reachable(&pairs, kept, count);
	free(pairs.items);
	for (size_t i = 0; i < linker->uses.count; i++)
		if (uses[i].from == TRACE_NONE || kept[uses[i].from])
			function_table_get(linker->functions, uses[i].to)
				->function.flags |= FUNCTION_ADDRESS_TAKEN;
	return kept;
}

static void write_functions(struct linker *linker, const bool *kept,
	struct static_trace *out)
{
	size_t all = function_table_count(linker->functions), count = 0;
	uint32_t *sorted = xmalloc(all * sizeof(*sorted));
	struct function *functions = arena_alloc(linker->arena, all * sizeof(*functions));

	for (uint32_t i = 0; i < all; i++)
		if (kept[i])
			sorted[count++] = i;
	qsort_r(sorted, count, sizeof(*sorted), compare_functions, linker->functions);
	linker->norder = all;
	linker->order = xmalloc(all * sizeof(*linker->order));
	memset(linker->order, 0xff, all * sizeof(*linker->order)); /* TRACE_NONE */
	for (uint32_t i = 0; i < count; i++) {
		linker->order[sorted[i]] = i;
		functions[i] = function_table_get(linker->functions, sorted[i])->function;
	}
	free(sorted);
	out->functions = functions;
	out->nfunctions = count;
}

static const char *severity_name(uint32_t severity)
{
	return severity >= 4 ? "fatal" : severity == 3 ? "error" : "warning";
}

static void write_diagnostics(struct linker *linker, const struct facts *facts,
	struct unit *unit)
{
	struct diagnostic *diagnostics =
		arena_alloc(linker->arena, facts->ndiagnostics * sizeof(*diagnostics));

	for (size_t i = 0; i < facts->ndiagnostics; i++) {
		const struct facts_diagnostic *from = &facts->diagnostics[i];
		const char *path =
			from->file == FACTS_NONE
				? ""
				: facts_string(facts, facts->files[from->file].path);

		diagnostics[i] = (struct diagnostic){
			.file = source_paths_shown(linker->paths, path),
			.line = from->line,
			.column = from->column,
			.severity = severity_name(from->severity),
			.text = source_paths_intern(linker->paths,
				facts_string(facts, from->text)),
		};
	}
	unit->diagnostics = diagnostics;
	unit->ndiagnostics = facts->ndiagnostics;
}

/* The first error of a unit, as one sentence. */
static const char *reason_of(struct linker *linker, const struct facts *facts,
	const struct unit *unit)
{
	const char *given = facts_string(facts, facts->unit->reason);

	if (given[0])
		return source_paths_intern(linker->paths, given);
	for (size_t i = 0; i < unit->ndiagnostics; i++) {
		const struct diagnostic *diagnostic = &unit->diagnostics[i];

		if (diagnostic->severity[0] == 'w')
			continue;
		if (!diagnostic->file[0])
			return diagnostic->text;
		return arena_printf(linker->arena, "%s:%u:%u: %s", diagnostic->file,
			diagnostic->line, diagnostic->column, diagnostic->text);
	}
	return NULL;
}

static void write_units(struct linker *linker, const struct facts *images, size_t nimages,
	struct static_trace *out)
{
	struct unit *units = arena_alloc(linker->arena, nimages * sizeof(*units));
	size_t nunits = 0;

	for (size_t i = 0; i < nimages; i++) {
		const struct facts *facts = &images[i];
		struct unit *unit = &units[nunits];
		const char *path = facts_string(facts, facts->unit->path);

		if (facts->unit->kind != FACTS_UNIT)
			continue;
		unit->file = source_paths_shown(linker->paths, path);
		unit->status = facts->unit->status;
		if (nunits && units[nunits - 1].file == unit->file)
			unit->variant = units[nunits - 1].variant + 1;
		write_diagnostics(linker, facts, unit);
		if (unit->status != UNIT_PARSED) {
			unit->reason = reason_of(linker, facts, unit);
			unit->finding = finding_kinds[facts->unit->finding].id;
		}
		nunits++;
	}
	out->units = units;
	out->nunits = nunits;
}

static size_t count_units(const struct facts *images, size_t nimages)
{
	size_t count = 0;

	for (size_t i = 0; i < nimages; i++)
		count += images[i].unit->kind == FACTS_UNIT;
	return count;
}

/* Is there a `main`? If not, the program is a library, whose callers are not here. */
static bool has_main(struct linker *linker)
{
	return function_table_named(linker->functions, "main").count > 0;
}

/* What came out of the flow. */
struct solved {
	struct flow_answers answers;
	struct flow_registrations registrations;
	uint32_t **bodies; /* of each image: site_table_add() */
	size_t nbodies;
};

static void solved_release(struct solved *solved)
{
	for (size_t i = 0; i < solved->nbodies; i++)
		free(solved->bodies[i]);
	free(solved->bodies);
}

/* Add the calls of all images, and find out what the indirect ones call. */
static void solve(struct linker *linker, const struct facts *images, size_t nimages,
	struct site_table *sites, struct solved *out)
{
	struct flow_program program = {
		.paths = linker->paths,
		.functions = linker->functions,
		.sites = sites,
		.rules = linker->rules,
		.is_library = !has_main(linker),
		.binaries = linker->binaries,
		.nbinaries = linker->nbinaries,
	};
	struct flow *flow = flow_new(&program);

	for (size_t i = 0; i < nimages; i++)
		flow_add_records(flow, &images[i]);
	out->bodies = xmalloc((nimages + 1) * sizeof(*out->bodies));
	out->nbodies = nimages;
	for (size_t i = 0; i < nimages; i++) {
		uint32_t *bodies = xmalloc((images[i].nfunctions + 1) * sizeof(*bodies));

		site_table_add(sites, &images[i], bodies);
		flow_add(flow, &images[i], bodies);
		out->bodies[i] = bodies;
	}
	flow_solve(flow);
	flow_answers(flow, linker->arena, &out->answers);
	flow_registrations(flow, linker->arena, &out->registrations);
	flow_free(flow);
}

/* Who may call whom without saying its name. */
static void note_targets(const struct site_table *sites,
	const struct flow_answers *answers, struct keep_pairs *out)
{
	for (size_t i = 0; i < answers->count; i++)
		for (size_t t = 0; t < answers->answers[i].ntargets; t++)
			keep_pairs_add(out, site_table_caller(sites, answers->sites[i]),
				answers->answers[i].targets[t].function);
}

static void find_entry_points(struct linker *linker, const struct facts *images,
	size_t nimages, const struct solved *solved, struct static_trace *out)
{
	const struct entry_program program = {
		.paths = linker->paths,
		.functions = linker->functions,
		.order = linker->order,
		.norder = linker->norder,
		.images = images,
		.bodies = (const uint32_t *const *)solved->bodies,
		.nimages = nimages,
		.registrations = &solved->registrations,
		.rules = linker->rules,
		.binaries = linker->binaries,
		.nbinaries = linker->nbinaries,
	};

	entry_points_find(linker->arena, &program, out);
}

static void find_routes(struct linker *linker, const struct facts *images, size_t nimages,
	struct static_trace *out)
{
	const struct routes_request request = {
		.paths = linker->paths,
		.functions = linker->functions,
		.rules = linker->rules,
		.binaries = linker->binaries,
		.nbinaries = linker->nbinaries,
		.order = linker->order,
		.norder = linker->norder,
	};

	routes_find(linker->arena, images, nimages, &request, out);
}

void link_facts(struct arena *arena, struct facts *images, size_t nimages,
	const struct link_options *options, struct static_trace *out)
{
	struct linker linker = {
		.arena = arena,
		.paths = source_paths_new(arena, options->root),
		.rules = options->rules,
		.binaries = options->binaries,
		.nbinaries = options->nbinaries,
	};
	struct learned_report learned;
	struct solved solved;
	struct site_table *sites;
	bool *kept;

	*out = (struct static_trace){.tool_version = options->tool_version};
	linker.functions =
		function_table_new(linker.paths, options->binaries, options->nbinaries);
	sites = site_table_new(linker.paths, linker.functions);
	nimages = link_order(images, nimages);
	out->nleft_out = count_units(images, nimages);
	nimages = selection_keep(images, nimages, options->binaries, options->nbinaries);
	out->nleft_out -= count_units(images, nimages);
	for (size_t i = 0; i < nimages; i++)
		function_table_add_definitions(linker.functions, &images[i]);
	solve(&linker, images, nimages, sites, &solved);
	for (size_t i = 0; i < nimages; i++)
		for (size_t u = 0; u < images[i].nuses; u++)
			note_use(&linker, &images[i], &images[i].uses[u]);
	note_targets(sites, &solved.answers, &linker.calls);
	write_units(&linker, images, nimages, out);
	kept = keep_functions(&linker, sites);
	write_functions(&linker, kept, out);
	site_write(sites, arena, linker.order, &solved.answers, out);
	site_table_free(sites); /* it is the largest, and no longer needed */
	learned_apply(arena, options->rules, out,
		options->learned ? options->learned : &learned);
	find_entry_points(&linker, images, nimages, &solved, out);
	solved_release(&solved);
	find_routes(&linker, images, nimages, out);
	reach_compute(arena, options, out);
	function_table_free(linker.functions);
	source_paths_free(linker.paths);
	free(linker.order);
	free(linker.uses.items);
	free(linker.calls.items);
	free(kept);
}
