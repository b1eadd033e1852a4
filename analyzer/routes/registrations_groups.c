#include "analyzer/routes/registrations_groups.h"

#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/fields.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/words.h"
#include "core/arena.h"
#include "core/trace.h"

#include <string.h>

enum {
	MAX_DEPTH = 3 /* of functions that pass on what they collect */
};

/* The name of a group, if its field is compared with what users type; or NULL. */
static const char *name_of(const struct fields *fields, struct term record,
	enum rule_match *match)
{
	for (struct term slot = term_first(record); term_exists(slot);
		slot = term_next(record, slot)) {
		struct field_use use =
			fields_use(fields, term_name(record), term_name(slot));
		struct term value = term_first(slot);

		if (!use.compared || !term_is(value, TERM_TEXT) ||
			!words_is_token(term_name(value)))
			continue;
		*match = use.match;
		return term_name(value);
	}
	return NULL;
}

static bool is_parameter(struct term term, uint32_t number)
{
	return term_is(term, TERM_PARAMETER) && term_get(term)->a == number;
}

/* `menus[n++] = menu`, `menu->next = head`; of a list's own cell, `cell->data = menu`. */
static bool is_collecting(struct term assignment, uint32_t number, unsigned depth)
{
	struct term to = term_first(assignment), base = term_first(to);
	bool is_given = is_parameter(term_child(assignment, 1), number);

	if (term_is(to, TERM_ELEMENT))
		return is_given;
	if (!term_is(to, TERM_FIELD))
		return false;
	if (is_parameter(base, number))
		return true;
	return is_given && depth && term_is(base, TERM_VARIABLE) &&
	       (base.facts->variables[term_get(base)->a].flags & VARIABLE_POINTER);
}

/* Does the function put what it is given as parameter `number` among others? */
static bool collects(const struct routes_program *program, uint32_t function,
	uint32_t number, unsigned depth)
{
	const struct outline *outline = program_outline(program, function);
	struct term at;

	if (!outline)
		return depth > 0; /* the library's list, or hash */
	if (depth > MAX_DEPTH)
		return false;
	for (at = outline->root; at.at < term_get(outline->root)->end; at.at++) {
		struct term argument = term_first(at);
		uint32_t passed = 0;

		if (term_is(at, TERM_ASSIGN) && is_collecting(at, number, depth))
			return true;
		if (!term_is(at, TERM_CALL) || !term_is(argument, TERM_FUNCTION))
			continue;
		for (; term_exists(argument = term_next(at, argument)); passed++)
			if (is_parameter(argument, number) &&
				collects(program,
					program_function(program, term_first(at)), passed,
					depth + 1))
				return true;
	}
	return false;
}

/* The call that the mention is an argument of, which keeps it; or none. */
static struct term collecting_call(const struct routes_program *program,
	const struct mention *mention)
{
	const struct outline *outline = program_outline(program, mention->function);
	struct term at = outline->root;

	for (; at.at < mention->at.at; at.at++) {
		struct term argument = term_first(at);
		uint32_t number = 0;

		if (!term_is(at, TERM_CALL) || term_get(at)->end <= mention->at.at ||
			!term_is(argument, TERM_FUNCTION))
			continue;
		for (; term_exists(argument = term_next(at, argument)); number++) {
			struct term value = argument;

			if (term_is(value, TERM_ADDRESS))
				value = term_first(value);
			if (value.at == mention->at.at &&
				collects(program,
					program_function(program, term_first(at)), number,
					0))
				return at;
		}
	}
	return term_none();
}

/* Where a group is given away; NULL: nowhere. */
static const struct mention *collected(const struct routes_program *program,
	uint32_t object)
{
	struct index_list mentions = grouping_at(&program->mentions_of, object);

	for (size_t i = 0; i < mentions.count; i++) {
		const struct mention *mention = &program->mentions[mentions.items[i]];

		if (term_exists(collecting_call(program, mention)))
			return mention;
	}
	return NULL;
}

static void add_group(struct routes_program *program, struct dispatch_list *dispatches,
	uint32_t sub, struct dispatch_entry entry)
{
	uint32_t object = dispatches->items[sub].object;
	const struct mention *mention = collected(program, object);
	struct dispatch_entry *entries;

	if (!mention)
		return;
	entries = arena_alloc(program->arena, sizeof(*entries));
	entries[0] = entry;
	dispatch_add(dispatches, (struct dispatch){
					 .pattern = "registration",
					 .entries = entries,
					 .nentries = 1,
					 .function = mention->function,
					 .object = TRACE_NONE,
					 .subject = term_none(),
					 .weight = dispatches->items[sub].weight,
				 });
}

void groups_find(struct routes_program *program, const struct fields *fields,
	struct dispatch_list *dispatches)
{
	size_t count = dispatches->count;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t object = dispatches->items[i].object;
		struct term list = object == TRACE_NONE
					   ? term_none()
					   : term_first(program->objects[object].root);
		struct dispatch_entry entry = {
			.reason = "no_handler",
			.parent = DISPATCH_NONE,
			.sub = i,
			.body = term_none(),
		};
		const char **words = arena_alloc(program->arena, sizeof(*words));

		if (!term_is(list, TERM_LIST) || term_get(list)->a ||
			strcmp(dispatches->items[i].pattern, "registration") == 0)
			continue;
		words[0] = name_of(fields, list, &entry.match);
		entry.words = words;
		entry.nwords = 1;
		entry.at = program->objects[object].root;
		if (words[0])
			add_group(program, dispatches, i, entry);
	}
}
