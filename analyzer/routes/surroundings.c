#include "analyzer/routes/surroundings.h"

#include "core/arena.h"

#include <stdlib.h>

void surroundings_read(struct surroundings *around, struct term root)
{
	struct term at = root;
	size_t count = term_get(root)->end - root.at;

	around->root = root;
	while (around->room < count)
		around->parents = grow(around->parents, around->room, &around->room,
			sizeof(*around->parents));
	around->parents[0] = root.at;
	for (; at.at < term_get(root)->end; at.at++)
		for (struct term child = term_first(at); term_exists(child);
			child = term_next(at, child))
			around->parents[child.at - root.at] = at.at;
}

void surroundings_release(struct surroundings *around)
{
	free(around->parents);
	*around = (struct surroundings){0};
}

static struct term parent_of(const struct surroundings *around, struct term term)
{
	return (struct term){term.facts, around->parents[term.at - around->root.at]};
}

/* The nearest term of the kind, `term` itself or around it; or the body. */
static struct term nearest(const struct surroundings *around, struct term term,
	enum facts_term_kind kind)
{
	while (term.at != around->root.at && !term_is(term, kind))
		term = parent_of(around, term);
	return term;
}

/* The last statement in a block, or in the last block of it. */
static struct term last_of(struct term statement)
{
	while (term_is(statement, TERM_BLOCK) && term_exists(term_first(statement))) {
		struct term child = term_first(statement), next = child;

		for (; term_exists(next); next = term_next(statement, next))
			child = next;
		statement = child;
	}
	return statement;
}

bool surroundings_go_on(const struct surroundings *around, struct term condition)
{
	struct term choice = nearest(around, condition, TERM_IF);
	struct term then = term_child(choice, 1), last = last_of(then);

	if (term_is(last, TERM_CONTINUE)) /* no match: what follows is for one */
		last = last_of(parent_of(around, choice));
	if (term_is(last, TERM_RETURN) || term_is(last, TERM_BREAK) ||
		term_is(last, TERM_GOTO))
		return false;
	return term_exists(then) &&
	       term_is(nearest(around, choice, TERM_LOOP), TERM_LOOP);
}

/* Does a later statement of the block leave the loop? */
static bool is_left(struct term block, struct term statement)
{
	while (term_exists(statement = term_next(block, statement)))
		if (term_is(statement, TERM_RETURN) || term_is(statement, TERM_BREAK) ||
			term_is(statement, TERM_GOTO))
			return true;
	return false;
}

bool surroundings_leave(const struct surroundings *around, struct term call)
{
	while (call.at != around->root.at) {
		struct term parent = parent_of(around, call);

		if (term_is(call, TERM_RETURN))
			return true;
		if (term_is(call, TERM_LOOP))
			return false;
		if (term_is(parent, TERM_BLOCK) && is_left(parent, call))
			return true;
		call = parent;
	}
	return true;
}
