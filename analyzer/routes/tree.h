/*
 * From dispatches to routes: which of them the program's own, which under whose handler,
 * and the routes that this makes.
 */
#ifndef PCARCH_ANALYZER_ROUTES_TREE_H
#define PCARCH_ANALYZER_ROUTES_TREE_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct dispatch_list;
struct route;
struct routes_program;

/* A route with the function whose entry point it is reached from, by the table. */
struct found_routes {
	struct route *routes; /* in the program's arena, as the trace orders them */
	size_t count;
};

/*
 * `order` gives the final index of each function of the table. In a route,
 * `reached_from` is the final index of the function, which is to become that of its entry
 * point.
 */
void tree_build(const struct routes_program *program,
	const struct dispatch_list *dispatches, const uint32_t *order,
	struct found_routes *out);

/*
 * Put routes, whose parents are indexes in `routes`, in order; those of the same tokens
 * become one.
 */
void tree_settle(struct arena *arena, const struct route *routes, size_t count,
	struct found_routes *out);

#endif
