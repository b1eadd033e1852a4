#include "analyzer/routes/fields.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/comparers.h"
#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/fixed_arguments.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/rows.h"
#include "analyzer/routes/surroundings.h"
#include "core/arena.h"
#include "core/text.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct field {
	UT_hash_handle hh;
	struct field_use use;
	const char *record;
	char key[]; /* "record.field" */
};

/* A local that holds what a field held: `fn = row->fn`. */
struct copy {
	uint32_t variable; /* of the unit */
	struct field *field;
};

/* A function compares a field of such a record, or calls one. */
struct event {
	uint32_t function;
	const char *record;
	struct field *called; /* or NULL: compared */
};

struct fields {
	struct arena arena;
	struct field *known;
	struct event *events; /* heap; in order of the bodies */
	size_t nevents, room;
	struct object_use *objects; /* heap: each object */
};

/* A local that points into a table: `row = table`. */
struct pointer {
	uint32_t variable, object;
};

struct scan {
	struct fields *fields;
	const struct routes_program *program;
	const struct outline *outline;
	struct copy *copies; /* heap */
	struct pointer *pointers; /* heap */
	size_t ncopies, room, npointers, pointers_room;
	struct surroundings around; /* of the terms of the body */
	struct locals locals; /* of the body, once they are needed */
	bool has_locals;
	const struct fixed_arguments *fixed;
};

static struct field *find(struct fields *fields, const char *record, const char *name,
	bool is_wanted)
{
	scoped_text key = {0};
	struct field *field;

	text_printf(&key, "%s.%s", record, name);
	HASH_FIND_STR(fields->known, text_string(&key), field);
	if (field || !is_wanted)
		return field;
	field = arena_alloc(&fields->arena, sizeof(*field) + key.len + 1);
	memcpy(field->key, key.bytes, key.len + 1);
	field->record = arena_strdup(&fields->arena, record);
	field->use.comparing = TRACE_NONE;
	field->use.subject = term_none();
	HASH_ADD_STR(fields->known, key, field);
	return field;
}

static struct field *of_copy(const struct scan *scan, uint32_t variable)
{
	for (size_t i = scan->ncopies; i-- > 0;)
		if (scan->copies[i].variable == variable)
			return scan->copies[i].field;
	return NULL;
}

/* The field that an expression reads, through whatever points to it; or NULL. */
static struct field *field_of(const struct scan *scan, struct term value)
{
	while (term_is(value, TERM_DEREF) || term_is(value, TERM_ELEMENT) ||
		term_is(value, TERM_ADDRESS) || term_is(value, TERM_ADD))
		value = term_first(value);
	if (term_is(value, TERM_VARIABLE))
		return of_copy(scan, term_get(value)->a);
	if (!term_is(value, TERM_FIELD))
		return NULL;
	return find(scan->fields, term_record(value), term_name(value), true);
}

static void note_pointer(struct scan *scan, struct term to, struct term from)
{
	uint32_t object = rows_pointee(scan->program, from);

	while (object == TRACE_NONE &&
		(term_is(from, TERM_ADD) || term_is(from, TERM_ADDRESS) ||
			term_is(from, TERM_ELEMENT)))
		from = term_first(from);
	if (object == TRACE_NONE && term_is(from, TERM_VARIABLE))
		object = program_object(scan->program, from);
	if (object == TRACE_NONE || !term_exists(to) || term_get(to)->a == FACTS_NONE)
		return;
	scan->pointers = grow(scan->pointers, scan->npointers, &scan->pointers_room,
		sizeof(*scan->pointers));
	scan->pointers[scan->npointers++] = (struct pointer){term_get(to)->a, object};
}

static void note_copy(struct scan *scan, struct term to, struct term from)
{
	struct field *field = field_of(scan, from);

	if (term_is(to, TERM_VARIABLE) || term_is(to, TERM_OBJECT))
		note_pointer(scan, to, from);
	if (!field || (!term_is(to, TERM_VARIABLE) && !term_is(to, TERM_OBJECT)))
		return;
	scan->copies =
		grow(scan->copies, scan->ncopies, &scan->room, sizeof(*scan->copies));
	scan->copies[scan->ncopies++] = (struct copy){term_get(to)->a, field};
}

static void add_event(struct scan *scan, const char *record, struct field *called)
{
	struct fields *fields = scan->fields;

	fields->events = grow(fields->events, fields->nevents, &fields->room,
		sizeof(struct event));
	fields->events[fields->nevents++] = (struct event){
		.function = scan->outline->function,
		.record = record,
		.called = called,
	};
}

/* `value` reads the field; of `row->name.data` also the row is concerned. */
static void note_event(struct scan *scan, struct field *field, struct term value,
	bool is_called)
{
	bool is_field = false;

	for (; term_exists(value); value = term_first(value)) {
		if (!term_is(value, TERM_FIELD))
			continue;
		is_field = true;
		add_event(scan, term_record(value), is_called ? field : NULL);
	}
	if (!is_field)
		add_event(scan, field->record, is_called ? field : NULL);
}

/*
 * The object whose row an expression reads, `table[i].name` or `row->name` after `row =
 * table`; or NULL.
 */
static struct object_use *object_of(const struct scan *scan, struct term value)
{
	uint32_t object;

	while (term_exists(value) && !term_is(value, TERM_VARIABLE) &&
		!term_is(value, TERM_CALL))
		value = term_first(value);
	if (!term_is(value, TERM_VARIABLE))
		return NULL;
	object = program_object(scan->program, value);
	for (size_t i = scan->npointers; object == TRACE_NONE && i-- > 0;)
		if (scan->pointers[i].variable == term_get(value)->a)
			object = scan->pointers[i].object;
	return object == TRACE_NONE ? NULL : &scan->fields->objects[object];
}

/* The matching that says most wins: a look-up can try the whole word first. */
static void note_match(const struct scan *scan, struct field *field,
	enum rule_match match, struct term call)
{
	static const int ranks[] = {[RULE_EXACT] = 1,
		[RULE_ICASE] = 2,
		[RULE_FIRST_PREFIX] = 3,
		[RULE_UNIQUE_PREFIX] = 4};

	if (match == RULE_FIRST_PREFIX && surroundings_go_on(&scan->around, call))
		match = RULE_UNIQUE_PREFIX;
	if (ranks[match] > ranks[field->use.match])
		field->use.match = match;
}

/* Do all callers give a literal? Then it is a name that the program uses itself. */
static bool is_inside(const struct scan *scan, struct term word)
{
	return term_is(word, TERM_TEXT) ||
	       (term_is(word, TERM_PARAMETER) &&
		       fixed_argument(scan->fixed, scan->outline->function,
			       term_get(word)->a));
}

/* The field that a word to be looked up comes from, if it was put there before. */
static struct term kept_word(const struct scan *scan, struct term word)
{
	word = locals_source(&scan->locals, word);
	while (term_is(word, TERM_DEREF))
		word = term_first(word);
	return term_is(word, TERM_FIELD) ? word : term_none();
}

static void note_comparison(struct scan *scan, const struct comparison *comparison,
	struct term call)
{
	for (unsigned i = 0; i < 2; i++) {
		struct field *field = field_of(scan, comparison->operands[i]);
		struct object_use *object;

		if (!field || is_inside(scan, comparison->operands[!i]))
			continue;
		if (!field->use.compared++)
			field->use.subject = kept_word(scan, comparison->operands[!i]);
		field->use.comparing = scan->outline->function;
		note_match(scan, field, comparison_match(comparison, i), call);
		note_event(scan, field, comparison->operands[i], false);
		object = object_of(scan, comparison->operands[i]);
		if (object)
			object->compared = true;
	}
}

/* Words that are printed stand beside a format; others are looked up, or copied. */
static void note_arguments(struct scan *scan, struct term call)
{
	struct term callee = term_first(call), argument;
	bool has_literal = false;

	for (argument = term_next(call, callee); term_exists(argument);
		argument = term_next(call, argument))
		has_literal |= term_is(argument, TERM_TEXT);
	for (argument = term_next(call, callee); term_exists(argument) && !has_literal;
		argument = term_next(call, argument)) {
		struct field *field = field_of(scan, argument);

		if (field)
			field->use.passed++;
	}
}

static bool compares_words(struct scan *scan, struct term call, struct comparison *out)
{
	if (!comparer_of(scan->program, call, out))
		return false;
	if (!scan->has_locals)
		locals_read(&scan->locals, scan->outline->root);
	scan->has_locals = true;
	comparison_bound(scan->program, &scan->locals, out);
	return true;
}

static void note_call(struct scan *scan, struct term call)
{
	struct term callee = term_first(call);
	struct comparison comparison;
	struct field *field;

	if (!term_exists(callee))
		return;
	field = field_of(scan, callee);

	if (field) {
		field->use.called++;
		field->use.called_on += !surroundings_leave(&scan->around, call);
		note_event(scan, field, callee, true);
	}
	if (compares_words(scan, call, &comparison))
		note_comparison(scan, &comparison, call);
	else
		note_arguments(scan, call);
}

/* `*place = row->function`, `return row->function`: somebody else calls it. */
static void note_given(struct scan *scan, struct term value)
{
	struct field *field = term_is(value, TERM_FIELD) ? field_of(scan, value) : NULL;

	if (!field)
		return;
	field->use.given++;
	note_event(scan, field, value, true);
}

static void note_access(struct scan *scan, struct term field)
{
	struct object_use *object = object_of(scan, field);

	if (object)
		object->accessed = true;
}

static void note(struct scan *scan, struct term term)
{
	struct term to = term_first(term);

	switch (term_kind(term)) {
	case TERM_ASSIGN:
		note_copy(scan, to, term_child(term, 1));
		if (!term_is(to, TERM_VARIABLE))
			note_given(scan, term_child(term, 1));
		break;
	case TERM_RETURN:
		note_given(scan, to);
		break;
	case TERM_OBJECT:
		note_copy(scan, term, to);
		break;
	case TERM_CALL:
		note_call(scan, term);
		break;
	case TERM_FIELD:
		note_access(scan, term);
		break;
	default:
		break;
	}
}

static void scan_body(struct scan *scan)
{
	struct term at = scan->outline->root;
	uint32_t end = term_get(at)->end;

	scan->ncopies = scan->npointers = 0;
	if (scan->has_locals)
		locals_release(&scan->locals);
	scan->has_locals = false;
	surroundings_read(&scan->around, at);
	for (; at.at < end; at.at++)
		note(scan, at);
}

static bool compares(const struct fields *fields, const struct index_list *events,
	const char *record)
{
	for (size_t i = 0; i < events->count; i++) {
		const struct event *event = &fields->events[events->items[i]];

		if (!event->called && strcmp(event->record, record) == 0)
			return true;
	}
	return false;
}

/* Does the function compare a field of such a record, or call a function that does? */
static bool looks_up(const struct scan *scan, const struct grouping *by_function,
	const struct event *event)
{
	const struct outline *outline = program_outline(scan->program, event->function);
	struct index_list events = grouping_at(by_function, event->function);
	struct term at;

	if (compares(scan->fields, &events, event->record))
		return true;
	if (!outline)
		return false;
	for (at = outline->root; at.at < term_get(outline->root)->end; at.at++) {
		uint32_t callee;

		if (!term_is(at, TERM_CALL) || !term_is(term_first(at), TERM_FUNCTION))
			continue;
		callee = program_function(scan->program, term_first(at));
		if (callee == TRACE_NONE)
			continue;
		events = grouping_at(by_function, callee);
		if (compares(scan->fields, &events, event->record))
			return true;
	}
	return false;
}

static void note_lookups(const struct scan *scan)
{
	struct fields *fields = scan->fields;
	size_t nfunctions = function_table_count(scan->program->functions);
	uint32_t *keys = arena_alloc(&fields->arena, fields->nevents * sizeof(*keys));
	struct grouping by_function;

	for (size_t i = 0; i < fields->nevents; i++)
		keys[i] = fields->events[i].function;
	by_function = grouping_by(&fields->arena, keys, fields->nevents, nfunctions);
	for (size_t i = 0; i < fields->nevents; i++) {
		const struct event *event = &fields->events[i];

		if (event->called && looks_up(scan, &by_function, event))
			event->called->use.called_beside++;
	}
}

struct fields *fields_read(struct routes_program *program)
{
	struct fields *fields = xmalloc(sizeof(*fields));
	struct scan scan = {.fields = fields, .program = program};

	*fields = (struct fields){0};
	fields->objects = xmalloc((program->nobjects + 1) * sizeof(*fields->objects));
	memset(fields->objects, 0, program->nobjects * sizeof(*fields->objects));
	scan.fixed = fixed_arguments_read(program);
	for (size_t i = 0; i < program->noutlines; i++) {
		scan.outline = &program->outlines[i];
		scan_body(&scan);
	}
	note_lookups(&scan);
	if (scan.has_locals)
		locals_release(&scan.locals);
	fixed_arguments_free((struct fixed_arguments *)scan.fixed);
	free(scan.copies);
	free(scan.pointers);
	surroundings_release(&scan.around);
	return fields;
}

void fields_free(struct fields *fields)
{
	HASH_CLEAR(hh, fields->known);
	free(fields->events);
	free(fields->objects);
	arena_release(&fields->arena);
	free(fields);
}

struct field_use fields_use(const struct fields *fields, const char *record,
	const char *field)
{
	struct field *known = find((struct fields *)fields, record, field, false);

	return known ? known->use
		     : (struct field_use){
			       .comparing = TRACE_NONE, .subject = term_none()};
}

void fields_add(struct fields *fields, const char *record, const char *name,
	struct field_use use)
{
	struct field_use *sum = &find(fields, record, name, true)->use;

	sum->compared += use.compared;
	sum->called += use.called;
	sum->called_beside += use.called_beside;
	if (use.compared && sum->comparing == TRACE_NONE)
		sum->comparing = use.comparing;
	if (sum->match == RULE_MATCH_UNTOLD)
		sum->match = use.match;
}

struct object_use fields_object(const struct fields *fields, uint32_t object)
{
	return object == TRACE_NONE ? (struct object_use){0} : fields->objects[object];
}
