/*
 * How fast JSON is written and read, against cJSON on the same elements.
 *
 * bench_json [FUNCTIONS [ROUNDS]] makes a static.json of so many functions in memory, and
 * prints one line a row: name, MB/s (the best of the rounds), and the ratio to the peer,
 * which runs in turns with it. bench_json --file PATH reads a file and prints its peak
 * memory.
 */
#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/static_json.h"
#include "tests/random_trace.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct work {
	struct static_trace trace;
	char *json;
	size_t size;
	cJSON **elements; /* the elements of the file, as trees */
	size_t nelements, room;
};

static double cpu_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool ignore(void *context, const char *key, const struct cJSON *value,
	uint64_t offset, struct error *err)
{
	(void)context, (void)key, (void)value, (void)offset, (void)err;
	return true;
}

static bool keep(void *context, const char *key, const struct cJSON *value,
	uint64_t offset, struct error *err)
{
	struct work *work = context;

	(void)key, (void)offset, (void)err;
	work->elements = grow(work->elements, work->nelements, &work->room,
		sizeof(*work->elements));
	work->elements[work->nelements++] = cJSON_Duplicate(value, true);
	return true;
}

static void check(bool ok, const struct error *err)
{
	if (ok)
		return;
	error_print(err, "bench");
	exit(1);
}

/* Each row returns the bytes of JSON that it made or took. */
static size_t run_writer(struct work *work)
{
	FILE *stream = fopen("/dev/null", "w");

	if (!stream || !static_json_write(&work->trace, stream))
		exit(1);
	fclose(stream);
	return work->size;
}

static size_t run_cjson_print(struct work *work)
{
	size_t size = 0;

	for (size_t i = 0; i < work->nelements; i++) {
		char *printed = cJSON_PrintBuffered(work->elements[i], 1024, false);

		size += strlen(printed);
		free(printed);
	}
	return size;
}

static size_t run_reader(struct work *work)
{
	const struct json_visitor visitor = {.value = ignore};
	struct error err;

	check(json_read_text(work->json, work->size, "bench", &visitor, &err), &err);
	return work->size;
}

static size_t run_static_reader(struct work *work)
{
	const struct json_source source = {"bench", work->json, work->size};
	struct arena arena = {0};
	struct static_trace trace;
	struct error err;

	check(static_json_read_source(&arena, &source, &trace, &err), &err);
	arena_release(&arena);
	return work->size;
}

static size_t run_cjson_parse(struct work *work)
{
	cJSON *tree = cJSON_ParseWithLength(work->json, work->size);

	if (!tree)
		exit(1);
	cJSON_Delete(tree);
	return work->size;
}

static const struct row {
	const char *name;
	size_t (*run)(struct work *work);
	size_t peer; /* row */
	bool needs_elements;
} rows[] = {
	{"cJSON print, an element at a time", run_cjson_print, 0, true},
	{"writer", run_writer, 0, false},
	{"cJSON parse, whole text", run_cjson_parse, 2, false},
	{"reader, checked, an element at a time", run_reader, 2, false},
	{"reader, into the trace model", run_static_reader, 2, false},
};

enum {
	NROWS = sizeof(rows) / sizeof(*rows)
};

static void prepare(struct work *work, struct arena *arena, size_t nfunctions)
{
	struct random_trace random = {arena, 1, false};
	FILE *stream = open_memstream(&work->json, &work->size);

	work->trace = random_trace(&random, nfunctions);
	if (!static_json_write(&work->trace, stream))
		exit(1);
	fclose(stream);
}

static double rate_of(const struct row *row, struct work *work)
{
	const struct json_visitor visitor = {.value = keep, .context = work};
	struct error err;
	double start;
	size_t size;

	if (row->needs_elements)
		check(json_read_text(work->json, work->size, "bench", &visitor, &err),
			&err);
	start = cpu_seconds();
	size = row->run(work);
	return (double)size / 1e6 / (cpu_seconds() - start);
}

/* In a process of its own, so that no row works in the heap that another one left. */
static double measure(const struct row *row, struct work *work)
{
	double rate;
	int ends[2];
	pid_t child;

	if (pipe(ends) < 0 || (child = fork()) < 0) {
		perror("bench");
		exit(1);
	}
	if (!child) {
		rate = rate_of(row, work);
		_exit(write(ends[1], &rate, sizeof(rate)) != sizeof(rate));
	}
	close(ends[1]);
	if (read(ends[0], &rate, sizeof(rate)) != sizeof(rate))
		exit(1);
	close(ends[0]);
	waitpid(child, NULL, 0);
	return rate;
}

static void compare(size_t nfunctions, unsigned rounds)
{
	struct arena arena = {0};
	struct work work = {0};
	double best[NROWS] = {0};

	prepare(&work, &arena, nfunctions);
	for (unsigned round = 0; round < rounds; round++) {
		for (size_t i = 0; i < NROWS; i++) {
			double rate = measure(&rows[i], &work);

			best[i] = rate > best[i] ? rate : best[i];
		}
	}
	printf("%zu functions, %.1f MB\n", nfunctions, (double)work.size / 1e6);
	for (size_t i = 0; i < NROWS; i++)
		printf("%-40s %7.0f MB/s %6.2f\n", rows[i].name, best[i],
			best[i] / best[rows[i].peer]);
	free(work.json);
	arena_release(&arena);
}

static void read_one(const char *path)
{
	const struct json_visitor visitor = {.value = ignore};
	double start = cpu_seconds();
	struct rusage usage;
	struct error err;

	check(json_read_file(path, &visitor, &err), &err);
	getrusage(RUSAGE_SELF, &usage);
	printf("%.2f s, %ld KB\n", cpu_seconds() - start, usage.ru_maxrss);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--file") == 0)
		read_one(argv[2]);
	else
		compare(argc > 1 ? strtoul(argv[1], NULL, 10) : 20000,
			argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 7);
	return 0;
}
