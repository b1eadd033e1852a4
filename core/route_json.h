/* Routes and branch points in static.json, both directions. */
#ifndef PCARCH_CORE_ROUTE_JSON_H
#define PCARCH_CORE_ROUTE_JSON_H

#include <stdint.h>

struct arena;
struct branch;
struct json_writer;
struct members;
struct part_route;
struct static_trace;

void route_write(struct json_writer *json, const struct static_trace *trace,
	uint32_t index);
void branch_write(struct json_writer *json, const struct branch *branch);

/*
 * The ways to type the route with aliases of commands above it, each as an array of all
 * its words, into the array that is open. They follow from the aliases: nobody reads them
 * back.
 */
void route_write_paths(struct json_writer *json, const struct static_trace *trace,
	uint32_t index);

/* Their members alone, into the object that is open. */
void route_write_members(struct json_writer *json, const struct static_trace *trace,
	uint32_t index);
void branch_write_members(struct json_writer *json, const struct branch *branch);

/* What the trace will point at goes into `arena`, the rest into `scratch`. */
void route_read(struct members *in, struct arena *arena, struct arena *scratch,
	struct part_route *out);
void branch_read(struct members *in, struct arena *arena, struct branch *out);

#endif
