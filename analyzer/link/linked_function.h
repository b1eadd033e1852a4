/* One function of a whole program, made of what units say of it. */
#ifndef PCARCH_ANALYZER_LINK_LINKED_FUNCTION_H
#define PCARCH_ANALYZER_LINK_LINKED_FUNCTION_H

#include "core/trace.h"

#include <stdbool.h>
#include <stdint.h>

struct facts;
struct facts_function;
struct source_paths;

struct linked_function {
	struct function function;
	unsigned offset; /* of the name in its file */
	const char *target; /* of an alias: a symbol; or NULL */
	bool is_defined, is_implicit;
	bool is_system; /* no unit takes its file for one of the program */
	uint32_t unit; /* that alone defines it, analyzer/link/linkage.h; or none */
};

/* What the image's function `fn` is in the program, known to be in `unit` so far. */
struct linked_function linked_function_of(struct source_paths *paths,
	const struct facts *facts, const struct facts_function *fn, uint32_t unit);

/* Add what `other` says of the same function: the same result in any order. */
void linked_function_merge(struct linked_function *old,
	const struct linked_function *other);

/* Does the image define it, rather than declare it? */
bool linked_function_is_definition(const struct facts_function *fn);

/* The program's own `main`. */
bool linked_function_is_main(const struct facts *facts, const struct facts_function *fn);

/* What the linker calls it. */
const char *linked_function_symbol(const struct facts *facts,
	const struct facts_function *fn);

#endif
