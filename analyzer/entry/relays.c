#include "analyzer/entry/relays.h"

#include "analyzer/entry/calls.h"
#include "analyzer/entry/entry_points.h"
#include "analyzer/entry/search.h"
#include "analyzer/link/function_table.h"
#include "core/arena.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_DEPTH = 3, /* functions one behind the other that pass a handler on */
	MAX_RELAYS = 1 << 16,
};

/* What tells relays apart. */
struct relay_key {
	const char *said; /* by the last constant; interned, or NULL */
	const char *library;
	uint32_t first; /* of the handlers, if they are told */
	uint32_t function, handler, name, kind, zero;
};

struct relays {
	struct entry_search *search;
	struct key_table known; /* of struct relay_key */
	struct relay *items; /* one for each of `known` */
	size_t room;
	size_t ndone; /* whose calls were looked at */
};

struct relays *relays_new(struct entry_search *search)
{
	struct relays *relays = xmalloc(sizeof(*relays));

	*relays = (struct relays){
		.search = search,
		.known.key_bytes = sizeof(struct relay_key),
	};
	return relays;
}

void relays_free(struct relays *relays)
{
	key_table_release(&relays->known);
	free(relays->items);
	free(relays);
}

void relays_add(struct relays *relays, const struct relay *relay)
{
	const struct entry *entry = &relay->entry;
	const struct relay_key key = {
		.said = entry->nmetadata ? entry->metadata[entry->nmetadata - 1].value
					 : NULL,
		.library = relay->library,
		.first = relay->handler == FACTS_NONE && relay->nfunctions
				 ? relay->functions[0]
				 : FACTS_NONE,
		.function = relay->function,
		.handler = relay->handler,
		.name = relay->name,
		.kind = entry->kind,
	};
	bool is_new;
	uint32_t number;

	if (relays->known.count == MAX_RELAYS)
		return;
	number = key_table_add(&relays->known, &key, &is_new);
	if (!is_new)
		return;
	relays->items = grow(relays->items, number, &relays->room, sizeof(*relay));
	relays->items[number] = *relay;
}

uint32_t relays_parameter(const struct facts *facts, uint32_t term)
{
	if (term == FACTS_NONE || facts->terms[term].kind != TERM_PARAMETER)
		return FACTS_NONE;
	return facts->terms[term].a;
}

/*
 * The handlers that a call names, if it does; false where it is some value, and nothing
 * tells which of several handlers goes with which name.
 */
static bool narrow(struct relays *relays, struct relay *relay, struct term_at call)
{
	struct entry_search *search = relays->search;
	const struct facts *facts = outlines_facts(&search->outlines, call);
	uint32_t found[OUTLINE_MEANINGS], term, function;

	if (relay->handler == FACTS_NONE)
		return true;
	term = term_argument(facts, call.term, relay->handler);
	function = term == FACTS_NONE ? FACTS_NONE : term_function(facts, term);
	relay->handler = relays_parameter(facts, term);
	if (function == FACTS_NONE)
		return relay->handler != FACTS_NONE || relay->nfunctions == 1;
	relay->nfunctions = outlines_functions(&search->outlines, call, function, found);
	relay->functions = (const uint32_t *)(const void *)arena_copy(search->arena,
		(const char *)found, relay->nfunctions * sizeof(*found));
	return true;
}

/* A value that stands for no handler: ["SIG_IGN"]. */
static bool is_ignored(const struct relays *relays, const struct call_rule *rule,
	uint32_t function)
{
	const char *name =
		function_table_get(relays->search->program->functions, function)
			->function.name;

	for (size_t i = 0; rule && i < rule->nignore; i++)
		if (strcmp(rule->ignore[i], name) == 0)
			return true;
	return false;
}

void relays_read(struct relays *relays, const struct relay *relay, struct term_at call)
{
	struct entry_search *search = relays->search;
	const struct facts *facts = outlines_facts(&search->outlines, call);
	enum rule_kind kind = relay->entry.kind;
	uint32_t name = FACTS_NONE;
	struct relay next = *relay;

	if (!narrow(relays, &next, call))
		return;
	if (relay->name != FACTS_NONE)
		name = term_argument(facts, call.term, relay->name);
	entry_describe(&next.entry, entry_name_key(kind),
		entry_word(search, kind, term_within(call, name)));
	entry_place(search, &next.entry, call);
	next.name = relays_parameter(facts, name);
	next.entry.is_weak = next.handler != FACTS_NONE || next.name != FACTS_NONE;
	if (next.entry.is_weak && facts->terms[call.root].kind == TERM_BODY) {
		next.function = function_table_definition(search->program->functions,
			facts, facts->terms[call.root].a);
		relays_add(relays, &next);
	}
	for (size_t i = 0; next.handler == FACTS_NONE && i < next.nfunctions; i++)
		if (!is_ignored(relays, next.rule, next.functions[i]))
			entry_add(search, next.entry, next.functions[i]);
}

/* The calls of those that are new; what is around them may pass on, too. */
static void follow_new(struct relays *relays)
{
	struct entry_search *search = relays->search;
	struct key_table functions = {.key_bytes = sizeof(uint32_t)};
	struct calls_of calls = {0};
	size_t end = relays->known.count;

	for (size_t i = relays->ndone; i < end; i++)
		key_table_add(&functions, &relays->items[i].function, NULL);
	calls_of_find(&search->outlines, &functions, &calls);
	for (; relays->ndone < end; relays->ndone++) {
		struct relay relay = relays->items[relays->ndone];
		size_t first, count;

		relay.entry.by = arena_printf(search->arena, "%s through %s",
			relay.library,
			function_table_get(search->program->functions, relay.function)
				->function.name);
		count = calls_of_get(&calls, relay.function, &first);
		for (size_t i = 0; i < count; i++)
			relays_read(relays, &relay, calls.items[first + i].at);
	}
	key_table_release(&functions);
	free(calls.items);
}

void relays_follow(struct relays *relays)
{
	for (int i = 0; i < MAX_DEPTH && relays->ndone < relays->known.count; i++)
		follow_new(relays);
}
