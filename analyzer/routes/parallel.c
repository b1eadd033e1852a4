#include "analyzer/routes/parallel.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/columns.h"
#include "analyzer/routes/comparers.h"
#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/parallel_index.h"
#include "analyzer/routes/parallel_names.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/words.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	LEAST_FUNCTIONS = 2
};

/* Below it, the words are those of states, formats, events. */
#define LEAST_WEIGHT 0.55

/* An array of functions, or of records with one each. */
struct functions {
	uint32_t object;
	uint32_t *of; /* each index: a function, or TRACE_NONE; heap */
	size_t count; /* of the indexes */
	unsigned filled, arguments, hinted;
};

/* The function in an element: itself, or the first in its record. */
static uint32_t function_in(const struct routes_program *program, struct term value)
{
	uint32_t function = columns_function(program, value);

	if (function != TRACE_NONE || !term_is(value, TERM_LIST) || term_get(value)->a)
		return function;
	for (struct term slot = term_first(value);
		term_exists(slot) && function == TRACE_NONE;
		slot = term_next(value, slot)) {
		if (term_is(term_first(slot), TERM_TEXT))
			return TRACE_NONE; /* a row with its own name */
		function = columns_function(program, term_first(slot));
	}
	return function;
}

static void note_function(const struct routes_program *program,
	struct functions *functions, uint32_t index, uint32_t function)
{
	const struct function *fn =
		&function_table_get(program->functions, function)->function;

	functions->of[index] = function;
	functions->filled++;
	functions->arguments += strstr(fn->signature, "char **") != NULL ||
				strstr(fn->signature, "char *const *") != NULL;
	functions->hinted += words_hint(fn->name) > 0 || strncmp(fn->name, "do_", 3) == 0;
}

/* False: the object is no array of functions. The caller frees `of`. */
static bool read_functions(const struct routes_program *program, uint32_t object,
	struct functions *out)
{
	struct term list = term_first(program->objects[object].root);

	*out = (struct functions){.object = object};
	if (!term_is(list, TERM_LIST) || !term_get(list)->a)
		return false;
	for (struct term slot = term_first(list); term_exists(slot);
		slot = term_next(list, slot))
		if (term_get(slot)->a >= out->count && term_get(slot)->a < NAMES_MAX)
			out->count = term_get(slot)->a + 1;
	out->of = xmalloc((out->count + 1) * sizeof(*out->of));
	memset(out->of, 0xff, out->count * sizeof(*out->of)); /* TRACE_NONE */
	for (struct term slot = term_first(list); term_exists(slot);
		slot = term_next(list, slot)) {
		uint32_t function = function_in(program, term_first(slot));

		if (function != TRACE_NONE && term_get(slot)->a < out->count)
			note_function(program, out, term_get(slot)->a, function);
	}
	return out->filled >= LEAST_FUNCTIONS;
}

static double hint(const char *name)
{
	int value = words_hint(name);

	return value > 0 ? 0.25 : value < 0 ? -0.2 : 0;
}

/* On the same evidence as tables: compared, called by what was found, and how named. */
static double weigh(const struct routes_program *program,
	const struct functions *functions, const struct names *names)
{
	double weight = 0.7;

	weight += functions->arguments * 2 >= functions->filled ? 0.2 : 0;
	weight += functions->hinted * 2 >= functions->filled ? 0.15 : 0;
	weight += hint(program->objects[functions->object].name);
	if (names->object != TRACE_NONE)
		weight += hint(program->objects[names->object].name);
	return weight < 0 ? 0 : weight > 1 ? 1 : weight;
}

static void set_entry(const struct routes_program *program, const struct name *name,
	uint32_t function, struct dispatch_entry *entry)
{
	const char **words = arena_alloc(program->arena, sizeof(*words));
	struct dispatch_handler *handler = arena_alloc(program->arena, sizeof(*handler));

	words[0] = name->word;
	*handler = (struct dispatch_handler){.function = function, .call = term_none()};
	*entry = (struct dispatch_entry){
		.words = words,
		.nwords = 1,
		.match = name->match,
		.handlers = handler,
		.nhandlers = 1,
		.at = name->at,
		.parent = DISPATCH_NONE,
		.sub = DISPATCH_NONE,
		.body = term_none(),
	};
}

static void add_dispatch(const struct routes_program *program,
	const struct functions *functions, const struct names *names,
	struct dispatch_list *out)
{
	double weight = weigh(program, functions, names);
	struct dispatch_entry *entries;
	size_t count = 0;

	if (weight < LEAST_WEIGHT)
		return;
	entries = arena_alloc(program->arena, names->count * sizeof(*entries));
	for (size_t i = 0; i < names->count; i++) {
		uint32_t index = names->items[i].index;

		if (index < functions->count && functions->of[index] != TRACE_NONE &&
			words_is_token(names->items[i].word))
			set_entry(program, &names->items[i], functions->of[index],
				&entries[count++]);
	}
	if (count < LEAST_FUNCTIONS)
		return;
	dispatch_add(out, (struct dispatch){
				  .pattern = names->pattern,
				  .entries = entries,
				  .nentries = count,
				  .function = names->function,
				  .object = TRACE_NONE,
				  .subject = term_none(),
				  .weight = weight,
			  });
}

static bool is_called(struct term root, uint32_t variable)
{
	for (struct term at = root; at.at < term_get(root)->end; at.at++) {
		struct term callee = term_first(at);

		while (term_is(callee, TERM_DEREF))
			callee = term_first(callee);
		if (term_is(at, TERM_CALL) && term_is(callee, TERM_VARIABLE) &&
			term_get(callee)->a == variable)
			return true;
	}
	return false;
}

/*
 * Is what stands at `value` called in the body: `value(…)`, `run = value; run(…);`? The
 * terms around an expression that comes first in each stand right before it.
 */
static bool is_run(struct term root, struct term value)
{
	struct term around = {value.facts, value.at - 1};

	while (term_is(around, TERM_FIELD) || term_is(around, TERM_DEREF))
		around.at--;
	/* Before the value that is assigned stands the variable. */
	if (term_is(around, TERM_OBJECT) || term_is(around, TERM_VARIABLE))
		return is_called(root, term_get(around)->a);
	return term_is(around, TERM_CALL) && term_first(around).at <= value.at &&
	       value.at < term_get(term_first(around))->end;
}

/* Is what the function returns called by some caller? */
static bool is_result_run(const struct routes_program *program, uint32_t function)
{
	for (size_t i = 0; i < program->noutlines; i++) {
		struct term root = program->outlines[i].root, at = root;

		for (at.at++; at.at < term_get(root)->end; at.at++)
			if (term_is(at, TERM_CALL) &&
				term_is(term_first(at), TERM_FUNCTION) &&
				program_function(program, term_first(at)) == function &&
				is_run(root, at))
				return true;
	}
	return false;
}

/* The index that a function is called with, `functions[index](…)`; or none. */
static struct term called_index(const struct routes_program *program,
	const struct mention *mention)
{
	const struct outline *outline = program_outline(program, mention->function);
	struct term element = {mention->at.facts, mention->at.at - 1};
	struct term around = {element.facts, element.at - 1};
	bool is_chosen;

	if (!term_is(element, TERM_ELEMENT))
		return term_none();
	while (term_is(around, TERM_FIELD) || term_is(around, TERM_DEREF))
		around.at--;
	is_chosen = term_is(around, TERM_RETURN)
			    ? is_result_run(program, mention->function)
			    : is_run(outline->root, element);
	return is_chosen ? term_child(element, 1) : term_none();
}

static void read_array(const struct routes_program *program,
	const struct functions *functions, struct dispatch_list *out)
{
	struct index_list mentions =
		grouping_at(&program->mentions_of, functions->object);

	for (size_t i = 0; i < mentions.count; i++) {
		const struct mention *mention = &program->mentions[mentions.items[i]];
		struct term index = called_index(program, mention);
		struct origins origins;
		struct names names = {0};
		bool is_found;

		if (!term_exists(index) || term_is(index, TERM_NUMBER))
			continue;
		origins_find(program, index, mention->function, &origins);
		is_found = names_find(program, &origins, functions->count, &names);
		if (is_found)
			add_dispatch(program, functions, &names, out);
		free(names.items);
		if (is_found)
			return;
	}
}

void parallel_find(struct routes_program *program, struct dispatch_list *out)
{
	for (uint32_t i = 0; i < program->nobjects; i++) {
		struct functions functions;

		if (read_functions(program, i, &functions))
			read_array(program, &functions, out);
		free(functions.of);
	}
}
