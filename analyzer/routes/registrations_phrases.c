#include "analyzer/routes/registrations_phrases.h"

#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/program.h"
#include "core/arena.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_PHRASE = 16, /* words of one command */
	MAX_LENGTH = 256,
};

struct splitting {
	struct arena *arena;
	struct dispatch_entry *entries; /* heap */
	size_t count, room;
};

/* "A.B.C.D", "WORD", "(1-10)", "NAME..." */
static bool is_placeholder(const char *word)
{
	size_t nlower = 0, nupper = 0;

	for (const char *at = word; *at; at++) {
		if (strchr("<>[](){}|*", *at))
			return true;
		nlower += islower((unsigned char)*at) != 0;
		nupper += isupper((unsigned char)*at) != 0;
	}
	return word[0] == '.' || word[0] == '$' || (nupper && !nlower);
}

static int depth_of(const char *word)
{
	int depth = 0;

	for (; *word; word++) {
		depth += strchr("<[({", *word) != NULL;
		depth -= strchr(">])}", *word) != NULL;
	}
	return depth;
}

/* The words of a phrase; 0: too many, or none that a user would type as it stands. */
static size_t split(struct arena *arena, const char *phrase, const char **words)
{
	size_t count = 0;
	int depth = 0;

	while (*(phrase += strspn(phrase, " \t"))) {
		size_t len = strcspn(phrase, " \t");
		char *word = arena_copy(arena, phrase, len);
		bool is_literal = !depth && !is_placeholder(word);

		depth += depth_of(word);
		phrase += len;
		if (!is_literal)
			continue;
		if (count == MAX_PHRASE)
			return 0;
		word[strcspn(word, "$")] = '\0';
		words[count++] = word;
	}
	return count;
}

static bool is_phrase(const char *word)
{
	return strpbrk(word, " \t") != NULL;
}

bool phrases_is(const char *text)
{
	size_t len = strlen(text);

	return len && len < MAX_LENGTH && islower((unsigned char)text[0]) &&
	       is_phrase(text) && !strpbrk(text, "\n%,;:?!\"\\") && text[len - 1] != '.';
}

static uint32_t add_entry(struct splitting *splitting, struct dispatch_entry entry)
{
	splitting->entries = grow(splitting->entries, splitting->count, &splitting->room,
		sizeof(entry));
	splitting->entries[splitting->count] = entry;
	return (uint32_t)splitting->count++;
}

static void set_word(struct splitting *splitting, struct dispatch_entry *entry,
	const char *word)
{
	const char **words = arena_alloc(splitting->arena, sizeof(*words));

	words[0] = word;
	entry->words = words;
	entry->nwords = 1;
}

/* The entry of `word` below `parent`, which is made if there is none. */
static uint32_t step(struct splitting *splitting, const struct dispatch_entry *whole,
	uint32_t parent, const char *word)
{
	struct dispatch_entry entry = {
		.match = whole->match,
		.reason = "no_handler",
		.at = whole->at,
		.parent = parent,
		.sub = DISPATCH_NONE,
		.body = term_none(),
	};

	for (uint32_t i = 0; i < splitting->count; i++) {
		const struct dispatch_entry *known = &splitting->entries[i];

		if (known->parent == parent && known->nwords &&
			strcmp(known->words[0], word) == 0)
			return i;
	}
	set_word(splitting, &entry, word);
	return add_entry(splitting, entry);
}

static bool has_phrase(const struct dispatch_entry *entry)
{
	for (size_t i = 0; i < entry->nwords; i++)
		if (is_phrase(entry->words[i]))
			return true;
	return false;
}

/* Entry `index` becomes that of its first phrase; other names are entries of their own.
 */
static void split_entry(struct splitting *splitting, uint32_t index)
{
	struct dispatch_entry whole = splitting->entries[index];

	for (size_t i = 0; i < whole.nwords; i++) {
		const char *words[MAX_PHRASE];
		size_t count = split(splitting->arena, whole.words[i], words);
		struct dispatch_entry entry = whole;
		uint32_t parent = whole.parent;

		if (!count)
			continue;
		for (size_t w = 0; w + 1 < count; w++)
			parent = step(splitting, &whole, parent, words[w]);
		set_word(splitting, &entry, words[count - 1]);
		entry.parent = parent;
		if (i)
			add_entry(splitting, entry);
		else
			splitting->entries[index] = entry;
	}
}

static void split_dispatch(struct arena *arena, struct dispatch *dispatch)
{
	struct splitting splitting = {.arena = arena};
	struct dispatch_entry *entries;
	bool has_any = false;

	for (size_t i = 0; i < dispatch->nentries; i++)
		has_any |= has_phrase(&dispatch->entries[i]);
	if (!has_any)
		return;
	for (size_t i = 0; i < dispatch->nentries; i++)
		add_entry(&splitting, dispatch->entries[i]);
	for (uint32_t i = 0; i < dispatch->nentries; i++)
		if (has_phrase(&splitting.entries[i]))
			split_entry(&splitting, i);
	entries = arena_alloc(arena, splitting.count * sizeof(*entries));
	memcpy(entries, splitting.entries, splitting.count * sizeof(*entries));
	free(splitting.entries);
	dispatch->entries = entries;
	dispatch->nentries = splitting.count;
}

void phrases_split(struct routes_program *program, struct dispatch_list *dispatches)
{
	for (size_t i = 0; i < dispatches->count; i++)
		split_dispatch(program->arena, &dispatches->items[i]);
}
