#include "analyzer/routes/parallel_names.h"

#include "analyzer/routes/comparers.h"
#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/parallel_index.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/words.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

#define NUL_TEXT "\xee\x80\x80" /* stands for a NUL in a literal */

enum {
	LEAST_OF_BLOB = 3 /* names: fewer are some other text with a NUL in it */
};

static void add_name(struct names *names, struct name name)
{
	if (names->count == NAMES_MAX)
		return;
	names->items =
		grow(names->items, names->count, &names->room, sizeof(*names->items));
	names->items[names->count++] = name;
}

static struct term field_of(struct term record, const char *field)
{
	for (struct term slot = term_first(record); term_exists(slot);
		slot = term_next(record, slot))
		if (strcmp(term_name(slot), field) == 0)
			return term_first(slot);
	return term_none();
}

/*
 * The words of an array: texts, or what field `word` of its records has. They have the
 * numbers of their elements, or those in field `number`.
 */
static void read_array(const struct routes_program *program, const char *word,
	const char *number, struct names *names)
{
	struct term list = term_first(program->objects[names->object].root);

	if (!term_is(list, TERM_LIST) || !term_get(list)->a)
		return;
	for (struct term slot = term_first(list); term_exists(slot);
		slot = term_next(list, slot)) {
		struct term value = term_first(slot), text = value;
		uint32_t index = term_get(slot)->a;

		if (word)
			text = term_is(value, TERM_LIST) ? field_of(value, word)
							 : term_none();
		if (number) {
			struct term code = term_is(value, TERM_LIST)
						   ? field_of(value, number)
						   : term_none();

			/* No initialiser is zero. */
			if (term_exists(code) && !term_is(code, TERM_NUMBER))
				continue;
			index = term_exists(code) ? term_get(code)->a : 0;
		}
		if (term_is(text, TERM_TEXT))
			add_name(names,
				(struct name){term_name(text), index, slot, RULE_EXACT});
	}
}

/* What is compared: `names[i]`, `rows[i].name`, `row->name`. */
struct compared {
	struct term index; /* or none */
	uint32_t object; /* TRACE_NONE */
	const char *field; /* or NULL */
};

/* The array that a pointer goes over, `for (row = rows; …)`; or TRACE_NONE. */
static uint32_t array_behind(const struct routes_program *program,
	const struct locals *locals, struct term value)
{
	value = locals_source(locals, value);
	while (term_is(value, TERM_ADDRESS) || term_is(value, TERM_ELEMENT) ||
		term_is(value, TERM_ADD) || term_is(value, TERM_DEREF))
		value = term_first(value);
	return term_is(value, TERM_VARIABLE) ? program_object(program, value)
					     : TRACE_NONE;
}

static bool read_operand(const struct routes_program *program,
	const struct locals *locals, struct term operand, struct compared *out)
{
	struct term value = locals_source(locals, operand);

	*out = (struct compared){.index = term_none(), .object = TRACE_NONE};
	while (term_is(value, TERM_ADD))
		value = locals_source(locals, term_first(value));
	if (term_is(value, TERM_FIELD)) {
		out->field = term_name(value);
		value = term_first(value);
	}
	if (term_is(value, TERM_ELEMENT))
		out->index = term_child(value, 1);
	out->object = array_behind(program, locals, value);
	return out->object != TRACE_NONE;
}

struct looking {
	const struct routes_program *program;
	const struct origins *origins;
	uint32_t function; /* at hand */
	struct locals locals;
	struct names *names;
};

/* Is a variable of the body one that the index comes from? */
static bool is_origin(const struct looking *looking, struct term variable)
{
	for (size_t i = 0; i < looking->origins->count; i++) {
		const struct origin *origin = &looking->origins->items[i];

		if (origin->function == looking->function &&
			term_is(origin->value, TERM_VARIABLE) &&
			term_is(variable, TERM_VARIABLE) &&
			term_get(origin->value)->a == term_get(variable)->a)
			return true;
	}
	return false;
}

/* The field of the rows of an array that the index comes from, `rows[i].code`; or NULL.
 */
static const char *number_field(const struct looking *looking, uint32_t object)
{
	for (size_t i = 0; i < looking->origins->count; i++) {
		const struct origin *origin = &looking->origins->items[i];

		if (origin->function == looking->function &&
			term_is(origin->value, TERM_FIELD) &&
			array_behind(looking->program, &looking->locals,
				term_first(origin->value)) == object)
			return term_name(origin->value);
	}
	return NULL;
}

/* Do the words that this call compares have the numbers? */
static bool look_at(struct looking *looking, struct term call)
{
	struct comparison comparison;
	struct names *names = looking->names;

	if (!comparer_of(looking->program, call, &comparison))
		return false;
	for (unsigned i = 0; i < 2; i++) {
		struct compared compared;
		const char *number;

		if (term_is(comparison.operands[!i], TERM_TEXT) ||
			!read_operand(looking->program, &looking->locals,
				comparison.operands[i], &compared))
			continue;
		number = number_field(looking, compared.object);
		if (!number && !is_origin(looking, compared.index))
			continue;
		names->pattern = "parallel";
		names->object = compared.object;
		names->function = looking->function;
		read_array(looking->program, compared.field, number, names);
		for (size_t n = 0; n < names->count; n++)
			names->items[n].match = comparison_match(&comparison, i);
		if (names->count)
			return true;
	}
	return false;
}

static bool look_in_body(struct looking *looking)
{
	const struct outline *outline =
		program_outline(looking->program, looking->function);
	bool is_found = false;
	struct term at;

	if (!outline)
		return false;
	looking->locals = (struct locals){0};
	locals_read(&looking->locals, outline->root);
	for (at = outline->root; at.at < term_get(outline->root)->end && !is_found;
		at.at++)
		if (term_is(at, TERM_CALL))
			is_found = look_at(looking, at);
	locals_release(&looking->locals);
	return is_found;
}

/* The names in a text with a NUL after each. */
static void read_blob(const struct routes_program *program, struct term text,
	struct names *names)
{
	const char *at = term_name(text);
	uint32_t index = 0;

	while (*at && index < NAMES_MAX) {
		const char *end = strstr(at, NUL_TEXT);
		size_t len = end ? (size_t)(end - at) : strlen(at);

		if (!len)
			break; /* an empty name ends them */
		add_name(names, (struct name){arena_copy(program->arena, at, len),
					index++, text, RULE_EXACT});
		at += len + (end ? strlen(NUL_TEXT) : 0);
	}
}

/* A text with as many names as there are functions, where the index is looked for. */
static bool find_blob(const struct looking *looking, size_t nfunctions)
{
	const struct routes_program *program = looking->program;
	struct names *names = looking->names;

	for (size_t i = 0; i < program->nobjects; i++) {
		struct term text = term_first(program->objects[i].root);
		struct index_list mentions;

		if (!term_is(text, TERM_TEXT) || !strstr(term_name(text), NUL_TEXT))
			continue;
		mentions = grouping_at(&program->mentions_of, (uint32_t)i);
		for (size_t m = 0; m < mentions.count; m++)
			if (program->mentions[mentions.items[m]].function ==
				looking->function)
				break;
			else if (m + 1 == mentions.count)
				mentions.count = 0;
		if (!mentions.count)
			continue;
		names->count = 0;
		read_blob(program, text, names);
		if (names->count != nfunctions || nfunctions < LEAST_OF_BLOB)
			continue;
		names->pattern = "blob";
		names->object = (uint32_t)i;
		names->function = looking->function;
		return true;
	}
	names->count = 0;
	return false;
}

bool names_find(const struct routes_program *program, const struct origins *origins,
	size_t nfunctions, struct names *out)
{
	struct looking looking = {
		.program = program,
		.origins = origins,
		.names = out,
	};

	out->count = 0;
	for (size_t i = 0; i < origins->count; i++) {
		bool is_seen = false;

		for (size_t before = 0; before < i; before++)
			is_seen |= origins->items[before].function ==
				   origins->items[i].function;
		looking.function = origins->items[i].function;
		if (!is_seen &&
			(look_in_body(&looking) || find_blob(&looking, nfunctions)))
			return true;
	}
	return false;
}
