#include "analyzer/workers/extract_job.h"

#include "analyzer/cache/cache.h"
#include "analyzer/cache/lookups.h"
#include "analyzer/cache/temporary.h"
#include "analyzer/compile/units.h"
#include "analyzer/facts/facts.h"
#include "analyzer/facts/facts_builder.h"
#include "analyzer/workers/extractor.h"
#include "analyzer/workers/prefix.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/trace.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct job {
	const struct extract_context *context;
	const struct extract_request *request;
	const struct scan_unit *unit; /* for a prefix: one of its units */
	struct extract_output out;
	struct extract_reply reply;
	int64_t started_ns;
	enum finding finding; /* when it fails */
};

void extract_job_failed(const struct scan_unit *unit, enum finding finding,
	const char *reason, struct text *image)
{
	struct facts_builder *facts = facts_builder_new();

	facts_build(facts,
		(struct facts_unit){
			.kind = FACTS_UNIT,
			.path = facts_intern(facts, unit->file),
			.arguments = facts_intern_words(facts, unit->arguments,
				unit->narguments),
			.status = UNIT_FAILED,
			.reason = facts_intern(facts, reason),
			.finding = finding,
		},
		image);
	facts_builder_free(facts);
}

static void fail(struct job *job, const char *reason)
{
	extract_output_release(&job->out);
	if (job->request->is_prefix)
		job->reply.is_unusable = true;
	else
		extract_job_failed(job->unit, job->finding, reason, &job->out.facts);
}

/* Read the unit, with its precompiled prefix where that fits, otherwise as it stands. */
static bool extract(struct job *job, const struct extractor *extractor, struct error *err)
{
	const struct extract_request *request = job->request;
	struct extract_input input = {
		.file = job->unit->file,
		.arguments = job->unit->arguments,
		.narguments = job->unit->narguments,
		.is_prefix = request->is_prefix,
	};

	if (request->is_prefix) {
		input.file = temporary_path(request->index, TEMPORARY_HEADER);
		input.pch = temporary_path(request->index, TEMPORARY_PCH);
		return extractor->extract(&input, &job->out, err);
	}
	if (request->has_pch) {
		input.pch = temporary_path(request->prefix, TEMPORARY_PCH);
		if (extractor->extract(&input, &job->out, err) && !job->out.pch_failed) {
			job->reply.used_pch = true;
			return true;
		}
		extract_output_release(&job->out);
		input.pch = NULL;
	}
	return extractor->extract(&input, &job->out, err);
}

static bool write_prefix(const struct extract_context *context, uint32_t prefix,
	struct error *err)
{
	scoped_out out = {0};

	if (!file_create(&out, temporary_path(prefix, TEMPORARY_HEADER), err))
		return false;
	fputs(context->plan->prefixes[prefix].text, out.stream);
	return file_commit(&out, err);
}

/* The files that a prefix read, for the units that will read them through it. */
static bool write_files(struct job *job, struct error *err)
{
	scoped_out out = {0};
	const struct text *paths = &job->out.paths;

	if (!file_create(&out, temporary_path(job->request->index, TEMPORARY_FILES), err))
		return false;
	fwrite(paths->bytes, 1, paths->len, out.stream);
	return file_commit(&out, err);
}

static void add_prefix_files(struct job *job)
{
	const char *list = temporary_path(job->request->prefix, TEMPORARY_FILES);
	scoped_map map = {"", 0};
	struct error err;

	if (!file_map(list, &map, &err))
		return;
	for (const char *at = map.bytes; at < map.bytes + map.size; at += strlen(at) + 1)
		job->out.npaths++;
	text_add_bytes(&job->out.paths, map.bytes, map.size);
}

/* The strings in `paths`, but for one: the prefix's own text is not a file of the
 * program. */
static const char **split_paths(struct arena *arena, const struct text *paths,
	size_t *count, const char *except)
{
	const char **list = arena_alloc(arena, *count * sizeof(*list));
	const char *at = text_string(paths);
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++, at += strlen(at) + 1)
		if (!except || strcmp(at, except) != 0)
			list[kept++] = at;
	*count = kept;
	return list;
}

static bool has_errors(const struct text *image)
{
	struct facts facts;
	struct error err;

	return !facts_open(image->bytes, image->len, (struct facts_place){"", 0}, &facts,
		       &err) ||
	       facts.unit->status != UNIT_PARSED;
}

/*
 * A prefix is read before its units, from when its text was written. libclang compares
 * its headers by size and second only; the cache must not believe that much.
 */
static int64_t first_read_ns(const struct job *job)
{
	const char *header;
	struct stat st;

	if (!job->reply.used_pch)
		return job->started_ns;
	header = temporary_path(job->request->prefix, TEMPORARY_HEADER);
	if (stat(header, &st) < 0)
		return 0;
	return st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec;
}

/*
 * Tell the cache what the unit was made from. One with errors is not kept: the header
 * that it misses may appear, and nothing here knows where it was looked for.
 */
static void store_unit(struct job *job)
{
	static struct lookups *lookups; /* the worker's, as long as it lives */
	struct cache *cache = job->context->cache;
	struct arena arena = {0};
	scoped_text absent = {0};
	struct cache_unit unit = {
		.key = job->context->keys[job->request->index],
		.started_ns = first_read_ns(job),
		.result = {.facts = job->reply.facts},
	};

	if (has_errors(&job->out.facts) ||
		(job->reply.used_pch && !job->request->has_prefix_facts))
		return;
	if (job->reply.used_pch) {
		add_prefix_files(job);
		unit.result.has_prefix = true;
		unit.result.prefix = job->request->prefix_facts;
	}
	if (!lookups)
		lookups = lookups_new();
	unit.nabsent = lookups_absent(lookups, job->unit, &job->out.paths,
		job->out.npaths, &absent);
	unit.nfiles = job->out.npaths;
	unit.files = split_paths(&arena, &job->out.paths, &unit.nfiles,
		job->reply.used_pch
			? temporary_path(job->request->prefix, TEMPORARY_HEADER)
			: NULL);
	unit.absent = split_paths(&arena, &absent, &unit.nabsent, NULL);
	cache_store_unit(cache, &unit);
	arena_release(&arena);
}

static void store(struct job *job)
{
	struct cache *cache = job->context->cache;

	if (!cache || job->reply.is_unusable)
		return;
	job->reply.is_stored =
		cache_store_facts(cache, &job->out.facts, &job->reply.facts);
	if (job->reply.is_stored && !job->request->is_prefix)
		store_unit(job);
}

/* What tells that a file was written to: it is compared before and after. */
static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_ino == b->st_ino &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static bool read_unit(struct job *job, const struct extractor *extractor,
	struct error *err)
{
	struct location nowhere = {0};
	struct stat before, after;

	for (int attempt = 0; attempt < 2; attempt++) {
		if (stat(job->unit->file, &before) < 0 ||
			access(job->unit->file, R_OK) < 0) {
			job->finding = FINDING_SOURCE_MISSING;
			return error_set(err, nowhere, "cannot open it: %s",
				strerror(errno));
		}
		extract_output_release(&job->out);
		job->started_ns = cache_clock_ns();
		if (!extract(job, extractor, err))
			return false;
		if (stat(job->unit->file, &after) == 0 && same_file(&before, &after))
			return true;
	}
	job->finding = FINDING_SOURCE_CHANGED;
	return error_set(err, nowhere, "it was changed while it was read, twice");
}

static bool read_prefix(struct job *job, const struct extractor *extractor,
	struct error *err)
{
	if (!write_prefix(job->context, job->request->index, err) ||
		!extract(job, extractor, err) || !write_files(job, err))
		return false;
	job->reply.is_unusable = job->out.pch_failed;
	return true;
}

static bool run(struct job *job, struct error *err)
{
	const struct extractor *extractor = extractor_load(err);

	if (!extractor)
		return false;
	if (chdir(job->unit->directory) < 0)
		return error_set_errno(err, "enter", job->unit->directory,
			"the compile database names it as the working directory");
	return job->request->is_prefix ? read_prefix(job, extractor, err)
				       : read_unit(job, extractor, err);
}

static void write_reply(struct job *job, struct text *reply)
{
	scoped_text learned = {0};

	if (job->context->cache)
		cache_export(job->context->cache, &learned);
	if (!job->reply.is_stored)
		job->reply.facts_size = job->out.facts.len;
	job->reply.learned_size = learned.len;
	text_add_bytes(reply, (const char *)&job->reply, sizeof(job->reply));
	text_add_bytes(reply, text_string(&job->out.facts), job->reply.facts_size);
	text_add_bytes(reply, text_string(&learned), learned.len);
}

void extract_job_run(const struct extract_context *context,
	const struct extract_request *request, struct text *reply)
{
	uint32_t unit = request->is_prefix ? context->plan->prefixes[request->index].unit
					   : request->index;
	struct job job = {
		.context = context,
		.request = request,
		.unit = &context->units[unit],
	};
	struct error err;

	if (!run(&job, &err))
		fail(&job, err.text);
	else
		store(&job);
	write_reply(&job, reply);
	extract_output_release(&job.out);
}
