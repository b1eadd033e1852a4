#include "analyzer/routes/comparers_shape.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/comparers.h"
#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/program.h"
#include "core/arena.h"
#include "core/trace.h"

#include <string.h>

enum {
	MAX_TERMS = 300, /* of a matcher's body */
	MAX_NESTING = 12, /* of matchers that call matchers */
	MAX_PARAMETERS = 5,
	MAX_STEPS = 16, /* of an expression, from the outside in */
	NO_PARAMETER = UINT8_MAX
};

/* What it says of two texts when an expression is not 0. */
enum sense {
	SENSE_NONE,
	SENSE_EQUAL,
	SENSE_UNEQUAL,
};

/* The body at hand. */
struct shape {
	struct routes_program *program;
	struct matcher *matchers;
	unsigned depth;
	struct term body;
	struct locals *locals;
	bool ignores_case;
	struct matcher found; /* its parameters, once two texts have been compared */
	bool has_pair;
};

static void settle(struct shape *outer, uint32_t function);

static enum sense opposite(enum sense sense)
{
	return sense == SENSE_EQUAL     ? SENSE_UNEQUAL
	       : sense == SENSE_UNEQUAL ? SENSE_EQUAL
					: SENSE_NONE;
}

/* What the expression takes a character, or a place in a text, from. */
static struct term step_in(struct shape *shape, struct term term)
{
	struct term first = term_first(term), second = term_child(term, 1);

	switch (term_kind(term)) {
	case TERM_ELEMENT: /* of the C library's table for tolower(), or of a text */
		if (term_is(first, TERM_DEREF) && term_is(term_first(first), TERM_CALL)) {
			shape->ignores_case = true;
			return second;
		}
		return first;
	case TERM_DEREF:
	case TERM_ADD:
	case TERM_ADDRESS:
		return first;
	case TERM_CALL: /* tolower(c) */
		shape->ignores_case = true;
		return term_exists(term_child(term, 2)) ? term_none() : second;
	case TERM_VARIABLE:
		return locals_value(shape->locals, term);
	default:
		return term_none();
	}
}

/* The parameter whose text it is in; NO_PARAMETER. */
static uint8_t parameter_of(struct shape *shape, struct term term)
{
	for (int i = 0; i < MAX_STEPS && term_exists(term); i++) {
		if (term_is(term, TERM_PARAMETER))
			return term_get(term)->a < MAX_PARAMETERS
				       ? (uint8_t)term_get(term)->a
				       : NO_PARAMETER;
		term = step_in(shape, term);
	}
	return NO_PARAMETER;
}

/* Are two parameters' texts compared? The same two as before. */
static bool is_pair(struct shape *shape, struct term a, struct term b)
{
	bool ignored = shape->ignores_case;
	uint8_t left = parameter_of(shape, a), right = parameter_of(shape, b);
	struct matcher *found = &shape->found;

	if (left == NO_PARAMETER || right == NO_PARAMETER || left == right ||
		(shape->has_pair &&
			found->parameters[0] + found->parameters[1] != left + right)) {
		shape->ignores_case = ignored;
		return false;
	}
	if (!shape->has_pair) {
		found->parameters[0] = left < right ? left : right;
		found->parameters[1] = left < right ? right : left;
	}
	shape->has_pair = true;
	return true;
}

static void note_comparison(struct shape *shape, const struct comparison *comparison)
{
	struct matcher *found = &shape->found;
	uint8_t begins = NO_PARAMETER;

	if (comparison->begins != COMPARISON_WHOLE)
		begins = parameter_of(shape, comparison->operands[comparison->begins]);
	for (uint8_t i = 0; i < 2; i++)
		if (begins == found->parameters[i])
			found->begins = i;
	shape->ignores_case |= comparison->ignores_case;
	if (term_is(comparison->length, TERM_PARAMETER) &&
		term_get(comparison->length)->a < MAX_PARAMETERS)
		found->length = (uint8_t)term_get(comparison->length)->a;
}

static enum sense sense_of_call(struct shape *shape, struct term call)
{
	struct term callee = term_first(call);
	struct comparison comparison;

	if (term_is(callee, TERM_FUNCTION))
		settle(shape, program_function(shape->program, callee));
	if (!comparer_of(shape->program, call, &comparison))
		return SENSE_NONE;
	comparison_bound(shape->program, shape->locals, &comparison);
	if (!is_pair(shape, comparison.operands[0], comparison.operands[1]))
		return SENSE_NONE;
	note_comparison(shape, &comparison);
	return comparison.is_equal_when_zero ? SENSE_UNEQUAL : SENSE_EQUAL;
}

/* `x` of `x == 0`; or none. */
static struct term compared_to_zero(struct term term)
{
	for (unsigned i = 0; i < 2; i++) {
		struct term side = term_child(term, i), other = term_child(term, 1 - i);

		if (term_is(side, TERM_NUMBER) && !term_get(side)->a)
			return other;
	}
	return term_none();
}

static enum sense sense_of(struct shape *shape, struct term term, unsigned depth);

static enum sense sense_of_equality(struct shape *shape, struct term term, unsigned depth)
{
	enum sense sense;

	if (term_exists(compared_to_zero(term)))
		sense = opposite(sense_of(shape, compared_to_zero(term), depth + 1));
	else
		sense = is_pair(shape, term_child(term, 0), term_child(term, 1))
				? SENSE_EQUAL
				: SENSE_NONE;
	return term_is(term, TERM_EQUAL) ? sense : opposite(sense);
}

static enum sense sense_of(struct shape *shape, struct term term, unsigned depth)
{
	enum sense sense;

	if (depth > MAX_STEPS)
		return SENSE_NONE;
	switch (term_kind(term)) {
	case TERM_CALL:
		return sense_of_call(shape, term);
	case TERM_EQUAL:
	case TERM_UNEQUAL:
		return sense_of_equality(shape, term, depth);
	case TERM_NOT:
		return opposite(sense_of(shape, term_first(term), depth + 1));
	case TERM_AND:
	case TERM_OR:
	case TERM_COMMA:
		sense = sense_of(shape, term_child(term, 1), depth + 1);
		return sense ? sense : sense_of(shape, term_child(term, 0), depth + 1);
	case TERM_CHOICE:
		sense = sense_of(shape, term_first(term), depth + 1);
		if (!sense) /* `strlen(a) > strlen(b) ? -1 : memcmp(a, b, …)` */
			return sense_of(shape, term_child(term, 2), depth + 1);
		return term_is(term_child(term, 1), TERM_NUMBER) &&
				       !term_get(term_child(term, 1))->a
			       ? opposite(sense)
			       : sense;
	case TERM_VARIABLE:
		return sense_of(shape, locals_value(shape->locals, term), depth + 1);
	default:
		return SENSE_NONE;
	}
}

/* `!*a`, `!!*a`, `*a`: has the loop come to the end of `a`? */
static enum sense sense_of_end(struct shape *shape, struct term value, uint8_t *ended)
{
	enum sense sense = SENSE_UNEQUAL;

	for (int i = 0; i < MAX_STEPS; i++) {
		if (term_is(value, TERM_NOT)) {
			value = term_first(value);
		} else if (term_is(value, TERM_EQUAL) &&
			   term_exists(compared_to_zero(value))) {
			value = compared_to_zero(value);
		} else {
			break;
		}
		sense = opposite(sense);
	}
	if (!term_is(value, TERM_DEREF) && !term_is(value, TERM_ELEMENT))
		return SENSE_NONE;
	*ended = parameter_of(shape, value);
	return *ended == NO_PARAMETER ? SENSE_NONE : sense;
}

/* The value of the `return` that a branch is; none: it is more, or nothing. */
static bool is_return(struct term branch, struct term *value)
{
	if (term_is(branch, TERM_BLOCK))
		branch = term_first(branch);
	if (!term_is(branch, TERM_RETURN))
		return false;
	*value = term_first(branch);
	return term_exists(*value);
}

/* What a returned value is not 0 for, where it is returned when the texts are `when`. */
static enum sense sense_when(enum sense when, struct term value)
{
	bool is_zero = term_is(value, TERM_NUMBER) && !term_get(value)->a;

	if (!term_is(value, TERM_NUMBER) && !term_is(value, TERM_OTHER))
		return SENSE_NONE;
	return is_zero ? opposite(when) : when;
}

static enum sense sense_of_if(struct shape *shape, struct term term)
{
	enum sense when = sense_of(shape, term_first(term), 0);
	struct term value;

	if (!when || !is_return(term_child(term, 1), &value))
		return SENSE_NONE;
	return sense_when(when, value);
}

/* After `while (*a++ == *b++)` they differ; after `while (*a && …)` they may not. */
static enum sense sense_after_loop(struct shape *shape, struct term loop)
{
	enum sense sense = SENSE_NONE;

	for (struct term part = term_first(loop); term_exists(part);
		part = term_next(loop, part)) {
		bool is_all = term_is(part, TERM_EQUAL) || term_is(part, TERM_UNEQUAL);
		enum sense goes_on = SENSE_NONE;

		if (is_all || term_is(part, TERM_AND))
			goes_on = sense_of(shape, part, 0);
		if (is_all && goes_on == SENSE_EQUAL)
			sense = SENSE_UNEQUAL;
	}
	return sense;
}

static enum sense sense_of_return(struct shape *shape, struct term value,
	enum sense after)
{
	uint8_t ended = NO_PARAMETER;
	enum sense sense = sense_of(shape, value, 0);

	if (sense || !shape->has_pair)
		return sense;
	sense = sense_of_end(shape, value, &ended);
	for (uint8_t i = 0; i < 2; i++)
		if (sense && shape->found.parameters[i] == ended)
			shape->found.begins = i;
	if (sense)
		return sense;
	if (after)
		return sense_when(after, value);
	/* `return *a - *b` */
	return term_is(value, TERM_OTHER) ? SENSE_UNEQUAL : SENSE_NONE;
}

/* What the function's result says of two of its parameters. */
static enum sense sense_of_body(struct shape *shape)
{
	enum sense after = SENSE_NONE, sense = SENSE_NONE, by_if = SENSE_NONE;
	struct term at = shape->body;

	for (; at.at < term_get(shape->body)->end; at.at++) {
		if (term_is(at, TERM_LOOP))
			after = sense_after_loop(shape, at);
		else if (term_is(at, TERM_IF) && !by_if)
			by_if = sense_of_if(shape, at);
		else if (term_is(at, TERM_RETURN) && term_exists(term_first(at)))
			sense = sense_of_return(shape, term_first(at), after);
	}
	return sense ? sense : by_if;
}

/* A matcher asks the C library and other matchers, and no other function. */
static bool calls_others(struct shape *shape)
{
	struct term at = shape->body;

	for (; at.at < term_get(shape->body)->end; at.at++) {
		struct term callee = term_first(at);
		struct comparison comparison;
		uint32_t function;

		if (!term_is(at, TERM_CALL))
			continue;
		if (!term_is(callee, TERM_FUNCTION))
			return true;
		function = program_function(shape->program, callee);
		if (!program_has_body(shape->program, function))
			continue;
		settle(shape, function);
		if (!comparer_of(shape->program, at, &comparison))
			return true;
	}
	return false;
}

/* An integer made of two texts or more. */
static bool has_signature(const struct routes_program *program, uint32_t function)
{
	const struct linked_function *fn =
		function_table_get(program->functions, function);
	const char *at = strchr(fn->function.signature, '(');
	int ntexts = 0;

	if (!at || at == fn->function.signature || at[-1] == '*' ||
		strncmp(fn->function.signature, "void ", 5) == 0)
		return false;
	while ((at = strstr(at, "char *"))) {
		at += strlen("char *");
		ntexts += *at != '*';
	}
	return ntexts >= 2 && fn->function.arity <= MAX_PARAMETERS;
}

static void settle(struct shape *outer, uint32_t function)
{
	scoped_locals locals = {0};
	struct shape shape = {
		.program = outer->program,
		.matchers = outer->matchers,
		.depth = outer->depth + 1,
		.locals = &locals,
		.found = {.is_settled = true,
			.length = MATCHER_NO_LENGTH,
			.begins = COMPARISON_WHOLE},
	};
	const struct outline *outline;
	enum sense sense;

	if (function == TRACE_NONE || shape.depth > MAX_NESTING ||
		shape.matchers[function].is_settled)
		return;
	shape.matchers[function].is_settled = true;
	outline = program_outline(shape.program, function);
	if (!outline || !has_signature(shape.program, function) ||
		term_get(outline->root)->end - outline->root.at > MAX_TERMS)
		return;
	shape.body = outline->root;
	locals_read(&locals, shape.body);
	sense = calls_others(&shape) ? SENSE_NONE : sense_of_body(&shape);
	shape.found.is_matcher = sense && shape.has_pair;
	shape.found.is_equal_when_zero = sense == SENSE_UNEQUAL;
	shape.found.ignores_case = shape.ignores_case;
	shape.matchers[function] = shape.found;
}

void comparers_find(struct routes_program *program)
{
	struct shape shape = {.program = program};

	shape.matchers = arena_alloc(program->arena,
		function_table_count(program->functions) * sizeof(*shape.matchers));
	program->matchers = shape.matchers;
	for (size_t i = 0; i < program->noutlines; i++)
		settle(&shape, program->outlines[i].function);
}
