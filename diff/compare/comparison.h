/*
 * A program as it was read beside what it was seen to do: the answer of
 * `pcarch diff STATIC DYNAMIC...`.
 *
 * Functions are matched by module, name and line, call sites by file and line, so that
 * other build directories, clones and inlined copies do not tell the two apart. Arrays
 * are in an arena; indexes refer to `scan` and `run`; all is sorted as written, and the
 * order of the recordings does not show.
 */
#ifndef PCARCH_DIFF_COMPARISON_H
#define PCARCH_DIFF_COMPARISON_H

#include "core/dynamic_trace.h"
#include "core/program.h"
#include "core/trace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why a call that was seen is not in static.json, the gravest first. */
enum verdict {
	VERDICT_BUG, /* its site is closed: the analysis is wrong */
	VERDICT_HOLE, /* its site is open, and said that there is more */
	VERDICT_INTERPOSED, /* another object's definition was bound in place of ours */
	VERDICT_LIBRARY, /* library code called: qsort its comparator */
	VERDICT_FOREIGN, /* the caller or the callee is in no scanned unit */
	VERDICT_GENERATED, /* code that no source has: a compiler's, or made at run time
			    */
	VERDICT_STALE, /* the source has changed since one of the two was made */
	VERDICT_COUNT,
};

/* A call that was seen, and that no call of static.json foresees. */
struct runtime_call {
	uint32_t observed; /* of run->calls: the first, where several are one to the scan
			    */
	uint32_t caller, callee; /* functions of `scan`; TRACE_NONE: not in it */
	uint32_t from, to; /* functions of `run`; `from` TRACE_NONE: see `observed` */
	uint32_t site; /* of `scan`; VERDICT_LIBRARY: where the library function is
			* called; TRACE_NONE: none is known */
	enum verdict verdict;
	uint64_t count, total_us;
	const char *object; /* the shared object of what is foreign, or NULL */
	const char *because; /* a sentence: why nothing foresaw it */
	const char *advice; /* a sentence: what to do */
	/* Functions of `run`, from where control came to `from`, or to the site. */
	const uint32_t *path;
	size_t npath;
	uint32_t
		entry_point; /* of `scan`, where the path begins; TRACE_NONE: not known */
};

/* A function that ran and that static.json does not have. */
struct runtime_function {
	uint32_t function; /* of `run` */
	enum verdict verdict;
	uint64_t count;
	const char *object; /* as in struct runtime_call */
	const char *because;
};

/* A call through a pointer: what it may call, and what it did. */
struct indirect_seen {
	uint32_t site; /* of `scan` */
	uint64_t count; /* of calls from there */
	size_t nconfirmed; /* calls of `scan` at the site that were seen */
	const uint32_t *never; /* calls of `scan` that were not: candidates; ascending */
	size_t nnever;
};

/* How much of a part of the program ran. */
struct coverage {
	const char *name; /* the module, the program of a route, the entry point's id */
	size_t functions, functions_ran;
	size_t calls, calls_seen; /* of `scan` */
	uint64_t count; /* of calls into it */
	/* 0 to 100, of functions; `is_hot` at 75 and over, `is_cold` under 25. */
	double percent;
	bool is_hot, is_cold;
};

struct entry_coverage {
	uint32_t entry_point; /* of `scan` */
	bool has_run;
	uint64_t count;
	struct coverage reach; /* of what it reaches */
};

struct route_coverage {
	uint32_t route; /* of `scan` */
	bool has_run;
	bool is_unsure; /* its handler ran, which other routes have too */
	uint64_t count;
};

/* The route itself ran, not perhaps another one of its handler. */
static inline bool route_is_sure(const struct route_coverage *route)
{
	return route->has_run && !route->is_unsure;
}

/* One program called another. */
struct crossing {
	const char *from, *to; /* programs */
	const char *kind; /* "exec", "http", "amqp", … */
	const char *detail; /* the route, queue or entry point, or NULL */
	uint64_t count;
};

struct comparison {
	const struct program *program; /* of `scan` */
	const struct static_trace *scan;
	const struct dynamic_trace *run; /* all recordings as one; of traces see
					  * comparison_read() */

	const uint32_t *scanned; /* function of `run` -> of `scan`, or TRACE_NONE */
	const uint64_t *ran; /* function of `scan` -> how often it was called */
	const uint64_t *seen; /* call of `scan` -> how often it was seen; of alternatives
			       * at one line that cannot be told apart, each */

	const struct runtime_call *calls; /* gravest first, then by place */
	size_t ncalls;
	const struct runtime_function *functions;
	size_t nfunctions;
	const struct indirect_seen *indirect;
	size_t nindirect;

	bool is_complete; /* what was not seen did not run */
	const uint32_t *dead; /* functions of `scan`, reachable and never seen; none
			       * unless is_complete */
	size_t ndead;
	const uint32_t *unobserved; /* calls of `scan` whose caller ran, likewise */
	size_t nunobserved;
	const uint32_t *revived; /* orphans of `scan` that ran after all */
	size_t nrevived;

	struct coverage total;
	const struct coverage *modules; /* by name */
	size_t nmodules;
	const struct entry_coverage *entries; /* one for each entry point, in order */
	size_t nentries;
	const struct route_coverage *routes; /* one for each route, in order */
	size_t nroutes;
	const struct crossing *crossings;
	size_t ncrossings;
	const struct drop *drops; /* what the recordings lost */
	size_t ndrops;
};

/* The words for verdicts, in JSON and in text: "bug", "predicted-hole", … */
extern const char *const verdict_names[VERDICT_COUNT];

struct arena;
struct error;

/*
 * Read recordings ("-" is stdin) as one trace into `arena`. Spans are looked at one at a
 * time, and of each trace only those at which it enters a process are kept
 * (core/dynamic_skim.h): memory does not grow with them. Same trace, whatever the order
 * of `paths`. Fails as dynamic_json_read() does.
 */
bool comparison_read(struct arena *arena, char *const *paths, size_t npaths,
	struct dynamic_trace *out, struct error *err);

/*
 * Compare. `program` and `run` must outlive the result, which is in `arena`. Fails when
 * the two have no function in common: they are of different programs.
 */
bool comparison_make(struct arena *arena, const struct program *program,
	const struct dynamic_trace *run, struct comparison *out, struct error *err);

#endif
