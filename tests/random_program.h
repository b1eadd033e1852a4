/*
 * Facts of random content that hang together, as of the units of one program: for
 * property tests and fuzzing. The same seed makes the same bytes.
 */
#ifndef PCARCH_TESTS_RANDOM_PROGRAM_H
#define PCARCH_TESTS_RANDOM_PROGRAM_H

#include "analyzer/facts/facts.h"
#include "analyzer/facts/facts_builder.h"
#include "core/text.h"
#include "core/trace.h"
#include "tests/random_flows.h"
#include "tests/random_outlines.h"
#include "tests/random_trace.h"

enum { /* the files of each unit, in order */
	RANDOM_PROGRAM_SOURCE,
	RANDOM_PROGRAM_HEADER,
	RANDOM_PROGRAM_SYSTEM,
};

enum {
	RANDOM_PROGRAM_NSHARED = 3, /* inline functions of the header */
	RANDOM_PROGRAM_NPUBLIC = 4, /* public functions of a unit */
};

struct random_program {
	struct random_trace *random;
	struct facts_builder *builder;
	size_t unit, nunits;
	uint32_t ndefinitions; /* the first functions of the unit */
	uint32_t comparer; /* strcmp() */
	bool has_outlines;
};

__attribute__((format(printf, 2, 3))) static inline uint32_t
random_program_string(struct random_program *facts, const char *fmt, ...)
{
	char string[64];
	va_list args;

	va_start(args, fmt);
	vsnprintf(string, sizeof(string), fmt, args);
	va_end(args);
	return facts_intern(facts->builder, string);
}

static inline void random_program_function(struct random_program *facts, uint32_t name,
	uint32_t file, uint32_t flags)
{
	uint32_t line = 10 * facts_count_functions(facts->builder) + 1;

	facts_add_function(facts->builder,
		(struct facts_function){
			.name = name,
			.signature = facts_intern(facts->builder, "int (int)"),
			.file = file,
			.line = file == FACTS_NONE ? 0 : line,
			.column = file == FACTS_NONE ? 0 : 5,
			.offset = file == FACTS_NONE ? 0 : line * 20,
			.end_line = flags & FACTS_DEFINED ? line + 9 : 0,
			.arity = 1,
			.flags = flags,
		});
}

/* A header's, which are the same in each unit; then this unit's own. */
static inline void random_program_define(struct random_program *facts)
{
	size_t unit = facts->unit;

	for (unsigned i = 0; i < RANDOM_PROGRAM_NSHARED; i++)
		random_program_function(facts,
			random_program_string(facts, "shared%u", i),
			RANDOM_PROGRAM_HEADER,
			FACTS_DEFINED | FACTS_INTERNAL | FUNCTION_INLINE);
	for (unsigned i = 0; i < RANDOM_PROGRAM_NPUBLIC; i++)
		random_program_function(facts,
			random_program_string(facts, "unit%zu_%u", unit, i),
			RANDOM_PROGRAM_SOURCE, FACTS_DEFINED);
	random_program_function(facts, random_program_string(facts, "same"),
		RANDOM_PROGRAM_SOURCE, FACTS_DEFINED | FACTS_INTERNAL);
	random_program_function(facts, random_program_string(facts, "hook"),
		RANDOM_PROGRAM_SOURCE, FACTS_DEFINED | (unit ? FUNCTION_WEAK : 0));
	random_program_function(facts,
		random_program_string(facts, unit % 3 ? "main" : "twice"),
		RANDOM_PROGRAM_SOURCE, FACTS_DEFINED);
	facts->ndefinitions = facts_count_functions(facts->builder);
}

static inline void random_program_declare(struct random_program *facts)
{
	static const char *const libraries[] = {"strcmp", "printf", "qsort", "memcpy",
		"dlsym", "signal", "getenv", "pthread_create"};
	struct facts_function alias = {
		.name = random_program_string(facts, "other_name%zu", facts->unit),
		.target = random_program_string(facts, "unit%zu_0", facts->unit),
		.file = RANDOM_PROGRAM_SOURCE,
		.line = 900,
		.offset = 20000,
		.flags = FUNCTION_ALIAS,
	};

	for (unsigned i = 0; i < 4; i++)
		random_program_function(facts,
			random_program_string(facts, "unit%zu_%zu",
				random_below(facts->random, facts->nunits),
				random_below(facts->random, RANDOM_PROGRAM_NPUBLIC)),
			RANDOM_PROGRAM_HEADER, 0);
	facts->comparer = facts_count_functions(facts->builder);
	for (size_t i = 0; i < sizeof(libraries) / sizeof(*libraries); i++)
		random_program_function(facts, facts_intern(facts->builder, libraries[i]),
			RANDOM_PROGRAM_SYSTEM, FACTS_SYSTEM);
	random_program_function(facts, random_program_string(facts, "lost"), FACTS_NONE,
		FACTS_IMPLICIT);
	random_program_function(facts, random_program_string(facts, "same"), FACTS_NONE,
		FACTS_BY_NAME);
	facts_add_function(facts->builder, alias);
}

static inline void random_program_site(struct random_program *facts,
	struct facts_site *site)
{
	size_t nfunctions = facts_count_functions(facts->builder);

	site->spelling_file = FACTS_NONE;
	if (random_below(facts->random, 4)) {
		site->callee = (uint32_t)random_below(facts->random, nfunctions);
		return;
	}
	site->callee = FACTS_NONE;
	site->expression = 1 + (uint32_t)random_below(facts->random, CALLEE_OTHER);
	site->expression_name = random_program_string(facts, "ops.run");
	site->signature = random_program_string(facts, "void (void *)");
}

/* Of function `owner`, or outside of functions (FACTS_NONE). */
static inline void random_program_flows(struct random_program *facts, uint32_t owner)
{
	bool is_shared = owner < RANDOM_PROGRAM_NSHARED;
	/* Two variants, as other macros make them; of the last a variant a unit. */
	struct random_trace shared = {
		.state = owner + 100 * (owner + 1 == RANDOM_PROGRAM_NSHARED
						       ? facts->unit
						       : facts->unit % 2)};
	struct random_flows flows = {
		.random = is_shared ? &shared : facts->random,
		.facts = facts->builder,
		.owner = owner,
		.nfunctions = is_shared ? RANDOM_PROGRAM_NSHARED
					: facts_count_functions(facts->builder),
		.file = is_shared ? RANDOM_PROGRAM_HEADER : RANDOM_PROGRAM_SOURCE,
	};

	random_flows(&flows, 10, (uint32_t)random_below(flows.random, 16));
}

/* The body of a definition; what is shared names nothing of a unit's own. */
static inline void random_program_outline(struct random_program *facts, uint32_t function)
{
	const struct facts_function *fn = facts_function(facts->builder, function);
	bool is_shared = function < RANDOM_PROGRAM_NSHARED;
	struct random_trace shared = {.state = 1000 + function};
	struct random_outlines outlines = {
		.random = is_shared ? &shared : facts->random,
		.facts = facts->builder,
		.nfunctions = is_shared ? RANDOM_PROGRAM_NSHARED
					: facts_count_functions(facts->builder),
		.nvariables =
			is_shared ? RANDOM_OUTLINES_NSHARED : RANDOM_OUTLINES_NVARIABLES,
		.comparer = facts->comparer,
		.first_site = fn->first_site,
		.nsites = fn->nsites,
		.file = fn->file,
		.line = fn->line,
	};

	random_outlines_body(&outlines, function);
}

/* Tables and other variables with initialisers, outside of functions. */
static inline void random_program_objects(struct random_program *facts)
{
	struct random_outlines outlines = {
		.random = facts->random,
		.facts = facts->builder,
		.nfunctions = facts_count_functions(facts->builder),
		.nvariables = RANDOM_OUTLINES_NVARIABLES,
		.comparer = facts->comparer,
		.file = RANDOM_PROGRAM_SOURCE,
		.line = 2000,
	};

	for (uint32_t i = RANDOM_OUTLINES_NSHARED; i < RANDOM_OUTLINES_NVARIABLES; i++)
		if (random_below(facts->random, 2))
			random_outlines_object(&outlines, i);
}

/* Calls, flows and uses. What is shared has the same body wherever it is seen. */
static inline void random_program_fill(struct random_program *facts)
{
	for (uint32_t i = 0; i < facts->ndefinitions; i++) {
		struct facts_function *fn = facts_function(facts->builder, i);
		bool is_shared = i < RANDOM_PROGRAM_NSHARED;
		size_t nsites = is_shared ? 2 : random_below(facts->random, 6);

		fn->first_site = facts_count_sites(facts->builder);
		fn->nsites = (uint32_t)nsites;
		for (uint32_t s = 0; s < nsites; s++) {
			struct facts_site site = {.node = FACTS_NONE,
				.file = fn->file,
				.line = fn->line + s,
				.column = 9};

			if (is_shared) {
				site.spelling_file = FACTS_NONE;
				site.callee = s ? (uint32_t)FACTS_NONE
						: (i + s) % RANDOM_PROGRAM_NSHARED;
				site.expression = s ? CALLEE_LOCAL : CALLEE_NAME;
			} else {
				random_program_site(facts, &site);
			}
			facts_add_site(facts->builder, site);
		}
		random_program_flows(facts, i);
		if (facts->has_outlines)
			random_program_outline(facts, i);
	}
	random_program_flows(facts, FACTS_NONE);
	if (facts->has_outlines)
		random_program_objects(facts);
	for (unsigned i = 0; i < 3; i++)
		facts_add_use(facts->builder,
			(struct facts_use){
				.user = i ? (uint32_t)random_below(facts->random,
						    facts->ndefinitions)
					  : FACTS_NONE,
				.used = (uint32_t)random_below(facts->random,
					facts_count_functions(facts->builder)),
			});
}

/* The facts of the unit that `facts` says, as `head` says, appended to `out`. */
static inline void random_program_build(struct random_program facts,
	struct facts_unit head, uint32_t source, struct text *out)
{
	facts_add_file(facts.builder, (struct facts_file){.path = source});
	facts_add_file(facts.builder,
		(struct facts_file){.path = random_program_string(&facts, "/src/all.h")});
	facts_add_file(facts.builder,
		(struct facts_file){
			.path = random_program_string(&facts, "/usr/include/stdio.h")});
	random_program_define(&facts);
	random_program_declare(&facts);
	random_flows_records(facts.builder, RANDOM_PROGRAM_HEADER, RANDOM_PROGRAM_SYSTEM);
	random_outlines_variables(facts.builder, RANDOM_PROGRAM_HEADER,
		RANDOM_PROGRAM_SOURCE, facts.unit);
	random_program_fill(&facts);
	if (head.status == UNIT_PARTIAL)
		facts_add_diagnostic(facts.builder,
			(struct facts_diagnostic){
				.file = RANDOM_PROGRAM_SOURCE,
				.line = 3,
				.column = 1,
				.severity = 3,
				.text = random_program_string(&facts, "expected ';'"),
			});
	facts_build(facts.builder, head, out);
	facts_builder_free(facts.builder);
}

/* The facts of unit `unit` of `nunits`, appended to `out`. */
static inline void random_program(struct random_trace *random, size_t unit, size_t nunits,
	struct text *out)
{
	struct random_program facts = {
		.random = random,
		.builder = facts_builder_new(),
		.unit = unit,
		.nunits = nunits,
		.has_outlines = true,
	};
	struct facts_unit head = {
		.path = random_program_string(&facts, "/src/part%zu/unit%zu.c", unit % 3,
			unit),
		.arguments = random_program_string(&facts, "cc -c"),
		.status = unit % 4 == 3 ? UNIT_PARTIAL : UNIT_PARSED,
	};

	random_program_build(facts, head, head.path, out);
}

/*
 * The same, called as all the others are, so that `place` alone says when it is linked
 * and nothing else says which unit it is. Without outlines: of two commands of one name,
 * that of the unit that is linked first is the one.
 */
static inline void random_program_placed(struct random_program facts, size_t place,
	struct text *out)
{
	struct facts_unit head = {.status = UNIT_PARSED};
	uint32_t source;

	facts.builder = facts_builder_new();
	head.path = random_program_string(&facts, "/src/all.c");
	head.arguments = random_program_string(&facts, "cc -DPLACE=%03zu", place);
	source = random_program_string(&facts, "/src/unit%zu.c", facts.unit);
	random_program_build(facts, head, source, out);
}

#endif
