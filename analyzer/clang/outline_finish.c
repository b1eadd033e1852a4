/* What of an outline is kept. */
#include "analyzer/clang/outlining.h"
#include "analyzer/clang/sources.h"
#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"

#include <stdlib.h>

static bool is_expression(uint32_t kind)
{
	return kind >= TERM_CALL;
}

/* Are both operands characters of texts, as in `*a == *b`? A matcher is made of those. */
static bool compares_memory(const struct outlined *terms, uint32_t i)
{
	uint32_t left = i + 1;

	for (uint32_t n = 0; n < 2; n++) {
		if (left >= terms[i].term.end ||
			(terms[left].term.kind != TERM_DEREF &&
				terms[left].term.kind != TERM_ELEMENT))
			return false;
		left = terms[left].term.end;
	}
	return true;
}

/* `row = table + i` names a table. */
static bool is_table(struct walk *walk, uint32_t variable)
{
	const struct facts_variable *known = facts_variable(walk->facts, variable);

	return (known->flags & VARIABLE_ARRAY) &&
	       (known->record || (known->flags & VARIABLE_POINTER));
}

/* Of interest by itself, whatever is below. */
static bool is_leaf_live(struct walk *walk, uint32_t i)
{
	const struct outlined *terms = walk->outlines->terms;
	const struct facts_term *term = &terms[i].term;
	uint32_t parent = terms[terms[i].parent].term.kind;

	switch (term->kind) {
	case TERM_CALL:
	case TERM_TEXT:
	case TERM_FUNCTION:
	case TERM_RETURN:
	case TERM_BREAK:
	case TERM_CONTINUE:
	case TERM_GOTO:
	case TERM_LABEL:
	case TERM_CASE:
	case TERM_CASE_DEFAULT:
		return true;
	case TERM_NUMBER:
		return term->name || parent == TERM_EQUAL || parent == TERM_UNEQUAL ||
		       (parent == TERM_ASSIGN && term->a);
	case TERM_VARIABLE: /* `table = other_table;` */
		return parent == TERM_ASSIGN || parent == TERM_OBJECT ||
		       parent == TERM_SLOT || parent == TERM_ADDRESS ||
		       is_table(walk, term->a);
	case TERM_PARAMETER: /* `struct sigaction action = {.sa_handler = handler};` */
		return parent == TERM_SLOT;
	case TERM_FIELD: /* `fn = row->fn;` */
		return parent == TERM_ASSIGN || parent == TERM_OBJECT;
	case TERM_EQUAL:
	case TERM_UNEQUAL:
		return compares_memory(terms, i);
	default:
		return false;
	}
}

static void mark_live(struct walk *walk)
{
	struct outlines *outlines = walk->outlines;
	struct outlined *terms = outlines->terms;

	for (uint32_t i = (uint32_t)outlines->nterms; i-- > 0;) {
		terms[i].is_live |= is_leaf_live(walk, i);
		if (i && terms[i].is_live)
			terms[terms[i].parent].is_live = true;
	}
}

enum verdict {
	KEEP,
	REPLACE, /* by a term that says nothing */
	DROP
};

static enum verdict judge(const struct outlined *terms, uint32_t i, uint32_t *kind)
{
	const struct outlined *term = &terms[i];
	uint32_t parent = terms[term->parent].term.kind;
	bool is_in_statement = !is_expression(parent) || parent == TERM_OTHER;

	if (term->is_live || !i)
		return KEEP;
	/* `do { … } while (0)` is no loop. */
	if (parent == TERM_LOOP && term->term.kind == TERM_NUMBER)
		return KEEP;
	if (parent == TERM_BLOCK || parent == TERM_BODY)
		return DROP;
	*kind = is_expression(term->term.kind) ? TERM_OTHER : TERM_NOTHING;
	if (term->term.kind == TERM_OBJECT)
		return DROP;
	if (*kind == TERM_NOTHING || term->term.kind == TERM_OTHER)
		return REPLACE;
	/* The operands of what is kept say what it is about. */
	return is_in_statement && parent != TERM_SWITCH && parent != TERM_CASE &&
			       parent != TERM_RETURN && parent != TERM_OBJECT
		       ? REPLACE
		       : KEEP;
}

/* Copies terms out, and closes those that end where the source has come to. */
struct copying {
	struct walk *walk;
	uint32_t *open; /* copied terms, innermost last */
	uint32_t *ends; /* of the originals */
	size_t nopen, open_room, ends_room;
};

static void close_to(struct copying *copying, uint32_t i)
{
	while (copying->nopen && copying->ends[copying->nopen - 1] <= i)
		facts_end_term(copying->walk->facts, copying->open[--copying->nopen]);
}

/* Without the column, for which libclang goes back to the beginning of the line. */
static void set_place(struct walk *walk, CXCursor at, struct facts_term *term)
{
	CXFile file;
	unsigned line;

	clang_getExpansionLocation(clang_getCursorLocation(at), &file, &line, NULL, NULL);
	term->file = sources_index(walk->sources, file);
	term->line = line;
}

static void copy(struct copying *copying, struct facts_term term)
{
	copying->ends = grow(copying->ends, copying->nopen, &copying->ends_room,
		sizeof(*copying->ends));
	copying->open = grow(copying->open, copying->nopen, &copying->open_room,
		sizeof(*copying->open));
	copying->ends[copying->nopen] = term.end;
	copying->open[copying->nopen++] = facts_add_term(copying->walk->facts, term);
}

void outline_finish(struct walk *walk)
{
	struct outlines *outlines = walk->outlines;
	struct copying copying = {.walk = walk};

	mark_live(walk);
	if (!outlines->terms[0].is_live)
		return;
	for (uint32_t i = 0; i < outlines->nterms;) {
		struct facts_term term = outlines->terms[i].term;
		uint32_t end = term.end, kind = term.kind;
		int verdict = judge(outlines->terms, i, &kind);

		close_to(&copying, i);
		if (verdict == REPLACE) {
			term.kind = kind;
			term.a = term.name = 0;
		}
		if (verdict != DROP) {
			set_place(walk, outlines->terms[i].at, &term);
			copy(&copying, term);
		}
		i = verdict == KEEP ? i + 1 : end;
	}
	close_to(&copying, (uint32_t)outlines->nterms);
	free(copying.open);
	free(copying.ends);
}
