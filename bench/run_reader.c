/*
 * How fast a long recording is read for a comparison, beside cJSON on the same bytes.
 *
 * bench_run_reader make FILE SPANS writes a dynamic.json with so many spans, 50 in each
 * trace, and 60,000 calls between 10,000 functions. bench_run_reader READER FILE reads
 * it, and prints CPU seconds, bytes and peak resident KiB. READER: comparison, as pcarch
 * diff does; elements, cJSON one element of an array at a time; whole, cJSON at once.
 * bench/diff.py runs them in turns.
 */
#include "core/arena.h"
#include "core/dynamic_json.h"
#include "core/dynamic_trace.h"
#include "core/error.h"
#include "core/file.h"
#include "diff/compare/comparison.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
	NFUNCTIONS = 10000,
	NCALLS = 60000,
	TRACE_SPANS = 50,
	NKINDS = 64, /* traces that differ in more than their ids */
	EPOCH_S = 1700000000
};

static void check(bool ok, const struct error *err)
{
	if (ok)
		return;
	error_print(err, "bench");
	exit(1);
}

static const struct function *make_functions(struct arena *arena)
{
	struct function *functions = arena_alloc(arena, NFUNCTIONS * sizeof(*functions));

	for (size_t i = 0; i < NFUNCTIONS; i++)
		functions[i] = (struct function){
			.module = arena_printf(arena, "src/module%03zu", i / 20),
			.name = arena_printf(arena, "module%03zu_function%05zu", i / 20,
				i),
			.file = arena_printf(arena, "src/module%03zu.c", i / 20),
			.arity = (unsigned)i % 5,
			.line = (unsigned)(i % 20) * 40 + 10,
			.type = i % 3 ? FUNCTION_PRIVATE : FUNCTION_PUBLIC};
	return functions;
}

static const struct observed_call *make_calls(struct arena *arena,
	const struct function *functions)
{
	struct observed_call *calls = arena_alloc(arena, NCALLS * sizeof(*calls));

	for (size_t i = 0; i < NCALLS; i++) {
		struct call_share *share = arena_alloc(arena, sizeof(*share));
		uint32_t caller = (uint32_t)(i / 6);

		*share = (struct call_share){0, i % 997 + 1, i % 89};
		calls[i] = (struct observed_call){.caller = caller,
			.callee = (uint32_t)((i / 6 + i % 6 * 1667) % NFUNCTIONS),
			.file = functions[caller].file,
			.line = functions[caller].line + (unsigned)(i % 6) + 1,
			.count = share->count,
			.total_us = share->total_us,
			.shares = share,
			.nshares = 1};
	}
	return calls;
}

static const struct span *make_spans(struct arena *arena, size_t kind)
{
	struct span *spans = arena_alloc(arena, TRACE_SPANS * sizeof(*spans));

	for (size_t i = 0; i < TRACE_SPANS; i++)
		spans[i] = (struct span){
			.id = arena_printf(arena, "%08zx%08zx", kind + 1, i + 1),
			.parent =
				i ? arena_printf(arena, "%08zx%08zx", kind + 1, i / 2 + 1)
				  : NULL,
			.function = (uint32_t)((kind * 131 + i * 17) % NFUNCTIONS),
			.start_us = EPOCH_S * UINT64_C(1000000) + kind * 1000 + i,
			.duration_us = TRACE_SPANS - i};
	return spans;
}

static const struct observed_trace *make_traces(struct arena *arena, size_t count)
{
	struct observed_trace *traces = arena_alloc(arena, count * sizeof(*traces));
	const struct span *kinds[NKINDS];

	for (size_t i = 0; i < NKINDS; i++)
		kinds[i] = make_spans(arena, i);
	for (size_t i = 0; i < count; i++)
		traces[i] = (struct observed_trace){
			.id = arena_printf(arena, "%032zx", i + 1),
			.entry_point = "cli_0",
			.spans = kinds[i % NKINDS],
			.nspans = TRACE_SPANS};
	return traces;
}

static void make(const char *path, size_t nspans)
{
	static const struct traced_run runs[] = {
		{.id = "00000000000000000000000000000001"}};
	static const struct process processes[] = {
		{.id = "00000000000000000000000000000002",
			.pid = 2,
			.parent = 1,
			.program = "program",
			.mode = PROCESS_SPANS,
			.start_us = EPOCH_S * UINT64_C(1000000),
			.is_complete = true}};
	static const struct covered_entry entries[] = {{"cli_0", "cli", 0}};
	struct arena arena = {0};
	struct dynamic_trace trace = {.tool_version = "bench",
		.runs = runs,
		.nruns = 1,
		.processes = processes,
		.nprocesses = 1,
		.nfunctions = NFUNCTIONS,
		.ncalls = NCALLS,
		.entries = entries,
		.nentries = 1,
		.ntraces = nspans / TRACE_SPANS};
	struct error err;

	trace.functions = make_functions(&arena);
	trace.calls = make_calls(&arena, trace.functions);
	trace.traces = make_traces(&arena, trace.ntraces);
	check(dynamic_json_save(&trace, path, &err), &err);
	arena_release(&arena);
}

/* cJSON, and what it is asked to read; true: it could. */
static bool read_whole(const struct file_map *map)
{
	cJSON *tree = cJSON_ParseWithLength(map->bytes, map->size);
	bool ok = tree != NULL;

	cJSON_Delete(tree);
	return ok;
}

/* To the next array of the object that the file is; our own files have them at depth 1.
 */
static const char *next_array(const char *at, const char *end)
{
	static const char mark[] = "\n\t\"";

	while ((at = memmem(at, (size_t)(end - at), mark, strlen(mark)))) {
		at = memchr(at + strlen(mark), '"', (size_t)(end - at) - strlen(mark));
		if (!at)
			return NULL;
		if (end - at > 3 && memcmp(at, "\": [", 4) == 0)
			return at + 4;
	}
	return NULL;
}

static bool read_elements(const struct file_map *map)
{
	const char *end = map->bytes + map->size, *at = map->bytes;

	while ((at = next_array(at, end))) {
		do {
			cJSON *element;

			at += strspn(at, ", \t\n");
			if (*at == ']')
				break;
			element = cJSON_ParseWithLengthOpts(at, (size_t)(end - at), &at,
				false);
			if (!element)
				return false;
			cJSON_Delete(element);
		} while (*at == ',');
	}
	return true;
}

static bool read_for_comparison(char *path)
{
	struct arena arena = {0};
	struct dynamic_trace trace;
	struct error err;

	check(comparison_read(&arena, &path, 1, &trace, &err), &err);
	arena_release(&arena);
	return trace.ncalls == NCALLS;
}

static bool read_as(const char *reader, char *path, size_t *size)
{
	struct file_map map;
	struct error err;
	bool ok = false;

	check(file_map(path, &map, &err), &err);
	*size = map.size;
	if (strcmp(reader, "whole") == 0)
		ok = read_whole(&map);
	else if (strcmp(reader, "elements") == 0)
		ok = read_elements(&map);
	file_unmap(&map);
	return strcmp(reader, "comparison") == 0 ? read_for_comparison(path) : ok;
}

int main(int argc, char **argv)
{
	struct timespec cpu;
	struct rusage usage;
	size_t size;

	if (argc == 4 && strcmp(argv[1], "make") == 0) {
		make(argv[2], strtoul(argv[3], NULL, 10));
		return 0;
	}
	if (argc != 3) {
		fprintf(stderr,
			"usage: %s make FILE SPANS | READER FILE\n"
			"'scripts/bench diff' runs it\n",
			argv[0]);
		return 2;
	}
	if (!read_as(argv[1], argv[2], &size)) {
		fprintf(stderr, "bench: '%s' cannot read '%s'\n", argv[1], argv[2]);
		return 1;
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
	getrusage(RUSAGE_SELF, &usage);
	printf("%.3f %zu %ld\n", (double)cpu.tv_sec + (double)cpu.tv_nsec / 1e9, size,
		usage.ru_maxrss);
	return 0;
}
