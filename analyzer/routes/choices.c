#include "analyzer/routes/choices.h"

#include "analyzer/routes/chains_body.h"
#include "analyzer/routes/chains_sources.h"
#include "analyzer/routes/choices_numbers.h"
#include "analyzer/routes/dispatch.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_PLACES = 8, /* that the numbers of one look-up are used in */
	MAX_CASES = 500
};

/* A word that comes from outside is compared, or these are no commands. */
#define LEAST_EVIDENCE 0.3

struct choices {
	struct routes_program *program;
	const struct sources *sources;
	struct numbered_words *items; /* heap */
	size_t count, room;
};

/* What the numbers of one look-up run, word by word. */
struct choosing {
	struct routes_program *program;
	const struct sources *sources;
	const struct numbered_words *words;
	uint32_t *functions; /* of each word; TRACE_NONE: none */
	struct term *calls;
	bool *is_met; /* a number is chosen by, if only in line */
};

struct choices *choices_new(struct routes_program *program, const struct sources *sources)
{
	struct choices *choices = xmalloc(sizeof(*choices));

	*choices = (struct choices){.program = program, .sources = sources};
	return choices;
}

void choices_free(struct choices *choices)
{
	free(choices->items);
	free(choices);
}

static void add(struct choices *choices, struct numbered_words words)
{
	if (words.count < 2 || words.evidence < LEAST_EVIDENCE)
		return;
	choices->items =
		grow(choices->items, choices->count, &choices->room, sizeof(words));
	choices->items[choices->count++] = words;
}

void choices_note(struct choices *choices, const struct body *body)
{
	for (uint32_t i = 0; i < body->ngroups; i++)
		if (body->groups[i].weight < CHAIN_LEAST)
			add(choices, numbers_of_chain(body, i));
}

/* The first function of a row, or of the field of it that is called. */
static uint32_t function_in(const struct routes_program *program, struct term slot)
{
	struct term at = slot;

	for (; at.at < term_get(slot)->end; at.at++)
		if (term_is(at, TERM_FUNCTION))
			return program_function(program, at);
	return TRACE_NONE;
}

static void choose(struct choosing *choosing, struct term number, uint32_t function,
	struct term call)
{
	for (size_t i = 0; i < choosing->words->count; i++) {
		if (!numbers_are_same(choosing->words->items[i].number, number) ||
			choosing->is_met[i])
			continue;
		choosing->functions[i] = function;
		choosing->calls[i] = call;
		choosing->is_met[i] = true;
	}
}

/* `handlers[number](…)`: slots of the array by number. */
static void choose_by_array(struct choosing *choosing, struct term call)
{
	struct term callee = term_first(call), list;
	uint32_t object;

	while (term_is(callee, TERM_FIELD) || term_is(callee, TERM_DEREF))
		callee = term_first(callee);
	if (!term_is(callee, TERM_ELEMENT) || !term_is(term_first(callee), TERM_VARIABLE))
		return;
	object = program_object(choosing->program, term_first(callee));
	if (object == TRACE_NONE)
		return;
	list = term_first(choosing->program->objects[object].root);
	if (!term_is(list, TERM_LIST))
		return;
	for (struct term slot = term_first(list); term_exists(slot);
		slot = term_next(list, slot))
		for (size_t i = 0; i < choosing->words->count; i++) {
			struct term number = choosing->words->items[i].number;

			if (term_get(number)->a == term_get(slot)->a)
				choose(choosing, number,
					function_in(choosing->program, slot), call);
		}
}

static struct term value_of(struct term label)
{
	struct term value = term_first(label);

	return term_is(term_first(value), TERM_NUMBER) ? term_first(value) : value;
}

/* `case A: case B: f();`: the labels, and the statements to the next one. */
static void choose_by_section(struct choosing *choosing, const struct body *body,
	struct term block, struct term label)
{
	struct word_test test = {.subject = term_none(), .at = label};
	struct arm arm = {.group = ARM_NONE, .tests = &test, .function = TRACE_NONE};
	struct term next = term_next(block, label), inner = label;

	arm.body = (struct statements){label.facts, label.at, term_get(label)->end};
	for (; term_exists(next) && !term_is(next, TERM_CASE) &&
		!term_is(next, TERM_CASE_DEFAULT);
		next = term_next(block, next))
		arm.body.end = term_get(next)->end;
	for (; term_is(inner, TERM_CASE); inner = term_child(inner, 1))
		arm.body.from = term_get(term_first(inner))->end;
	body_judge(body, &arm);
	for (inner = label; term_is(inner, TERM_CASE); inner = term_child(inner, 1))
		choose(choosing, value_of(inner), arm.function, arm.call);
}

/* A switch on such numbers: at least two of its cases are for them. */
static bool is_about(const struct choosing *choosing, struct term block)
{
	size_t cases = 0, known = 0;

	for (struct term label = term_first(block); term_exists(label) && known < 2;
		label = term_next(block, label)) {
		if (!term_is(label, TERM_CASE) || ++cases > MAX_CASES)
			continue;
		for (size_t i = 0; i < choosing->words->count; i++)
			if (numbers_are_same(choosing->words->items[i].number,
				    value_of(label))) {
				known++;
				break;
			}
	}
	return known >= 2;
}

static void choose_in(struct choosing *choosing, uint32_t function)
{
	const struct outline *outline = program_outline(choosing->program, function);
	struct body body;
	struct term at;

	if (!outline)
		return;
	body_open(&body, choosing->program, choosing->sources, outline);
	at = outline->root;
	for (; at.at < term_get(outline->root)->end; at.at++) {
		struct term block = term_child(at, 1);

		if (term_is(at, TERM_CALL))
			choose_by_array(choosing, at);
		if (!term_is(at, TERM_SWITCH) || !term_is(block, TERM_BLOCK) ||
			!is_about(choosing, block))
			continue;
		for (struct term label = term_first(block); term_exists(label);
			label = term_next(block, label))
			if (term_is(label, TERM_CASE))
				choose_by_section(choosing, &body, block, label);
	}
	body_close(&body);
}

static bool is_met(const struct choosing *choosing)
{
	for (size_t i = 0; i < choosing->words->count; i++)
		if (choosing->is_met[i])
			return true;
	return false;
}

static uint32_t callee_of(const struct routes_program *program, struct term call)
{
	struct term callee = term_first(call);

	return term_is(call, TERM_CALL) && term_is(callee, TERM_FUNCTION)
		       ? program_function(program, callee)
		       : TRACE_NONE;
}

/* In the function that has the number, or in one that it calls. */
static void choose_from(struct choosing *choosing, uint32_t function)
{
	const struct outline *outline = program_outline(choosing->program, function);
	struct term at;
	int ncallees = 0;

	choose_in(choosing, function);
	if (!outline)
		return;
	at = outline->root;
	for (; at.at < term_get(outline->root)->end && !is_met(choosing); at.at++) {
		uint32_t callee = callee_of(choosing->program, at);

		if (callee != TRACE_NONE && callee != function &&
			program_has_body(choosing->program, callee) &&
			++ncallees <= MAX_PLACES)
			choose_in(choosing, callee);
	}
}

/* Where the number is returned to. */
static void choose_in_callers(struct choosing *choosing)
{
	const struct sources *sources = choosing->sources;
	struct index_list callers =
		grouping_at(&sources->callers_of, choosing->words->function);

	for (size_t i = 0; i < callers.count && i < MAX_PLACES && !is_met(choosing);
		i++) {
		uint32_t outline = sources->callers[callers.items[i]];

		choose_from(choosing, choosing->program->outlines[outline].function);
	}
}

static void fill_entry(const struct choosing *choosing, size_t i,
	struct dispatch_entry *entry)
{
	struct arena *arena = choosing->program->arena;
	const struct numbered_word *word = &choosing->words->items[i];
	struct dispatch_handler *handler;
	const char **words = arena_alloc(arena, sizeof(*words));

	words[0] = word->word;
	*entry = (struct dispatch_entry){
		.words = words,
		.nwords = 1,
		.match = word->match,
		.reason = choosing->functions[i] == TRACE_NONE ? "inline" : NULL,
		.at = word->at,
		.parent = DISPATCH_NONE,
		.sub = DISPATCH_NONE,
		.body = term_none(),
	};
	if (entry->reason)
		return;
	handler = arena_alloc(arena, sizeof(*handler));
	*handler = (struct dispatch_handler){
		.function = choosing->functions[i],
		.call = choosing->calls[i],
	};
	entry->handlers = handler;
	entry->nhandlers = 1;
}

static void add_dispatch(const struct choosing *choosing, struct dispatch_list *list)
{
	const struct numbered_words *words = choosing->words;
	struct dispatch_entry *entries;
	size_t n = 0, nruns = 0;
	double share;

	entries = arena_alloc(choosing->program->arena, words->count * sizeof(*entries));
	for (size_t i = 0; i < words->count; i++) {
		if (!choosing->is_met[i])
			continue;
		nruns += choosing->functions[i] != TRACE_NONE;
		fill_entry(choosing, i, &entries[n++]);
	}
	share = (double)nruns / (double)words->count;
	if (n < 2 || share < 0.5)
		return;
	dispatch_add(list, (struct dispatch){
				   .pattern = "choice",
				   .entries = entries,
				   .nentries = n,
				   .function = words->function,
				   .object = TRACE_NONE,
				   .subject = words->subject,
				   .weight = 0.5 * share + words->evidence,
			   });
}

static void find_one(struct choices *choices, const struct numbered_words *words,
	struct dispatch_list *list)
{
	struct choosing choosing = {choices->program, choices->sources, words,
		xmalloc(words->count * sizeof(uint32_t)),
		xmalloc(words->count * sizeof(struct term)),
		xmalloc(words->count * sizeof(bool))};

	for (size_t i = 0; i < words->count; i++) {
		choosing.functions[i] = words->runs;
		choosing.calls[i] = words->call;
		choosing.is_met[i] = words->runs != TRACE_NONE;
	}
	if (words->runs == TRACE_NONE) {
		choose_from(&choosing, words->function);
		if (!is_met(&choosing))
			choose_in_callers(&choosing);
	}
	add_dispatch(&choosing, list);
	free(choosing.functions);
	free(choosing.calls);
	free(choosing.is_met);
}

/* Tables of words and numbers, where a function looks a word up. */
static void find_tables(struct choices *choices)
{
	struct routes_program *program = choices->program;

	for (uint32_t i = 0; i < program->nobjects; i++) {
		struct index_list mentions = grouping_at(&program->mentions_of, i);
		uint32_t last = TRACE_NONE;

		if (!numbers_are_in(&program->objects[i]))
			continue;
		for (size_t m = 0; m < mentions.count && m < MAX_PLACES; m++) {
			uint32_t function = program->mentions[mentions.items[m]].function;
			const struct outline *outline =
				program_outline(program, function);
			struct body body;

			if (!outline || function == last)
				continue;
			last = function;
			body_open(&body, program, choices->sources, outline);
			add(choices, numbers_of_table(&body, &program->objects[i]));
			body_close(&body);
		}
	}
}

static void find_all(struct choices *choices, struct dispatch_list *list)
{
	for (size_t i = 0; i < choices->count; i++)
		find_one(choices, &choices->items[i], list);
	choices->count = 0;
}

void choices_of_tables(struct choices *choices, struct dispatch_list *list)
{
	find_tables(choices);
	find_all(choices, list);
}

void choices_of_chains(struct choices *choices, struct dispatch_list *list)
{
	find_all(choices, list);
}
