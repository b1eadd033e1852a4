#include "analyzer/routes/fixed_arguments.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/program.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_PARAMETERS = 32
};

/* Bits by the parameter's number. */
struct given {
	uint32_t literals, others;
};

struct fixed_arguments {
	struct given *given; /* each function */
	size_t nfunctions;
};

static void note_call(struct fixed_arguments *fixed, const struct routes_program *program,
	struct term call)
{
	struct term callee = term_first(call), argument;
	uint32_t function, number = 0;

	if (!term_is(callee, TERM_FUNCTION))
		return;
	function = program_function(program, callee);
	if (function >= fixed->nfunctions)
		return;
	for (argument = term_next(call, callee);
		term_exists(argument) && number < MAX_PARAMETERS;
		argument = term_next(call, argument), number++) {
		if (term_is(argument, TERM_TEXT))
			fixed->given[function].literals |= 1U << number;
		else
			fixed->given[function].others |= 1U << number;
	}
}

struct fixed_arguments *fixed_arguments_read(const struct routes_program *program)
{
	struct fixed_arguments *fixed = xmalloc(sizeof(*fixed));

	fixed->nfunctions = function_table_count(program->functions);
	fixed->given = xmalloc((fixed->nfunctions + 1) * sizeof(*fixed->given));
	memset(fixed->given, 0, fixed->nfunctions * sizeof(*fixed->given));
	for (size_t i = 0; i < program->noutlines; i++) {
		struct term at = program->outlines[i].root;
		uint32_t end = term_get(at)->end;

		for (; at.at < end; at.at++)
			if (term_is(at, TERM_CALL))
				note_call(fixed, program, at);
	}
	return fixed;
}

void fixed_arguments_free(struct fixed_arguments *fixed)
{
	free(fixed->given);
	free(fixed);
}

bool fixed_argument(const struct fixed_arguments *fixed, uint32_t function,
	uint32_t number)
{
	const struct given *given;

	if (function >= fixed->nfunctions || number >= MAX_PARAMETERS)
		return false;
	given = &fixed->given[function];
	return (given->literals & ~given->others) >> number & 1;
}
