#include "tracer/traffic_record.h"

#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/dynamic_json.h"
#include "core/dynamic_merge.h"
#include "core/dynamic_trace.h"
#include "core/error.h"
#include "tracer/traffic.h"
#include "tracer/traffic_room.h"

#include <string.h>
#include <unistd.h>

enum {
	MOST_WORDS = 16 /* of ours, before the command */
};

static void add(char **words, size_t *n, struct arena *arena, const char *word)
{
	words[(*n)++] = arena_strdup(arena, word);
}

/* "--static FILE --root DIR -o FILE", as both commands take them. */
static void add_files(const struct traffic_recorder *recorder, struct arena *arena,
	const struct traffic_room *room, char **words, size_t *n)
{
	add(words, n, arena, "-q");
	add(words, n, arena, "--static");
	add(words, n, arena, recorder->scanned);
	if (recorder->root) {
		add(words, n, arena, "--root");
		add(words, n, arena, recorder->root);
	}
	add(words, n, arena, "-o");
	add(words, n, arena, room->trace);
}

char **traffic_record_command(const struct traffic_recorder *recorder,
	struct arena *arena, const struct traffic_room *room, char *const *command,
	unsigned seconds)
{
	size_t count = 0, n = 0;
	char **words;

	while (command[count])
		count++;
	words = arena_alloc(arena, (count + MOST_WORDS + 1) * sizeof(*words));
	add(words, &n, arena, recorder->self);
	add(words, &n, arena, "trace");
	add_files(recorder, arena, room, words, &n);
	add(words, &n, arena, "--directory");
	add(words, &n, arena, room->recordings);
	if (seconds) {
		add(words, &n, arena, "--duration");
		words[n++] = arena_printf(arena, "%u", seconds);
	}
	add(words, &n, arena, "--");
	for (size_t i = 0; i < count; i++)
		words[n++] = command[i];
	return words;
}

char **traffic_recover_command(const struct traffic_recorder *recorder,
	struct arena *arena, const struct traffic_room *room)
{
	char **words = arena_alloc(arena, (MOST_WORDS + 1) * sizeof(*words));
	size_t n = 0;

	add(words, &n, arena, recorder->self);
	add(words, &n, arena, "recover");
	add_files(recorder, arena, room, words, &n);
	add(words, &n, arena, room->recordings);
	return words;
}

/* What is not instrumented tells which symbols were bound, and nothing of what ran. */
static bool is_instrumented(const struct dynamic_trace *trace)
{
	for (size_t i = 0; i < trace->nprocesses; i++)
		if (trace->processes[i].mode != PROCESS_AUDIT)
			return true;
	return false;
}

bool traffic_record_read(const struct traffic_room *room, struct arena *arena,
	struct dynamic_trace *out)
{
	struct error ignored; /* ours wrote it: it is not there, or it was ended */

	return access(room->trace, R_OK) == 0 &&
	       dynamic_json_read(arena, room->trace, out, &ignored) &&
	       is_instrumented(out);
}

/* A file is not known where the debug information is missing. */
static bool is_same(const struct function *scanned, const struct function *seen)
{
	return strcmp(scanned->name, seen->name) == 0 &&
	       (!*seen->file || strcmp(scanned->file, seen->file) == 0);
}

static bool has_function(const struct traffic *traffic, const struct traffic_item *item,
	const struct dynamic_trace *trace)
{
	for (size_t i = 0; i < item->nhandlers; i++) {
		const struct function *handler =
			&traffic->scanned->functions[item->handlers[i]];

		for (size_t k = 0; k < trace->nfunctions; k++)
			if (is_same(handler, &trace->functions[k]))
				return true;
	}
	return false;
}

static bool is_route(const struct traffic_item *item, const struct covered_route *route)
{
	if (strcmp(route->program, item->program) != 0 ||
		route->is_default != item->is_default || route->ntokens != item->ntokens)
		return false;
	for (size_t i = 0; i < route->ntokens; i++)
		if (strcmp(route->tokens[i], item->tokens.items[i]) != 0)
			return false;
	return true;
}

void traffic_record_judge(const struct traffic *traffic, struct traffic_item *item,
	const struct dynamic_trace *trace)
{
	if (!has_function(traffic, item, trace))
		return;
	item->has_run = true;
	if (item->kind != TRAFFIC_COMMAND)
		return;
	for (size_t i = 0; i < trace->nroutes; i++)
		if (is_route(item, &trace->routes[i])) {
			item->is_unsure = !trace->routes[i].count;
			return;
		}
	item->has_run = false;
	if (!item->why)
		item->why = "its handler ran, but for another command";
}

void traffic_record_join(struct traffic_recorder *recorder,
	const struct dynamic_trace *trace)
{
	dynamic_merge(recorder->builder, trace);
	recorder->nruns++;
}
