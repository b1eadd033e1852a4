/* From the branches of a body to dispatches. */
#include "analyzer/routes/chains_body.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/program.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#define WEIGHT_OF_FEW 0.51

enum {
	FEW_WORDS = 6
};

/* A word of a group, and the branch that it comes to: the first that runs something. */
struct claim {
	UT_hash_handle hh;
	uint32_t arm;
	char key[];
};

struct entries {
	const struct body *body;
	struct arena *arena; /* of the result */
	struct arena scratch;
	struct claim *claims;
	uint32_t top; /* group */
	uint32_t *numbers; /* of each branch: its first entry; DISPATCH_NONE */
	struct dispatch_entry *items;
	size_t count, room;
};

static bool is_wanted(const struct body *body, const struct arm *arm)
{
	return body->groups[arm->group].weight >= CHAIN_LEAST;
}

/* What is typed: the comparison may include what stands between it and the next word. */
static const char *word_of(struct arena *arena, const struct word_test *test)
{
	size_t n = test->word ? strlen(test->word) : 0;

	if (!n || !word_is_command(test->word))
		return NULL;
	while (n > 1 && test->word[n - 1] == ' ')
		n--;
	return arena_copy(arena, test->word, n);
}

static struct claim *claim_of(struct entries *entries, uint32_t group, const char *word,
	bool is_new)
{
	struct claim *claim;
	char *key = arena_printf(&entries->scratch, "%u %s", group, word);
	size_t size = strlen(key);

	HASH_FIND(hh, entries->claims, key, size, claim);
	if (claim || !is_new)
		return claim;
	claim = arena_alloc(&entries->scratch, sizeof(*claim) + size + 1);
	memcpy(claim->key, key, size + 1);
	claim->arm = ARM_NONE;
	HASH_ADD(hh, entries->claims, key[0], size, claim);
	return claim;
}

static bool is_better(const struct arm *arm, const struct arm *old)
{
	if (old->is_rest != arm->is_rest)
		return old->is_rest;
	return old->function == TRACE_NONE && arm->function != TRACE_NONE;
}

static void claim_words(struct entries *entries, uint32_t number)
{
	const struct arm *arms = entries->body->arms, *arm = &arms[number];

	for (const struct word_test *test = arm->tests; test; test = test->next) {
		const char *word = word_of(&entries->scratch, test);
		struct claim *claim;

		if (!word)
			continue;
		claim = claim_of(entries, arm->group, word, true);
		if (claim->arm == ARM_NONE || is_better(arm, &arms[claim->arm]))
			claim->arm = number;
	}
}

static void set_handler(struct entries *entries, const struct arm *arm,
	struct dispatch_entry *entry)
{
	struct dispatch_handler *handler;

	if (arm->function == TRACE_NONE) {
		entry->reason = "inline";
		return;
	}
	handler = arena_alloc(entries->arena, sizeof(*handler));
	*handler = (struct dispatch_handler){
		.function = arm->function,
		.call = arm->call,
	};
	entry->handlers = handler;
	entry->nhandlers = 1;
}

/* The words of a branch that are compared like the test, and that no other has. */
static void add_entry(struct entries *entries, uint32_t number,
	const struct word_test *like, uint32_t parent)
{
	const struct arm *arm = &entries->body->arms[number];
	struct dispatch_entry entry = {
		.match = like->match,
		.at = like->at,
		.parent = parent,
		.sub = DISPATCH_NONE,
		.body = arm->block,
	};
	const char **words;
	size_t n = 0;

	for (const struct word_test *test = like; test; test = test->next)
		n++;
	words = arena_alloc(entries->arena, n * sizeof(*words));
	for (const struct word_test *test = like; test; test = test->next) {
		const char *word = word_of(entries->arena, test);
		struct claim *claim;

		if (!word || test->match != like->match)
			continue;
		claim = claim_of(entries, arm->group, word, false);
		if (!claim || claim->arm != number)
			continue;
		claim->arm = ARM_NONE; /* told: `a || b || a` */
		words[entry.nwords++] = word;
	}
	if (!entry.nwords)
		return;
	entry.words = words;
	set_handler(entries, arm, &entry);
	if (entries->numbers[number] == DISPATCH_NONE)
		entries->numbers[number] = (uint32_t)entries->count;
	entries->items =
		grow(entries->items, entries->count, &entries->room, sizeof(entry));
	entries->items[entries->count++] = entry;
}

static void add_arm(struct entries *entries, uint32_t number)
{
	const struct body *body = entries->body;
	const struct arm *arm = &body->arms[number];
	const struct arm_group *group = &body->groups[arm->group];
	uint32_t parent = DISPATCH_NONE;
	bool is_told[RULE_UNIQUE_PREFIX + 1] = {false};

	if (!is_wanted(body, arm) ||
		(group->parent == ARM_NONE && arm->group != entries->top))
		return;
	if (group->parent != ARM_NONE) {
		parent = entries->numbers[group->parent];
		if (parent == DISPATCH_NONE)
			return;
	}
	for (const struct word_test *test = arm->tests; test; test = test->next) {
		if (!is_told[test->match])
			add_entry(entries, number, test, parent);
		is_told[test->match] = true;
	}
}

/* A few words need more than one does, and values that are parsed are none:
 * `parse_int(&port)`. */
static bool is_sure(const struct entries *entries, double weight)
{
	size_t parsers = 0;

	for (size_t i = 0; i < entries->count; i++) {
		const struct dispatch_entry *entry = &entries->items[i];

		parsers += entry->nhandlers &&
			   strcasestr(program_name(entries->body->program,
					      entry->handlers[0].function),
				   "parse");
	}
	return parsers * 2 < entries->count &&
	       (entries->count == 1 || entries->count >= FEW_WORDS ||
		       weight >= WEIGHT_OF_FEW);
}

static void add_dispatch(struct entries *entries, struct dispatch_list *list)
{
	const struct body *body = entries->body;
	const struct arm_group *group = &body->groups[entries->top];
	struct dispatch_entry *items;

	if (!entries->count || !is_sure(entries, group->weight))
		return;
	items = arena_alloc(entries->arena, entries->count * sizeof(*items));
	memcpy(items, entries->items, entries->count * sizeof(*items));
	dispatch_add(list, (struct dispatch){
				   .pattern = "chain",
				   .entries = items,
				   .nentries = entries->count,
				   .function = body->function,
				   .object = TRACE_NONE,
				   .subject = group->subject,
				   .weight = group->weight,
			   });
}

void body_dispatches(const struct body *body, struct dispatch_list *list)
{
	struct entries entries = {.body = body, .arena = body->program->arena};

	entries.numbers = xmalloc(body->narms * sizeof(*entries.numbers));
	for (uint32_t i = 0; i < body->narms; i++)
		if (is_wanted(body, &body->arms[i]))
			claim_words(&entries, i);
	for (uint32_t i = 0; i < body->ngroups; i++) {
		if (body->groups[i].parent != ARM_NONE ||
			body->groups[i].weight < CHAIN_LEAST)
			continue;
		entries.top = i;
		entries.count = 0;
		memset(entries.numbers, 0xff, body->narms * sizeof(*entries.numbers));
		for (uint32_t arm = 0; arm < body->narms; arm++)
			add_arm(&entries, arm);
		add_dispatch(&entries, list);
	}
	HASH_CLEAR(hh, entries.claims);
	arena_release(&entries.scratch);
	free(entries.numbers);
	free(entries.items);
}
