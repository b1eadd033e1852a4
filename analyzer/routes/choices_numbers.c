#include "analyzer/routes/choices_numbers.h"

#include "analyzer/routes/chains_body.h"
#include "analyzer/routes/comparers.h"
#include "core/arena.h"
#include "core/trace.h"

#include <string.h>

bool numbers_are_same(struct term a, struct term b)
{
	return term_is(a, TERM_NUMBER) && term_is(b, TERM_NUMBER) &&
	       term_get(a)->a == term_get(b)->a &&
	       strcmp(term_name(a), term_name(b)) == 0;
}

/* `return N;` or `x = N;`, and nothing else; or none. */
static struct term number_of(const struct statements *all)
{
	struct term first = statements_first(all), value = term_none();

	if (term_is(first, TERM_RETURN))
		value = term_first(first);
	else if (term_is(first, TERM_ASSIGN))
		value = term_child(first, 1);
	return term_is(value, TERM_NUMBER) ? value : term_none();
}

static size_t add_words(const struct body *body, const struct arm *arm,
	struct numbered_word *items)
{
	struct term number = number_of(&arm->body);
	size_t n = 0;

	if (!term_exists(number) || arm->only_words || arm->is_rest)
		return 0;
	for (const struct word_test *test = arm->tests; test; test = test->next) {
		if (!test->word || !word_is_command(test->word))
			continue;
		if (items)
			items[n] = (struct numbered_word){
				.word = arena_strdup(body->program->arena, test->word),
				.number = number,
				.at = test->at,
				.match = test->match,
			};
		n++;
	}
	return n;
}

struct numbered_words numbers_of_chain(const struct body *body, uint32_t group)
{
	const struct arm_group *of = &body->groups[group];
	struct numbered_words out = {
		.function = body->function,
		.subject = of->subject,
		.runs = TRACE_NONE,
	};
	struct numbered_word *items;
	size_t n = 0;

	for (uint32_t i = of->first; i != ARM_NONE; i = body->arms[i].next)
		n += add_words(body, &body->arms[i], NULL);
	if (n < 2 || of->parent != ARM_NONE || body_iterates(body, of))
		return out;
	items = arena_alloc(body->program->arena, n * sizeof(*items));
	for (uint32_t i = of->first; i != ARM_NONE; i = body->arms[i].next)
		out.count += add_words(body, &body->arms[i], items + out.count);
	out.items = items;
	out.evidence = body_evidence(body, of->subject);
	return out;
}

/* The only slot of a kind in a row, where there is one function or none. */
static struct term slot_of(struct term row, enum facts_term_kind kind)
{
	struct term found = term_none();

	for (struct term slot = term_first(row); term_exists(slot);
		slot = term_next(row, slot)) {
		if (!term_is(term_first(slot), kind))
			continue;
		if (term_exists(found))
			return term_none();
		found = slot;
	}
	return found;
}

static struct term list_of(struct term object)
{
	struct term list = term_first(object);

	return term_is(list, TERM_LIST) && term_get(list)->a == 1 ? list : term_none();
}

bool numbers_are_in(const struct object *object)
{
	struct term row = term_first(term_first(list_of(object->root)));

	return term_is(row, TERM_LIST) && term_exists(slot_of(row, TERM_TEXT)) &&
	       term_exists(slot_of(row, TERM_NUMBER)) &&
	       !term_exists(slot_of(row, TERM_FUNCTION));
}

static size_t count_rows(struct term list)
{
	size_t n = 0;

	for (struct term slot = term_first(list); term_exists(slot);
		slot = term_next(list, slot))
		n++;
	return n;
}

static size_t read_rows(const struct body *body, struct term list,
	struct numbered_word *items)
{
	size_t n = 0;

	for (struct term slot = term_first(list); term_exists(slot);
		slot = term_next(list, slot)) {
		struct term row = term_first(slot);
		struct term name, number;

		if (!term_is(row, TERM_LIST))
			return 0;
		if (term_exists(slot_of(row, TERM_FUNCTION)))
			return 0;
		name = slot_of(row, TERM_TEXT);
		number = slot_of(row, TERM_NUMBER);
		if (!term_exists(name) || !term_exists(number) ||
			!word_is_command(term_name(term_first(name))))
			continue;
		items[n++] = (struct numbered_word){
			.word = arena_strdup(body->program->arena,
				term_name(term_first(name))),
			.number = term_first(number),
			.at = row,
			.match = RULE_EXACT,
		};
	}
	return n;
}

/* Is it a field of the table's rows? */
static bool is_field(struct term term, const char *name)
{
	return term_is(term, TERM_FIELD) && strcmp(term_name(term), name) == 0;
}

/* The branch that is taken when a row's name is the word, judged as one of a chain. */
static bool find_branch(const struct body *body, struct term list, const char *field,
	struct arm *arm, struct comparison *out)
{
	struct term at = body->root, call = term_none();

	(void)list;
	for (; at.at < term_get(body->root)->end; at.at++) {
		if (term_is(at, TERM_CALL) && comparer_of(body->program, at, out) &&
			(is_field(out->operands[0], field) ||
				is_field(out->operands[1], field))) {
			call = at;
			break;
		}
	}
	if (!term_exists(call))
		return false;
	comparison_bound(body->program, &body->locals, out);
	/* The innermost `if` whose condition it is in. */
	for (struct term outer = body->root; outer.at < call.at; outer.at++) {
		struct term condition = term_first(outer), then = term_child(outer, 1);

		if (!term_is(outer, TERM_IF) || call.at < condition.at ||
			call.at >= term_get(condition)->end || !term_exists(then))
			continue;
		arm->body = (struct statements){then.facts, then.at, term_get(then)->end};
		return true;
	}
	return false;
}

struct numbered_words numbers_of_table(const struct body *body,
	const struct object *object)
{
	struct numbered_words out = {.function = body->function, .runs = TRACE_NONE};
	struct word_test test = {.word = NULL};
	struct arm arm = {.group = ARM_NONE, .tests = &test, .function = TRACE_NONE};
	struct term list = list_of(object->root), name;
	struct numbered_word *items;
	struct comparison comparison;
	unsigned word;

	if (!term_exists(list) || count_rows(list) < 2)
		return out;
	name = slot_of(term_first(term_first(list)), TERM_TEXT);
	if (!term_exists(name) || !term_name(name)[0] ||
		!find_branch(body, list, term_name(name), &arm, &comparison))
		return out;
	word = is_field(comparison.operands[0], term_name(name)) ? 0 : 1;
	test.subject = condition_subject(&body->reader, comparison.operands[1 - word]);
	body_judge(body, &arm);
	items = arena_alloc(body->program->arena, count_rows(list) * sizeof(*items));
	out.count = read_rows(body, list, items);
	for (size_t i = 0; i < out.count; i++)
		items[i].match = comparison_match(&comparison, word);
	out.items = items;
	out.subject = test.subject;
	out.evidence = body_evidence(body, test.subject);
	if (arm.is_returned || arm.is_given) {
		out.runs = arm.function;
		out.call = arm.call;
	}
	return out;
}
