/* The arms of one body that are taken for words, and what they run. */
#ifndef PCARCH_ANALYZER_ROUTES_CHAINS_BODY_H
#define PCARCH_ANALYZER_ROUTES_CHAINS_BODY_H

#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/conditions.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/term.h"
#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dispatch_list;
struct sources;

enum {
	ARM_NONE = UINT32_MAX
};

/* Below this weight, a chain is one of options, values or keywords. */
#define CHAIN_LEAST 0.5

/* Statements that stand together: terms `from` to `end` - 1. */
struct statements {
	const struct facts *facts;
	uint32_t from, end;
};

/* What is executed after a statement, from the inside out. */
struct after {
	struct statements rest;
	const struct after *outer; /* NULL: the function ends */
	bool is_loop; /* `rest` is empty, and the loop around goes on */
};

/* How an arm ends. */
enum leaving {
	LEAVES_NOT, /* it goes on after the chain */
	LEAVES_FUNCTION, /* return, exit() */
	LEAVES_GOTO,
	LEAVES_BREAK,
	LEAVES_CONTINUE,
};

/* What an arm does. */
enum doing {
	DOES_NOTHING, /* of interest: it sets values, or is done in line */
	DOES_RUN, /* a function of the program */
	DOES_SHARE, /* says what the call after the chain is to do */
};

/* An arm that is taken when a text is one of some words. */
struct arm {
	uint32_t group; /* of body.groups */
	uint32_t next; /* arm of the group; ARM_NONE */
	const struct word_test *tests;
	struct statements body;
	struct term block; /* that `body` is; or none */
	const struct after *after;
	enum leaving leaving;
	enum doing doing;
	uint32_t function; /* that it runs; TRACE_NONE */
	struct term call; /* that runs it */
	bool is_returned; /* the result of the call is what the function returns */
	bool is_given; /* the call is given something of the words, or of what is with
			  them */
	bool is_given_other; /* another variable */
	bool is_alone; /* the call has no arguments */
	bool is_final; /* the function does not return */
	bool is_rest; /* `body` is what follows a test that it is no such word */
	bool only_words; /* it is there for the words below it */
};

/* Arms that are chosen among by one text. */
struct arm_group {
	struct term subject;
	uint32_t parent; /* the arm that they are in; ARM_NONE */
	struct term loop; /* the innermost loop around; or none */
	uint32_t first, last; /* its arms */
	double weight; /* that these are commands */
};

/* One body, while it is looked at. */
struct body {
	const struct routes_program *program;
	struct arena arena; /* of what is below */
	struct locals locals;
	struct condition_reader reader;
	uint32_t function; /* of the function table */
	struct term root;
	bool has_dispatch; /* another one is known in it, which a word may stand beside */
	struct arm *arms; /* heap; outer ones before those in them */
	size_t narms, arms_room;
	struct arm_group *groups; /* heap; the same */
	size_t ngroups, groups_room;
	const struct sources *sources; /* of the program */
	uint32_t returned[8]; /* variables that it returns */
	size_t nreturned;
	uint8_t *taken; /* heap; for each term: it is in an arm for a command */
};

void body_open(struct body *body, const struct routes_program *program,
	const struct sources *sources, const struct outline *outline);
void body_close(struct body *body);

/* Find the arms, without what they do. */
void body_walk(struct body *body);

/*
 * Find out what the arm does, once those in it have been weighed. One of no group has
 * statements alone, and `tests` without a subject.
 */
void body_judge(const struct body *body, struct arm *arm);

/* The weight of a group, once its arms are judged. */
double body_weigh(const struct body *body, const struct arm_group *group);

/* Does a loop around the group go on to the next word each time? */
bool body_iterates(const struct body *body, const struct arm_group *group);

/* Letters, digits, hyphens and the like; a sign may come first, which is no hyphen. */
bool word_is_command(const char *word);

/* Add what the groups with enough weight make of the body. */
void body_dispatches(const struct body *body, struct dispatch_list *list);

/* How sure it is that a text that the body compares comes from outside. */
double body_evidence(const struct body *body, struct term subject);

/* How the statements end. */
enum leaving statements_leave(const struct routes_program *program,
	const struct statements *all);

/* The variable or parameter that a text is reached from; or none. */
struct term subject_root(struct term subject);

static inline bool statements_hold(const struct statements *all, uint32_t at)
{
	return all->from <= at && at < all->end;
}

/* The first of them; or none. */
static inline struct term statements_first(const struct statements *all)
{
	return all->from < all->end ? (struct term){all->facts, all->from} : term_none();
}

static inline struct term statements_next(const struct statements *all, struct term at)
{
	uint32_t next = term_get(at)->end;

	return next < all->end ? (struct term){all->facts, next} : term_none();
}

#endif
