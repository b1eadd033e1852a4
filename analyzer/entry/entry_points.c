#include "analyzer/entry/entry_points.h"

#include "analyzer/entry/branches.h"
#include "analyzer/entry/relays.h"
#include "analyzer/entry/search.h"
#include "analyzer/entry/signals.h"
#include "core/arena.h"

#include <stdlib.h>
#include <string.h>

bool entry_is_own(const struct entry_search *search, uint32_t function)
{
	const struct function *fn = &search->trace->functions[function];

	if (fn->flags & (FUNCTION_ALIAS | FUNCTION_IFUNC))
		return false;
	return fn->type == FUNCTION_PUBLIC ||
	       (fn->type == FUNCTION_PRIVATE && fn->file[0] != '<');
}

void entry_add(struct entry_search *search, struct entry entry, uint32_t function)
{
	entry.function = outlines_shown(&search->outlines, function);
	if (entry.function != TRACE_NONE && entry_is_own(search, entry.function))
		entry_list_add(&search->list, &entry);
}

void entry_add_meanings(struct entry_search *search, const struct entry *entry,
	struct term_at at, uint32_t local)
{
	uint32_t found[OUTLINE_MEANINGS];
	size_t count = outlines_functions(&search->outlines, at, local, found);

	for (size_t i = 0; i < count; i++)
		entry_add(search, *entry, found[i]);
}

void entry_place(const struct entry_search *search, struct entry *entry,
	struct term_at at)
{
	entry->file = outlines_file(&search->outlines, at);
	entry->line = outlines_facts(&search->outlines, at)->terms[at.term].line;
}

const char *entry_word(struct entry_search *search, enum rule_kind kind,
	struct term_at at)
{
	struct constant constant;
	const char *name = NULL;

	if (at.term == FACTS_NONE || !outlines_constant(&search->outlines, at, &constant))
		return NULL;
	if (constant.text)
		return constant.text;
	if (kind == RULE_SIGNAL)
		name = signal_name(constant.number);
	return name ? name : arena_printf(search->arena, "%d", (int)constant.number);
}

const char *entry_name_key(enum rule_kind kind)
{
	switch (kind) {
	case RULE_HTTP:
		return "path";
	case RULE_AMQP:
		return "queue";
	case RULE_SIGNAL:
		return "signal";
	default:
		return "name";
	}
}

static const char *argument_word(struct entry_search *search, enum rule_kind kind,
	struct term_at call, int number)
{
	uint32_t term = term_argument(outlines_facts(&search->outlines, call), call.term,
		(uint32_t)number);

	return entry_word(search, kind, term_within(call, term));
}

void entry_describe_call(struct entry_search *search, struct entry *entry,
	const struct call_rule *rule, struct term_at call)
{
	for (size_t i = 0; i < rule->nexceptions; i++) {
		const struct rule_exception *exception = &rule->exceptions[i];
		const char *word =
			argument_word(search, RULE_NO_KIND, call, exception->argument);

		if (word && strcmp(word, exception->value) == 0)
			entry->kind = exception->kind;
	}
	if (rule->name != RULE_NO_ARGUMENT)
		entry_describe(entry, entry_name_key(entry->kind),
			argument_word(search, entry->kind, call, rule->name));
	for (size_t i = 0; i < rule->nmetadata; i++)
		entry_describe(entry, rule->metadata[i].key,
			argument_word(search, RULE_NO_KIND, call,
				rule->metadata[i].argument));
}

void entry_points_find(struct arena *arena, const struct entry_program *program,
	struct static_trace *trace)
{
	struct entry_search search = {
		.arena = arena,
		.program = program,
		.trace = trace,
	};

	outlines_init(&search.outlines, program);
	search.relays = relays_new(&search);
	entry_find_registered(&search);
	if (program->rules) {
		entry_find_named_records(&search);
		entry_find_rows(&search);
	}
	relays_follow(search.relays);
	relays_free(search.relays);
	if (program->rules)
		entry_find_requests(&search);
	entry_find_functions(&search);
	entry_find_exported(&search);
	entry_list_write(&search.list, arena, trace);
	branches_find(arena, &search.outlines, trace);
	outlines_release(&search.outlines);
	free(search.list.items);
}
