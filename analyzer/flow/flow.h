/*
 * Which functions each call site can call: the flow of function values through the whole
 * program, solved together with the calls that it discovers. Source: Andersen, "Program
 * Analysis and Specialization for the C Programming Language", 1994, without objects:
 * a field is one place for all objects of its type.
 */
#ifndef PCARCH_ANALYZER_FLOW_FLOW_H
#define PCARCH_ANALYZER_FLOW_FLOW_H

#include "core/trace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct assignment_rule;
struct binary;
struct call_rule;
struct facts;
struct function_table;
struct rules;
struct site_table;
struct source_paths;

struct flow_program {
	struct source_paths *paths;
	struct function_table *functions;
	struct site_table *sites;
	const struct rules *rules; /* what libraries do; NULL: nothing is known */
	bool is_library; /* other code may call any function that is not static */
	const struct binary *binaries; /* which say what they may call; may be none */
	size_t nbinaries;
};

struct flow;

struct flow *flow_new(const struct flow_program *program);
void flow_free(struct flow *flow);

/* First of all images, so that types are known. */
void flow_add_records(struct flow *flow, const struct facts *facts);

/*
 * Then of each image, once its sites are in the table: bodies[f] is the number of the
 * first site of function f there, or TRACE_NONE for a body that was seen before.
 */
void flow_add(struct flow *flow, const struct facts *facts, const uint32_t *bodies);

void flow_solve(struct flow *flow);

/* A function that a site may call, and how that is known. */
struct flow_target {
	uint32_t function;
	const char *through; /* the library function that calls it; NULL: the site does */
	const struct flow_step *steps; /* the way of its address to the site */
	size_t nsteps;
};

struct flow_answer {
	struct flow_target *targets; /* sorted */
	size_t ntargets;
	const char *const *reasons; /* sorted; none: there are no other targets */
	size_t nreasons;
};

/* By function, library, and way: the shorter one first. */
int flow_target_compare(const void *left, const void *right);

/* Sort targets, and keep one way to each; returns how many are left. */
size_t flow_targets_settle(struct flow_target *targets, size_t ntargets);

/* What was found, for those sites of the table that anything was found for. */
struct flow_answers {
	const struct flow_answer *answers;
	const uint32_t *sites; /* that they are for */
	size_t count;
	const uint32_t *of_site; /* an index in `answers`, or TRACE_NONE */
	size_t nsites; /* of `of_site`; sites after that have no answer */
};

/* In `arena`. */
void flow_answers(struct flow *flow, struct arena *arena, struct flow_answers *out);

/*
 * A function that a library calls some time, or in a way of its own, because a rule with
 * a kind says so: one for each function, and site or field, that it comes to.
 */
struct flow_registration {
	uint32_t function;
	uint32_t site; /* of the call that gives it away; TRACE_NONE: it is stored */
	const struct call_rule *rule; /* of that call; NULL for one that is stored */
	uint32_t callback; /* of the rule, unless the rule looks functions up by name */
	const struct assignment_rule *assignment;
	const char *library; /* "pthread_create", "field 'sigaction.sa_handler'" */
	const struct flow_step *steps; /* the way of its address there; may be none */
	size_t nsteps;
};

struct flow_registrations {
	const struct flow_registration *items;
	size_t count;
};

/* In `arena`, in no order that means anything. */
void flow_registrations(struct flow *flow, struct arena *arena,
	struct flow_registrations *out);

/* The answer for a site; NULL: there is none. */
static inline const struct flow_answer *flow_answer_of(const struct flow_answers *answers,
	uint32_t site)
{
	if (site >= answers->nsites || answers->of_site[site] == TRACE_NONE)
		return NULL;
	return &answers->answers[answers->of_site[site]];
}

#endif
