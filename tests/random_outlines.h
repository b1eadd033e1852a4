/*
 * Outlines of random content that refer only to what exists, with tables, look-ups and
 * chains among them, for facts that are made up. The same seed makes the same outlines.
 */
#ifndef PCARCH_TESTS_RANDOM_OUTLINES_H
#define PCARCH_TESTS_RANDOM_OUTLINES_H

#include "analyzer/facts/facts.h"
#include "analyzer/facts/facts_builder.h"
#include "core/trace.h"
#include "tests/random_trace.h"

#include <stdio.h>

enum {
	RANDOM_OUTLINES_NSHARED = 4, /* variables of the header; they come first */
	RANDOM_OUTLINES_NVARIABLES = 10, /* of each unit */
	RANDOM_OUTLINES_DEPTH = 5, /* of expressions and statements in each other */
};

/* One body, or what stands outside of bodies. */
struct random_outlines {
	struct random_trace *random;
	struct facts_builder *facts;
	uint32_t nfunctions, nvariables; /* of which anything is said: the first ones */
	uint32_t comparer; /* strcmp() */
	uint32_t first_site, nsites; /* of the body */
	uint32_t file, line;
};

static inline uint32_t random_outlines_one_of(struct random_outlines *outlines,
	const char *const *strings, size_t count)
{
	return facts_intern(outlines->facts,
		strings[random_below(outlines->random, count)]);
}

static inline uint32_t random_outlines_word(struct random_outlines *outlines)
{
	static const char *const words[] = {
		"add", "del", "show", "key", "list|ls", "-v", "--help", "", "a b"};

	return random_outlines_one_of(outlines, words, sizeof(words) / sizeof(*words));
}

static inline uint32_t random_outlines_field(struct random_outlines *outlines)
{
	static const char *const fields[] = {"name", "alias", "run", "next", "help"};

	return random_outlines_one_of(outlines, fields, sizeof(fields) / sizeof(*fields));
}

/* Arrays of records, of pointers to them, of texts; and words. */
static inline void random_outlines_variables(struct facts_builder *facts, uint32_t header,
	uint32_t source, size_t unit)
{
	for (unsigned i = 0; i < RANDOM_OUTLINES_NVARIABLES; i++) {
		bool is_shared = i < RANDOM_OUTLINES_NSHARED;
		char name[32];

		snprintf(name, sizeof(name), "table%u_%zu", i, is_shared ? 0 : unit);
		facts_add_variable(facts,
			(struct facts_variable){
				.name = facts_intern(facts, name),
				.file = is_shared ? header : source,
				.offset = 50000 + i * 10,
				.line = 2000 + i,
				.record = facts_intern(facts, i % 3 ? "command" : ""),
				.flags = (is_shared      ? VARIABLE_EXTERNAL
						 : i & 4 ? VARIABLE_STATIC
							 : 0) |
					 (i & 1 ? VARIABLE_ARRAY : 0) |
					 (i & 2 ? VARIABLE_POINTER : 0) |
					 (i % 3 ? 0 : VARIABLE_TEXT) |
					 (i == 5 ? VARIABLE_SECTION : 0),
			});
	}
}

/* Open a term; facts_end_term() when what is below it is there. */
static inline uint32_t random_outlines_open(struct random_outlines *outlines,
	enum facts_term_kind kind, uint32_t a, uint32_t name)
{
	outlines->line += kind < TERM_CALL;
	return facts_add_term(outlines->facts, (struct facts_term){
						       .kind = kind,
						       .a = a,
						       .name = name,
						       .file = outlines->file,
						       .line = outlines->line,
					       });
}

static inline void random_outlines_end(struct random_outlines *outlines, uint32_t term)
{
	facts_end_term(outlines->facts, term);
}

/* A term without any below it. */
static inline void random_outlines_add(struct random_outlines *outlines,
	enum facts_term_kind kind, uint32_t a, uint32_t name)
{
	random_outlines_end(outlines, random_outlines_open(outlines, kind, a, name));
}

/* A name or a constant. */
static inline void random_outlines_leaf(struct random_outlines *outlines)
{
	static const enum facts_term_kind kinds[] = {TERM_TEXT, TERM_NUMBER,
		TERM_FUNCTION, TERM_VARIABLE, TERM_PARAMETER, TERM_OTHER};
	struct random_trace *random = outlines->random;
	enum facts_term_kind kind =
		kinds[random_below(random, sizeof(kinds) / sizeof(*kinds))];
	uint32_t a = (uint32_t)random_below(random, 4), name = 0;

	if (kind == TERM_TEXT)
		name = random_outlines_word(outlines);
	else if (kind == TERM_FUNCTION)
		a = (uint32_t)random_below(random, outlines->nfunctions);
	else if (kind == TERM_VARIABLE)
		a = (uint32_t)random_below(random, outlines->nvariables);
	random_outlines_add(outlines, kind, a, name);
}

static inline void random_outlines_expression(struct random_outlines *outlines,
	unsigned depth);

static inline void random_outlines_call(struct random_outlines *outlines, unsigned depth)
{
	struct random_trace *random = outlines->random;
	uint32_t site = FACTS_NONE, call;

	if (outlines->nsites)
		site = outlines->first_site +
		       (uint32_t)random_below(random, outlines->nsites);
	call = random_outlines_open(outlines, TERM_CALL, site, 0);
	if (random_below(random, 3))
		random_outlines_add(outlines, TERM_FUNCTION,
			(uint32_t)random_below(random, outlines->nfunctions), 0);
	else
		random_outlines_expression(outlines, depth);
	for (size_t n = random_below(random, 4); n; n--)
		random_outlines_expression(outlines, depth);
	random_outlines_end(outlines, call);
}

static inline void random_outlines_expression(struct random_outlines *outlines,
	unsigned depth)
{
	struct random_trace *random = outlines->random;
	uint32_t kind = TERM_CALL + (uint32_t)random_below(random, TERM_TEXT - TERM_CALL);
	unsigned noperands = 2;
	uint32_t a = 0, name = 0, term;

	if (depth == RANDOM_OUTLINES_DEPTH || !random_below(random, 3)) {
		random_outlines_leaf(outlines);
		return;
	}
	if (kind == TERM_CALL) {
		random_outlines_call(outlines, depth + 1);
		return;
	}
	if (kind == TERM_FIELD) {
		a = facts_intern(outlines->facts, "command");
		name = random_outlines_field(outlines);
	}
	if (kind == TERM_NOT || (kind >= TERM_ADD && kind != TERM_ELEMENT))
		noperands = 1;
	term = random_outlines_open(outlines, (enum facts_term_kind)kind, a, name);
	for (unsigned i = 0; i < noperands + (kind == TERM_CHOICE); i++)
		random_outlines_expression(outlines, depth + 1);
	random_outlines_end(outlines, term);
}

/* `argv[1]`; at times another word, or anything. */
static inline void random_outlines_argument(struct random_outlines *outlines)
{
	uint32_t element;

	if (!random_below(outlines->random, 8)) {
		random_outlines_expression(outlines, RANDOM_OUTLINES_DEPTH - 2);
		return;
	}
	element = random_outlines_open(outlines, TERM_ELEMENT, 0, 0);
	random_outlines_add(outlines, TERM_PARAMETER, 1, 0);
	random_outlines_add(outlines, TERM_NUMBER, 1 + !random_below(outlines->random, 8),
		0);
	random_outlines_end(outlines, element);
}

/* `table[i].FIELD` */
static inline void random_outlines_cell(struct random_outlines *outlines,
	uint32_t variable, const char *name)
{
	uint32_t field = random_outlines_open(outlines, TERM_FIELD,
		facts_intern(outlines->facts, "command"),
		facts_intern(outlines->facts, name));
	uint32_t element = random_outlines_open(outlines, TERM_ELEMENT, 0, 0);

	random_outlines_add(outlines, TERM_VARIABLE, variable, 0);
	random_outlines_add(outlines, TERM_OTHER, 0, 0);
	random_outlines_end(outlines, element);
	random_outlines_end(outlines, field);
}

/* `strcmp(argv[1], "add") == 0`, or with the name in a row of table `variable`. */
static inline void random_outlines_comparison(struct random_outlines *outlines,
	uint32_t variable)
{
	uint32_t equal = random_outlines_open(outlines, TERM_EQUAL, 0, 0);
	uint32_t call = random_outlines_open(outlines, TERM_CALL, FACTS_NONE, 0);

	random_outlines_add(outlines, TERM_FUNCTION, outlines->comparer, 0);
	random_outlines_argument(outlines);
	if (variable == FACTS_NONE)
		random_outlines_add(outlines, TERM_TEXT, 0,
			random_outlines_word(outlines));
	else
		random_outlines_cell(outlines, variable, "name");
	random_outlines_end(outlines, call);
	random_outlines_add(outlines, TERM_NUMBER, 0, 0);
	random_outlines_end(outlines, equal);
}

/* `if (COMPARISON) return f(argv);`, or the function of the row that was compared. */
static inline void random_outlines_command(struct random_outlines *outlines,
	uint32_t variable)
{
	uint32_t choice = random_outlines_open(outlines, TERM_IF, 0, 0), leaving, call;

	random_outlines_comparison(outlines, variable);
	leaving = random_outlines_open(outlines, TERM_RETURN, 0, 0);
	call = random_outlines_open(outlines, TERM_CALL, FACTS_NONE, 0);
	if (variable == FACTS_NONE)
		random_outlines_add(outlines, TERM_FUNCTION,
			(uint32_t)random_below(outlines->random, outlines->nfunctions),
			0);
	else
		random_outlines_cell(outlines, variable, "run");
	random_outlines_add(outlines, TERM_PARAMETER, 1, 0);
	random_outlines_end(outlines, call);
	random_outlines_end(outlines, leaving);
	random_outlines_end(outlines, choice);
}

/* Commands by words, one after another; or a loop over a table. */
static inline void random_outlines_dispatch(struct random_outlines *outlines)
{
	uint32_t loop;

	if (random_below(outlines->random, 2)) {
		for (size_t n = 1 + random_below(outlines->random, 4); n; n--)
			random_outlines_command(outlines, FACTS_NONE);
		return;
	}
	loop = random_outlines_open(outlines, TERM_LOOP, 1, 0);
	random_outlines_command(outlines,
		(uint32_t)random_below(outlines->random, outlines->nvariables));
	random_outlines_end(outlines, loop);
}

static inline void random_outlines_statement(struct random_outlines *outlines,
	unsigned depth);

/* What is below a statement, by its kind. */
static inline void random_outlines_parts(struct random_outlines *outlines, uint32_t kind,
	unsigned depth)
{
	bool has_head = kind != TERM_BLOCK && kind != TERM_CASE_DEFAULT;
	size_t nstatements = 1;

	if (kind == TERM_IF && random_below(outlines->random, 2))
		random_outlines_comparison(outlines, FACTS_NONE);
	else if (has_head && kind != TERM_LABEL)
		random_outlines_expression(outlines, 2);
	if (kind == TERM_BLOCK)
		nstatements = random_below(outlines->random, 5);
	else if (kind == TERM_IF)
		nstatements = 1 + random_below(outlines->random, 2);
	while (nstatements--)
		random_outlines_statement(outlines, depth + 1);
}

static inline void random_outlines_statement(struct random_outlines *outlines,
	unsigned depth)
{
	uint32_t kind = TERM_BLOCK +
			(uint32_t)random_below(outlines->random, TERM_CALL - TERM_BLOCK);
	uint32_t name = 0, term;

	if (!random_below(outlines->random, 3)) {
		random_outlines_expression(outlines, 1);
		return;
	}
	if (depth == RANDOM_OUTLINES_DEPTH && kind < TERM_RETURN)
		kind = TERM_NOTHING;
	if (kind == TERM_GOTO || kind == TERM_LABEL)
		name = random_outlines_field(outlines);
	term = random_outlines_open(outlines, (enum facts_term_kind)kind,
		kind == TERM_LOOP, name);
	if (kind < TERM_RETURN || (kind == TERM_LABEL && depth < RANDOM_OUTLINES_DEPTH))
		random_outlines_parts(outlines, kind, depth);
	else if (kind == TERM_RETURN && random_below(outlines->random, 2))
		random_outlines_expression(outlines, 2);
	random_outlines_end(outlines, term);
}

/* A field of a row; NULL: one of any name, with anything. */
static inline void random_outlines_slot(struct random_outlines *outlines,
	const char *field)
{
	uint32_t name = field ? facts_intern(outlines->facts, field)
			      : random_outlines_field(outlines);
	uint32_t slot = random_outlines_open(outlines, TERM_SLOT, 0, name);

	if (!field || !random_below(outlines->random, 16))
		random_outlines_expression(outlines, RANDOM_OUTLINES_DEPTH - 1);
	else if (field[0] == 'n')
		random_outlines_add(outlines, TERM_TEXT, 0,
			random_outlines_word(outlines));
	else
		random_outlines_add(outlines, TERM_FUNCTION,
			(uint32_t)random_below(outlines->random, outlines->nfunctions),
			0);
	random_outlines_end(outlines, slot);
}

/* A row in braces: names, a function, a table below. */
static inline void random_outlines_row(struct random_outlines *outlines, uint32_t number)
{
	uint32_t record = facts_intern(outlines->facts, "command");
	uint32_t slot = random_outlines_open(outlines, TERM_SLOT, number, 0);
	uint32_t list = random_outlines_open(outlines, TERM_LIST, 0, record);

	random_outlines_slot(outlines, "name");
	random_outlines_slot(outlines, "run");
	for (size_t n = random_below(outlines->random, 3); n; n--)
		random_outlines_slot(outlines, NULL);
	random_outlines_end(outlines, list);
	random_outlines_end(outlines, slot);
}

/* Variable `variable` and its initialiser: rows, or anything. */
static inline void random_outlines_object(struct random_outlines *outlines,
	uint32_t variable)
{
	uint32_t object = random_outlines_open(outlines, TERM_OBJECT, variable, 0), list;

	if (random_below(outlines->random, 3)) {
		list = random_outlines_open(outlines, TERM_LIST, 1, 0);
		for (uint32_t i = 0; i < random_below(outlines->random, 6); i++)
			random_outlines_row(outlines, i);
		random_outlines_end(outlines, list);
	} else {
		random_outlines_expression(outlines, 1);
	}
	random_outlines_end(outlines, object);
}

/* A variable that only this body has. */
static inline uint32_t random_outlines_local(struct random_outlines *outlines,
	uint32_t function)
{
	return facts_add_variable(outlines->facts,
		(struct facts_variable){
			.name = facts_intern(outlines->facts, "words"),
			.file = outlines->file,
			.offset = 60000 + 10 * function,
			.line = outlines->line,
			.record = facts_intern(outlines->facts, "command"),
			.flags = VARIABLE_POINTER |
				 (function % 2 ? VARIABLE_TEXT : VARIABLE_ARRAY),
		});
}

/* The body of `function`, with a variable of its own at times. */
static inline void random_outlines_body(struct random_outlines *outlines,
	uint32_t function)
{
	uint32_t body = random_outlines_open(outlines, TERM_BODY, function, 0);

	if (!random_below(outlines->random, 4))
		random_outlines_object(outlines,
			random_outlines_local(outlines, function));
	for (size_t n = random_below(outlines->random, 6); n; n--)
		random_outlines_statement(outlines, 1);
	if (random_below(outlines->random, 2))
		random_outlines_dispatch(outlines);
	random_outlines_end(outlines, body);
}

#endif
