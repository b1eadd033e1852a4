/* Where in the tree a dispatch belongs: to programs, or under handlers. */
#ifndef PCARCH_ANALYZER_ROUTES_OWNERS_H
#define PCARCH_ANALYZER_ROUTES_OWNERS_H

#include "core/grouping.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct dispatch_list;
struct routes_program;

/* A function that a program starts with. */
struct root_program {
	const char *name; /* no path */
	uint32_t function;
	uint32_t main; /* the `main` that leads there; mostly the same */
};

struct owners {
	const struct root_program *programs;
	size_t nprograms;
	struct grouping of_program; /* indexes in `of_programs` */
	struct grouping of_handler; /* each function: indexes in `of_handlers` */
	const uint32_t *of_programs, *of_handlers; /* dispatches */
};

/* In `arena`. */
void owners_find(struct arena *arena, const struct routes_program *program,
	const struct dispatch_list *dispatches, struct owners *out);

#endif
