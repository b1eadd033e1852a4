/* Find the arms of a body that are taken for words. */
#include "analyzer/routes/chains_body.h"

#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_DEPTH = 200, /* of statements in statements; what is deeper is not seen */
	MAX_LOOK_BACK = 64, /* groups, or arms, that one may be the same as */
	MAX_ARMS = 2000,
	MAX_GROUPS = 300
};

/* Where a statement stands. */
struct place {
	uint32_t parent; /* arm; ARM_NONE */
	struct term loop;
	const struct after *after;
	const struct word_test *characters; /* that are known here; or NULL */
	unsigned depth;
};

static void walk_list(struct body *body, struct statements list, struct place place);

static void find_returned(struct body *body)
{
	struct term at = body->root;

	for (; at.at < term_get(body->root)->end; at.at++) {
		struct term value = term_first(at);

		if (term_is(at, TERM_RETURN) && term_is(value, TERM_VARIABLE) &&
			body->nreturned < sizeof(body->returned) / sizeof(uint32_t))
			body->returned[body->nreturned++] = term_get(value)->a;
	}
}

void body_open(struct body *body, const struct routes_program *program,
	const struct sources *sources, const struct outline *outline)
{
	*body = (struct body){
		.program = program,
		.sources = sources,
		.function = outline->function,
		.root = outline->root,
	};
	locals_read(&body->locals, outline->root);
	find_returned(body);
	body->reader = (struct condition_reader){program, &body->locals, &body->arena};
}

void body_close(struct body *body)
{
	locals_release(&body->locals);
	arena_release(&body->arena);
	free(body->arms);
	free(body->groups);
	free(body->taken);
}

static struct statements alone(struct term statement)
{
	return (struct statements){
		statement.facts, statement.at, term_get(statement)->end};
}

static struct statements inside(struct term block)
{
	return (struct statements){block.facts, block.at + 1, term_get(block)->end};
}

static bool is_same_loop(struct term a, struct term b)
{
	return a.at == b.at;
}

/* The group of branches that choose by the text there; a full body has no more. */
static uint32_t group_of(struct body *body, struct term subject, struct place place)
{
	for (size_t i = body->ngroups, n = 0; i-- > 0 && n < MAX_LOOK_BACK; n++) {
		const struct arm_group *group = &body->groups[i];

		if (group->parent == place.parent &&
			is_same_loop(group->loop, place.loop) &&
			terms_mean_same(group->subject, subject))
			return (uint32_t)i;
	}
	body->groups = grow(body->groups, body->ngroups, &body->groups_room,
		sizeof(*body->groups));
	body->groups[body->ngroups] = (struct arm_group){
		.subject = subject,
		.parent = place.parent,
		.loop = place.loop,
		.first = ARM_NONE,
		.last = ARM_NONE,
	};
	return (uint32_t)body->ngroups++;
}

static uint32_t add_arm(struct body *body, struct arm arm)
{
	struct arm_group *group = &body->groups[arm.group];
	uint32_t number = (uint32_t)body->narms;

	body->arms = grow(body->arms, body->narms, &body->arms_room, sizeof(arm));
	arm.next = ARM_NONE;
	arm.function = TRACE_NONE;
	arm.call = term_none();
	body->arms[body->narms] = arm;
	if (group->first == ARM_NONE)
		group->first = number;
	else
		body->arms[group->last].next = number;
	group->last = number;
	body->narms++;
	return number;
}

/* The arm for a word that only leads to other words. */
static uint32_t arm_for_word(struct body *body, const struct word_test *tests,
	struct place place)
{
	uint32_t group = group_of(body, tests->subject, place);

	for (size_t i = body->narms, n = 0; i-- > 0 && n < MAX_LOOK_BACK; n++) {
		const struct arm *arm = &body->arms[i];

		if (arm->group == group && tests->word && arm->tests->word &&
			strcmp(arm->tests->word, tests->word) == 0)
			return (uint32_t)i;
	}
	return add_arm(body, (struct arm){
				     .group = group,
				     .tests = tests,
				     .body = {tests->at.facts, 0, 0},
				     .block = term_none(),
				     .after = place.after,
				     .only_words = true,
			     });
}

/* An arm for the first of the tests that hold together, and so on inward. */
static void walk_arm(struct body *body, const struct word_test *tests, struct term then,
	struct place place)
{
	struct arm arm = {
		.tests = tests,
		.body = term_is(then, TERM_BLOCK) ? inside(then) : alone(then),
		.block = then,
		.after = place.after,
	};

	for (; tests->also && place.depth < MAX_DEPTH; place.depth++) {
		place.parent = arm_for_word(body, tests, place);
		tests = tests->also;
	}
	if (body->narms >= MAX_ARMS)
		return;
	arm.tests = tests;
	arm.group = group_of(body, tests->subject, place);
	place.parent = add_arm(body, arm);
	place.characters = NULL;
	place.depth++;
	walk_list(body, arm.body, place);
}

/* Is nothing but its characters said of a text? They may be a whole word. */
static const struct word_test *word_of(struct body *body, const struct word_test *test)
{
	size_t n = strlen(test->characters);
	struct word_test *word;

	for (size_t i = n; i < WORD_CHARACTERS; i++)
		if (test->characters[i])
			return NULL;
	if (n < 2)
		return NULL;
	word = arena_alloc(&body->arena, sizeof(*word));
	*word = *test;
	word->word = arena_strdup(body->program->arena, test->characters);
	word->next = NULL;
	return word;
}

/* What is known of the characters in an arm: what was known, and the test. */
static const struct word_test *joined(struct body *body, const struct word_test *known,
	const struct word_test *test)
{
	struct word_test *all = arena_alloc(&body->arena, sizeof(*all));

	*all = *test;
	if (!known || !terms_mean_same(known->subject, test->subject))
		return all;
	for (int i = 0; i < WORD_CHARACTERS; i++)
		if (!all->characters[i])
			all->characters[i] = known->characters[i];
	return all;
}

/* An arm for some characters: those below it are for words that begin so. */
static void walk_characters(struct body *body, const struct word_test *test,
	struct term then, struct statements list, struct place place)
{
	size_t before = body->narms;
	struct place inner = place;
	const struct word_test *word;

	inner.characters = joined(body, place.characters, test);
	inner.depth++;
	walk_list(body, list, inner);
	if (body->narms != before || place.depth >= MAX_DEPTH)
		return;
	word = word_of(body, inner.characters);
	if (word)
		add_arm(body, (struct arm){
				      .group = group_of(body, word->subject, place),
				      .tests = word,
				      .body = list,
				      .block = then,
				      .after = place.after,
			      });
}

static void walk_then(struct body *body, struct word_tests tests, struct term then,
	struct place place)
{
	if (!term_exists(then))
		return;
	if (tests.first && tests.first->word)
		walk_arm(body, tests.first, then, place);
	else if (tests.first && !tests.is_partial)
		walk_characters(body, tests.first, then, alone(then), place);
	else
		walk_list(body, alone(then), place);
}

/*
 * `if (strcmp(word, "x") != 0) return …;`: what comes after is for the word. It is walked
 * where it stands, as other words may come in it.
 */
static void add_rest(struct body *body, const struct word_test *tests, struct term then,
	struct place place)
{
	struct statements not_so = alone(then);

	if (!place.after || place.after->is_loop || tests->also || !tests->word ||
		statements_leave(body->program, &not_so) != LEAVES_FUNCTION ||
		body->narms >= MAX_ARMS)
		return;
	add_arm(body, (struct arm){
			      .group = group_of(body, tests->subject, place),
			      .tests = tests,
			      .body = place.after->rest,
			      .block = term_none(),
			      .after = place.after->outer,
			      .is_rest = true,
		      });
}

/* Else-ifs nest as deep as there are: they are walked, not descended into. */
static void walk_if(struct body *body, struct term term, struct place place)
{
	struct word_tests none = {0};

	place.depth++;
	while (term_is(term, TERM_IF)) {
		struct condition condition =
			condition_read(&body->reader, term_first(term));
		struct term then = term_child(term, 1), other = term_child(term, 2);
		bool is_other = !condition.when_true.first &&
				condition.when_false.first &&
				condition.when_false.first->word &&
				!condition.when_false.is_partial && term_exists(other);

		walk_then(body, condition.when_true, then, place);
		if (!condition.when_true.first && condition.when_false.first &&
			!condition.when_false.is_partial && !term_exists(other))
			add_rest(body, condition.when_false.first, then, place);
		if (is_other)
			walk_then(body, condition.when_false, other, place);
		else if (term_exists(other) && !term_is(other, TERM_IF))
			walk_then(body, none, other, place);
		term = is_other ? term_none() : other;
	}
}

/* The character that a case is for; 0: another value. */
static char character_of(struct term value)
{
	uint32_t c = term_is(value, TERM_NUMBER) ? term_get(value)->a : 0;

	if (c <= ' ' || c >= 0x7f || term_name(value)[0])
		return '\0';
	return (char)c;
}

/* The statements from a case on to the next one. */
static struct statements section(struct term block, struct term label)
{
	struct statements all = alone(label);
	struct term next = term_next(block, label);

	for (; term_exists(next) && !term_is(next, TERM_CASE) &&
		!term_is(next, TERM_CASE_DEFAULT);
		next = term_next(block, next))
		all.end = term_get(next)->end;
	/* `case 'a': case 'b': x`, the first of them; x stands last in it. */
	while (term_is(label, TERM_CASE) || term_is(label, TERM_CASE_DEFAULT)) {
		struct term inner = term_is(label, TERM_CASE) ? term_child(label, 1)
							      : term_first(label);

		if (!term_exists(inner))
			break;
		all.from = inner.at;
		label = inner;
	}
	return all;
}

static void walk_switch(struct body *body, struct term term, struct place place)
{
	struct term block = term_child(term, 1);
	struct word_test test = {.at = term, .match = RULE_EXACT};
	unsigned position = 0;

	test.subject = condition_character(&body->reader, term_first(term), &position);
	place.depth++;
	if (!term_is(block, TERM_BLOCK))
		return;
	for (struct term label = term_first(block); term_exists(label);
		label = term_next(block, label)) {
		char character = '\0';

		if (!term_is(label, TERM_CASE) && !term_is(label, TERM_CASE_DEFAULT))
			continue;
		if (term_is(label, TERM_CASE))
			character = character_of(term_first(label));
		if (!term_exists(test.subject) || !character) {
			walk_list(body, section(block, label), place);
			continue;
		}
		test.at = label;
		test.characters[position] = character;
		walk_characters(body, &test, term_none(), section(block, label), place);
	}
}

/* `do { … } while (0)` is none. */
static bool is_loop(struct term loop)
{
	struct term condition = term_child(loop, 1);

	return term_get(loop)->a == 1 || !term_is(condition, TERM_NUMBER) ||
	       term_get(condition)->a;
}

static void walk_loop(struct body *body, struct term loop, struct place place)
{
	place.depth++;
	if (is_loop(loop)) {
		struct after *after = arena_alloc(&body->arena, sizeof(*after));

		*after = (struct after){.outer = place.after, .is_loop = true};
		place.after = after;
		place.loop = loop;
	}
	for (struct term part = term_first(loop); term_exists(part);
		part = term_next(loop, part))
		if (term_kind(part) < TERM_CALL)
			walk_list(body, alone(part), place);
}

static void walk_statement(struct body *body, struct term term, struct place place)
{
	switch (term_kind(term)) {
	case TERM_IF:
		walk_if(body, term, place);
		break;
	case TERM_SWITCH:
		walk_switch(body, term, place);
		break;
	case TERM_LOOP:
		walk_loop(body, term, place);
		break;
	case TERM_BLOCK:
	case TERM_LABEL:
	case TERM_CASE_DEFAULT:
		place.depth++;
		walk_list(body, inside(term), place);
		break;
	case TERM_CASE:
		place.depth++;
		if (term_exists(term_child(term, 1)))
			walk_list(body, alone(term_child(term, 1)), place);
		break;
	default:
		break;
	}
}

static void walk_list(struct body *body, struct statements list, struct place place)
{
	const struct after *outer = place.after;

	if (place.depth > MAX_DEPTH)
		return;
	for (struct term at = statements_first(&list); term_exists(at);
		at = statements_next(&list, at)) {
		struct statements rest = list;
		struct after *after;

		if (term_kind(at) >= TERM_RETURN && !term_is(at, TERM_LABEL))
			continue;
		rest.from = term_get(at)->end;
		place.after = outer;
		if (rest.from < rest.end) {
			after = arena_alloc(&body->arena, sizeof(*after));
			*after = (struct after){.rest = rest, .outer = outer};
			place.after = after;
		}
		walk_statement(body, at, place);
	}
}

void body_walk(struct body *body)
{
	walk_list(body, inside(body->root),
		(struct place){.parent = ARM_NONE, .loop = term_none()});
}
