#include "analyzer/routes/registrations_said.h"

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

/* Do all calls of the function give a literal as parameter `number`? */
static bool is_given_literals(const struct routes_program *program, uint32_t function,
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
				!term_is(term_child(at, number + 1), TERM_TEXT))
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
		if (!term_is(text, TERM_PARAMETER) ||
			!is_given_literals(program, function, term_get(text)->a))
			return false;
		is_said = true;
	}
	return is_said;
}
