#include "analyzer/routes/conditions.h"

#include "analyzer/routes/comparers.h"
#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/program.h"
#include "core/arena.h"

#include <string.h>

enum {
	MAX_NESTING = 1000 /* of `a || b || …`, which nests to the left */
};

static struct condition read_at(const struct condition_reader *reader, struct term term,
	unsigned depth);

struct term condition_subject(const struct condition_reader *reader, struct term term)
{
	struct term source = locals_source(reader->locals, term);

	/* `argv[i++]` is not the same text twice, but the local that holds it is. */
	return terms_mean_same(source, source) ? source : term;
}

static bool is_printable(uint32_t c)
{
	return c > ' ' && c < 0x7f;
}

struct term condition_character(const struct condition_reader *reader, struct term term,
	unsigned *position)
{
	struct term text, index;

	term = locals_source(reader->locals, term);
	text = term_first(term);
	index = term_child(term, 1);
	if (term_is(term, TERM_ELEMENT) && term_is(index, TERM_NUMBER)) {
		*position = term_get(index)->a;
	} else if (term_is(term, TERM_DEREF)) {
		*position = 0;
		index = term_child(text, 1);
		if (term_is(text, TERM_ADD) && term_is(index, TERM_NUMBER)) {
			*position = term_get(index)->a;
			text = term_first(text);
		}
	} else {
		return term_none();
	}
	text = condition_subject(reader, text);
	return terms_mean_same(text, text) && *position < WORD_CHARACTERS ? text
									  : term_none();
}

static struct word_tests one_test(const struct condition_reader *reader,
	struct word_test test)
{
	struct word_test *copy = arena_alloc(reader->arena, sizeof(*copy));

	*copy = test;
	return (struct word_tests){.first = copy, .last = copy};
}

static struct condition invert(struct condition condition)
{
	return (struct condition){condition.when_false, condition.when_true};
}

static struct condition read_call(const struct condition_reader *reader, struct term call)
{
	struct condition out = {0};
	struct comparison comparison;

	if (!comparer_of(reader->program, call, &comparison))
		return out;
	comparison_bound(reader->program, reader->locals, &comparison);
	for (unsigned i = 0; i < 2; i++) {
		struct term word = comparison.operands[i];
		struct term subject = comparison.operands[1 - i];

		if (!term_is(word, TERM_TEXT) || term_is(subject, TERM_TEXT))
			continue;
		out.when_true = one_test(reader,
			(struct word_test){
				.subject = condition_subject(reader, subject),
				.at = call,
				.word = term_name(word),
				.match = comparison_match(&comparison, i),
			});
		return comparison.is_equal_when_zero ? invert(out) : out;
	}
	return out;
}

/* `p[0] == 'x'` */
static struct condition read_character(const struct condition_reader *reader,
	struct term equality, struct term side, struct term number)
{
	struct condition out = {0};
	struct word_test test = {.at = equality, .match = RULE_EXACT};
	uint32_t character = term_get(number)->a;
	unsigned position;

	if (!is_printable(character) || term_name(number)[0])
		return out;
	test.subject = condition_character(reader, side, &position);
	if (!term_exists(test.subject))
		return out;
	test.characters[position] = (char)character;
	out.when_true = one_test(reader, test);
	return out;
}

static struct condition read_equality(const struct condition_reader *reader,
	struct term term, unsigned depth)
{
	struct condition out = {0};

	for (unsigned i = 0; i < 2; i++) {
		struct term number = term_child(term, i);
		struct term side = term_child(term, 1 - i);

		if (!term_is(number, TERM_NUMBER) || !term_exists(side))
			continue;
		if (!term_get(number)->a)
			out = invert(read_at(reader, side, depth + 1));
		else if (term_get(number)->a == 1)
			out = read_at(reader, side, depth + 1);
		else
			out = read_character(reader, term, side, number);
		break;
	}
	return term_is(term, TERM_EQUAL) ? out : invert(out);
}

static struct word_tests either(struct word_tests a, struct word_tests b)
{
	struct word_tests all = a;

	if (a.first && b.first) {
		a.last->next = b.first;
		all.last = b.last;
		all.is_partial = a.is_partial || b.is_partial;
		return all;
	}
	all = a.first ? a : b;
	all.is_partial = true;
	return all;
}

static bool add_characters(struct word_test *to, const struct word_test *from)
{
	if (to->word || from->word || to->next || from->next ||
		!terms_mean_same(to->subject, from->subject))
		return false;
	for (int i = 0; i < WORD_CHARACTERS; i++)
		if (from->characters[i])
			to->characters[i] = from->characters[i];
	return true;
}

/* Both hold: a word says more than its characters; another subject's is kept beside. */
static struct word_tests both(struct word_tests a, struct word_tests b)
{
	if (!a.first || (b.first && a.is_partial))
		return b;
	if (!b.first || b.is_partial || add_characters(a.first, b.first))
		return a;
	if (terms_mean_same(a.first->subject, b.first->subject))
		return a.first->word ? a : b;
	for (struct word_test *test = a.first; test; test = test->next)
		if (!test->also)
			test->also = b.first;
	return a;
}

static struct condition read_at(const struct condition_reader *reader, struct term term,
	unsigned depth)
{
	struct condition out = {0}, left, right;

	if (depth > MAX_NESTING)
		return out;
	switch (term_kind(term)) {
	case TERM_CALL:
		return read_call(reader, term);
	case TERM_EQUAL:
	case TERM_UNEQUAL:
		return read_equality(reader, term, depth);
	case TERM_NOT:
		return invert(read_at(reader, term_first(term), depth + 1));
	case TERM_ASSIGN:
	case TERM_COMMA:
		return read_at(reader, term_child(term, 1), depth + 1);
	case TERM_AND:
	case TERM_OR:
		left = read_at(reader, term_first(term), depth + 1);
		right = read_at(reader, term_child(term, 1), depth + 1);
		if (term_is(term, TERM_OR)) {
			out.when_true = either(left.when_true, right.when_true);
			out.when_false = both(left.when_false, right.when_false);
		} else {
			out.when_true = both(left.when_true, right.when_true);
			out.when_false = either(left.when_false, right.when_false);
		}
		return out;
	default:
		return out;
	}
}

struct condition condition_read(const struct condition_reader *reader, struct term term)
{
	return read_at(reader, term, 0);
}
