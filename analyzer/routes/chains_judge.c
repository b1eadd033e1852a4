/* What an arm does: which function it runs, and how it ends. */
#include "analyzer/routes/chains_body.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/comparers.h"
#include "analyzer/rules/rules.h"
#include "analyzer/routes/chains_sources.h"
#include "core/trace.h"

#include <string.h>

enum {
	MAX_DEPTH = 200,
	MAX_CALLERS = 8, /* of a function that runs a command */
	MAX_TAIL = 64, /* statements after a chain, before the call that they share */
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

struct judging {
	const struct body *body;
	struct term subject, root; /* the word, and the variable that it is in */
	struct term words; /* what holds it and those after it */
	int score;
	uint32_t function;
	struct term call;
	bool is_returned, is_given, is_given_other, is_alone, is_final;
	bool takes_words; /* a call goes on where the words are */
	struct term stored; /* TERM_ASSIGN of an enumerator, or of a function */
};

/* A call, as it stands in a statement. */
struct standing {
	struct term to; /* variable that gets the result; or none */
	bool is_returned;
	unsigned depth; /* of conditions and loops around it */
};

static bool is_noreturn(const struct routes_program *program, uint32_t function)
{
	return function != TRACE_NONE &&
	       function_table_get(program->functions, function)->function.flags &
		       FUNCTION_NORETURN;
}

struct term subject_root(struct term subject)
{
	for (int i = 0; i < MAX_DEPTH && term_exists(subject); i++) {
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

	for (int i = 0; i < MAX_DEPTH && term_exists(inner); i++) {
		struct term below = term_first(inner);

		if (term_is(inner, TERM_ELEMENT) || term_is(inner, TERM_DEREF))
			subject = below;
		inner = below;
	}
	while (term_is(subject, TERM_ADD))
		subject = term_first(subject);
	return subject;
}

static uint32_t callee_of(const struct body *body, struct term call)
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
	return body->sources[function].ncallers > MAX_CALLERS &&
	       !is_noreturn(body->program, function);
}

/* Is it what the branch is for, by what it is and what becomes of its result? */
static bool is_candidate(const struct judging *judging, struct term call,
	uint32_t function, struct standing standing)
{
	const struct body *body = judging->body;
	struct comparison comparison;

	if (!program_has_body(body->program, function) ||
		comparer_of(body->program, call, &comparison) ||
		(standing.depth && is_noreturn(body->program, function)) ||
		is_tool(body, function))
		return false;
	if (standing.is_returned || is_returned_later(body, standing.to))
		return true;
	return !term_is(standing.to, TERM_FIELD) &&
	       !gives_pointer(body->program, function) &&
	       !reads_value(call, judging->subject);
}

static void consider(struct judging *judging, struct term call, struct standing standing)
{
	const struct body *body = judging->body;
	uint32_t function = callee_of(body, call), real;
	bool is_returned =
		standing.is_returned || is_returned_later(body, standing.to);
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
	judging->is_final = is_noreturn(body->program, function);
	judging->is_given = mentions(body, call, judging->words);
	judging->is_given_other = score_of_arguments(judging, call, 0) > 0;
	judging->is_alone = !term_exists(term_child(call, 1));
}

/* The calls in an expression, where none is in another one. */
static void consider_all(struct judging *judging, struct term expression,
	struct standing standing)
{
	struct term at = expression;

	if (!term_exists(expression))
		return;
	while (at.at < term_get(expression)->end) {
		uint32_t function;

		if (!term_is(at, TERM_CALL)) {
			at.at++;
			continue;
		}
		function = callee_of(judging->body, at);
		/* exit(f()) */
		if (is_noreturn(judging->body->program, function) &&
			!program_has_body(judging->body->program, function)) {
			standing.is_returned = true;
			at.at++;
			continue;
		}
		consider(judging, at, standing);
		at.at = term_get(at)->end;
	}
}

static void consider_assignment(struct judging *judging, struct term term,
	struct standing standing)
{
	struct term to = term_first(term), value = term_next(term, to);

	if (term_is(value, TERM_ADDRESS))
		value = term_first(value);
	if (term_is(value, TERM_FUNCTION) ||
		(term_is(value, TERM_NUMBER) && term_name(value)[0])) {
		if (!standing.depth)
			judging->stored = term;
		return;
	}
	standing.to = to;
	consider_all(judging, value, standing);
}

static void judge_list(struct judging *judging, struct statements list,
	struct standing standing, unsigned nesting);

static struct statements inside(struct term term)
{
	return (struct statements){term.facts, term.at + 1, term_get(term)->end};
}

static void judge_parts(struct judging *judging, struct term term,
	struct standing standing, unsigned nesting)
{
	struct term part = term_first(term);

	if (term_is(term, TERM_IF) || term_is(term, TERM_SWITCH)) {
		consider_all(judging, part, standing);
		part = term_next(term, part);
	}
	standing.depth++;
	for (; term_exists(part); part = term_next(term, part)) {
		struct statements alone = {part.facts, part.at, term_get(part)->end};

		judge_list(judging, alone, standing, nesting + 1);
	}
}

static void judge_statement(struct judging *judging, struct term term,
	struct standing standing, unsigned nesting)
{
	switch (term_kind(term)) {
	case TERM_RETURN:
		standing.is_returned = true;
		consider_all(judging, term_first(term), standing);
		break;
	case TERM_ASSIGN:
		consider_assignment(judging, term, standing);
		break;
	case TERM_OBJECT:
		standing.to = (struct term){term.facts, term.at};
		consider_all(judging, term_first(term), standing);
		break;
	case TERM_IF:
	case TERM_SWITCH:
	case TERM_LOOP:
		judge_parts(judging, term, standing, nesting);
		break;
	case TERM_BLOCK:
	case TERM_LABEL:
	case TERM_CASE_DEFAULT:
	case TERM_CASE:
		judge_list(judging, inside(term), standing, nesting + 1);
		break;
	default:
		if (term_kind(term) >= TERM_CALL)
			consider_all(judging, term, standing);
		break;
	}
}

static void judge_list(struct judging *judging, struct statements list,
	struct standing standing, unsigned nesting)
{
	const struct body *body = judging->body;

	if (nesting > MAX_DEPTH)
		return;
	for (struct term at = statements_first(&list); term_exists(at);
		at = statements_next(&list, at))
		if (!body->taken || !body->taken[at.at - body->root.at])
			judge_statement(judging, at, standing, nesting);
}

enum leaving statements_leave(const struct routes_program *program,
	const struct statements *all)
{
	struct term last = term_none(), callee;

	for (struct term at = statements_first(all); term_exists(at);
		at = statements_next(all, at))
		last = at;
	for (int i = 0; i < MAX_DEPTH && term_exists(last); i++) {
		struct statements inner;

		if (!term_is(last, TERM_BLOCK) && !term_is(last, TERM_LABEL))
			break;
		inner = inside(last);
		last = term_none();
		for (struct term at = statements_first(&inner); term_exists(at);
			at = statements_next(&inner, at))
			last = at;
	}
	switch (term_kind(last)) {
	case TERM_RETURN:
		return LEAVES_FUNCTION;
	case TERM_GOTO:
		return LEAVES_GOTO;
	case TERM_BREAK:
		return LEAVES_BREAK;
	case TERM_CONTINUE:
		return LEAVES_CONTINUE;
	case TERM_CALL:
		callee = term_first(last);
		return term_is(callee, TERM_FUNCTION) &&
				       is_noreturn(program,
					       program_function(program, callee))
			       ? LEAVES_FUNCTION
			       : LEAVES_NOT;
	default:
		return LEAVES_NOT;
	}
}

/* The call that all arms come to after the chain, whose result is returned. */
static void find_tail(struct judging *tail, const struct after *after,
	const struct statements *parent)
{
	struct standing standing = {.to = term_none()};
	int nseen = 0;

	for (; after && !after->is_loop; after = after->outer)
		for (struct term at = statements_first(&after->rest); term_exists(at);
			at = statements_next(&after->rest, at)) {
			/* What follows in a branch around it, it is a part of. */
			if (term_is(at, TERM_LOOP) || ++nseen > MAX_TAIL ||
				(parent && statements_hold(parent, at.at)))
				return;
			if (term_is(at, TERM_RETURN) || term_is(at, TERM_CALL))
				judge_statement(tail, at, standing, 0);
			if (term_is(at, TERM_RETURN))
				return;
		}
}

/* Is what is stored in `to` called? */
static bool is_called(const struct body *body, struct term to)
{
	struct term at = body->root;

	for (; at.at < term_get(body->root)->end; at.at++) {
		struct term callee = term_first(at);

		while (term_is(at, TERM_CALL) && term_is(callee, TERM_DEREF))
			callee = term_first(callee);
		if (term_is(at, TERM_CALL) && terms_mean_same(callee, to))
			return true;
	}
	return false;
}

/* `handler = f; … return handler(…)`: the function that is stored. */
static uint32_t stored_function(const struct body *body, const struct judging *judging)
{
	struct term value = term_child(judging->stored, 1);

	if (term_is(value, TERM_ADDRESS))
		value = term_first(value);
	return term_is(value, TERM_FUNCTION) &&
			       is_called(body, term_first(judging->stored))
		       ? program_function(body->program, value)
		       : TRACE_NONE;
}

static void share_tail(const struct body *body, struct arm *arm,
	const struct judging *judging)
{
	struct judging tail = {
		.body = body,
		.subject = judging->subject,
		.root = judging->root,
		.words = judging->words,
		.function = TRACE_NONE,
		.call = term_none(),
		.stored = term_none(),
	};
	uint32_t stored = stored_function(body, judging);
	uint32_t parent = body->groups[arm->group].parent;

	if (stored != TRACE_NONE) {
		arm->function = stored;
		arm->doing = DOES_RUN;
		return;
	}
	find_tail(&tail, arm->after, parent == ARM_NONE ? NULL : &body->arms[parent].body);
	if (!tail.is_returned || tail.score <= judging->score)
		return;
	arm->function = tail.function;
	arm->call = tail.call;
	arm->is_returned = true;
	arm->is_given = tail.is_given;
	arm->doing = DOES_SHARE;
}

/* `goto mount; … mount: return mount_all();`: what follows the label. */
static struct statements after_label(const struct body *body, const struct arm *arm)
{
	struct statements all = {body->root.facts, 0, 0};
	struct term at = {body->root.facts, arm->body.from}, jump = term_none();
	uint32_t end = term_get(body->root)->end;

	for (; at.at < arm->body.end; at.at++)
		if (term_is(at, TERM_GOTO))
			jump = at;
	for (at = body->root; at.at < end && term_exists(jump); at.at++)
		if (term_is(at, TERM_LABEL) && term_get(at)->name == term_get(jump)->name)
			break;
	if (!term_exists(jump) || at.at == end)
		return all;
	all.from = at.at + 1;
	for (; at.at < end && !term_is(at, TERM_RETURN); at.at++)
		;
	all.end = at.at < end ? term_get(at)->end : end;
	return all;
}

void body_judge(const struct body *body, struct arm *arm)
{
	struct judging judging = {
		.body = body,
		.subject = arm->tests->subject,
		.root = subject_root(arm->tests->subject),
		.words = words_of(arm->tests->subject),
		.function = TRACE_NONE,
		.call = term_none(),
		.stored = term_none(),
	};
	struct standing standing = {.to = term_none()};

	arm->leaving = statements_leave(body->program, &arm->body);
	judge_list(&judging, arm->body, standing, 0);
	if (judging.function == TRACE_NONE && arm->leaving == LEAVES_GOTO)
		judge_list(&judging, after_label(body, arm), standing, 0);
	if (judging.takes_words)
		return;
	arm->function = judging.function;
	arm->call = judging.call;
	arm->is_returned = judging.is_returned;
	arm->is_given = judging.is_given;
	arm->is_given_other = judging.is_given_other;
	arm->is_alone = judging.is_alone;
	arm->is_final = judging.is_final;
	arm->doing = judging.function == TRACE_NONE ? DOES_NOTHING : DOES_RUN;
	if (term_exists(judging.stored) && arm->leaving != LEAVES_FUNCTION &&
		arm->group != ARM_NONE)
		share_tail(body, arm, &judging);
}
