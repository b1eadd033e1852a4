/* The scan: from a compile database to the static trace of a program. */
#ifndef PCARCH_ANALYZER_SCAN_H
#define PCARCH_ANALYZER_SCAN_H

#include "analyzer/binary/linked_units.h"
#include "analyzer/compile/units.h"
#include "analyzer/link/learned.h"
#include "analyzer/rules/rules.h"
#include "analyzer/workers/extraction.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cache;
struct error;

struct scan_options {
	const char *start; /* a directory: the database is looked for from here up */
	const char *database; /* its path; NULL: found */
	const char *root; /* that paths are relative to; NULL: found */
	const char *const *sources; /* only these files; NULL: all */
	size_t nsources;
	const char *const *flags; /* of `sources`, instead of a database; or NULL */
	size_t nflags;
	struct binary_list binaries; /* only their units; none: all */
	const char *cache_directory; /* NULL: no cache */
	const char *const *rule_files; /* besides those of the project's .pcarch.json */
	size_t nrule_files;
	struct extraction_options extraction; /* without fingerprint */
	unsigned max_functions, max_depth; /* struct link_options */
	const char *tool_version;
};

struct scan {
	struct arena arena; /* of everything here */
	const char *database, *root;
	struct unit_list units;
	struct linked_units linked; /* with binaries */
	size_t nleft_out; /* units that were not read, as no binary has them */
	struct rules rules;
	struct cache *cache; /* open until scan_release(); NULL: none */
	const char *cache_problem; /* why the cache could not be used; NULL: it could */
	size_t ncached, nprefixes_made;
	uint64_t facts_bytes, worker_peak_bytes;
	struct static_trace trace;
	struct learned_report learned;
};

/*
 * The units to scan, in scan->units, the root and database they come from, and the rules.
 * Fails where there is no unit, with a sentence on how to get one, and on a wrong rule.
 */
bool scan_open(struct scan *scan, const struct scan_options *options, struct error *err);

/* Extract and link them into scan->trace. Fails when no unit could be read at all. */
bool scan_run(struct scan *scan, const struct scan_options *options, struct error *err);

/* What facts depend on besides the unit: the versions of pcarch and libclang. */
const char *scan_fingerprint(struct arena *arena);

void scan_release(struct scan *scan);

#endif
