/*
 * What a program was seen to do: the model of dynamic.json.
 *
 * As in core/trace.h, arrays are flat and refer to each other by index, strings are
 * borrowed from the arena that made the trace, and a function is the same record; line 0,
 * an empty file: not known. Sorted as written: runs and processes by id, functions by
 * their record, calls by caller, callee and call site, traces by id.
 */
#ifndef PCARCH_CORE_DYNAMIC_TRACE_H
#define PCARCH_CORE_DYNAMIC_TRACE_H

#include "core/trace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Counts and times stop here: whole numbers are exact in JSON up to it. */
#define DYNAMIC_MAX (UINT64_C(1) << 52)

/* How much of what a process called was recorded. */
enum process_mode {
	PROCESS_EDGES, /* every call of an instrumented function */
	PROCESS_INDIRECT, /* calls through pointers only */
	PROCESS_PORTABLE, /* every call, by -finstrument-functions */
	PROCESS_SPANS, /* every call, and the time that each took */
	PROCESS_AUDIT, /* nothing is instrumented: what objects bind from each other */
};

/* From where control comes to a function that no instrumented function calls. */
enum call_root {
	ROOT_NONE, /* another function calls it */
	ROOT_MAIN,
	ROOT_THREAD,
	ROOT_SIGNAL,
	ROOT_CONSTRUCTOR,
	ROOT_EXIT, /* atexit, destructors */
};

struct traced_run {
	const char *id; /* no other run has it */
	/*
	 * Files that what was recorded is compiled from: what is in no other was in no
	 * program that ran. Sorted.
	 */
	const char *const *sources;
	size_t nsources; /* 0: not known */
};

/* A shared object or program that was loaded. */
struct loaded_object {
	const char *name; /* "libc.so.6" */
	const char *build_id; /* hexadecimal; NULL: it has none */
};

/* What was not recorded, and why. */
struct drop {
	const char *reason; /* "edge_overflow" */
	uint64_t count;
};

struct process {
	const char *id; /* no other process has it, on no host; hexadecimal */
	uint32_t run;
	uint32_t pid, parent; /* parent 0: not known */
	const char *program;
	enum process_mode mode;
	uint64_t start_us, end_us; /* UTC; 0: not known */
	int status; /* as in a shell; -1: not known */
	uint32_t tick_us; /* how exact times of calls are; 0: they were not recorded */
	bool is_complete; /* nothing was lost, and all calls are recorded in this mode */
	const struct drop *drops; /* sorted by reason */
	size_t ndrops;
	const struct loaded_object *objects; /* sorted by name */
	size_t nobjects;
};

/*
 * What one run adds to a call. `total_us` is sampled: what passed from the call until the
 * next recorded one of its thread, be it in the callee or, after that, in the caller.
 */
struct call_share {
	uint32_t run;
	uint64_t count, total_us;
};

struct observed_call {
	uint32_t
		caller; /* TRACE_NONE: no function that is known, see `root`, `through` */
	uint32_t callee;
	const char *file; /* of the call site; NULL: not known */
	unsigned line, column; /* column 0: not known */
	enum call_root root;
	/*
	 * The compiler inlined it, and something was called from inside: `count` is 1 for
	 * each run, and means at least so many.
	 */
	bool is_inlined;
	const char
		*through; /* "libc.so.6:qsort", the foreign code that called; or NULL */
	uint64_t count, total_us; /* of all shares */
	const struct call_share *shares; /* sorted by run */
	size_t nshares;
};

struct covered_entry {
	const char *id, *type; /* of the entry point in static.json */
	uint32_t function;
};

/* What one run adds to a route. */
struct route_share {
	uint32_t run;
	uint64_t count, undecided;
};

/* A command of the program whose handler ran. */
struct covered_route {
	const char *id; /* route_id; NULL: it has none */
	const char *program;
	const char *const *tokens; /* as in static.json */
	size_t ntokens;
	bool is_default;
	/*
	 * How often its handler was called for it. Where several commands have that
	 * handler, only traces tell for which one it was: `undecided` calls were for this
	 * one or another, and of `count` 0 nobody knows whether it ran. Of all shares.
	 */
	uint64_t count, undecided;
	const struct route_share *shares; /* sorted by run */
	size_t nshares;
};

struct span {
	const char *id, *parent; /* 16 hexadecimal digits; parent NULL: none */
	uint32_t process;
	uint32_t function; /* TRACE_NONE: a named section, called `name` */
	const char *name; /* NULL: the function's */
	uint64_t start_us, duration_us; /* UTC */
	const struct metadata *metadata;
	size_t nmetadata;
};

struct observed_trace {
	const char *id; /* trace id: 32 hexadecimal digits */
	const char *guid, *route_id, *entry_point; /* each NULL: not known */
	const char *route; /* "git remote add"; NULL: not known, see the first span */
	const struct span *spans; /* by start, what encloses first */
	size_t nspans;
	const char *const *links; /* trace ids that it continues, sorted */
	size_t nlinks;
};

struct dynamic_trace {
	const char *tool_version;
	const struct traced_run *runs; /* by id */
	size_t nruns;
	const struct process *processes;
	size_t nprocesses;
	const struct function *functions;
	size_t nfunctions;
	const struct observed_call *calls;
	size_t ncalls;
	const struct covered_entry *entries;
	size_t nentries;
	const struct covered_route *routes; /* by program, tokens and id */
	size_t nroutes;
	const struct observed_trace *traces;
	size_t ntraces;
};

/* The files' words for the enums, in the order of their values; each ends with NULL. */
extern const char *const process_mode_names[];
extern const char *const call_root_names[];

/* All processes are complete, and there is one. */
bool dynamic_is_complete(const struct dynamic_trace *trace);

size_t dynamic_span_count(const struct dynamic_trace *trace);

/* The routes that are known to have run: `count` is not 0. */
size_t dynamic_covered_count(const struct dynamic_trace *trace);

/* What all processes dropped, summed and sorted by reason: free() it. */
struct drop *dynamic_drops(const struct dynamic_trace *trace, size_t *ndrops);

/* Add, but not beyond DYNAMIC_MAX. */
static inline uint64_t dynamic_sum(uint64_t a, uint64_t b)
{
	return a > DYNAMIC_MAX - b ? DYNAMIC_MAX : a + b;
}

#endif
