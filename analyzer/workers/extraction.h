/*
 * The map step of a scan: the facts of each unit, from the cache where nothing changed,
 * else from worker processes. A unit that crashes its worker, hangs or eats the memory
 * costs itself.
 */
#ifndef PCARCH_ANALYZER_WORKERS_EXTRACTION_H
#define PCARCH_ANALYZER_WORKERS_EXTRACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cache;
struct error;
struct unit_list;

struct extraction_options {
	unsigned njobs;
	unsigned timeout_s; /* for one unit; 0: none */
	uint64_t max_memory_bytes; /* of one worker; 0: no limit */
	bool share_prefixes;
	const char
		*fingerprint; /* cache.h: of all that facts depend on besides the unit */
	/* Called after each unit with the file that is being read; may be NULL. */
	void (*progress)(void *context, size_t done, const char *current);
	void *context;
};

/* The facts of one unit or of one prefix: an image (facts.h) on the heap. */
struct extracted {
	char *bytes;
	size_t size;
};

struct extraction {
	struct extracted *units; /* one for each unit asked for */
	size_t nunits;
	struct extracted *prefixes; /* that units are incomplete without */
	size_t nprefixes;
	size_t ncached; /* units that were not read again */
	uint64_t peak_bytes; /* resident memory of the largest worker */
	size_t nprefixes_made; /* precompiled in this run */
};

/*
 * Fails only when no worker can be started. `cache` may be NULL. The result is released
 * with extraction_release(), after linking.
 */
bool extraction_run(const struct unit_list *units, struct cache *cache,
	const struct extraction_options *options, struct extraction *out,
	struct error *err);
void extraction_release(struct extraction *extraction);

#endif
