/* Functions that are entry points by themselves: `main`, by name, by what they call. */
#include "analyzer/binary/binary.h"
#include "analyzer/entry/calls.h"
#include "analyzer/entry/entry_points.h"
#include "analyzer/entry/search.h"
#include "analyzer/link/function_table.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"
#include "core/source_paths.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static void add_shown(struct entry_search *search, enum rule_kind kind, uint32_t function,
	const char *key, const char *value)
{
	struct entry entry = {.kind = kind, .function = function};

	if (key)
		entry_describe(&entry, key, value);
	entry_list_add(&search->list, &entry);
}

static bool is_main(const struct function *fn)
{
	return fn->type == FUNCTION_PUBLIC && strcmp(fn->name, "main") == 0;
}

/* What is found by its name from outside has external linkage. */
static void find_by_name(struct entry_search *search, uint32_t function)
{
	const struct function *fn = &search->trace->functions[function];
	const struct function_rule *rule =
		search->program->rules ? rules_function(search->program->rules, fn->name)
				       : NULL;
	struct entry entry = {.function = function, .is_weak = true};

	if (!rule || (rule->origin.is_shipped && fn->type != FUNCTION_PUBLIC))
		return;
	entry.kind = rule->kind;
	entry_describe(&entry, "found_by", "name");
	entry_list_add(&search->list, &entry);
}

static unsigned attribute_flag(const char *attribute)
{
	return strcmp(attribute, "constructor") == 0  ? FUNCTION_CONSTRUCTOR
	       : strcmp(attribute, "destructor") == 0 ? FUNCTION_DESTRUCTOR
						      : 0;
}

/* GNU C says what these do; a rule of the project may see more in them. */
static void find_by_attribute(struct entry_search *search, uint32_t function)
{
	const struct function *fn = &search->trace->functions[function];
	const struct rules *rules = search->program->rules;

	if (fn->flags & FUNCTION_CONSTRUCTOR)
		add_shown(search, RULE_CONSTRUCTOR, function, "attribute", "constructor");
	if (fn->flags & FUNCTION_DESTRUCTOR)
		add_shown(search, RULE_DESTRUCTOR, function, "attribute", "destructor");
	for (size_t i = 0; rules && i < rules->all.nfunctions; i++) {
		const struct function_rule *rule = &rules->all.functions[i];

		if (rule->attribute && !rule->origin.is_shipped &&
			(fn->flags & attribute_flag(rule->attribute)))
			add_shown(search, rule->kind, function, "attribute",
				rule->attribute);
	}
}

/*
 * Calls of what a rule knows: the functions around them are entry points, and other calls
 * in the same function, or else in the same file, say what is consumed.
 */
struct consuming {
	struct entry_search *search;
	const struct function_rule *rule;
	const struct calls_of *calls;
};

static bool is_named(const struct entry_search *search, uint32_t function,
	const char *name)
{
	return strcmp(function_table_get(search->program->functions, function)
			       ->function.name,
		       name) == 0;
}

/* The function that is around a call; TRACE_NONE: it is not shown. */
static uint32_t caller_of(const struct entry_search *search, struct term_at at)
{
	const struct facts *facts = outlines_facts(&search->outlines, at);

	if (facts->terms[at.root].kind != TERM_BODY)
		return TRACE_NONE;
	return outlines_shown(&search->outlines,
		function_table_definition(search->program->functions, facts,
			facts->terms[at.root].a));
}

static const char *source_word(const struct consuming *consuming,
	const struct rule_text_source *source, const struct call_of *call)
{
	struct entry_search *search = consuming->search;
	uint32_t argument;

	if (!is_named(search, call->function, source->call))
		return NULL;
	argument = term_argument(outlines_facts(&search->outlines, call->at),
		call->at.term, (uint32_t)source->argument);
	return entry_word(search, RULE_NO_KIND, term_within(call->at, argument));
}

static bool is_near(const struct entry_search *search, const struct call_of *call,
	uint32_t function, bool is_in_file)
{
	uint32_t caller = caller_of(search, call->at);
	const struct function *functions = search->trace->functions;

	if (caller == TRACE_NONE)
		return false;
	return is_in_file ? strcmp(functions[caller].file, functions[function].file) == 0
			  : caller == function;
}

/* "orders, returns": all that is consumed there; NULL: nothing constant. */
static const char *source_words(const struct consuming *consuming,
	const struct rule_text_source *source, uint32_t function, bool is_in_file)
{
	scoped_text words = {0};
	const char *last = NULL;

	for (size_t i = 0; source->call && i < consuming->calls->count; i++) {
		const struct call_of *call = &consuming->calls->items[i];
		const char *word = source_word(consuming, source, call);

		if (!word || (last && strcmp(word, last) == 0) ||
			!is_near(consuming->search, call, function, is_in_file))
			continue;
		text_printf(&words, "%s%s", words.len ? ", " : "", word);
		last = word;
	}
	return words.len ? arena_strdup(consuming->search->arena, text_string(&words))
			 : NULL;
}

static const char *find_words(const struct consuming *consuming,
	const struct rule_text_source *source, uint32_t function)
{
	const char *words = source_words(consuming, source, function, false);

	return words ? words : source_words(consuming, source, function, true);
}

static void add_consumer(const struct consuming *consuming, const struct call_of *call)
{
	struct entry_search *search = consuming->search;
	const struct function_rule *rule = consuming->rule;
	struct entry entry = {.kind = rule->kind, .by = rule->contains_call};

	entry.function = caller_of(search, call->at);
	if (entry.function == TRACE_NONE || !entry_is_own(search, entry.function))
		return;
	entry_place(search, &entry, call->at);
	entry_describe(&entry, "queue",
		find_words(consuming, &rule->queue_from, entry.function));
	entry_describe(&entry, "exchange",
		find_words(consuming, &rule->exchange_from, entry.function));
	entry_list_add(&search->list, &entry);
}

/* The library's own functions may call each other: they are no entry points of it. */
static bool is_of_rule(const struct entry_search *search,
	const struct function_rule *rule, uint32_t function)
{
	const struct linked_function *fn =
		function_table_get(search->program->functions, function);

	return (!rule->origin.is_shipped || !fn->is_defined) &&
	       strcmp(fn->function.name, rule->contains_call) == 0;
}

static void want(const struct entry_search *search, struct key_table *names,
	const char *name)
{
	if (!name)
		return;
	name = source_paths_intern(search->program->paths, name);
	key_table_add(names, &name, NULL);
}

/* The functions whose calls rules speak of. */
static void want_functions(const struct entry_search *search, struct key_table *wanted)
{
	const struct rule_file *rules = &search->program->rules->all;
	struct key_table names = {.key_bytes = sizeof(char *)};

	for (size_t i = 0; i < rules->nfunctions; i++) {
		want(search, &names, rules->functions[i].contains_call);
		want(search, &names, rules->functions[i].queue_from.call);
		want(search, &names, rules->functions[i].exchange_from.call);
	}
	for (uint32_t f = 0; f < search->program->norder; f++) {
		const char *name = source_paths_intern(search->program->paths,
			function_table_get(search->program->functions, f)->function.name);

		if (key_table_find(&names, &name) != UINT32_MAX)
			key_table_add(wanted, &f, NULL);
	}
	key_table_release(&names);
}

static void find_consumers(struct entry_search *search)
{
	const struct rule_file *rules = &search->program->rules->all;
	struct key_table wanted = {.key_bytes = sizeof(uint32_t)};
	struct calls_of calls = {0};

	want_functions(search, &wanted);
	calls_of_find(&search->outlines, &wanted, &calls);
	for (size_t r = 0; r < rules->nfunctions; r++) {
		const struct consuming consuming = {search, &rules->functions[r], &calls};

		for (size_t i = 0; rules->functions[r].contains_call && i < calls.count;
			i++)
			if (is_of_rule(search, &rules->functions[r],
				    calls.items[i].function))
				add_consumer(&consuming, &calls.items[i]);
	}
	key_table_release(&wanted);
	free(calls.items);
}

/* Is the name made by the format, as "x_plugin_init" is by "%s_plugin_init"? */
static bool is_made_by(const char *name, const char *format)
{
	const char *hole = strstr(format, "%s");
	size_t before = hole ? (size_t)(hole - format) : 0;

	return hole && strlen(name) > strlen(format) - strlen("%s") &&
	       strncmp(name, format, before) == 0 &&
	       text_has_suffix(name, hole + strlen("%s"));
}

/* Names that are computed when the program runs, of a form that a rule tells. */
static void find_by_format(struct entry_search *search, const struct call_rule *rule)
{
	const struct function *functions = search->trace->functions;

	for (uint32_t f = 0; f < search->trace->nfunctions; f++) {
		struct entry entry = {
			.kind = rule->kind,
			.function = f,
			.is_weak = true,
			.by = rule->names[0],
		};
		bool is_made = false;

		for (size_t i = 0; i < rule->nformats; i++)
			is_made |= is_made_by(functions[f].name, rule->formats[i]);
		if (!is_made || functions[f].type != FUNCTION_PUBLIC)
			continue;
		entry_describe(&entry, "found_by", "name");
		if (entry_is_own(search, f))
			entry_list_add(&search->list, &entry);
	}
}

void entry_find_functions(struct entry_search *search)
{
	const struct rules *rules = search->program->rules;

	for (uint32_t f = 0; f < search->trace->nfunctions; f++) {
		if (!entry_is_own(search, f))
			continue;
		if (is_main(&search->trace->functions[f]))
			add_shown(search, RULE_CLI, f, NULL, NULL);
		find_by_attribute(search, f);
		find_by_name(search, f);
	}
	for (size_t i = 0; rules && i < rules->all.ncalls; i++)
		if (rules->all.calls[i].nformats && rules->all.calls[i].kind)
			find_by_format(search, &rules->all.calls[i]);
	if (rules)
		find_consumers(search);
}

/*
 * Without binaries, a library's exports are not known. What nothing in it calls is there
 * for others, and leads to the rest.
 */
static bool is_exported(const struct entry_search *search, uint32_t function,
	const bool *is_called)
{
	const struct function *fn = &search->trace->functions[function];
	const struct entry_program *program = search->program;

	if (fn->type != FUNCTION_PUBLIC || fn->file[0] == '<')
		return false;
	for (size_t i = 0; i < program->nbinaries; i++)
		if (binary_exports(&program->binaries[i], fn->name))
			return true;
	return !program->nbinaries && !is_called[function];
}

void entry_find_exported(struct entry_search *search)
{
	const struct static_trace *trace = search->trace;
	bool *is_called = xmalloc(2 * trace->nfunctions + 1);
	bool *is_entry = is_called + trace->nfunctions, has_main = false;

	memset(is_called, 0, 2 * trace->nfunctions);
	for (size_t i = 0; i < trace->ncalls; i++)
		if (trace->calls[i].caller != trace->calls[i].callee)
			is_called[trace->calls[i].callee] = true;
	for (size_t i = 0; i < search->list.count; i++) {
		has_main |= search->list.items[i].kind == RULE_CLI;
		is_entry[search->list.items[i].function] = true;
	}
	for (uint32_t f = 0; !has_main && f < trace->nfunctions; f++)
		if (!is_entry[f] && entry_is_own(search, f) &&
			is_exported(search, f, is_called))
			add_shown(search, RULE_LIBRARY, f, NULL, NULL);
	free(is_called);
}
