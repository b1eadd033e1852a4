#include "analyzer/compile/flags.h"

#include "analyzer/compile/flag_rules.h"
#include "analyzer/compile/notes.h"
#include "core/arena.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

struct cleaning {
	struct arena *arena;
	struct notes *notes;
	const char **kept, **inputs; /* heap */
	size_t nkept, kept_room, ninputs, inputs_room;
	const char *language;
	bool is_preprocess_only;
};

static void keep(struct cleaning *cleaning, const char *word)
{
	cleaning->kept = grow(cleaning->kept, cleaning->nkept, &cleaning->kept_room,
		sizeof(*cleaning->kept));
	cleaning->kept[cleaning->nkept++] = word;
}

static void keep_input(struct cleaning *cleaning, const char *word)
{
	cleaning->inputs = grow(cleaning->inputs, cleaning->ninputs,
		&cleaning->inputs_room, sizeof(*cleaning->inputs));
	cleaning->inputs[cleaning->ninputs++] = word;
}

static void refuse(struct cleaning *cleaning, const char *word)
{
	notes_add(cleaning->notes, word,
		"'%s' is not passed on: it could load code, write files or change what is compiled",
		word);
}

static void keep_joined(struct cleaning *cleaning, const char *flag, const char *argument)
{
	keep(cleaning, arena_printf(cleaning->arena, "%s%s", flag, argument));
}

/*
 * A header's name stands alone, so it must not look like a flag: after a word that clang
 * takes for the option of an argument, it would be one.
 */
static void keep_include(struct cleaning *cleaning, const char *header)
{
	if (!header[0])
		return;
	if (header[0] == '-' || header[0] == '@') {
		refuse(cleaning, header);
		return;
	}
	keep(cleaning, "-Xclang");
	keep(cleaning, "-include");
	keep(cleaning, "-Xclang");
	keep(cleaning, header);
}

/*
 * "-D,X,-UY", the words of -Wp or -Xpreprocessor: clang hands them to the parser unseen,
 * and "-load" loads a plug-in there. Only macros and directories get through.
 */
static void forward(struct cleaning *cleaning, const char *list)
{
	const char *at = list;

	while (*at) {
		size_t len = strcspn(at, ",");
		const char *word = arena_copy(cleaning->arena, at, len);
		bool is_wanted = word[0] == '-' && word[1] && strchr("DUI", word[1]);

		at += len + (at[len] == ',');
		if (is_wanted && !word[2]) { /* its argument is the next one */
			len = strcspn(at, ",");
			if (len)
				keep_joined(cleaning, word,
					arena_copy(cleaning->arena, at, len));
			at += len + (at[len] == ',');
		} else if (is_wanted) {
			keep(cleaning, word);
		} else if (text_has_prefix(word, "-M")) {
			break; /* the rest names dependency files */
		} else if (word[0]) {
			refuse(cleaning, word);
		}
	}
}

/* Keep the sanitizers that a source can ask for; the rest only changes the object. */
static void keep_sanitizers(struct cleaning *cleaning, const char *list)
{
	static const char *const seen[] = {"address", "hwaddress", "kernel-address",
		"kernel-hwaddress", "kernel-memory", "leak", "memory", "thread",
		"undefined"};
	scoped_text word = {0};

	for (const char *at = list; *at;) {
		size_t len = strcspn(at, ",");

		for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++) {
			if (strlen(seen[i]) == len && memcmp(seen[i], at, len) == 0)
				text_printf(&word, "%s%s",
					word.len ? "," : "-fsanitize=", seen[i]);
		}
		at += len + (at[len] == ',');
	}
	if (word.len)
		keep(cleaning, arena_strdup(cleaning->arena, word.bytes));
}

/* Do what `rule` says with `word`; `argument` is NULL for a rule that takes none. */
static void obey(struct cleaning *cleaning, const struct flag_rule *rule,
	const char *word, const char *argument)
{
	switch (rule->action) {
	case FLAG_KEEP:
		keep(cleaning, word);
		break;
	case FLAG_WRITE:
		if (rule->form == FLAG_ALONE)
			keep(cleaning, rule->as);
		else if (text_has_prefix(word, rule->as) && word[strlen(rule->as)])
			keep(cleaning, word); /* so spelled already */
		else
			keep_joined(cleaning, rule->as, argument);
		break;
	case FLAG_INCLUDE:
		keep_include(cleaning, argument);
		break;
	case FLAG_FORWARD:
		forward(cleaning, argument);
		break;
	case FLAG_LANGUAGE:
		cleaning->language = strcmp(argument, "none") == 0 ? NULL : argument;
		break;
	case FLAG_SANITIZE:
		keep_sanitizers(cleaning, argument);
		break;
	case FLAG_PREPROCESS:
		cleaning->is_preprocess_only = true;
		break;
	case FLAG_REFUSE:
		refuse(cleaning, word);
		break;
	case FLAG_UNKNOWN:
		notes_add(cleaning->notes, word,
			"'%s' is not known to change how C is read: dropped", word);
		break;
	case FLAG_DROP:
		break;
	}
}

static bool takes_next(const struct flag_rule *rule, const char *word)
{
	if (rule->form == FLAG_EITHER)
		return word[strlen(rule->name)] == '\0';
	return rule->form == FLAG_NEXT || rule->form == FLAG_PAIR;
}

/*
 * The flag at words[0], of `n`; returns how many words it takes. A flag whose argument is
 * missing or empty is dropped: joined to nothing, it would swallow the word after it.
 */
static size_t clean_flag(struct cleaning *cleaning, const char *const *words, size_t n)
{
	const struct flag_rule *rule = flag_rule_find(words[0]);
	const char *argument = words[0] + strlen(rule->name);

	if (!takes_next(rule, words[0])) {
		if (*argument || rule->action != FLAG_WRITE || rule->form == FLAG_ALONE)
			obey(cleaning, rule, words[0], argument);
		return 1;
	}
	if (n < 2)
		return 1;
	if (words[1][0])
		obey(cleaning, rule, words[0], words[1]);
	return 2;
}

/* The heap array `words` in the arena. */
static const char *const *settle(struct arena *arena, const char **words, size_t n)
{
	const char **copy = arena_alloc(arena, (n + 1) * sizeof(*copy));

	if (n)
		memcpy(copy, words, n * sizeof(*copy));
	free(words);
	return copy;
}

void flags_clean(struct arena *arena, struct notes *notes, const char *const *words,
	size_t n, struct flags *out)
{
	struct cleaning cleaning = {.arena = arena, .notes = notes};
	bool is_flag = true;

	for (size_t i = 0; i < n;) {
		if (is_flag && strcmp(words[i], "--") == 0) {
			is_flag = false;
			i++;
		} else if (is_flag && words[i][0] == '-' && words[i][1]) {
			i += clean_flag(&cleaning, words + i, n - i);
		} else {
			keep_input(&cleaning, words[i++]);
		}
	}
	*out = (struct flags){
		.kept = settle(arena, cleaning.kept, cleaning.nkept),
		.nkept = cleaning.nkept,
		.inputs = settle(arena, cleaning.inputs, cleaning.ninputs),
		.ninputs = cleaning.ninputs,
		.language = cleaning.language,
		.is_preprocess_only = cleaning.is_preprocess_only,
	};
}
