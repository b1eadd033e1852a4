#include "analyzer/workers/extraction.h"

#include "analyzer/cache/cache.h"
#include "analyzer/cache/temporary.h"
#include "analyzer/compile/units.h"
#include "analyzer/workers/extract_job.h"
#include "analyzer/workers/extractor.h"
#include "analyzer/workers/pool.h"
#include "analyzer/workers/prefix.h"
#include "core/arena.h"
#include "core/compare.h"
#include "core/error.h"
#include "core/file.h"
#include "core/text.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* A worker is replaced now and then: libclang does not give all its memory back. */
enum {
	MAX_JOBS_PER_WORKER = 500
};

enum prefix_state {
	PREFIX_PENDING,
	PREFIX_READY,
	PREFIX_UNUSABLE
};

struct cached_prefix {
	UT_hash_handle hh;
	struct digest facts;
};

struct driver {
	struct arena *arena;
	struct cached_prefix *cached;
	const struct extraction_options *options;
	struct extraction *out;
	struct extract_context context;
	struct prefix_plan plan;
	uint32_t *wanted; /* units that the cache does not have */
	size_t nwanted;
	enum prefix_state *states; /* of prefixes */
	struct digest *prefix_facts;
	bool *prefix_stored;
	size_t next_prefix;
	bool *given; /* for each wanted unit: it is with a worker, or done */
	size_t first_waiting; /* all wanted units before are given */
	size_t ndone;
};

/* Jobs are numbered: units by their index, then prefixes. */
static uint32_t prefix_job(const struct driver *driver, size_t prefix)
{
	return (uint32_t)(driver->out->nunits + prefix);
}

static const char *job_name(const struct driver *driver, uint32_t job)
{
	if (job < driver->out->nunits)
		return driver->context.units[job].file;
	job -= (uint32_t)driver->out->nunits;
	return driver->context.units[driver->plan.prefixes[job].unit].file;
}

static enum pool_next give_prefix(struct driver *driver, uint32_t *job,
	struct text *bytes)
{
	struct extract_request request = {
		.index = (uint32_t)driver->next_prefix,
		.is_prefix = true,
	};

	*job = prefix_job(driver, driver->next_prefix++);
	text_add_bytes(bytes, (const char *)&request, sizeof(request));
	return POOL_JOB;
}

static enum pool_next give_unit(struct driver *driver, size_t wanted, uint32_t *job,
	struct text *bytes)
{
	uint32_t prefix = driver->plan.of_unit[wanted];
	struct extract_request request = {
		.index = driver->wanted[wanted],
		.prefix = prefix,
		.has_pch = prefix != UINT32_MAX && driver->states[prefix] == PREFIX_READY,
	};

	if (request.has_pch) {
		request.has_prefix_facts = driver->prefix_stored[prefix];
		request.prefix_facts = driver->prefix_facts[prefix];
	}
	driver->given[wanted] = true;
	*job = request.index;
	text_add_bytes(bytes, (const char *)&request, sizeof(request));
	return POOL_JOB;
}

/* Prefixes first, then the units whose prefix is there or that have none. */
static enum pool_next next_job(void *context, uint32_t *job, struct text *request)
{
	struct driver *driver = context;

	if (driver->next_prefix < driver->plan.nprefixes)
		return give_prefix(driver, job, request);
	while (driver->first_waiting < driver->nwanted &&
		driver->given[driver->first_waiting])
		driver->first_waiting++;
	for (size_t i = driver->first_waiting; i < driver->nwanted; i++) {
		uint32_t prefix = driver->plan.of_unit[i];

		if (!driver->given[i] &&
			(prefix == UINT32_MAX ||
				driver->states[prefix] != PREFIX_PENDING))
			return give_unit(driver, i, job, request);
	}
	return driver->first_waiting < driver->nwanted ? POOL_WAIT : POOL_END;
}

static void copy_facts(struct extracted *out, const char *bytes, size_t size)
{
	out->bytes = memcpy(xmalloc(size), bytes, size);
	out->size = size;
}

static bool take_stored(struct driver *driver, struct digest facts, struct extracted *out)
{
	struct file_map map;

	if (!cache_map(driver->context.cache, facts, &map))
		return false;
	copy_facts(out, map.bytes, map.size);
	file_unmap(&map);
	return true;
}

/* The facts of a reply: a file of the cache or, when they are not there, its own bytes.
 */
static bool take_facts(struct driver *driver, const struct extract_reply *reply,
	const char *bytes, struct extracted *out)
{
	if (reply->is_stored)
		return take_stored(driver, reply->facts, out);
	if (!reply->facts_size)
		return false;
	copy_facts(out, bytes, reply->facts_size);
	return true;
}

static void prefix_done(struct driver *driver, size_t prefix,
	const struct extract_reply *reply, const char *bytes)
{
	struct extracted *extracted = &driver->out->prefixes[driver->out->nprefixes];

	driver->states[prefix] = PREFIX_UNUSABLE;
	if (!reply || reply->is_unusable || !take_facts(driver, reply, bytes, extracted))
		return;
	driver->states[prefix] = PREFIX_READY;
	driver->prefix_stored[prefix] = reply->is_stored;
	driver->prefix_facts[prefix] = reply->facts;
	driver->out->nprefixes++;
	driver->out->nprefixes_made++;
}

/* What became of a worker, for its unit: a sentence, and the finding that it is. */
static enum finding explain(const struct driver *driver, const struct pool_result *result,
	struct text *reason)
{
	switch (result->outcome) {
	case POOL_TIMEOUT:
		text_printf(reason, "it took longer than %u s; --timeout allows more",
			driver->options->timeout_s);
		return FINDING_UNIT_TIMEOUT;
	case POOL_OUT_OF_MEMORY:
		text_printf(reason,
			"it needed more than %llu MiB; --max-memory allows more",
			(unsigned long long)(driver->options->max_memory_bytes >> 20));
		return FINDING_UNIT_OUT_OF_MEMORY;
	default:
		text_printf(reason, "libclang crashed on it (%s)",
			result->signal ? strsignal(result->signal) : "it left");
		return FINDING_UNIT_CRASHED;
	}
}

static void unit_failed(struct driver *driver, const struct pool_result *result)
{
	scoped_text reason = {0}, image = {0};
	enum finding finding = explain(driver, result, &reason);

	extract_job_failed(&driver->context.units[result->job], finding, reason.bytes,
		&image);
	copy_facts(&driver->out->units[result->job], image.bytes, image.len);
}

/* A reply that is as long as it says; its bytes follow it. */
static bool read_reply(const struct pool_result *result, struct extract_reply *reply)
{
	if (result->outcome != POOL_DONE || result->reply_size < sizeof(*reply))
		return false;
	memcpy(reply, result->reply, sizeof(*reply));
	return result->reply_size - sizeof(*reply) ==
	       reply->facts_size + reply->learned_size;
}

static int compare_indexes(const void *left, const void *right)
{
	return compare_u32(*(const uint32_t *)left, *(const uint32_t *)right);
}

/* A crash with a precompiled prefix may be the prefix's doing: give the unit once more.
 */
static bool retry_plain(struct driver *driver, const struct pool_result *result)
{
	const uint32_t *found = bsearch(&result->job, driver->wanted, driver->nwanted,
		sizeof(uint32_t), compare_indexes);
	size_t wanted = (size_t)(found - driver->wanted);

	if (result->outcome != POOL_CRASHED || !found ||
		driver->plan.of_unit[wanted] == UINT32_MAX)
		return false;
	driver->plan.of_unit[wanted] = UINT32_MAX;
	driver->given[wanted] = false;
	if (wanted < driver->first_waiting)
		driver->first_waiting = wanted;
	return true;
}

static bool job_done(void *context, const struct pool_result *result)
{
	struct driver *driver = context;
	struct extract_reply reply;
	bool ok = read_reply(result, &reply);
	const char *bytes = ok ? result->reply + sizeof(reply) : NULL;

	if (result->peak_bytes > driver->out->peak_bytes)
		driver->out->peak_bytes = result->peak_bytes;
	if (ok && driver->context.cache)
		cache_learn(driver->context.cache, bytes + reply.facts_size,
			reply.learned_size);
	if (result->job >= driver->out->nunits) {
		prefix_done(driver, result->job - driver->out->nunits, ok ? &reply : NULL,
			bytes);
		return true;
	}
	if (!ok && retry_plain(driver, result))
		return true;
	if (!ok || !take_facts(driver, &reply, bytes, &driver->out->units[result->job]))
		unit_failed(driver, result);
	driver->ndone++;
	if (driver->options->progress)
		driver->options->progress(driver->options->context, driver->ndone,
			job_name(driver, result->job));
	return true;
}

static void tick(void *context)
{
	struct driver *driver = context;

	if (driver->options->progress)
		driver->options->progress(driver->options->context, driver->ndone, NULL);
}

static bool start_worker(void *context)
{
	struct error err;

	(void)context;
	/* Units come and go: memory that is given back is only faulted in again. */
	mallopt(M_MMAP_THRESHOLD, 32 << 20); /* the most that glibc takes */
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_TOP_PAD, 16 << 20);
	return extractor_load(&err) && extractor_load(&err)->probe(&err);
}

static void work(void *context, const char *request, size_t size, struct text *reply)
{
	const struct driver *driver = context;
	struct extract_request copy;

	if (size != sizeof(copy))
		return;
	memcpy(&copy, request, sizeof(copy));
	extract_job_run(&driver->context, &copy, reply);
}

/* The facts of a prefix that comes with cached units, once for all of them. */
static bool take_prefix(struct driver *driver, struct digest facts)
{
	struct cached_prefix *known;

	HASH_FIND(hh, driver->cached, &facts, sizeof(facts), known);
	if (known)
		return true;
	if (!take_stored(driver, facts, &driver->out->prefixes[driver->out->nprefixes]))
		return false;
	driver->out->nprefixes++;
	known = arena_alloc(driver->arena, sizeof(*known));
	known->facts = facts;
	HASH_ADD(hh, driver->cached, facts, sizeof(facts), known);
	return true;
}

/* The facts of a unit that nothing changed for. */
static bool take_cached(struct driver *driver, struct digest key, struct extracted *unit)
{
	struct cache_hit hit;

	if (!cache_find(driver->context.cache, key, &hit))
		return false;
	if (hit.has_prefix && !take_prefix(driver, hit.prefix))
		return false;
	return take_stored(driver, hit.facts, unit);
}

static void look_up(struct driver *driver, struct digest *keys)
{
	struct extraction *out = driver->out;

	for (uint32_t i = 0; i < out->nunits; i++) {
		bool has_key =
			driver->context.cache &&
			cache_key(driver->context.cache, driver->options->fingerprint,
				&driver->context.units[i], &keys[i]);

		if (!has_key || !take_cached(driver, keys[i], &out->units[i])) {
			driver->wanted[driver->nwanted++] = i;
			continue;
		}
		out->ncached++;
		driver->ndone++;
	}
}

static bool run_pool(struct driver *driver, struct error *err)
{
	const struct extraction_options *options = driver->options;
	size_t njobs = driver->nwanted + driver->plan.nprefixes;
	struct pool pool = {
		.nworkers = options->njobs < njobs ? options->njobs : (unsigned)njobs,
		.timeout_s = options->timeout_s,
		.max_memory_bytes = options->max_memory_bytes,
		.max_jobs_per_worker = MAX_JOBS_PER_WORKER,
		.start = start_worker,
		.work = work,
		.next = next_job,
		.done = job_done,
		.tick = tick,
		.context = driver,
	};
	const struct extractor *extractor;

	if (pool_run(&pool, err))
		return true;
	/* Workers that cannot start have no way to say why: find out here. */
	extractor = extractor_load(err);
	if (extractor)
		extractor->probe(err);
	return false;
}

static bool extract_wanted(struct driver *driver, struct error *err)
{
	struct arena *arena = driver->arena;
	bool ok;

	driver->given = arena_alloc(arena, driver->nwanted * sizeof(bool));
	if (driver->options->share_prefixes) {
		prefix_plan(arena, driver->context.units, driver->wanted, driver->nwanted,
			&driver->plan);
	} else {
		driver->plan.of_unit =
			arena_alloc(arena, driver->nwanted * sizeof(uint32_t));
		memset(driver->plan.of_unit, 0xff, driver->nwanted * sizeof(uint32_t));
	}
	driver->context.plan = &driver->plan;
	driver->states =
		arena_alloc(arena, driver->plan.nprefixes * sizeof(*driver->states));
	driver->prefix_facts =
		arena_alloc(arena, driver->plan.nprefixes * sizeof(struct digest));
	driver->prefix_stored = arena_alloc(arena, driver->plan.nprefixes * sizeof(bool));
	if (!temporary_open(driver->plan.nprefixes, err))
		return false;
	ok = run_pool(driver, err);
	temporary_close();
	return ok;
}

bool extraction_run(const struct unit_list *units, struct cache *cache,
	const struct extraction_options *options, struct extraction *out,
	struct error *err)
{
	size_t nunits = units->nunits;
	struct arena arena = {0};
	struct digest *keys = arena_alloc(&arena, nunits * sizeof(*keys));
	struct driver driver = {
		.arena = &arena,
		.options = options,
		.out = out,
		.context = {.units = units->units, .keys = keys, .cache = cache},
		.wanted = arena_alloc(&arena, nunits * sizeof(uint32_t)),
	};
	bool ok = true;

	/* A prefix for each unit at the most: from the cache, or made here. */
	*out = (struct extraction){.nunits = nunits};
	out->units = xmalloc(nunits * sizeof(*out->units));
	out->prefixes = xmalloc((nunits + 1) * sizeof(*out->prefixes));
	memset(out->units, 0, nunits * sizeof(*out->units));
	memset(out->prefixes, 0, (nunits + 1) * sizeof(*out->prefixes));
	look_up(&driver, keys);
	HASH_CLEAR(hh, driver.cached);
	if (driver.nwanted)
		ok = extract_wanted(&driver, err);
	arena_release(&arena);
	if (!ok)
		extraction_release(out);
	return ok;
}

static void release_all(struct extracted *extracted, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(extracted[i].bytes);
	free(extracted);
}

void extraction_release(struct extraction *extraction)
{
	release_all(extraction->units, extraction->nunits);
	release_all(extraction->prefixes, extraction->nprefixes);
	*extraction = (struct extraction){0};
}
