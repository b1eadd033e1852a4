#include "analyzer/routes/comparers_locals.h"

#include <string.h>
#include <uthash.h>

enum {
	MAX_STEPS = 16, /* from a variable to what it stands for */
	MAX_TERMS = 64 /* of a word that is compared */
};

struct local {
	UT_hash_handle hh;
	uint32_t variable;
	struct term value;
	bool is_told; /* by one value only */
};

static bool is_null(struct term value)
{
	return !term_exists(value) ||
	       (term_is(value, TERM_NUMBER) && !term_get(value)->a);
}

static void give(struct locals *locals, uint32_t variable, struct term value)
{
	struct local *local;

	if (is_null(value))
		return;
	HASH_FIND(hh, locals->known, &variable, sizeof(variable), local);
	if (local) {
		local->is_told &= terms_mean_same(local->value, value);
		return;
	}
	local = arena_alloc(&locals->arena, sizeof(*local));
	local->variable = variable;
	local->value = value;
	local->is_told = true;
	HASH_ADD(hh, locals->known, variable, sizeof(local->variable), local);
}

void locals_read(struct locals *locals, struct term body)
{
	struct term at = body;

	for (; at.at < term_get(body)->end; at.at++) {
		struct term to = term_first(at);

		if (term_is(at, TERM_OBJECT))
			give(locals, term_get(at)->a, to);
		else if (term_is(at, TERM_ASSIGN) && term_is(to, TERM_VARIABLE))
			give(locals, term_get(to)->a, term_next(at, to));
	}
}

void locals_release(struct locals *locals)
{
	HASH_CLEAR(hh, locals->known);
	arena_release(&locals->arena);
}

struct term locals_value(const struct locals *locals, struct term variable)
{
	uint32_t number = term_get(variable)->a;
	struct local *local;

	HASH_FIND(hh, locals->known, &number, sizeof(number), local);
	return local && local->is_told ? local->value : term_none();
}

static bool is_constant(struct term term)
{
	return term_is(term, TERM_TEXT) || term_is(term, TERM_NUMBER);
}

/* `argc > 1 ? argv[1] : ""` */
static struct term chosen(struct term choice)
{
	struct term a = term_child(choice, 1), b = term_child(choice, 2);

	if (is_constant(b))
		return a;
	return is_constant(a) ? b : term_none();
}

struct term locals_source(const struct locals *locals, struct term term)
{
	for (int i = 0; i < MAX_STEPS; i++) {
		struct term value = term_none();

		if (term_is(term, TERM_VARIABLE))
			value = locals_value(locals, term);
		else if (term_is(term, TERM_CHOICE))
			value = chosen(term);
		if (!term_exists(value) || term_is(value, TERM_CALL) ||
			term_is(value, TERM_OTHER))
			break;
		term = value;
	}
	return term;
}

/* `*p` and `p[0]`; false for others. */
static bool is_first_element(struct term term)
{
	struct term index = term_child(term, 1);

	if (term_is(term, TERM_ELEMENT))
		return term_is(index, TERM_NUMBER) && !term_get(index)->a;
	return term_is(term, TERM_DEREF);
}

static bool is_same_field(struct term a, struct term b)
{
	return term_is(a, TERM_FIELD) && term_is(b, TERM_FIELD) &&
	       strcmp(term_name(a), term_name(b)) == 0;
}

/* `p++` is another place each time, and so may be what a call gives. */
static bool is_fixed(struct term term)
{
	return !term_is(term, TERM_CALL) && !term_is(term, TERM_ASSIGN) &&
	       (!term_is(term, TERM_ADD) || term_exists(term_child(term, 1)));
}

static bool is_same_text(struct term a, struct term b)
{
	uint32_t size = term_get(a)->end - a.at;

	if (a.facts != b.facts || term_get(b)->end - b.at != size || size > MAX_TERMS)
		return false;
	for (uint32_t i = 0; i < size; i++) {
		struct term left = {a.facts, a.at + i}, right = {b.facts, b.at + i};
		const struct facts_term *x = term_get(left), *y = term_get(right);

		if (x->kind != y->kind || x->a != y->a || x->name != y->name ||
			x->end - left.at != y->end - right.at || !is_fixed(left))
			return false;
	}
	return true;
}

bool terms_mean_same(struct term a, struct term b)
{
	if (!term_exists(a) || !term_exists(b))
		return false;
	for (int i = 0; i < MAX_TERMS; i++) {
		bool is_step = is_first_element(a) && is_first_element(b);

		if (!is_step && !is_same_field(a, b))
			break;
		a = term_first(a);
		b = term_first(b);
		if (!term_exists(a) || !term_exists(b))
			return false;
	}
	return is_same_text(a, b);
}
