/* The other ways to type a command: with aliases of the commands above it. */
#include "core/json_writer.h"
#include "core/route_json.h"
#include "core/trace.h"

enum {
	MAX_LEVELS = 16, /* with aliases, above one command */
	MAX_PATHS = 64, /* of one command */
};

/* A word on the way, and the names that it has: 0 is the canonical one. */
struct named_word {
	size_t at; /* among the tokens */
	const struct route *route; /* whose last token it is */
	size_t choice;
};

/* The words with several names, the command's own last. */
static size_t find_named(const struct static_trace *trace, const struct route *route,
	struct named_word words[MAX_LEVELS])
{
	size_t count = 0;

	for (;;) {
		if (route->naliases && route->ntokens && count < MAX_LEVELS)
			words[count++] = (struct named_word){
				.at = route->ntokens - 1, .route = route};
		if (route->parent == TRACE_NONE)
			return count;
		route = &trace->routes[route->parent];
	}
}

/* The next combination of names; false when all were there. */
static bool next_choice(struct named_word *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (++words[i].choice <= words[i].route->naliases)
			return true;
		words[i].choice = 0;
	}
	return false;
}

static void write_path(struct json_writer *json, const struct route *route,
	const struct named_word *words, size_t count)
{
	json_begin_array(json);
	for (size_t t = 0; t < route->ntokens; t++) {
		const char *token = route->tokens[t];

		for (size_t i = 0; i < count; i++)
			if (words[i].at == t && words[i].choice)
				token = words[i].route->aliases[words[i].choice - 1];
		json_string(json, token);
	}
	json_end_array(json);
}

void route_write_paths(struct json_writer *json, const struct static_trace *trace,
	uint32_t index)
{
	const struct route *route = &trace->routes[index];
	struct named_word words[MAX_LEVELS];
	size_t count = find_named(trace, route, words), written = 0;

	while (written < MAX_PATHS && next_choice(words, count)) {
		bool is_above = false;

		for (size_t i = 0; i < count; i++)
			is_above |= words[i].choice && words[i].route != route;
		if (!is_above)
			continue;
		write_path(json, route, words, count);
		written++;
	}
}
