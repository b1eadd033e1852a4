/*
 * A static trace of random content that refers only to what exists: for property tests
 * and the benchmark. The same seed makes the same trace.
 */
#ifndef PCARCH_TESTS_RANDOM_TRACE_H
#define PCARCH_TESTS_RANDOM_TRACE_H

#include "core/arena.h"
#include "core/trace.h"
#include "tests/random_routes.h"

static inline void random_units(struct random_trace *random, struct static_trace *trace)
{
	struct unit *units = arena_alloc(random->arena, trace->nunits * sizeof(*units));

	for (size_t i = 0; i < trace->nunits; i++) {
		struct diagnostic *diagnostics =
			arena_alloc(random->arena, 3 * sizeof(*diagnostics));

		units[i].file = random_name(random, "src/unit");
		units[i].variant = (unsigned)random_below(random, 3);
		units[i].status = (enum unit_status)random_below(random, 3);
		units[i].reason =
			units[i].status ? random_name(random, "it does not parse") : NULL;
		units[i].diagnostics = diagnostics;
		units[i].ndiagnostics = units[i].status ? random_below(random, 4) : 0;
		for (size_t j = 0; j < units[i].ndiagnostics; j++)
			diagnostics[j] = (struct diagnostic){units[i].file,
				random_number(random), random_number(random), "error",
				random_name(random, "text")};
	}
	trace->units = units;
}

static inline void random_functions(struct random_trace *random,
	struct static_trace *trace)
{
	struct function *fns =
		arena_alloc(random->arena, trace->nfunctions * sizeof(*fns));

	for (size_t i = 0; i < trace->nfunctions; i++) {
		fns[i].module = random_name(random, "src/module");
		fns[i].name = random_name(random, "function");
		fns[i].file = random_name(random, "src/module.c");
		fns[i].signature = random_optional(random, "int (const char *, struct s");
		fns[i].arity = (unsigned)random_below(random, 8);
		fns[i].line = random_number(random);
		fns[i].column = (unsigned)random_below(random, 80);
		fns[i].end_line = random_number(random);
		fns[i].type = (enum function_type)random_below(random, 4);
		fns[i].flags = (unsigned)(random_below(random, FUNCTION_DUPLICATE * 2) &
					  random_below(random, FUNCTION_DUPLICATE * 2) &
					  random_below(random, FUNCTION_DUPLICATE * 2));
	}
	trace->functions = fns;
}

static inline void random_sites(struct random_trace *random, struct static_trace *trace)
{
	struct call_site *sites =
		arena_alloc(random->arena, trace->nsites * sizeof(*sites));

	for (size_t i = 0; i < trace->nsites; i++) {
		struct call_site *site = &sites[i];
		const char **reasons = arena_alloc(random->arena, 2 * sizeof(*reasons));

		site->caller = (uint32_t)random_below(random, trace->nfunctions);
		site->file = random_name(random, "src/module.c");
		site->line = random_number(random);
		site->column = (unsigned)random_below(random, 100);
		site->ordinal = (unsigned)random_below(random, 20) / 19;
		site->spelling_file =
			random_below(random, 5) ? NULL : random_name(random, "macro.h");
		site->spelling_line = site->spelling_file ? random_number(random) : 0;
		site->spelling_column = site->spelling_file ? random_number(random) : 0;
		site->is_direct = random_below(random, 5) > 0;
		if (site->is_direct)
			continue;
		site->state = (enum site_state)random_below(random, 2);
		site->reasons = reasons;
		site->nreasons =
			site->state == SITE_OPEN ? 1 + random_below(random, 2) : 0;
		for (size_t j = 0; j < site->nreasons; j++)
			reasons[j] = random_name(random, "reason");
		site->expression =
			(enum callee_expression)(1 + random_below(random, CALLEE_OTHER));
		site->expression_name = random_optional(random, "record.field");
		site->signature = random_optional(random, "void (int)");
	}
	trace->sites = sites;
}

static inline void random_flow(struct random_trace *random, struct call *call)
{
	struct flow_step *steps = arena_alloc(random->arena, 3 * sizeof(*steps));

	call->nflow = random_below(random, 4);
	call->flow = steps;
	for (size_t i = 0; i < call->nflow; i++)
		steps[i] = (struct flow_step){random_name(random, "src/module.c"),
			random_number(random), random_name(random, "field ops.open")};
}

static inline void random_calls(struct random_trace *random, struct static_trace *trace)
{
	struct call *calls = arena_alloc(random->arena, trace->ncalls * sizeof(*calls));

	for (size_t i = 0; i < trace->ncalls; i++) {
		bool has_site = trace->nsites && random_below(random, 20);

		calls[i].site = has_site ? (uint32_t)random_below(random, trace->nsites)
					 : (uint32_t)TRACE_NONE;
		calls[i].caller =
			has_site ? trace->sites[calls[i].site].caller
				 : (uint32_t)random_below(random, trace->nfunctions);
		calls[i].callee = (uint32_t)random_below(random, trace->nfunctions);
		calls[i].via = random_below(random, 4) ? "direct" : "flow";
		calls[i].confidence = (double)random_below(random, 101) / 100;
		if (random_below(random, 4))
			continue;
		calls[i].through = random_optional(random, "qsort");
		random_flow(random, &calls[i]);
	}
	trace->calls = calls;
}

static inline void random_entry_points(struct random_trace *random,
	struct static_trace *trace)
{
	struct entry_point *entries =
		arena_alloc(random->arena, trace->nentry_points * sizeof(*entries));

	for (size_t i = 0; i < trace->nentry_points; i++) {
		struct metadata *metadata =
			arena_alloc(random->arena, 2 * sizeof(*metadata));

		entries[i].id = arena_printf(random->arena, "cli_%zu", i);
		entries[i].type = random_below(random, 2) ? "cli" : "constructor";
		entries[i].function = (uint32_t)random_below(random, trace->nfunctions);
		entries[i].metadata = metadata;
		entries[i].nmetadata = random_below(random, 3);
		metadata[0] =
			(struct metadata){"program", random_name(random, "program")};
		metadata[1] =
			(struct metadata){"p\xc3\xa9\"", random_name(random, "value")};
	}
	trace->entry_points = entries;
}

static inline void random_reaches(struct random_trace *random, struct static_trace *trace,
	size_t most)
{
	struct reach *reaches =
		arena_alloc(random->arena, trace->nentry_points * sizeof(*reaches));

	for (size_t i = 0; i < trace->nentry_points; i++) {
		size_t n = random_below(random, most + 1);
		uint32_t *functions = arena_alloc(random->arena, n * sizeof(*functions));

		for (size_t j = 0; j < n; j++)
			functions[j] =
				j ? (uint32_t)random_below(random, trace->nfunctions)
				  : trace->entry_points[i].function;
		reaches[i] = (struct reach){(uint32_t)i, functions, n,
			n + random_below(random, 2) * random_below(random, 50),
			random_number(random)};
	}
	trace->reaches = reaches;
	trace->nreaches = trace->nentry_points;
}

static inline void random_answers(struct random_trace *random, struct static_trace *trace)
{
	size_t nshared = trace->nentry_points < 2 ? 0 : random_below(random, 10);
	struct shared_module *shared =
		arena_alloc(random->arena, nshared * sizeof(*shared));
	struct orphan *orphans =
		arena_alloc(random->arena, trace->norphans * sizeof(*orphans));

	for (size_t i = 0; i < nshared; i++) {
		uint32_t *entries = arena_alloc(random->arena, 2 * sizeof(*entries));

		entries[0] = (uint32_t)random_below(random, trace->nentry_points - 1);
		entries[1] = (uint32_t)trace->nentry_points - 1;
		shared[i] = (struct shared_module){random_name(random, "src/module"),
			entries, 2, 1 + random_below(random, 9)};
	}
	for (size_t i = 0; i < trace->norphans; i++)
		orphans[i] = (struct orphan){
			(uint32_t)random_below(random, trace->nfunctions),
			random_below(random, 2) ? "no_callers" : "unreached_cycle",
			random_below(random, 2)
				? TRACE_NONE
				: (uint32_t)random_below(random, trace->nfunctions)};
	trace->shared_modules = shared;
	trace->nshared_modules = nshared;
	trace->orphans = orphans;
}

/* `size` is the number of functions; the rest follows the proportions of real programs.
 */
static inline struct static_trace random_trace(struct random_trace *random, size_t size)
{
	struct static_trace trace = {
		.tool_version = "0.1.0",
		.nunits = 1 + size / 20,
		.nfunctions = size,
		.nsites = size * 5,
		.ncalls = size * 6,
		.nentry_points = 1 + size / 100,
		.norphans = size / 30,
		.nroutes = size / 2,
		.nbranches = size / 10,
	};

	random_units(random, &trace);
	random_functions(random, &trace);
	random_sites(random, &trace);
	random_calls(random, &trace);
	random_entry_points(random, &trace);
	random_reaches(random, &trace, size < 200 ? size : 200);
	random_answers(random, &trace);
	random_routes(random, &trace);
	random_branches(random, &trace);
	return trace;
}

#endif
