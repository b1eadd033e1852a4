/* The hidden question `complete`: names, for a shell that completes a word. */
#include "cli/show.h"

#include "cli/command.h"
#include "cli/static_file.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"
#include "core/names_json.h"
#include "core/text.h"

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

static void complete_name(void *context, const char *name, const char *module)
{
	struct completion *completion = context;
	const char *word = completion->is_of_modules ? module : name;
	size_t nseen = completion->seen.count;

	if (!text_has_prefix(word, completion->prefix) || !is_harmless(word))
		return;
	intern_string(&completion->seen, word);
	if (completion->seen.count > nseen)
		puts(word);
}

int show_complete(const char *file, const char *question, const char *prefix)
{
	static const char *const of_functions[] = {
		"callers", "callees", "path", "function", ""};
	struct completion completion = {.prefix = prefix};
	bool is_known = false;
	struct error err;

	completion.is_of_modules = strcmp(question, "module") == 0;
	for (size_t i = 0; i < sizeof(of_functions) / sizeof(of_functions[0]); i++)
		is_known = is_known || strcmp(question, of_functions[i]) == 0;
	if (!is_known && !completion.is_of_modules)
		return EXIT_CLEAN;
	completion.seen.arena = &completion.arena;
	if (!file)
		file = static_file_find(&completion.arena, "", &err);
	/* Silent: the person is in the middle of a line. */
	if (file)
		names_json_read(file, complete_name, &completion, &err);
	interner_release(&completion.seen);
	arena_release(&completion.arena);
	return EXIT_CLEAN;
}
