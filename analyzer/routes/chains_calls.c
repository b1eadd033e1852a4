#include "analyzer/routes/chains_calls.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/chains_sources.h"
#include "analyzer/routes/comparers.h"
#include "analyzer/rules/rules.h"
#include "core/trace.h"

#include <string.h>

enum {
	MAX_STEPS = 64, /* of a subject, from the outside in */
	MAX_CALLERS = 8 /* of a function that runs a command */
};

/* How much speaks for a call being what an arm is for. */
enum {
	SCORE_CALL = 1,
	SCORE_RETURNED = 8,
	SCORE_RETURNED_IF = 4, /* under another condition */
	SCORE_GIVEN = 4, /* something of the words */
	SCORE_GIVEN_OTHER = 2, /* another variable */
	SCORE_CONDITIONAL = -4,
	SCORE_MESSAGE = -2, /* a text: it tells the user something */
};

bool function_is_noreturn(const struct routes_program *program, uint32_t function)
{
	return function != TRACE_NONE &&
	       function_table_get(program->functions, function)->function.flags &
		       FUNCTION_NORETURN;
}

struct term subject_root(struct term subject)
{
	for (int i = 0; i < MAX_STEPS && term_exists(subject); i++) {
		if (term_is(subject, TERM_PARAMETER) || term_is(subject, TERM_VARIABLE))
			return subject;
		subject = term_first(subject);
	}
	return term_none();
}

/* What holds the word and those after it: `argv` of `argv[1]`, `c->argv` of others. */
static struct term words_of(struct term subject)
{
	struct term inner = subject;

	for (int i = 0; i < MAX_STEPS && term_exists(inner); i++) {
		struct term below = term_first(inner);

		if (term_is(inner, TERM_ELEMENT) || term_is(inner, TERM_DEREF))
			subject = below;
		inner = below;
	}
	while (term_is(subject, TERM_ADD))
		subject = term_first(subject);
	return subject;
}

uint32_t body_callee(const struct body *body, struct term call)
{
	struct term callee = term_first(call);

	while (term_is(callee, TERM_DEREF) || term_is(callee, TERM_ADDRESS))
		callee = term_first(callee);
	callee = locals_source(&body->locals, callee);
	return term_is(callee, TERM_FUNCTION) ? program_function(body->program, callee)
					      : TRACE_NONE;
}

/* Does the function call its parameter `number`? */
static bool calls_parameter(const struct routes_program *program, uint32_t function,
	uint32_t number)
{
	const struct outline *outline = program_outline(program, function);
	struct term at;

	if (!outline)
		return false;
	at = outline->root;
	for (; at.at < term_get(outline->root)->end; at.at++) {
		struct term callee = term_first(at);

		if (!term_is(at, TERM_CALL))
			continue;
		while (term_is(callee, TERM_DEREF))
			callee = term_first(callee);
		if (term_is(callee, TERM_PARAMETER) && term_get(callee)->a == number)
			return true;
	}
	return false;
}

/* `with_device(rd, f)` runs f: by a rule, or as the callee's body says. */
static uint32_t forwarded(const struct body *body, struct term call, uint32_t callee)
{
	const struct routes_program *program = body->program;
	const struct forward_rule *rule =
		rules_forward(program->rules, program_name(program, callee));
	struct term argument = term_child(call, 1);

	for (uint32_t i = 0; term_exists(argument);
		i++, argument = term_next(call, argument)) {
		struct term given = locals_source(&body->locals, argument);
		uint32_t function;

		if (term_is(given, TERM_ADDRESS))
			given = term_first(given);
		if (!term_is(given, TERM_FUNCTION))
			continue;
		function = program_function(program, given);
		if (!program_has_body(program, function))
			continue;
		if (rule ? rule->handler == (int)i : calls_parameter(program, callee, i))
			return function;
	}
	return TRACE_NONE;
}

/* Is it in the expression, or in what a local variable there stands for? */
static bool mentions(const struct body *body, struct term all, struct term words)
{
	struct term at = all;

	if (!term_exists(all) || !term_exists(words))
		return false;
	for (; at.at < term_get(all)->end; at.at++) {
		struct term value = term_none();

		if (terms_mean_same(at, words))
			return true;
		if (term_is(at, TERM_VARIABLE))
			value = locals_value(&body->locals, at);
		while (term_is(value, TERM_ADD) || term_is(value, TERM_ADDRESS) ||
			term_is(value, TERM_ELEMENT))
			value = term_first(value);
		if (term_exists(value) && terms_mean_same(value, words))
			return true;
	}
	return false;
}

/* Does it take words away for itself, as `parse(&argc, &argv)` does? */
static bool takes_words(struct term call, struct term root)
{
	struct term argument = term_child(call, 1);

	for (; term_exists(argument); argument = term_next(call, argument))
		if (term_is(argument, TERM_ADDRESS) && term_exists(root) &&
			term_kind(term_first(argument)) == term_kind(root) &&
			term_get(term_first(argument))->a == term_get(root)->a)
			return true;
	return false;
}

/* Is it given one word alone, the next one, to read a value from? */
static bool reads_value(struct term call, struct term subject)
{
	struct term argument = term_child(call, 1);

	if (term_is(subject, TERM_VARIABLE) || term_is(subject, TERM_PARAMETER))
		return false;
	for (; term_exists(argument); argument = term_next(call, argument))
		if (terms_mean_same(argument, subject))
			return true;
	return false;
}

/* What the arguments are. */
static int score_of_arguments(const struct judging *judging, struct term call,
	unsigned depth)
{
	struct term argument = term_child(call, 1);
	bool has_text = false;
	int score = 0;

	for (; term_exists(argument); argument = term_next(call, argument)) {
		if (mentions(judging->body, argument, judging->words))
			return SCORE_GIVEN;
		if (term_exists(subject_root(argument)))
			score = SCORE_GIVEN_OTHER;
		has_text |= term_is(argument, TERM_TEXT);
	}
	if (has_text)
		return depth ? SCORE_MESSAGE : -SCORE_CALL;
	return score;
}

static bool is_returned_later(const struct body *body, struct term variable)
{
	if (!term_is(variable, TERM_VARIABLE) && !term_is(variable, TERM_OBJECT))
		return false;
	for (size_t i = 0; i < body->nreturned; i++)
		if (body->returned[i] == term_get(variable)->a)
			return true;
	return false;
}

/* Does the function give a pointer? One that runs a command gives a status. */
static bool gives_pointer(const struct routes_program *program, uint32_t function)
{
	const char *signature =
		function_table_get(program->functions, function)->function.signature;
	const char *open = strchr(signature, '(');

	return open && open > signature && open[-1] == '*';
}

/* A function that many others call, too, is a tool of theirs; usage() ends them all. */
static bool is_tool(const struct body *body, uint32_t function)
{
	return body->sources->functions[function].ncallers > MAX_CALLERS &&
	       !function_is_noreturn(body->program, function);
}

/* Is it what the branch is for, by what it is and what becomes of its result? */
static bool is_candidate(const struct judging *judging, struct term call,
	uint32_t function, struct standing standing)
{
	const struct body *body = judging->body;
	struct comparison comparison;

	if (!program_has_body(body->program, function) ||
		comparer_of(body->program, call, &comparison) ||
		(standing.depth && function_is_noreturn(body->program, function)) ||
		is_tool(body, function))
		return false;
	if (standing.is_returned || is_returned_later(body, standing.to))
		return true;
	return !term_is(standing.to, TERM_FIELD) &&
	       !gives_pointer(body->program, function) &&
	       !reads_value(call, judging->subject);
}

void judging_consider(struct judging *judging, struct term call, struct standing standing)
{
	const struct body *body = judging->body;
	uint32_t function = body_callee(body, call), real;
	bool is_returned = standing.is_returned || is_returned_later(body, standing.to);
	int score = SCORE_CALL;

	if (!is_candidate(judging, call, function, standing))
		return;
	if (takes_words(call, judging->root)) {
		judging->takes_words = true;
		return;
	}
	score += score_of_arguments(judging, call, standing.depth);
	if (is_returned)
		score += standing.depth ? SCORE_RETURNED_IF : SCORE_RETURNED;
	if (standing.depth)
		score += SCORE_CONDITIONAL;
	if (score <= 0 || score < judging->score)
		return;
	real = forwarded(body, call, function);
	judging->score = score;
	judging->function = real == TRACE_NONE ? function : real;
	judging->call = call;
	judging->is_returned = is_returned;
	judging->is_final = function_is_noreturn(body->program, function);
	judging->is_given = mentions(body, call, judging->words);
	judging->is_given_other = score_of_arguments(judging, call, 0) > 0;
	judging->is_alone = !term_exists(term_child(call, 1));
}

struct judging judging_start(const struct body *body, struct term subject)
{
	return (struct judging){
		.body = body,
		.subject = subject,
		.root = subject_root(subject),
		.words = words_of(subject),
		.function = TRACE_NONE,
		.call = term_none(),
		.stored = term_none(),
	};
}
