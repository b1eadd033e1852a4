/*
 * Errors of logs, counted: by type, source and hour; which way the executions that failed
 * have in common, and what happened before; and how the services that are called, seen
 * from outside, fail. Memory is bounded, however many events there are.
 */
#ifndef PCARCH_DIFF_ERROR_REPORT_H
#define PCARCH_DIFF_ERROR_REPORT_H

#include "core/arena.h"
#include "core/interner.h"
#include "core/key_table.h"
#include "diff/tally.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct event;

enum {
	ERROR_KINDS_MAX = 4096,
	ERROR_HOURS = 24,
};

/* Errors of one type from one source. */
struct error_kind {
	const char *type, *source; /* source: the service itself where none is named */
	const char *code, *message; /* of the first; NULL: none */
	bool is_external;
	uint64_t count, first_ns, last_ns;
	uint64_t nsteps; /* of `count`: those whose steps are known */
};

/* Another system, as those see it who call it. */
struct error_service {
	const char *name;
	uint64_t nstarted, nended, nfailed; /* calls */
	double failed_ms, ended_ms; /* that they took, all together */
	uint64_t failed_by_hour[ERROR_HOURS],
		ended_by_hour[ERROR_HOURS]; /* of day, UTC */
};

struct error_report {
	struct arena arena;
	struct interner names;
	struct key_table kind_keys, service_keys;
	struct error_kind *kinds; /* heap */
	struct error_service *services; /* heap */
	size_t kind_room, service_room;
	struct tally hours; /* kind, hour since 1970 */
	struct tally ways; /* kind + 1, beginning of the steps; 0: of all that ended */
	struct tally befores; /* kind, name of the event before */
	uint64_t nevents, nerrors, nsimulated, nlost;
	uint64_t first_ns, last_ns; /* of all events */
};

void error_report_init(struct error_report *report);
void error_report_release(struct error_report *report);

void error_report_add(struct error_report *report, const struct event *event);

/* What most errors of a kind have in common: share of `count`; name NULL: nothing. */
struct error_common {
	const char *name;
	uint64_t count;
};

/*
 * The longest beginning of the steps, "polycall > telemetry > source=net", that at least
 * four of five errors of the kind share, and the event that most often came before.
 */
struct error_common error_report_way(const struct error_report *report, size_t kind);
struct error_common error_report_before(const struct error_report *report, size_t kind);

/* How many executions ended that began so; with `way` of error_report_way(). */
uint64_t error_report_ended(const struct error_report *report, const char *way);

/* Kinds and services by frequency, then name: numbers in an array of the heap. */
uint32_t *error_report_kinds(const struct error_report *report);
uint32_t *error_report_services(const struct error_report *report);

/* When most calls of a service fail: at most three hours of the day, UTC. */
struct error_peak {
	unsigned from, to; /* `to` is not part of it, and may be below `from` */
	uint64_t nfailed;
};

struct error_peak error_service_peak(const struct error_service *service);

#endif
