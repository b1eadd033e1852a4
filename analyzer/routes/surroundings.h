/* What stands around the terms of one body, and whether control goes on there. */
#ifndef PCARCH_ANALYZER_ROUTES_SURROUNDINGS_H
#define PCARCH_ANALYZER_ROUTES_SURROUNDINGS_H

#include "analyzer/routes/term.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero: of no body yet. */
struct surroundings {
	struct term root;
	uint32_t *parents; /* heap: of each term of the body */
	size_t room;
};

/* Turn to another body; what is there is used again. */
void surroundings_read(struct surroundings *around, struct term root);
void surroundings_release(struct surroundings *around);

/*
 * Does a loop go on after a match? Then it looks whether there is another: the condition
 * is that of an `if` whose last statement does not leave.
 */
bool surroundings_go_on(const struct surroundings *around, struct term condition);

/* Is the call the end of its loop, or in none: `return f()`, `f(); break;`? */
bool surroundings_leave(const struct surroundings *around, struct term call);

#endif
