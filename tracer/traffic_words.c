#include "tracer/traffic_words.h"

#include "core/arena.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static const struct traffic_words *list_named(const struct traffic_values *values,
	const char *word)
{
	if (strcmp(word, "{tokens}") == 0)
		return &values->tokens;
	return strcmp(word, "{arguments}") == 0 ? &values->arguments : NULL;
}

/* The value that `at` begins with in braces; NULL: none. */
static const char *value_at(const struct traffic_values *values, const char *at,
	size_t *len)
{
	const struct {
		const char *name, *value;
	} known[] = {
		{"{program}", values->program},
		{"{directory}", values->directory},
		{"{rules}", values->rules},
		{"{port}", values->port},
		{"{queue}", values->queue},
		{"{nonce}", values->nonce},
		{"{time}", values->time},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		*len = strlen(known[i].name);
		if (strncmp(at, known[i].name, *len) == 0)
			return known[i].value;
	}
	return NULL;
}

/* The same of the lists: their words with spaces between them. */
static bool add_list_at(struct text *out, const struct traffic_values *values,
	const char *at, size_t *len)
{
	static const char *const names[] = {"{tokens}", "{arguments}"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct traffic_words *list = list_named(values, names[i]);

		*len = strlen(names[i]);
		if (strncmp(at, names[i], *len) != 0)
			continue;
		for (size_t k = 0; k < list->count; k++)
			text_printf(out, "%s%s", k ? " " : "", list->items[k]);
		return true;
	}
	return false;
}

const char *traffic_text_fill(struct arena *arena, const char *text,
	const struct traffic_values *values)
{
	scoped_text out = {0};
	size_t len;

	if (!text || !strchr(text, '{'))
		return text;
	for (const char *at = text; *at; at += len) {
		const char *value = value_at(values, at, &len);

		if (value) {
			text_add(&out, value);
		} else if (!add_list_at(&out, values, at, &len)) {
			text_add_char(&out, *at);
			len = 1;
		}
	}
	return arena_strdup(arena, text_string(&out));
}

char **traffic_words_fill(struct arena *arena, struct traffic_words words,
	const struct traffic_values *values)
{
	size_t most = 1, n = 0;
	char **out;

	for (size_t i = 0; i < words.count; i++) {
		const struct traffic_words *list = list_named(values, words.items[i]);

		most += list ? list->count : 1;
	}
	out = arena_alloc(arena, most * sizeof(*out));
	for (size_t i = 0; i < words.count; i++) {
		const struct traffic_words *list = list_named(values, words.items[i]);

		for (size_t k = 0; list && k < list->count; k++)
			out[n++] = arena_strdup(arena, list->items[k]);
		if (!list)
			out[n++] = arena_strdup(arena,
				traffic_text_fill(arena, words.items[i], values));
	}
	return out;
}

struct traffic_words traffic_arguments_fill(struct arena *arena,
	struct traffic_words arguments, const struct traffic_values *values)
{
	const char **items = arena_alloc(arena, (arguments.count + 1) * sizeof(*items));
	struct traffic_values plain = *values;

	plain.arguments = (struct traffic_words){0};
	for (size_t i = 0; i < arguments.count; i++)
		items[i] = traffic_text_fill(arena, arguments.items[i], &plain);
	return (struct traffic_words){items, arguments.count};
}

struct traffic_pairs traffic_pairs_fill(struct arena *arena, struct traffic_pairs pairs,
	const struct traffic_values *values)
{
	struct traffic_pair *items = arena_alloc(arena, pairs.count * sizeof(*items));

	for (size_t i = 0; i < pairs.count; i++)
		items[i] = (struct traffic_pair){pairs.items[i].name,
			traffic_text_fill(arena, pairs.items[i].value, values)};
	return (struct traffic_pairs){items, pairs.count};
}

void traffic_values_stamp(struct traffic_values *values, struct arena *arena)
{
	unsigned char random[16];
	scoped_text nonce = {0};
	struct timespec now;
	struct tm utc;
	char date[32];

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		abort(); /* not after start-up, says random(7) */
	text_add_hex(&nonce, random, sizeof(random));
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &utc);
	values->nonce = arena_strdup(arena, text_string(&nonce));
	values->time = arena_printf(arena, "%s.%09ldZ", date, now.tv_nsec);
}
