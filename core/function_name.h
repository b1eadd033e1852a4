/*
 * How people name a function: NAME, FILE:NAME, MODULE:NAME, or FILE:LINE, as a compiler
 * prints it (a column may follow). A file or module may be cut at the left, after a '/'.
 */
#ifndef PCARCH_CORE_FUNCTION_NAME_H
#define PCARCH_CORE_FUNCTION_NAME_H

#include "core/program.h"

/*
 * The functions that `spelled` may mean, in `arena`; none when it is unknown. What fits
 * whole hides what fits cut.
 */
struct index_list function_name_find(const struct program *program, struct arena *arena,
	const char *spelled);

/*
 * The shortest spelling that means `function` and no other, in `arena`. Only functions
 * that share name, file, line and column have none; they get the place.
 */
const char *function_name_unique(const struct program *program, struct arena *arena,
	uint32_t function);

/* The modules that `spelled` may mean: a module, or one of its files; cut likewise. */
struct index_list module_name_find(const struct program *program, struct arena *arena,
	const char *spelled);

#endif
