#include "analyzer/routes/registrations_said.h"

#include "analyzer/routes/chains_sources.h"
#include "analyzer/routes/comparers.h"
#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/program.h"
#include "core/trace.h"

#include <string.h>

static bool is_field(const struct locals *locals, struct term value, const char *record,
	const char *field)
{
	value = locals_source(locals, value);
	return term_is(value, TERM_FIELD) && strcmp(term_name(value), field) == 0 &&
	       strcmp(facts_string(value.facts, term_get(value)->a), record) == 0;
}

/* The text that is compared with the field in this call; or none. */
static struct term compared_text(const struct routes_program *program,
	const struct locals *locals, struct term call, const char *const names[2])
{
	struct comparison comparison;

	if (!comparer_of(program, call, &comparison))
		return term_none();
	for (unsigned i = 0; i < 2; i++)
		if (is_field(locals, comparison.operands[i], names[0], names[1]))
			return locals_source(locals, comparison.operands[!i]);
	return term_none();
}

/* A literal, or what the body reads from a file that it opens. */
static bool is_own_text(const struct routes_program *program, struct term body,
	struct term text)
{
	while (term_is(text, TERM_ELEMENT) || term_is(text, TERM_ADD) ||
		term_is(text, TERM_DEREF) || term_is(text, TERM_ADDRESS))
		text = term_first(text);
	return term_is(text, TERM_TEXT) ||
	       (term_is(text, TERM_VARIABLE) &&
		       source_of(program, body, text) == SOURCE_FILE);
}

/* Do all calls of the function give a text of the program's own as parameter `number`? */
static bool is_given_own(const struct routes_program *program, uint32_t function,
	uint32_t number)
{
	bool is_called = false;

	for (size_t i = 0; i < program->noutlines; i++) {
		struct term root = program->outlines[i].root, at = root;

		for (; at.at < term_get(root)->end; at.at++) {
			if (!term_is(at, TERM_FUNCTION) ||
				program_function(program, at) != function)
				continue;
			/* The callee stands right below its call. */
			at.at--;
			if (!term_is(at, TERM_CALL) ||
				!is_own_text(program, root, term_child(at, number + 1)))
				return false;
			is_called = true;
			at.at++;
		}
	}
	return is_called;
}

bool registrations_said(const struct routes_program *program, uint32_t function,
	const char *record, const char *field)
{
	const struct outline *outline = program_outline(program, function);
	const char *const names[2] = {record, field};
	scoped_locals locals = {0};
	bool is_said = false;
	struct term at;

	if (!outline)
		return false;
	locals_read(&locals, outline->root);
	for (at = outline->root; at.at < term_get(outline->root)->end; at.at++) {
		struct term text = compared_text(program, &locals, at, names);

		if (!term_exists(text))
			continue;
		is_said = term_is(text, TERM_PARAMETER)
				  ? is_given_own(program, function, term_get(text)->a)
				  : is_own_text(program, outline->root, text);
		if (!is_said)
			return false;
	}
	return is_said;
}
