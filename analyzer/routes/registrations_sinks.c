#include "analyzer/routes/registrations_sinks.h"

#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/program.h"
#include "core/arena.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

enum {
	MAX_SINKS = 16, /* of one parameter: what ends in more is no registration */
	MAX_PASSES = 4, /* from function to function */
	FIRST_PARAMETERS = 8,
};

struct given {
	uint32_t function, number;
};

struct sunk {
	UT_hash_handle hh;
	struct given given;
	struct sink *first;
	unsigned count;
};

/* A parameter is passed on as one. */
struct pass {
	struct given from, to;
};

struct sinks {
	struct arena arena;
	struct sunk *known;
	struct pass *passes; /* heap */
	size_t npasses, room;
};

struct scan {
	struct sinks *sinks;
	const struct routes_program *program;
	const struct outline *outline;
	struct locals locals;
	bool has_locals;
};

static struct sunk *find(const struct sinks *sinks, struct given given)
{
	struct sunk *sunk;

	HASH_FIND(hh, sinks->known, &given, sizeof(given), sunk);
	return sunk;
}

/* False: it is known, or there are too many. */
static bool add_sink(struct sinks *sinks, struct given given, const char *record,
	const char *field)
{
	struct sunk *sunk = find(sinks, given);
	struct sink *sink;

	if (!sunk) {
		sunk = arena_alloc(&sinks->arena, sizeof(*sunk));
		sunk->given = given;
		HASH_ADD(hh, sinks->known, given, sizeof(given), sunk);
	}
	for (const struct sink *known = sunk->first; known; known = known->next)
		if (strcmp(known->record, record) == 0 &&
			strcmp(known->field, field) == 0)
			return false;
	if (sunk->count == MAX_SINKS)
		return false;
	sunk->count++;
	sink = arena_alloc(&sinks->arena, sizeof(*sink));
	*sink = (struct sink){record, field, sunk->first};
	sunk->first = sink;
	return true;
}

static struct term source_of(struct scan *scan, struct term value)
{
	if (!term_is(value, TERM_VARIABLE))
		return value;
	if (!scan->has_locals)
		locals_read(&scan->locals, scan->outline->root);
	scan->has_locals = true;
	return locals_source(&scan->locals, value);
}

/* The parameter that a value is, or is a copy of: `name`, `strdup(name)`,
 * `name ? name : ""`. */
static struct term parameter_in(struct scan *scan, struct term value)
{
	struct term part;

	value = source_of(scan, value);
	if (!term_is(value, TERM_CALL) && !term_is(value, TERM_CHOICE))
		return value;
	part = term_first(value);
	for (part = term_next(value, part); term_exists(part);
		part = term_next(value, part)) {
		struct term source = source_of(scan, part);

		if (term_is(source, TERM_CALL) && term_is(value, TERM_CHOICE))
			source = source_of(scan, term_child(source, 1));
		if (term_is(source, TERM_PARAMETER))
			return source;
	}
	return term_none();
}

static void note(struct scan *scan, struct term value, const char *record,
	const char *field)
{
	struct term parameter = parameter_in(scan, value);

	if (term_is(parameter, TERM_PARAMETER))
		add_sink(scan->sinks,
			(struct given){scan->outline->function, term_get(parameter)->a},
			record, field);
}

static void note_field(struct scan *scan, struct term field, struct term value)
{
	/* An array of characters in a record: `&c->name[0]`. */
	while (term_is(field, TERM_ADDRESS) || term_is(field, TERM_ELEMENT))
		field = term_first(field);
	if (term_is(field, TERM_FIELD))
		note(scan, value, facts_string(field.facts, term_get(field)->a),
			term_name(field));
}

static void note_list(struct scan *scan, struct term list)
{
	for (struct term slot = term_first(list); term_exists(slot);
		slot = term_next(list, slot))
		if (term_name(slot)[0])
			note(scan, term_first(slot), term_name(list), term_name(slot));
}

/* strcpy(c->name, name) and its like. */
static bool copies_text(const char *callee)
{
	return strstr(callee, "cpy") || strstr(callee, "printf");
}

static void note_call(struct scan *scan, struct term call)
{
	struct sinks *sinks = scan->sinks;
	struct term callee = term_first(call), argument = callee;
	uint32_t function, number = 0;

	if (!term_is(callee, TERM_FUNCTION))
		return;
	function = program_function(scan->program, callee);
	if (!program_has_body(scan->program, function)) {
		argument = term_next(call, callee);
		if (term_exists(argument) &&
			copies_text(program_name(scan->program, function)))
			note_field(scan, argument, call);
		return;
	}
	while (term_exists(argument = term_next(call, argument))) {
		if (term_is(argument, TERM_PARAMETER)) {
			sinks->passes = grow(sinks->passes, sinks->npasses, &sinks->room,
				sizeof(*sinks->passes));
			sinks->passes[sinks->npasses++] = (struct pass){
				{scan->outline->function, term_get(argument)->a},
				{function, number}};
		}
		number++;
	}
}

static void scan_body(struct scan *scan)
{
	struct term at = scan->outline->root;
	uint32_t end = term_get(at)->end;

	scan->locals = (struct locals){0};
	scan->has_locals = false;
	for (; at.at < end; at.at++) {
		struct term to = term_first(at);

		if (term_is(at, TERM_ASSIGN) && term_exists(to))
			note_field(scan, to, term_next(at, to));
		else if (term_is(at, TERM_LIST) && !term_get(at)->a)
			note_list(scan, at);
		else if (term_is(at, TERM_CALL))
			note_call(scan, at);
	}
	locals_release(&scan->locals);
}

static bool pass_on(struct sinks *sinks)
{
	bool has_more = false;

	for (size_t i = 0; i < sinks->npasses; i++) {
		const struct pass *pass = &sinks->passes[i];
		const struct sunk *sunk = find(sinks, pass->to);

		if (!sunk)
			continue;
		for (const struct sink *sink = sunk->first; sink; sink = sink->next)
			has_more |=
				add_sink(sinks, pass->from, sink->record, sink->field);
	}
	return has_more;
}

struct sinks *sinks_read(const struct routes_program *program)
{
	struct sinks *sinks = xmalloc(sizeof(*sinks));
	struct scan scan = {.sinks = sinks, .program = program};

	*sinks = (struct sinks){0};
	for (size_t i = 0; i < program->noutlines; i++) {
		scan.outline = &program->outlines[i];
		scan_body(&scan);
	}
	for (int i = 0; i < MAX_PASSES && pass_on(sinks); i++)
		;
	return sinks;
}

void sinks_free(struct sinks *sinks)
{
	HASH_CLEAR(hh, sinks->known);
	arena_release(&sinks->arena);
	free(sinks->passes);
	free(sinks);
}

bool sinks_has(const struct sinks *sinks, uint32_t function)
{
	for (uint32_t i = 0; i < FIRST_PARAMETERS; i++)
		if (sinks_of(sinks, function, i))
			return true;
	return false;
}

const struct sink *sinks_of(const struct sinks *sinks, uint32_t function, uint32_t number)
{
	const struct sunk *sunk = find(sinks, (struct given){function, number});

	return sunk ? sunk->first : NULL;
}
