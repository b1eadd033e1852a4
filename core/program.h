/*
 * A program as questions are asked of it: which functions bear a name or make up a
 * module, what each calls and who calls it, and how far one is from another.
 */
#ifndef PCARCH_CORE_PROGRAM_H
#define PCARCH_CORE_PROGRAM_H

#include "core/grouping.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct static_trace;
struct string_numbers;

struct program {
	const struct static_trace *trace;
	size_t nmodules;
	const char *const *modules; /* in the order of their first functions */
	const uint32_t *module_of; /* function -> module */
	const struct string_numbers *names;
	struct grouping calls_from, calls_to, sites_in, calls_at, in_module, named;
};

/* Index `trace`, which must outlive the program. Everything is allocated in `arena`. */
void program_init(struct program *program, struct arena *arena,
	const struct static_trace *trace);

/* Calls that `function` makes, calls of it, call sites in it; calls that a site makes. */
struct index_list program_calls_from(const struct program *program, uint32_t function);
struct index_list program_calls_to(const struct program *program, uint32_t function);
struct index_list program_sites_in(const struct program *program, uint32_t function);
struct index_list program_calls_at(const struct program *program, uint32_t site);

/* The functions of that name; those of a module. */
struct index_list program_named(const struct program *program, const char *name);
struct index_list program_in_module(const struct program *program, uint32_t module);

/* Which way calls are followed. */
enum program_direction {
	PROGRAM_CALLEES,
	PROGRAM_CALLERS,
};

/*
 * For each function, by how many calls the nearest of `sources` is away (0: it is one of
 * them), or TRACE_NONE where no known calls lead. In `arena`.
 */
const uint32_t *program_distances(const struct program *program, struct arena *arena,
	struct index_list sources, enum program_direction direction);

#endif
