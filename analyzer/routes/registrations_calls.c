/* Calls that give a word and a function to one that keeps both in a record. */
#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/registrations.h"
#include "analyzer/routes/registrations_sinks.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_CELLS = 64, /* of one call */
	MAX_CALLEES = 8, /* that a variable or a field may hold */
};

/* A function that is somewhere in a field: `{.add = slot_add}`, `api->add = slot_add`. */
struct held {
	const char *record, *field;
	uint32_t function;
};

struct reading_calls {
	const struct routes_program *program;
	struct registered_list *list;
	const struct sinks *sinks;
	struct held *held; /* heap */
	size_t nheld, held_room;
	const struct outline *outline;
	struct locals locals;
	bool has_locals;
	struct cell cells[MAX_CELLS]; /* of the call at hand */
	size_t ncells;
};

static void hold(struct reading_calls *reading, const char *record, const char *field,
	struct term value)
{
	uint32_t function;

	while (term_is(value, TERM_ADDRESS))
		value = term_first(value);
	if (!term_is(value, TERM_FUNCTION))
		return;
	function = program_function(reading->program, value);
	if (!program_has_body(reading->program, function) ||
		!sinks_has(reading->sinks, function))
		return;
	reading->held = grow(reading->held, reading->nheld, &reading->held_room,
		sizeof(*reading->held));
	reading->held[reading->nheld++] = (struct held){record, field, function};
}

/* Functions that register something, where they are values. */
static void read_held(struct reading_calls *reading, struct term root)
{
	struct term at = root;

	for (; at.at < term_get(root)->end; at.at++) {
		struct term first = term_first(at);

		if (term_is(at, TERM_LIST) && !term_get(at)->a) {
			for (; term_exists(first); first = term_next(at, first))
				hold(reading, term_name(at), term_name(first),
					term_first(first));
		} else if (term_is(at, TERM_ASSIGN) && term_is(first, TERM_FIELD)) {
			hold(reading, facts_string(at.facts, term_get(first)->a),
				term_name(first), term_next(at, first));
		} else if (term_is(at, TERM_ASSIGN) && term_is(first, TERM_VARIABLE)) {
			const struct facts_variable *variable =
				&at.facts->variables[term_get(first)->a];

			if (variable->flags & VARIABLE_EXTERNAL)
				hold(reading, "", facts_string(at.facts, variable->name),
					term_next(at, first));
		}
	}
}

static size_t held_in(const struct reading_calls *reading, const char *record,
	const char *field, uint32_t *out)
{
	size_t count = 0;

	for (size_t i = 0; i < reading->nheld && count < MAX_CALLEES; i++)
		if (strcmp(reading->held[i].field, field) == 0 &&
			strcmp(reading->held[i].record, record) == 0)
			out[count++] = reading->held[i].function;
	return count;
}

/* The functions of the program that a call may come to; at most MAX_CALLEES. */
static size_t callees(struct reading_calls *reading, struct term callee, uint32_t *out)
{
	const struct routes_program *program = reading->program;
	struct term value;
	uint32_t object;

	while (term_is(callee, TERM_DEREF))
		callee = term_first(callee);
	if (term_is(callee, TERM_FUNCTION)) {
		out[0] = program_function(program, callee);
		return out[0] != TRACE_NONE;
	}
	if (term_is(callee, TERM_FIELD))
		return held_in(reading, facts_string(callee.facts, term_get(callee)->a),
			term_name(callee), out);
	if (!term_is(callee, TERM_VARIABLE))
		return 0;
	object = program_object(program, callee);
	value = object == TRACE_NONE ? registered_value(&reading->locals, callee)
				     : term_first(program->objects[object].root);
	while (term_is(value, TERM_ADDRESS))
		value = term_first(value);
	if (term_is(value, TERM_FIELD))
		return callees(reading, value, out);
	if (term_is(value, TERM_FUNCTION)) {
		out[0] = program_function(program, value);
		return out[0] != TRACE_NONE;
	}
	return held_in(reading, "",
		facts_string(callee.facts,
			callee.facts->variables[term_get(callee)->a].name),
		out);
}

/* A word, and what may be a function, among the arguments? */
static bool may_register(struct term call)
{
	bool has_text = false, has_function = false;
	struct term argument = term_first(call);

	while (term_exists(argument) &&
		term_exists(argument = term_next(call, argument))) {
		bool is_text = term_is(argument, TERM_TEXT);
		bool is_place = term_is(argument, TERM_VARIABLE) ||
				term_is(argument, TERM_ADDRESS);

		has_text |= is_text || is_place;
		has_function |= term_is(argument, TERM_FUNCTION) || is_place;
	}
	return has_text && has_function;
}

static void read_arguments(struct reading_calls *reading, struct term call,
	uint32_t function)
{
	struct term argument = term_first(call);
	uint32_t number = 0;

	reading->ncells = 0;
	while (term_exists(argument = term_next(call, argument))) {
		const struct sink *sink = sinks_of(reading->sinks, function, number++);
		struct term value;

		if (!sink)
			continue;
		value = registered_value(&reading->locals, argument);
		if (!term_is(value, TERM_TEXT) && !term_is(value, TERM_FUNCTION))
			continue;
		for (; sink && reading->ncells < MAX_CELLS; sink = sink->next)
			reading->cells[reading->ncells++] = (struct cell){
				.record = sink->record,
				.field = sink->field,
				.value = value,
			};
	}
}

static int compare_cells(const void *left, const void *right)
{
	const struct cell *a = left, *b = right;
	int order = strcmp(a->record, b->record);

	return order ? order : (a->value.at > b->value.at) - (a->value.at < b->value.at);
}

/* What the call puts into records of one type is a row. */
static void add_rows(struct reading_calls *reading, struct term call, const char *name)
{
	const struct cell *cells = reading->cells;

	qsort(reading->cells, reading->ncells, sizeof(*cells), compare_cells);
	for (size_t i = 0; i < reading->ncells;) {
		size_t first = i;

		while (i < reading->ncells &&
			strcmp(cells[i].record, cells[first].record) == 0)
			i++;
		registered_add(reading->list, reading->program,
			&(struct registered){
				.row = {call, TRACE_NONE, cells + first, i - first},
				.record = cells[first].record,
				.function = reading->outline->function,
				.name = name,
			});
	}
}

static void read_call(struct reading_calls *reading, struct term call)
{
	uint32_t functions[MAX_CALLEES];
	struct term callee = term_first(call);
	size_t count;

	if (!term_exists(callee) || !may_register(call))
		return;
	if (!reading->has_locals)
		locals_read(&reading->locals, reading->outline->root);
	reading->has_locals = true;
	count = callees(reading, callee, functions);
	for (size_t i = 0; i < count; i++) {
		read_arguments(reading, call, functions[i]);
		if (reading->ncells > 1)
			add_rows(reading, call,
				program_name(reading->program, functions[i]));
	}
}

static void read_body(struct reading_calls *reading)
{
	struct term at = reading->outline->root;
	uint32_t end = term_get(at)->end;

	reading->locals = (struct locals){0};
	reading->has_locals = false;
	for (; at.at < end; at.at++)
		if (term_is(at, TERM_CALL))
			read_call(reading, at);
	locals_release(&reading->locals);
}

void registered_by_calls(const struct routes_program *program, const struct sinks *sinks,
	struct registered_list *list)
{
	struct reading_calls reading = {
		.program = program,
		.list = list,
		.sinks = sinks,
	};

	for (size_t i = 0; i < program->nobjects; i++)
		if (program->objects[i].function == TRACE_NONE)
			read_held(&reading, program->objects[i].root);
	for (size_t i = 0; i < program->noutlines; i++)
		read_held(&reading, program->outlines[i].root);
	for (size_t i = 0; i < program->noutlines; i++) {
		reading.outline = &program->outlines[i];
		read_body(&reading);
	}
	free(reading.held);
}
