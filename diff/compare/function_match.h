/* Which function of the scan a function of a recording is. */
#ifndef PCARCH_DIFF_FUNCTION_MATCH_H
#define PCARCH_DIFF_FUNCTION_MATCH_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct dynamic_trace;
struct function;
struct program;

struct function_matches {
	const uint32_t *scanned; /* function of the run -> of the scan, or TRACE_NONE */
	/*
	 * Function of the scan -> of the same name, defined elsewhere, that ran in its
	 * place; or TRACE_NONE.
	 */
	const uint32_t *interposed;
};

/*
 * A name without what compilers add to clones of a function ("f.isra.0"), in `arena`.
 * Source: GCC's clone_function_name(), LLVM's function merging and ThinLTO promotion.
 */
const char *function_plain_name(struct arena *arena, const char *name);

/*
 * Functions are the same whose names are, in the same file: by its whole path, or, where
 * one of the two was built somewhere else, by what both paths end in. Of several in one
 * file the nearest line decides. A file that a generator wrote, or that `#line` names, is
 * no hindrance where only one function bears the name. Code without debug information is
 * known by its name alone.
 */
void function_match(struct arena *arena, const struct program *program,
	const struct dynamic_trace *run, struct function_matches *out);

/* `a` and `b` end in the same components: one was built in another directory. */
bool function_file_is_same(const char *a, const char *b);

/* A body that was read: not a library's, not only a name. */
bool function_is_defined(const struct function *fn);

/* The same, of the program itself: not an inline function of a system's header. */
bool function_is_own(const struct function *fn);

/* Can a compiler see caller and callee at once? (Link-time optimisation sees all.) */
bool function_may_be_inlined(const struct function *from, const struct function *to);

#endif
