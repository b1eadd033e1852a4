#include "tracer/traffic_command.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "tracer/traffic.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const help_words[] = {"--help", NULL};

struct traffic_values traffic_command_values(const struct traffic *traffic,
	const struct traffic_item *item)
{
	struct traffic_values values = {
		.program = item->file,
		.rules = traffic->rules->directory,
		.queue = item->kind == TRAFFIC_MESSAGE ? item->name : NULL,
		.tokens = item->tokens,
		.arguments = item->how.arguments,
	};

	/* What is sent in another way has its help in another way, too, if at all. */
	if (!item->how.arguments.items && item->kind == TRAFFIC_COMMAND &&
		!item->server && !item->how.command.count)
		values.arguments = (struct traffic_words){help_words, 1};
	return values;
}

char **traffic_command(const struct traffic_item *item, struct arena *arena,
	const struct traffic_values *values)
{
	static const char *const alone[] = {"{program}", "{tokens}", "{arguments}"};
	static const char *const as[] = {"{program}", "{arguments}"};
	struct traffic_values all = *values;
	struct traffic_words words = {alone, sizeof(alone) / sizeof(alone[0])};

	if (item->kind == TRAFFIC_REQUEST)
		words = (struct traffic_words){0};
	else if (item->kind == TRAFFIC_MESSAGE)
		words = item->server ? item->server->publish : (struct traffic_words){0};
	else if (item->server)
		words = item->server->send;
	else if (item->how.command.count)
		words = item->how.command;
	else if (item->how.as)
		words = (struct traffic_words){as, sizeof(as) / sizeof(as[0])};
	all.arguments = traffic_arguments_fill(arena, values->arguments, values);
	return traffic_words_fill(arena, words, &all);
}

/* The file of that name in PATH. */
static char *find_in_path(struct arena *arena, const char *name)
{
	const char *at = getenv("PATH");

	for (at = at ? at : "/bin:/usr/bin"; *at; at += *at == ':') {
		size_t len = strcspn(at, ":");
		char *file = arena_printf(arena, "%.*s/%s", (int)len, at, name);

		if (*at == '/' && access(file, X_OK) == 0)
			return file;
		at += len;
	}
	return NULL;
}

bool traffic_command_find(const struct traffic *traffic, struct arena *arena,
	char **words, struct error *err)
{
	const char *known, *name = words[0];

	if (!name || !*name)
		return error_set(err, (struct location){0},
			"a command in the rules has no words");
	if (strchr(name, '/')) {
		if (*name != '/')
			words[0] = arena_printf(arena, "%s/%s", traffic->rules->directory,
				name);
		return access(words[0], X_OK) == 0 ||
		       error_set_errno(err, "run", words[0], NULL);
	}
	known = traffic_program_file(traffic, arena, name);
	words[0] = known ? arena_strdup(arena, known) : find_in_path(arena, name);
	return words[0] ||
	       error_set(err, (struct location){0},
		       "there is no '%s' in PATH: give it with --program", name);
}

static bool is_plain(const char *word)
{
	return *word && !word[strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					   "abcdefghijklmnopqrstuvwxyz"
					   "0123456789_-+=./:,@%{}")];
}

static void add_quoted(struct text *out, const char *word)
{
	if (is_plain(word)) {
		text_add(out, word);
		return;
	}
	text_add_char(out, '\'');
	for (; *word; word++)
		if (*word == '\'')
			text_add(out, "'\\''");
		else
			text_add_char(out, *word);
	text_add_char(out, '\'');
}

void traffic_command_describe(const struct traffic *traffic,
	const struct traffic_item *item, struct text *out)
{
	struct traffic_values values = traffic_command_values(traffic, item);
	struct arena arena = {0};
	char **words;

	if (item->how.as)
		values.program = traffic_text_fill(&arena, item->how.as, &values);
	words = traffic_command(item, &arena, &values);

	for (size_t i = 0; words[i]; i++) {
		if (i)
			text_add_char(out, ' ');
		add_quoted(out, words[i]);
	}
	if (item->kind == TRAFFIC_REQUEST && item->server)
		text_printf(out, "%s %s%s", item->method, item->server->url,
			item->how.target ? item->how.target
			: item->path     ? item->path
					 : "");
	arena_release(&arena);
}
