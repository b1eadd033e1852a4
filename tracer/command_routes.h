/*
 * Which command an execution was of: by the handlers that ran in it, and, where several
 * commands have the same one, by the words of the process's command line.
 */
#ifndef PCARCH_TRACER_COMMAND_ROUTES_H
#define PCARCH_TRACER_COMMAND_ROUTES_H

#include "core/grouping.h"
#include "core/interner.h"
#include "core/key_table.h"
#include "core/route_tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct static_trace;

struct command_routes {
	const struct static_trace *program;
	struct arena *arena;
	struct interner *strings;
	struct route_tree tree;
	struct grouping by_handler; /* the routes of each number of a handler */
	struct key_table handlers; /* by name and file */
	struct key_table direct; /* places from which they are called by name */
	struct key_table names; /* of them, alone */
	const uint32_t *by_name; /* the one that has it; TRACE_NONE: several */
};

/* `program` may be NULL: it has no routes. All of them must outlive `routes`. */
void command_routes_init(struct command_routes *routes, struct arena *arena,
	struct interner *strings, const struct static_trace *program);
void command_routes_release(struct command_routes *routes);

#define scoped_routes \
	__attribute__((cleanup(command_routes_release))) struct command_routes

/* A function that was called, and from where. */
struct handler_call {
	const char *name, *file; /* of the function; no file: "" */
	const char *site_file; /* NULL: not known */
	unsigned site_line;
	bool is_direct; /* it is known to be called by its name */
};

/*
 * The number of a handler that is called so, by which the others refer to it; TRACE_NONE:
 * it is none, or some code calls by its name what commands call through a table. With no
 * file its name must be that of one handler: the compiler has made one function of two,
 * or there is no debug information.
 */
uint32_t command_routes_handler(const struct command_routes *routes,
	const struct handler_call *call);

/* Numbers of handlers are below this. */
size_t command_routes_nhandlers(const struct command_routes *routes);

/* The routes that it may run for, ascending. */
struct index_list command_routes_of(const struct command_routes *routes,
	uint32_t handler);

/* What is known of a process. */
struct command_line {
	const char *program; /* the name of its binary */
	bool has_words; /* of its command line they are known, and tell */
	struct route_words words; /* those that are words of commands */
};

struct route_choice {
	uint32_t route; /* as far as it is known; TRACE_NONE: it is not */
	bool is_shared; /* several have the handler: it may be one below `route` */
	bool is_typed; /* the words of the command line lead there */
};

/*
 * What handlers that ran, in this order, tell: the deepest route that the first one and
 * others below it lead to. `line->words` are asked where they do not tell.
 */
void command_routes_choose(const struct command_routes *routes,
	struct index_list handlers, const struct command_line *line,
	struct route_choice *out);

/* Is `above` the route `below`, or one that it follows? */
bool command_routes_is_above(const struct command_routes *routes, uint32_t above,
	uint32_t below);

#endif
