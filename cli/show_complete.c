/* The hidden question `complete`: names and words, for a shell that completes a word. */
#include "cli/show.h"

#include "cli/command.h"
#include "cli/static_file.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"
#include "core/names_json.h"
#include "core/route_tree.h"
#include "core/static_json.h"
#include "core/text.h"
#include "core/trace.h"

#include <string.h>

struct completion {
	const char *prefix;
	bool is_of_modules;
	struct arena arena;
	struct interner seen;
};

/*
 * The shell puts the word into a command line as it stands, so it must hold nothing that
 * a shell reads: names come from a stranger's file. What C calls a name never does,
 * except for GNU's '$'.
 */
static bool is_harmless(const char *word)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+-";

	return *word && *word != '-' && !word[strspn(word, letters)];
}

static void offer(struct completion *completion, const char *word)
{
	size_t nseen = completion->seen.count;

	if (!text_has_prefix(word, completion->prefix) || !is_harmless(word))
		return;
	intern_string(&completion->seen, word);
	if (completion->seen.count > nseen)
		puts(word);
}

static void complete_name(void *context, const char *name, const char *module)
{
	struct completion *completion = context;

	offer(completion, completion->is_of_modules ? module : name);
}

/* The next word of each command that is right below `part`. */
static void offer_below(struct completion *completion, const struct route_tree *tree,
	struct route_part part)
{
	struct index_list below = route_tree_below(tree, part);

	for (size_t i = 0; i < below.count; i++) {
		const struct route *route = &tree->trace->routes[below.items[i]];
		size_t nwords = route_tree_own_words(tree, route);

		if (nwords)
			offer(completion, route->tokens[route->ntokens - nwords]);
		for (size_t a = 0; a < route->naliases && nwords == 1; a++)
			offer(completion, route->aliases[a]);
	}
}

/* What may come after `words`, of which the first may be a program's name. */
static void complete_route(struct completion *completion, const struct route_tree *tree,
	struct route_words words)
{
	struct route_words rest = {words.items + 1, words.count - 1};

	for (uint32_t i = 0; i < tree->nprograms; i++) {
		bool is_named =
			words.count && strcmp(words.items[0], tree->programs[i]) == 0;
		struct route_found found;

		if (route_tree_find(tree, &completion->arena, i, words, &found))
			offer_below(completion, tree,
				(struct route_part){i, found.route});
		if (is_named &&
			route_tree_find(tree, &completion->arena, i, rest, &found))
			offer_below(completion, tree,
				(struct route_part){i, found.route});
		if (!words.count)
			offer(completion, tree->programs[i]);
	}
}

static void complete_routes(struct completion *completion, const char *file,
	struct route_words words)
{
	struct static_trace trace;
	struct route_tree tree;
	struct error err;

	if (!static_json_read(&completion->arena, file, &trace, &err))
		return;
	route_tree_init(&tree, &completion->arena, &trace);
	complete_route(completion, &tree, words);
}

static bool asks_for_functions(const char *question)
{
	static const char *const of_functions[] = {
		"callers", "callees", "path", "function", ""};
	bool is_known = false;

	for (size_t i = 0; i < sizeof(of_functions) / sizeof(of_functions[0]); i++)
		is_known = is_known || strcmp(question, of_functions[i]) == 0;
	return is_known;
}

int show_complete(const char *file, char **words, size_t count)
{
	const char *question = count > 1 ? words[0] : "";
	struct completion completion = {.prefix = words[count - 1]};
	struct error err;

	completion.is_of_modules = strcmp(question, "module") == 0;
	completion.seen.arena = &completion.arena;
	if (!file)
		file = static_file_find(&completion.arena, "", &err);
	/* Silent: the person is in the middle of a line. */
	if (file && strcmp(question, "routes") == 0)
		complete_routes(&completion, file,
			(struct route_words){(const char *const *)words + 1, count - 2});
	else if (file && (completion.is_of_modules || asks_for_functions(question)))
		names_json_read(file, complete_name, &completion, &err);
	interner_release(&completion.seen);
	arena_release(&completion.arena);
	return EXIT_CLEAN;
}
