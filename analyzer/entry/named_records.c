/* Records with functions that are passed along with a name: sigaction(SIGINT, &action).
 */
#include "analyzer/entry/entry_points.h"
#include "analyzer/entry/relays.h"
#include "analyzer/entry/search.h"
#include "analyzer/link/function_table.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"
#include "core/source_paths.h"

#include <stdlib.h>
#include <string.h>

/* What a field of a variable holds at this point of the outline. */
struct held {
	uint32_t variable; /* of the image */
	uint32_t function; /* of the image; FACTS_NONE: something else */
	uint32_t parameter; /* of the body around; FACTS_NONE: something else */
	const char *record, *field; /* of the image's strings */
	const struct assignment_rule *rule;
	struct term_at at;
};

struct holding {
	struct entry_search *search;
	const struct facts *facts;
	uint32_t image, root;
	struct held *held;
	size_t nheld, room;
	size_t nglobal; /* of them, which any body may pass */
	uint8_t *is_named; /* for each function: 0 not known, 1 no, 2 its rule has a name
			    */
};

static const char *string_of(const struct holding *holding, uint32_t string)
{
	return facts_string(holding->facts, string);
}

/* A record without a name inside another one is a union: its fields share a place. */
static bool is_same_place(const struct held *a, const struct held *b)
{
	return a->variable == b->variable && strcmp(a->record, b->record) == 0 &&
	       (a->record[0] == '.' || strcmp(a->field, b->field) == 0);
}

/* From now on the field holds that. */
static void hold(struct holding *holding, struct held held)
{
	for (size_t i = holding->nheld; i > 0; i--) {
		struct held *known = &holding->held[i - 1];

		if (!is_same_place(known, &held))
			continue;
		*known = held;
		return;
	}
	if (held.function == FACTS_NONE && held.parameter == FACTS_NONE)
		return;
	holding->held = grow(holding->held, holding->nheld, &holding->room,
		sizeof(*holding->held));
	holding->held[holding->nheld++] = held;
}

static const struct assignment_rule *field_rule(const struct holding *holding,
	uint32_t record, uint32_t field)
{
	const struct assignment_rule *rule = rules_field(holding->search->program->rules,
		string_of(holding, record), string_of(holding, field));

	return rule && rule->kind != RULE_NO_KIND ? rule : NULL;
}

/* `variable.field = value`; what is not a function takes the place of one. */
static void read_assignment(struct holding *holding, uint32_t term)
{
	const struct facts *facts = holding->facts;
	uint32_t to = term_child(facts, term, 0), value = term_child(facts, term, 1);
	const struct facts_term *field;
	struct held held = {.at = {holding->image, holding->root, term}};

	if (value == FACTS_NONE || facts->terms[to].kind != TERM_FIELD)
		return;
	field = &facts->terms[to];
	held.variable = term_variable(facts, to);
	if (held.variable == FACTS_NONE)
		return;
	held.function = term_function(facts, value);
	held.parameter = relays_parameter(facts, value);
	held.record = string_of(holding, field->a);
	held.field = string_of(holding, field->name);
	held.rule = field_rule(holding, field->a, field->name);
	if (held.rule)
		hold(holding, held);
}

static void read_list(struct holding *holding, uint32_t variable, uint32_t list)
{
	const struct facts *facts = holding->facts;
	const struct facts_term *outer = &facts->terms[list];

	for (uint32_t slot = list + 1; slot < outer->end; slot = facts->terms[slot].end) {
		uint32_t value = term_child(facts, slot, 0);
		struct held held = {
			.variable = variable,
			.record = string_of(holding, outer->name),
			.field = string_of(holding, facts->terms[slot].name),
			.at = {holding->image, holding->root, slot},
		};

		if (value == FACTS_NONE)
			continue;
		held.function = term_function(facts, value);
		held.parameter = relays_parameter(facts, value);
		if (held.function == FACTS_NONE && held.parameter == FACTS_NONE)
			continue;
		held.rule = field_rule(holding, outer->name, facts->terms[slot].name);
		if (held.rule)
			hold(holding, held);
	}
}

/* The lists in braces of one object; rows of a table are told apart by no name. */
static void read_object(struct holding *holding, uint32_t object)
{
	const struct facts_term *terms = holding->facts->terms;

	for (uint32_t list = object + 1; list < terms[object].end; list++) {
		if (terms[list].kind != TERM_LIST)
			continue;
		if (terms[list].a)
			return;
		read_list(holding, terms[object].a, list);
	}
}

/* What a call says of a record's function, or who else says it. */
static void add_entry(struct holding *holding, const struct held *held,
	const struct call_rule *rule, const char *callee, struct term_at call)
{
	struct entry_search *search = holding->search;
	struct relay relay = {
		.library = source_paths_intern(search->program->paths, callee),
		.handler = held->function == FACTS_NONE ? held->parameter : FACTS_NONE,
		.name = FACTS_NONE,
		.entry.kind = held->rule->kind,
	};
	struct entry *entry = &relay.entry;
	uint32_t found[OUTLINE_MEANINGS], name = FACTS_NONE;

	entry->by = relay.library;
	entry_place(search, entry, call);
	entry_describe_call(search, entry, rule, call);
	if (rule->name != RULE_NO_ARGUMENT)
		name = term_argument(holding->facts, call.term, (uint32_t)rule->name);
	relay.name = relays_parameter(holding->facts, name);
	if (held->function != FACTS_NONE) {
		relay.nfunctions = outlines_functions(&search->outlines, held->at,
			held->function, found);
		relay.functions =
			(const uint32_t *)(const void *)arena_copy(search->arena,
				(const char *)found, relay.nfunctions * sizeof(*found));
	}
	for (size_t i = 0; i < relay.nfunctions && relay.name == FACTS_NONE; i++)
		entry_add(search, *entry, relay.functions[i]);
	if (relay.name == FACTS_NONE && relay.handler == FACTS_NONE)
		return;
	relay.function = function_table_definition(search->program->functions,
		holding->facts, holding->facts->terms[call.root].a);
	relays_add(search->relays, &relay);
}

static const struct call_rule *naming_rule(struct holding *holding, uint32_t function)
{
	const struct call_rule *rule;

	if (holding->is_named[function] == 1)
		return NULL;
	rule = rules_call(holding->search->program->rules,
		string_of(holding, holding->facts->functions[function].name));
	holding->is_named[function] =
		rule && (rule->name != RULE_NO_ARGUMENT || rule->nmetadata) ? 2 : 1;
	return holding->is_named[function] == 2 ? rule : NULL;
}

/* A call whose rule knows a name gives it to the functions in what else is passed. */
static void read_call(struct holding *holding, uint32_t term)
{
	const struct facts *facts = holding->facts;
	uint32_t callee = term_child(facts, term, 0), function, argument;
	const struct term_at at = {holding->image, holding->root, term};
	const struct call_rule *rule;

	function = callee == FACTS_NONE ? FACTS_NONE : term_function(facts, callee);
	if (function == FACTS_NONE || !holding->nheld)
		return;
	rule = naming_rule(holding, function);
	if (!rule)
		return;
	for (argument = facts->terms[callee].end; argument < facts->terms[term].end;
		argument = facts->terms[argument].end) {
		uint32_t variable = term_variable(facts, argument);

		for (size_t i = 0; i < holding->nheld && variable != FACTS_NONE; i++)
			if (holding->held[i].variable == variable &&
				(holding->held[i].function != FACTS_NONE ||
					holding->held[i].parameter != FACTS_NONE))
				add_entry(holding, &holding->held[i], rule,
					string_of(holding,
						facts->functions[function].name),
					at);
	}
}

static void read_body(struct holding *holding, uint32_t root)
{
	holding->root = root;
	holding->nheld = holding->nglobal;
	for (uint32_t t = root; t < holding->facts->terms[root].end; t++) {
		switch (holding->facts->terms[t].kind) {
		case TERM_OBJECT:
			read_object(holding, t);
			break;
		case TERM_ASSIGN:
			read_assignment(holding, t);
			break;
		case TERM_CALL:
			read_call(holding, t);
			break;
		default:
			break;
		}
	}
}

static void read_image(struct holding *holding)
{
	const struct facts *facts = holding->facts;
	const struct outlines *outlines = &holding->search->outlines;

	holding->nheld = 0;
	for (uint32_t t = 0; t < facts->nterms; t = facts->terms[t].end) {
		holding->root = t;
		if (facts->terms[t].kind == TERM_OBJECT)
			read_object(holding, t);
	}
	holding->nglobal = holding->nheld;
	for (uint32_t t = 0; t < facts->nterms; t = facts->terms[t].end)
		if (facts->terms[t].kind == TERM_BODY &&
			outlines_is_first(outlines, holding->image, t))
			read_body(holding, t);
}

void entry_find_named_records(struct entry_search *search)
{
	struct holding holding = {.search = search};

	for (uint32_t i = 0; i < search->program->nimages; i++) {
		holding.image = i;
		holding.facts = &search->program->images[i];
		holding.is_named = xmalloc(holding.facts->nfunctions + 1);
		memset(holding.is_named, 0, holding.facts->nfunctions);
		read_image(&holding);
		free(holding.is_named);
	}
	free(holding.held);
}
