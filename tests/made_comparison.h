/*
 * A scan and a run made by hand, and what comparing them says. Functions of the scan are
 * added in the order of their files and lines, sites in the order of functions and lines,
 * each site followed by its calls.
 */
#ifndef PCARCH_TESTS_MADE_COMPARISON_H
#define PCARCH_TESTS_MADE_COMPARISON_H

#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/error.h"
#include "diff/compare/comparison.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	MADE_MOST = 512
};

struct made_comparison {
	struct arena arena;
	struct function functions[MADE_MOST];
	struct call_site sites[MADE_MOST];
	struct call calls[MADE_MOST];
	struct entry_point entries[MADE_MOST];
	struct orphan orphans[MADE_MOST];
	struct unit units[8];
	struct static_trace scan;
	struct dynamic_builder builder;
	struct dynamic_trace run;
	struct program program;
	struct comparison result;
};

static inline void made_open(struct made_comparison *made)
{
	memset(made, 0, sizeof(*made));
	dynamic_builder_init(&made->builder, &made->arena);
	dynamic_builder_run(&made->builder, "run");
	made->scan = (struct static_trace){
		.tool_version = "0",
		.units = made->units,
		.functions = made->functions,
		.sites = made->sites,
		.calls = made->calls,
		.entry_points = made->entries,
		.orphans = made->orphans,
	};
}

static inline void made_close(struct made_comparison *made)
{
	dynamic_builder_release(&made->builder);
	arena_release(&made->arena);
}

/* "src/a.c" is the module "src/a"; arity 0, ten lines. */
static inline struct function made_function(const char *name, const char *file,
	unsigned line)
{
	return (struct function){
		.module = file,
		.name = name,
		.file = file,
		.signature = "void (void)",
		.line = line,
		.end_line = line + 9,
		.type = FUNCTION_PUBLIC,
	};
}

static inline uint32_t made_add(struct made_comparison *made, struct function fn)
{
	made->functions[made->scan.nfunctions] = fn;
	return (uint32_t)made->scan.nfunctions++;
}

static inline uint32_t made_scan(struct made_comparison *made, const char *name,
	const char *file, unsigned line)
{
	return made_add(made, made_function(name, file, line));
}

static inline uint32_t made_site(struct made_comparison *made, struct call_site site)
{
	site.file = made->functions[site.caller].file;
	if (site.state == SITE_OPEN && !site.nreasons) {
		static const char *const reasons[] = {"cast from integer"};

		site.reasons = reasons;
		site.nreasons = 1;
	}
	made->sites[made->scan.nsites] = site;
	return (uint32_t)made->scan.nsites++;
}

static inline uint32_t made_call_at(struct made_comparison *made, uint32_t site,
	uint32_t callee, const char *via)
{
	made->calls[made->scan.ncalls] = (struct call){
		.site = site,
		.caller = made->sites[site].caller,
		.callee = callee,
		.via = via,
		.confidence = 1,
	};
	return (uint32_t)made->scan.ncalls++;
}

/* A call by name; returns the call. */
static inline uint32_t made_direct(struct made_comparison *made, uint32_t caller,
	unsigned line, uint32_t callee)
{
	uint32_t site = made_site(made,
		(struct call_site){.caller = caller, .line = line, .is_direct = true});

	return made_call_at(made, site, callee, "direct");
}

/* A site that calls through a pointer, closed or open; calls are added to it. */
static inline uint32_t made_indirect(struct made_comparison *made, uint32_t caller,
	unsigned line, enum site_state state)
{
	return made_site(made, (struct call_site){.caller = caller,
				       .line = line,
				       .state = state,
				       .expression = CALLEE_FIELD,
				       .expression_name = "ops.run",
				       .signature = "void (void)"});
}

static inline void made_entry(struct made_comparison *made, const char *id,
	const char *type, uint32_t function)
{
	made->entries[made->scan.nentry_points++] =
		(struct entry_point){.id = id, .type = type, .function = function};
}

/* A process; call it first where its mode or losses matter. */
static inline uint32_t made_process(struct made_comparison *made, struct process process)
{
	if (!process.program)
		process.program = "program";
	return dynamic_builder_process(&made->builder, &process);
}

static inline uint32_t made_ran_as(struct made_comparison *made, struct function fn)
{
	return dynamic_builder_function(&made->builder, &fn);
}

static inline uint32_t made_ran(struct made_comparison *made, const char *name,
	const char *file, unsigned line)
{
	return made_ran_as(made, made_function(name, file, line));
}

static inline void made_see(struct made_comparison *made, struct observed_call call)
{
	dynamic_builder_count(&made->builder, &call,
		&(struct call_share){.count = call.count ? call.count : 1});
}

static inline void made_saw(struct made_comparison *made, uint32_t caller,
	uint32_t callee, const char *file, unsigned line)
{
	made_see(made,
		(struct observed_call){
			.caller = caller, .callee = callee, .file = file, .line = line});
}

static inline void made_root(struct made_comparison *made, uint32_t callee,
	enum call_root root)
{
	made_see(made, (struct observed_call){
			       .caller = TRACE_NONE, .callee = callee, .root = root});
}

static inline const struct comparison *made_compare(struct made_comparison *made)
{
	struct error err;

	if (!made->builder.process_keys.count)
		made_process(made,
			(struct process){.id = "p", .pid = 1, .is_complete = true});
	dynamic_builder_finish(&made->builder, "0", &made->run);
	program_init(&made->program, &made->arena, &made->scan);
	cr_assert(comparison_make(&made->arena, &made->program, &made->run, &made->result,
			  &err),
		"%s", err.text);
	return &made->result;
}

/* There is one call that nothing foresees, and this is what is said of it. */
static inline const struct runtime_call *made_only(const struct comparison *result,
	enum verdict verdict)
{
	cr_assert_eq(result->ncalls, 1, "%zu calls", result->ncalls);
	cr_assert_str_eq(verdict_names[result->calls[0].verdict], verdict_names[verdict],
		"%s: %s", verdict_names[result->calls[0].verdict],
		result->calls[0].because);
	cr_assert(result->calls[0].because && result->calls[0].advice);
	return &result->calls[0];
}

static inline void made_nothing(const struct comparison *result)
{
	cr_assert_eq(result->ncalls, 0, "%s: %s",
		result->ncalls ? verdict_names[result->calls[0].verdict] : "",
		result->ncalls ? result->calls[0].because : "");
}

#endif
