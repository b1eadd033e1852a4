/* What a branch does: which function it runs, and how it ends. */
#include "analyzer/routes/chains_body.h"
#include "analyzer/routes/chains_calls.h"
#include "core/trace.h"

enum {
	MAX_DEPTH = 200, /* of statements in statements */
	MAX_TAIL = 64 /* statements after a chain, before the call that they share */
};

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
		function = body_callee(judging->body, at);
		/* exit(f()) */
		if (function_is_noreturn(judging->body->program, function) &&
			!program_has_body(judging->body->program, function)) {
			standing.is_returned = true;
			at.at++;
			continue;
		}
		judging_consider(judging, at, standing);
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
				       function_is_noreturn(program,
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
	struct judging tail = judging_start(body, judging->subject);
	uint32_t stored = stored_function(body, judging);
	uint32_t parent = body->groups[arm->group].parent;

	if (stored != TRACE_NONE) {
		arm->function = stored;
		arm->doing = DOES_RUN;
		return;
	}
	find_tail(&tail, arm->after,
		parent == ARM_NONE ? NULL : &body->arms[parent].body);
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
	struct judging judging = judging_start(body, arm->tests->subject);
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
