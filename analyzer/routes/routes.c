#include "analyzer/routes/routes.h"

#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/tables.h"
#include "analyzer/routes/tree.h"
#include "core/trace.h"

#include <stdlib.h>

void routes_find(struct arena *arena, const struct facts *images, size_t nimages,
	const struct routes_request *request, struct static_trace *out)
{
	struct routes_program program = {
		.arena = arena,
		.paths = request->paths,
		.functions = request->functions,
		.rules = request->rules,
	};
	struct dispatch_list dispatches = {0};
	struct found_routes found;

	program_read(&program, images, nimages);
	tables_find(&program, &dispatches);
	tree_build(&program, &dispatches, request->order, &found);
	out->routes = found.routes;
	out->nroutes = found.count;
	free(dispatches.items);
	program_release(&program);
}

/* What a route was found to be reached from is a function so far. */
void routes_enter(struct static_trace *trace)
{
	struct route *routes = (struct route *)trace->routes;

	for (size_t i = 0; i < trace->nroutes; i++) {
		uint32_t function = routes[i].reached_from;

		routes[i].reached_from = TRACE_NONE;
		for (uint32_t e = 0; e < trace->nentry_points; e++)
			if (trace->entry_points[e].function == function)
				routes[i].reached_from = e;
	}
}
