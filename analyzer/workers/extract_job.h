/*
 * One job of a worker: read a unit or a prefix, store what came out. A worker is a fork
 * of the driver, so a request names what both know by its index.
 */
#ifndef PCARCH_ANALYZER_WORKERS_EXTRACT_JOB_H
#define PCARCH_ANALYZER_WORKERS_EXTRACT_JOB_H

#include "analyzer/cache/digest.h"
#include "core/finding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cache;
struct prefix_plan;
struct scan_unit;
struct text;

/* What the driver had before it forked. */
struct extract_context {
	const struct scan_unit *units;
	const struct digest *keys; /* of units, in the cache */
	const struct prefix_plan *plan;
	struct cache *cache; /* may be NULL */
};

struct extract_request {
	uint32_t index; /* of a unit, or of a prefix in the plan */
	uint32_t prefix; /* of a unit: the plan's; valid with has_pch */
	bool is_prefix, has_pch;
	bool has_prefix_facts; /* they are in the cache, as `prefix_facts` */
	bool unused[5]; /* no padding: it is sent as it stands */
	struct digest prefix_facts;
};

struct extract_reply {
	bool is_stored; /* the facts are in the cache, as `facts`; else they follow */
	bool used_pch;
	bool is_unusable; /* of a prefix: it has errors by itself */
	bool unused[5];
	struct digest facts;
	uint64_t facts_size, learned_size; /* that follow: an image, cache_export() */
};

/* Run `request` in a worker; appends a struct extract_reply and its bytes to `reply`. */
void extract_job_run(const struct extract_context *context,
	const struct extract_request *request, struct text *reply);

/* Append an image that says only why `unit` could not be read. */
void extract_job_failed(const struct scan_unit *unit, enum finding finding,
	const char *reason, struct text *image);

#endif
