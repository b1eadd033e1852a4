#include "analyzer/routes/chains.h"

#include "analyzer/routes/chains_body.h"
#include "analyzer/routes/chains_sources.h"
#include "analyzer/routes/dispatch.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* Below it, a chain is one of options, values or keywords. */
static const double LEAST_WEIGHT = 0.5;

/* Judge and weigh, from the innermost chains out. */
static bool judge_all(struct body *body)
{
	size_t nterms = term_get(body->root)->end - body->root.at;
	bool has_any = false;

	body->taken = xmalloc(nterms);
	memset(body->taken, 0, nterms);
	for (size_t i = body->ngroups; i-- > 0;) {
		struct arm_group *group = &body->groups[i];
		struct arm *arm;

		for (uint32_t b = group->first; b != ARM_NONE; b = arm->next) {
			arm = &body->arms[b];
			if (!arm->only_words)
				body_judge(body, arm);
		}
		group->weight = body_weigh(body, group);
		if (group->weight < LEAST_WEIGHT)
			continue;
		has_any = true;
		for (uint32_t b = group->first; b != ARM_NONE; b = arm->next) {
			arm = &body->arms[b];
			if (!arm->only_words)
				memset(body->taken + (arm->body.from - body->root.at), 1,
					arm->body.end - arm->body.from);
		}
	}
	return has_any;
}

/* The word as it is typed: what is compared may end in what follows it. */
static const char *word_of(struct arena *arena, const char *text)
{
	size_t n = strlen(text);

	while (n > 1 && text[n - 1] == ' ')
		n--;
	return text[n] ? arena_copy(arena, text, n) : text;
}

static bool has_word(const char *const *words, size_t nwords, const char *word)
{
	for (size_t i = 0; i < nwords; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

static void set_words(struct arena *arena, const struct arm *arm,
	struct dispatch_entry *entry)
{
	const char **words;
	size_t n = 0;

	for (const struct word_test *test = arm->tests; test; test = test->next)
		n++;
	words = arena_alloc(arena, n * sizeof(*words));
	n = 0;
	for (const struct word_test *test = arm->tests; test; test = test->next) {
		const char *word = test->word ? word_of(arena, test->word) : "";

		if (word[0] && word[0] != '-' && !has_word(words, n, word))
			words[n++] = word;
	}
	entry->words = words;
	entry->nwords = n;
}

static void set_handler(struct arena *arena, const struct arm *arm,
	struct dispatch_entry *entry)
{
	struct dispatch_handler *handler;

	if (arm->function == TRACE_NONE) {
		entry->reason = "inline";
		return;
	}
	handler = arena_alloc(arena, sizeof(*handler));
	*handler = (struct dispatch_handler){
		.function = arm->function,
		.call = arm->call,
	};
	entry->handlers = handler;
	entry->nhandlers = 1;
}

/* The arms of groups without a parent, of one dispatch, and what is below them. */
static size_t fill(const struct body *body, uint32_t top, uint32_t *numbers,
	struct dispatch_entry *entries)
{
	struct arena *arena = body->program->arena;
	size_t n = 0;

	for (uint32_t i = 0; i < body->narms; i++) {
		const struct arm *arm = &body->arms[i];
		const struct arm_group *group = &body->groups[arm->group];
		struct dispatch_entry entry = {
			.match = arm->tests->match,
			.at = arm->tests->at,
			.parent = DISPATCH_NONE,
			.sub = DISPATCH_NONE,
			.body = arm->block,
		};

		numbers[i] = numbers[i] == DISPATCH_NONE - 1 ? numbers[i] : DISPATCH_NONE;
		if (group->weight < LEAST_WEIGHT ||
			(group->parent == ARM_NONE && arm->group != top))
			continue;
		if (group->parent != ARM_NONE) {
			entry.parent = numbers[group->parent];
			if (entry.parent >= n)
				continue;
		}
		set_words(arena, arm, &entry);
		set_handler(arena, arm, &entry);
		if (!entry.nwords)
			continue;
		numbers[i] = (uint32_t)n;
		entries[n++] = entry;
	}
	return n;
}

static void add_dispatches(struct body *body, struct dispatch_list *list)
{
	uint32_t *numbers = xmalloc((body->narms + 1) * sizeof(*numbers));

	for (uint32_t i = 0; i < body->ngroups; i++) {
		const struct arm_group *group = &body->groups[i];
		struct dispatch_entry *entries;
		size_t n;

		if (group->parent != ARM_NONE || group->weight < LEAST_WEIGHT)
			continue;
		entries =
			arena_alloc(body->program->arena, body->narms * sizeof(*entries));
		memset(numbers, 0xff, body->narms * sizeof(*numbers));
		n = fill(body, i, numbers, entries);
		if (n)
			dispatch_add(list, (struct dispatch){
						   .pattern = "chain",
						   .entries = entries,
						   .nentries = n,
						   .function = body->function,
						   .object = TRACE_NONE,
						   .subject = group->subject,
						   .weight = group->weight,
					   });
	}
	free(numbers);
}

void chains_find(struct routes_program *program, struct dispatch_list *list)
{
	const struct function_source *sources = sources_read(program);

	for (size_t i = 0; i < program->noutlines; i++) {
		struct body body;

		body_open(&body, program, sources, &program->outlines[i]);
		body_walk(&body);
		if (body.narms && judge_all(&body))
			add_dispatches(&body, list);
		body_close(&body);
	}
}
