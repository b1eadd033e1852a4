/*
 * Who can come to which function without a word being looked up on the way: direct calls
 * and addresses taken, but not what a table or a chain chooses.
 */
#ifndef PCARCH_ANALYZER_ROUTES_CALLS_H
#define PCARCH_ANALYZER_ROUTES_CALLS_H

#include "analyzer/routes/dispatch.h"
#include "core/grouping.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct routes_program;

struct route_calls {
	struct grouping called_by; /* each function: indexes in `callees` */
	struct grouping used_by; /* each function: indexes in `used` */
	const uint32_t *callees; /* of direct calls */
	const uint32_t *used; /* functions used as values */
	struct grouping held_by; /* each function: indexes in `held` */
	const uint32_t *held; /* functions in objects that it mentions */
	struct grouping passed_by; /* each function: indexes in `passed` */
	const uint32_t
		*passed; /* handlers in `return handler(…)`: another's are its own */
	const bool *is_handler; /* each function: an entry of some dispatch runs it */
	size_t nfunctions;
};

/* In `arena`. */
void calls_read(struct arena *arena, const struct routes_program *program,
	const struct dispatch_list *dispatches, struct route_calls *out);

/*
 * Walk breadth-first from `start`, over direct calls and, if told so, over uses
 * and what objects hold;
 * never into a handler but where a handler is all that `start` runs. seen[f] becomes
 * `mark` for every function that is come by; those that have it already are passed over.
 * At most `depth` calls deep. Returns how many there are; they are in `queue`, which has
 * room for all functions.
 */
struct route_walk {
	const struct route_calls *calls;
	uint32_t *seen, *queue;
	unsigned depth;
	bool with_values, with_objects;
};

size_t calls_walk(const struct route_walk *walk, uint32_t start, uint32_t mark);

#endif
