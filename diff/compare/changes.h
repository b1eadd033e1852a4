/*
 * What came, went or moved between two files of one kind: a branch's static.json against
 * main's, or two recordings.
 *
 * Functions are told apart by module and name, calls by caller, callee and which of the
 * caller's sites it is, so that lines that moved are no changes.
 */
#ifndef PCARCH_DIFF_CHANGES_H
#define PCARCH_DIFF_CHANGES_H

#include "diff/report/diff_finding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct dynamic_trace;
struct static_trace;

enum change_what {
	CHANGE_ROUTE,
	CHANGE_ENTRY_POINT,
	CHANGE_DEPENDENCY, /* between modules */
	CHANGE_CERTIFICATE, /* of a call site */
	CHANGE_FUNCTION,
	CHANGE_CALL,
	CHANGE_WHAT_COUNT,
};

enum change_way {
	CHANGE_CAME,
	CHANGE_WENT,
	CHANGE_MOVED, /* to another file or module; a route: to another handler */
	CHANGE_OPENED, /* a certificate */
	CHANGE_CLOSED,
	CHANGE_WAY_COUNT,
};

struct change {
	enum change_what what;
	enum change_way way;
	const char
		*name; /* the route, the function, the caller, the module that depends */
	const char *other; /* the callee, the handler, the module depended on; or NULL */
	const char *module; /* of the function, the caller, the handler; or NULL */
	const char *detail; /* why it opened; what it was before; or NULL */
	struct diff_place before, after; /* file "": it is not in that one */
	uint64_t count; /* of calls that make a dependency, or were seen; or 0 */
	bool is_minor; /* a dependency on a library that others have or had, too */
};

struct changes {
	bool is_dynamic; /* of two recordings */
	size_t nshared; /* functions that both have: 0, they are of different programs */
	const struct change *items; /* by what, way, name, other; in the arena */
	size_t nitems;
	size_t counts[CHANGE_WHAT_COUNT][CHANGE_WAY_COUNT];
};

extern const char *const change_what_names[CHANGE_WHAT_COUNT];
extern const char *const change_way_names[CHANGE_WAY_COUNT];

/* All that differs; both traces must outlive the result. */
void changes_of_static(struct arena *arena, const struct static_trace *before,
	const struct static_trace *after, struct changes *out);
void changes_of_dynamic(struct arena *arena, const struct dynamic_trace *before,
	const struct dynamic_trace *after, struct changes *out);

#endif
