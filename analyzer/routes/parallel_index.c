#include "analyzer/routes/parallel_index.h"

#include "analyzer/routes/program.h"
#include "core/trace.h"

#include <string.h>

static void add(struct origins *origins, struct term value, uint32_t function)
{
	for (size_t i = 0; i < origins->count; i++)
		if (origins->items[i].value.facts == value.facts &&
			origins->items[i].value.at == value.at)
			return;
	if (term_exists(value) && origins->count < ORIGINS_MAX)
		origins->items[origins->count++] = (struct origin){value, function};
}

/* Everything that a variable of the body is given. */
static void add_given(const struct routes_program *program, const struct origin *origin,
	struct origins *out)
{
	const struct outline *outline = program_outline(program, origin->function);
	uint32_t variable = term_get(origin->value)->a;
	struct term at;

	if (!outline || outline->root.facts != origin->value.facts)
		return;
	for (at = outline->root; at.at < term_get(outline->root)->end; at.at++) {
		struct term to = term_first(at);

		if (term_is(at, TERM_OBJECT) && term_get(at)->a == variable)
			add(out, to, origin->function);
		else if (term_is(at, TERM_ASSIGN) && term_is(to, TERM_VARIABLE) &&
			 term_get(to)->a == variable)
			add(out, term_next(at, to), origin->function);
	}
}

static void add_results(const struct routes_program *program, struct term call,
	struct origins *out)
{
	struct term callee = term_first(call), at;
	const struct outline *outline;
	uint32_t function;

	if (!term_is(callee, TERM_FUNCTION))
		return;
	function = program_function(program, callee);
	outline = function == TRACE_NONE ? NULL : program_outline(program, function);
	if (!outline)
		return;
	for (at = outline->root; at.at < term_get(outline->root)->end; at.at++)
		if (term_is(at, TERM_RETURN))
			add(out, term_first(at), function);
}

/* What is given as the parameter, in all direct calls of the function. */
static void add_arguments(const struct routes_program *program,
	const struct origin *origin, struct origins *out)
{
	uint32_t number = term_get(origin->value)->a;

	for (size_t i = 0; i < program->noutlines; i++) {
		struct term root = program->outlines[i].root, at = root;

		for (; at.at < term_get(root)->end; at.at++) {
			struct term callee = term_first(at);

			if (term_is(at, TERM_CALL) && term_is(callee, TERM_FUNCTION) &&
				program_function(program, callee) == origin->function)
				add(out, term_child(at, number + 1),
					program->outlines[i].function);
		}
	}
}

void origins_find(const struct routes_program *program, struct term index,
	uint32_t function, struct origins *out)
{
	out->count = 0;
	add(out, index, function);
	for (size_t i = 0; i < out->count; i++) {
		const struct origin origin = out->items[i];

		switch (term_kind(origin.value)) {
		case TERM_VARIABLE:
			add_given(program, &origin, out);
			break;
		case TERM_CALL:
			add_results(program, origin.value, out);
			break;
		case TERM_PARAMETER:
			add_arguments(program, &origin, out);
			break;
		case TERM_CHOICE:
			add(out, term_child(origin.value, 1), origin.function);
			add(out, term_child(origin.value, 2), origin.function);
			break;
		default:
			break;
		}
	}
}
