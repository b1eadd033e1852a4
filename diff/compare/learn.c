#include "diff/compare/learn.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/file.h"
#include "core/json_writer.h"
#include "core/trace_names.h"
#include "diff/compare/comparison.h"
#include "diff/compare/site_match.h"

#include <stdlib.h>
#include <string.h>

struct lesson {
	uint32_t caller, callee, site; /* of the scan; site TRACE_NONE: none */
	unsigned line;
	uint64_t count;
	const char *through; /* library function; or NULL */
};

struct lessons {
	struct lesson *items; /* heap */
	size_t count, room;
};

static void add(struct lessons *lessons, struct lesson lesson)
{
	lessons->items =
		grow(lessons->items, lessons->count, &lessons->room, sizeof(lesson));
	lessons->items[lessons->count++] = lesson;
}

/* What nothing but the analysis, or a rule that is missing, stands in the way of. */
static bool is_learned(const struct runtime_call *call)
{
	if (call->callee == TRACE_NONE)
		return false;
	if (call->verdict == VERDICT_LIBRARY)
		return call->site != TRACE_NONE;
	return (call->verdict == VERDICT_BUG || call->verdict == VERDICT_HOLE) &&
	       call->caller != TRACE_NONE;
}

static struct lesson lesson_of(const struct comparison *comparison,
	const struct runtime_call *call)
{
	const struct observed_call *observed = &comparison->run->calls[call->observed];
	struct lesson lesson = {.caller = call->caller,
		.callee = call->callee,
		.site = call->site,
		.line = observed->line,
		.count = call->count};

	if (call->verdict == VERDICT_LIBRARY) {
		lesson.caller = comparison->scan->sites[call->site].caller;
		lesson.through = site_library_function(observed);
	}
	return lesson;
}

static void collect(const struct comparison *comparison, struct lessons *lessons)
{
	const struct static_trace *scan = comparison->scan;

	for (size_t i = 0; i < comparison->ncalls; i++) {
		const struct runtime_call *call = &comparison->calls[i];

		if (is_learned(call))
			add(lessons, lesson_of(comparison, call));
	}
	for (size_t i = 0; i < scan->ncalls; i++) {
		const struct call *call = &scan->calls[i];
		unsigned line =
			call->site == TRACE_NONE ? 0 : scan->sites[call->site].line;

		if (comparison->seen[i] && strcmp(call->via, "learned") == 0)
			add(lessons,
				(struct lesson){call->caller, call->callee, call->site,
					line, comparison->seen[i], call->through});
	}
}

static int by_ends(const void *left, const void *right)
{
	const struct lesson *a = left, *b = right;
	int order = compare_u32(a->caller, b->caller);

	if (!order)
		order = compare_u32(a->site, b->site);
	if (!order)
		order = compare_u32(a->callee, b->callee);
	return order ? order : compare_u32(a->line, b->line);
}

/* One line for each; functions of the scan are in the order of their files. */
static void settle(struct lessons *lessons)
{
	size_t kept = 0;

	if (lessons->count)
		qsort(lessons->items, lessons->count, sizeof(*lessons->items), by_ends);
	for (size_t i = 0; i < lessons->count; i++) {
		const struct lesson *lesson = &lessons->items[i];
		struct lesson *last = kept ? &lessons->items[kept - 1] : NULL;

		if (last && last->caller == lesson->caller &&
			last->callee == lesson->callee && last->site == lesson->site)
			last->count = dynamic_sum(last->count, lesson->count);
		else
			lessons->items[kept++] = *lesson;
	}
	lessons->count = kept;
}

static void write_function(struct json_writer *json, const char *key,
	const struct function *fn)
{
	json_key(json, key);
	json_begin_line_object(json);
	json_member_string(json, "function", fn->name);
	json_member_string(json, "file", fn->file);
	json_end_object(json);
}

static bool is_same_name(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* Which it is of the sites at which the caller calls the library function. */
static unsigned index_of_library(const struct comparison *comparison,
	const struct lesson *lesson)
{
	const struct static_trace *scan = comparison->scan;
	struct index_list calls = program_calls_from(comparison->program, lesson->caller);
	uint32_t last = TRACE_NONE;
	unsigned index = 0;

	for (size_t i = 0; i < calls.count; i++) {
		const struct call *call = &scan->calls[calls.items[i]];

		if (call->site == last || call->through ||
			strcmp(scan->functions[call->callee].name, lesson->through) != 0)
			continue;
		last = call->site;
		if (last == lesson->site)
			break;
		index++;
	}
	return index;
}

/* Which it is of the caller's sites that call the same. */
static unsigned index_of(const struct comparison *comparison, uint32_t site)
{
	const struct call_site *sites = comparison->scan->sites, *at = &sites[site];
	struct index_list same = program_sites_in(comparison->program, at->caller);
	unsigned index = 0;

	for (size_t i = 0; i < same.count && same.items[i] != site; i++)
		index += sites[same.items[i]].expression == at->expression &&
			 is_same_name(sites[same.items[i]].expression_name,
				 at->expression_name);
	return index;
}

static void write_site(struct json_writer *json, const struct comparison *comparison,
	const struct lesson *lesson)
{
	const struct call_site *site = &comparison->scan->sites[lesson->site];

	json_key(json, "site");
	json_begin_line_object(json);
	json_member_uint(json, "line", lesson->line ? lesson->line : site->line);
	json_member_string(json, "expression", callee_expression_names[site->expression]);
	if (site->expression_name)
		json_member_string(json, "name", site->expression_name);
	json_member_uint(json, "index",
		lesson->through ? index_of_library(comparison, lesson)
				: index_of(comparison, lesson->site));
	json_end_object(json);
}

static bool write_lessons(FILE *out, const struct comparison *comparison,
	const struct lessons *lessons)
{
	const struct function *functions = comparison->scan->functions;
	struct json_writer json;

	json_open(&json, out);
	json_begin_object(&json);
	json_member_uint(&json, "version", 1);
	json_member_string(&json, "kind", "rules");
	json_member_string(&json, "comment",
		"Calls that runs revealed, by 'pcarch diff --learn'.");
	json_key(&json, "learned");
	json_begin_array(&json);
	for (size_t i = 0; i < lessons->count; i++) {
		const struct lesson *lesson = &lessons->items[i];

		json_begin_line_object(&json);
		write_function(&json, "caller", &functions[lesson->caller]);
		write_function(&json, "callee", &functions[lesson->callee]);
		if (lesson->site != TRACE_NONE)
			write_site(&json, comparison, lesson);
		if (lesson->through)
			json_member_string(&json, "through", lesson->through);
		json_member_uint(&json, "count", lesson->count);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
	return json_close(&json);
}

bool learn_write(const struct comparison *comparison, const char *path, size_t *ncalls,
	struct error *err)
{
	struct lessons lessons = {0};
	scoped_out out = {0};
	bool ok;

	if (!file_create(&out, path, err))
		return false;
	collect(comparison, &lessons);
	settle(&lessons);
	ok = write_lessons(out.stream, comparison, &lessons);
	free(lessons.items);
	if (!ok)
		return file_write_failed(&out, err);
	if (ncalls)
		*ncalls = lessons.count;
	return file_commit(&out, err);
}
