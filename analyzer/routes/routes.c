#include "analyzer/routes/routes.h"

#include "analyzer/routes/chains.h"
#include "analyzer/routes/comparers.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/fields.h"
#include "analyzer/routes/parallel.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/registrations.h"
#include "analyzer/routes/registrations_groups.h"
#include "analyzer/routes/registrations_inherit.h"
#include "analyzer/routes/registrations_phrases.h"
#include "analyzer/routes/registrations_sections.h"
#include "analyzer/routes/registrations_sinks.h"
#include "analyzer/routes/registrations_unresolved.h"
#include "analyzer/routes/requests.h"
#include "analyzer/routes/tables.h"
#include "analyzer/routes/tree.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* What a route was found to be reached from is a function so far. */
static void set_entry_points(const struct static_trace *trace, struct route *routes)
{
	uint32_t *entry_of = xmalloc((trace->nfunctions + 1) * sizeof(*entry_of));

	memset(entry_of, 0xff, trace->nfunctions * sizeof(*entry_of)); /* TRACE_NONE */
	for (uint32_t i = (uint32_t)trace->nentry_points; i-- > 0;)
		entry_of[trace->entry_points[i].function] = i;
	for (size_t i = 0; i < trace->nroutes; i++)
		if (routes[i].reached_from != TRACE_NONE)
			routes[i].reached_from = entry_of[routes[i].reached_from];
	free(entry_of);
}

/*
 * What another language calls are the commands of a program that has no other: of an
 * interpreter, of a module.
 */
static void drop_foreign(struct dispatch_list *dispatches)
{
	bool has_own = false;

	for (size_t i = 0; i < dispatches->count; i++)
		has_own |= !dispatches->items[i].rule ||
			   dispatches->items[i].rule->kind != RULE_FFI;
	for (size_t i = 0; has_own && i < dispatches->count; i++)
		if (dispatches->items[i].rule &&
			dispatches->items[i].rule->kind == RULE_FFI)
			dispatches->items[i].nentries = 0;
}

void routes_find(struct arena *arena, const struct facts *images, size_t nimages,
	const struct routes_request *request, struct static_trace *out)
{
	struct routes_program program = {
		.arena = arena,
		.paths = request->paths,
		.functions = request->functions,
		.nfunctions = request->norder,
		.rules = request->rules,
		.binaries = request->binaries,
		.nbinaries = request->nbinaries,
	};
	struct dispatch_list dispatches = {0};
	struct found_routes found;
	struct fields *fields;
	struct sinks *sinks;

	program_read(&program, images, nimages);
	comparers_find(&program);
	fields = fields_read(&program);
	sinks = sinks_read(&program);
	fields_inherit(&program, sinks, fields);
	tables_find(&program, fields, &dispatches);
	chains_find(&program, &dispatches);
	registrations_find(&program, fields, sinks, &dispatches);
	parallel_find(&program, &dispatches);
	sections_find(&program, fields, &dispatches);
	groups_find(&program, fields, &dispatches);
	unresolved_find(&program, fields, &dispatches);
	phrases_split(&program, &dispatches);
	requests_name(arena, &dispatches);
	fields_free(fields);
	sinks_free(sinks);
	drop_foreign(&dispatches);
	tree_build(&program, &dispatches, request->order, &found);
	out->routes = found.routes;
	out->nroutes = found.count;
	set_entry_points(out, found.routes);
	free(dispatches.items);
	program_release(&program);
}
