/* What is at hand while recordings become a trace: only collect*.c look here. */
#ifndef PCARCH_TRACER_COLLECTION_H
#define PCARCH_TRACER_COLLECTION_H

#include "core/dynamic_builder.h"
#include "core/interner.h"
#include "tracer/collect.h"
#include "tracer/command_routes.h"
#include "tracer/edge_table.h"
#include "tracer/source_names.h"
#include "tracer/traced_objects.h"

#include <stddef.h>
#include <stdint.h>

struct recording;

struct found_span {
	struct edge edge;
	uint64_t start_us, duration_us, most_us; /* most_us: if the end is not exact */
	uint32_t index, parent; /* in the recording's trace; parent TRACE_NONE: none */
	uint32_t function; /* once all is resolved: in the builder */
	const char *end; /* why it is not exact; NULL: it is, or most_us says */
};

/* What is known of a process beside what goes into the builder. */
struct found_process {
	const char *id, *parent_id; /* "" none: it was not forked from one that is here */
	uint64_t fork_trace; /* there; 0: in none */
	struct command_line line;
};

struct found_trace {
	const char *process_id;
	uint32_t process;
	uint64_t number, parent, parent_span; /* of the trace it is nested in; 0: none */
	uint64_t ndropped;
	const char *guid, *told_id; /* of the execution, as the program tells; or NULL */
	uint64_t told_us; /* when that began; 0: not known */
	struct found_span *spans; /* heap */
	size_t nspans;
	/* The rest is known when all is resolved. */
	uint32_t outer; /* the one it is nested in, or was forked from; TRACE_NONE */
	uint32_t joins; /* the process's own, when it is that one's command */
	bool is_forked; /* `outer` is another process's */
	bool is_command; /* it starts at the handler of a command */
	bool is_apart; /* nested, but with an id of its own */
	bool has_apart; /* commands nested in it have */
	bool has_joined; /* one of them is a part of it */
	const struct entry_point *entry; /* NULL: none */
	uint32_t *handlers; /* heap: those that ran, each once */
	size_t nhandlers, handler_room;
	struct route_choice choice;
};

struct collection {
	struct arena *arena;
	const struct collect_options *options;
	struct interner strings;
	struct dynamic_builder builder;
	struct traced_objects objects;
	struct edge_table edges;
	struct source_names names;
	struct found_process *processes; /* heap: by their index in the builder */
	size_t nprocesses, process_room;
	struct found_trace *traces; /* heap */
	size_t ntraces, trace_room;
	struct command_routes routes;
	const char **problems; /* heap */
	size_t nproblems, problem_room;
	uint32_t run;
	struct collect_report report;
};

__attribute__((format(printf, 2, 3))) void collect_problem(struct collection *all,
	const char *fmt, ...);

/* Add the process of a recording to the builder; `indices` as for edge_table_add(). */
uint32_t collect_process(struct collection *all, const struct recording *recording,
	const uint32_t *indices);

/* Keep the traces of a recording; `indices` as for edge_table_add(). */
void collect_traces(struct collection *all, const struct recording *recording,
	uint32_t process, const uint32_t *indices);

/* Once all is resolved: the function that an edge calls, and its index in the builder. */
uint32_t collect_callee(struct collection *all, const struct edge *edge,
	struct function *out);

/*
 * The functions inlined where an edge comes from, whose calls were not seen, outermost
 * first: at most `most` of them, by their index in the builder. Returns how many.
 */
size_t collect_inlined(struct collection *all, const struct edge *edge, uint32_t *out,
	size_t most);

/* What is called at an edge's site, as far as that is known; `call` is as it was. */
void collect_site(struct collection *all, const struct edge *edge,
	struct observed_call *call);

/* The handler that a function in the builder is, called from there (TRACE_NONE: none).
 * With no `site` it is called by its name. */
uint32_t collect_handler(const struct collection *all, uint32_t function,
	const struct observed_call *site);

/* What all traces are of: `outer`, and what stands behind it. */
void collect_commands(struct collection *all);

/* Which commands ran, by calls and by traces, into the builder. */
void collect_routes(struct collection *all);

/* And put all traces into the builder. */
void collect_finish_traces(struct collection *all);

/* At the end: which entry points of the program were called. */
void collect_entries(struct collection *all, struct dynamic_trace *trace);

void collect_release_traces(struct collection *all);

#endif
