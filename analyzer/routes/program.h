/*
 * The outlines of a whole program: one for each function and each object, whatever unit
 * they came from.
 */
#ifndef PCARCH_ANALYZER_ROUTES_PROGRAM_H
#define PCARCH_ANALYZER_ROUTES_PROGRAM_H

#include "analyzer/routes/term.h"
#include "core/grouping.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct definitions;
struct function_table;
struct rules;
struct source_paths;

/* A body: a TERM_BODY. */
struct outline {
	struct term root;
	uint32_t function; /* of the function table */
};

/* A variable with an initialiser: a TERM_OBJECT. */
struct object {
	struct term root;
	const char *name;
	uint32_t function; /* that it is local to; TRACE_NONE */
	const char *file; /* absolute */
};

/* An object is named in a body, outside of its own declaration. */
struct mention {
	uint32_t object, function;
	struct term at;
};

struct binary;
struct matcher;
struct program_index;

struct routes_program {
	struct arena *arena;
	struct source_paths *paths;
	struct function_table *functions;
	size_t nfunctions; /* of the table: the first ones, which are in the trace */
	const struct rules *rules;
	const struct binary *binaries; /* which name programs; may be none */
	size_t nbinaries;
	const struct outline *outlines;
	size_t noutlines;
	const struct object *objects;
	size_t nobjects;
	const struct mention *mentions; /* of objects, in order of their functions */
	size_t nmentions;
	struct grouping mentions_of; /* each object */
	const struct matcher *matchers; /* of each function: comparers.h */
	struct program_index *index;
};

/*
 * `images` are in order, and their functions in the table. Strings of the result are the
 * images' or the arena's.
 */
void program_read(struct routes_program *program, const struct facts *images,
	size_t nimages);
void program_release(struct routes_program *program);

/* The body of function `function` of the table; NULL: there is none, or of no interest.
 */
const struct outline *program_outline(const struct routes_program *program,
	uint32_t function);

/* The object that a TERM_VARIABLE or TERM_OBJECT is; TRACE_NONE: it has no initialiser.
 */
uint32_t program_object(const struct routes_program *program, struct term variable);

/*
 * The function that a TERM_FUNCTION is; the first where it may be several. TRACE_NONE:
 * none of the trace, for only outlines name it.
 */
uint32_t program_function(const struct routes_program *program, struct term function);

/* The functions' names, for rules and messages; "" for TRACE_NONE. */
const char *program_name(const struct routes_program *program, uint32_t function);

/* Is it defined in a source of the program, not in a header of the system? */
bool program_has_body(const struct routes_program *program, uint32_t function);

/* The place of a term as static.json shows it. */
const char *program_file(const struct routes_program *program, struct term term);

#endif
