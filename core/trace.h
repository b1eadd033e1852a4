/*
 * The trace model: what pcarch knows of a program, as static.json and dynamic.json hold
 * it.
 *
 * Flat arrays that refer to each other by index, which is also the `id` in the file;
 * strings are borrowed from the arena (or the facts) that made the trace. Sorted as
 * written: functions and sites by (file, line, column, name), calls by site and callee.
 */
#ifndef PCARCH_CORE_TRACE_H
#define PCARCH_CORE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	TRACE_SCHEMA_MAJOR = 1,
	TRACE_SCHEMA_MINOR = 0
};

/* No such function, site or name. */
enum {
	TRACE_NONE = UINT32_MAX
};

enum function_type {
	FUNCTION_PUBLIC, /* defined here, external linkage */
	FUNCTION_PRIVATE, /* defined here, internal linkage */
	FUNCTION_EXTERNAL, /* declared here, defined in no scanned unit */
	FUNCTION_UNKNOWN, /* called without a declaration */
};

enum function_flag {
	FUNCTION_VARIADIC = 1 << 0,
	FUNCTION_INLINE = 1 << 1,
	FUNCTION_WEAK = 1 << 2,
	FUNCTION_CONSTRUCTOR = 1 << 3,
	FUNCTION_DESTRUCTOR = 1 << 4,
	FUNCTION_ADDRESS_TAKEN = 1 << 5, /* used as a value somewhere */
	FUNCTION_NO_PROTOTYPE = 1 << 6, /* K&R, or declared with () */
	FUNCTION_PARTIAL = 1 << 7, /* its body has errors: calls may be missing */
	FUNCTION_ALIAS = 1 << 8, /* another name of a function, not a body */
	FUNCTION_IFUNC = 1 << 9, /* chosen by a resolver when the program is loaded */
	FUNCTION_NORETURN = 1 << 10,
	FUNCTION_DUPLICATE = 1 << 11, /* several definitions bear this external name */
};

struct function {
	const char *module; /* path from the root, no extension; or a header */
	const char *name;
	const char *file; /* from the root; "<stdio.h>" outside of it; "" unknown */
	const char *signature; /* canonical C type, "int (const char *, ...)" */
	unsigned arity;
	unsigned line, column, end_line; /* 0: unknown */
	enum function_type type;
	unsigned flags; /* enum function_flag */
};

enum unit_status {
	UNIT_PARSED,
	UNIT_PARTIAL, /* errors inside; what could be read is used */
	UNIT_FAILED, /* nothing was read */
};

struct diagnostic {
	const char *file; /* as in struct function; "" when there is no place */
	unsigned line, column;
	const char *severity; /* "error", "fatal", "warning" */
	const char *text;
};

struct unit {
	const char *file;
	unsigned variant; /* from 0: one file with several sets of flags */
	enum unit_status status;
	const char *reason; /* why it is not parsed, one sentence; NULL when parsed */
	const char *finding; /* its id, "PCA004"; NULL when parsed */
	const struct diagnostic *diagnostics;
	size_t ndiagnostics;
};

enum site_state {
	SITE_CLOSED, /* every possible target is known */
	SITE_OPEN, /* not, and `reasons` says why */
};

/* What stands where the callee's name would stand, at an indirect call site. */
enum callee_expression {
	CALLEE_NAME, /* a function: a direct call */
	CALLEE_FIELD,
	CALLEE_PARAMETER,
	CALLEE_LOCAL,
	CALLEE_GLOBAL,
	CALLEE_ELEMENT, /* of an array of functions */
	CALLEE_RESULT, /* of another call */
	CALLEE_CONDITIONAL,
	CALLEE_OTHER,
};

struct call_site {
	uint32_t caller; /* function */
	const char *file;
	unsigned line, column; /* where the call is, or the macro that makes it */
	unsigned ordinal; /* from 0, among the sites that one place makes */
	const char *spelling_file; /* inside the macro; NULL: the same place */
	unsigned spelling_line, spelling_column;
	bool is_direct;
	enum site_state state;
	const char *const *reasons; /* for SITE_OPEN */
	size_t nreasons;
	enum callee_expression expression;
	const char *expression_name; /* "redisCommand.proc", "cb"; NULL for CALLEE_NAME */
	const char *signature; /* of the function called, at an indirect site */
};

/* One assignment on the way of a function's address to the site that calls it. */
struct flow_step {
	const char *file;
	unsigned line;
	const char *to; /* where it went: "field ops.open", "parameter 2 of visit" */
};

struct call {
	uint32_t site, caller, callee;
	uint32_t nflow;
	const char *via; /* "direct", "alias", "cleanup", "flow", … CALLGRAPH.md */
	double confidence; /* 0 to 1 */
	const char *through; /* "qsort": called by that library function; NULL: by us */
	const struct flow_step *flow; /* from where the address was taken; may be none */
};

struct metadata { /* of an entry point or a trace; NULL ends neither: counted */
	const char *key, *value;
};

struct entry_point {
	const char *id; /* "cli_0" */
	const char *type; /* "cli", "constructor", … */
	uint32_t function;
	const struct metadata *metadata;
	size_t nmetadata;
};

/* What one entry point reaches. */
struct reach {
	uint32_t entry_point;
	const uint32_t *functions; /* breadth-first, the entry point's function first */
	size_t nfunctions; /* listed */
	size_t function_count; /* reached */
	unsigned depth; /* of the whole reach: 1 for a function that calls nothing */
};

struct shared_module {
	const char *module;
	const uint32_t *entry_points;
	size_t nentry_points; /* at least 2 */
	size_t function_count; /* that several entry points reach */
};

struct orphan {
	uint32_t function;
	const char *reason; /* "no_callers", "only_private_callers", "unreached_cycle" */
	uint32_t
		called_from; /* uncalled, and calls lead from it here; TRACE_NONE: none */
};

/* A function that a route runs, or has beside its handler. */
struct route_handler {
	uint32_t function;
	const char *role; /* "handler": another one; "completer", "usage", … */
};

/*
 * One command: a sequence of tokens from the program's name on, and what it runs. The
 * routes are a tree, each after its parent.
 */
struct route {
	const char *program; /* no path */
	const char *const *tokens; /* without the program; of a default its
				    * parent's, or "<default>" at the top */
	size_t ntokens;
	const char *const *aliases; /* other words for the last token */
	size_t naliases;
	uint32_t parent; /* route; TRACE_NONE: the program itself */
	const char *match; /* "exact", "icase", "first-prefix", "unique-prefix" */
	uint32_t handler; /* function; TRACE_NONE: `handler_reason` says why */
	const char *handler_reason; /* "inline", "no_handler", "dlsym", … or NULL */
	const struct route_handler *others;
	size_t nothers;
	const char *pattern; /* how it was recognised, "table", "chain", … */
	const char *file; /* of the row or of the comparison */
	unsigned line;
	const char *help; /* NULL: none is known */
	const char *route_id; /* 32 hex digits, core/route_id.h */
	uint32_t reached_from; /* entry point; TRACE_NONE: not known */
	bool is_default; /* runs when no token, or none that is known, is given */
	bool is_ambiguous; /* several handlers, and nothing tells which one it is */
};

/* A place where one command's way parts: PCARCH_BRANCH(point, choice). */
struct branch {
	const char *point;
	const char *const *choices; /* sorted */
	size_t nchoices;
	const char *file; /* of the first of them */
	unsigned line;
};

struct static_trace {
	const char *tool_version;
	const struct unit *units;
	size_t nunits;
	size_t nleft_out; /* units of the database that no binary has; 0: all are here */
	const struct function *functions;
	size_t nfunctions;
	const struct call_site *sites;
	size_t nsites;
	const struct call *calls;
	size_t ncalls;
	const struct route *routes; /* by program and tokens; parents before children */
	size_t nroutes;
	const struct branch *branches; /* by point */
	size_t nbranches;
	const struct entry_point *entry_points;
	size_t nentry_points;
	const struct reach *reaches; /* one for each entry point, in order */
	size_t nreaches;
	const struct shared_module *shared_modules;
	size_t nshared_modules;
	const struct orphan *orphans;
	size_t norphans;
};

#endif
