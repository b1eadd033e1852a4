/* What a handler of all requests does by their path: `if (strcmp(url, "/jobs") == 0)`. */
#include "analyzer/entry/entry_points.h"
#include "analyzer/entry/search.h"
#include "analyzer/link/function_table.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_WORDS = 4, /* of one condition: strcmp(a, "/x") == 0 || … */
	MAX_NESTED = 16, /* conditions in each other */
};

struct words {
	const char *words[MAX_WORDS];
	size_t count;
};

/* A branch that runs for some requests alone. */
struct branch_of_body {
	uint32_t first, end; /* terms */
	struct words paths, methods; /* those of the branches around it, too */
};

struct reading {
	struct entry_search *search;
	const struct facts *facts;
	struct term_at body;
	uint32_t handler; /* of the trace */
	uint32_t *ncalls; /* of each function of the image, in the body; heap */
	struct branch_of_body nested[MAX_NESTED];
	size_t nnested;
};

static void add_word(struct words *words, const char *word)
{
	if (words->count < MAX_WORDS)
		words->words[words->count++] = word;
}

/* A comparison that holds when the condition does, by an operand that is constant. */
static void read_comparison(struct reading *reading, uint32_t call, bool is_not_zero,
	struct branch_of_body *out)
{
	const struct facts *facts = reading->facts;
	uint32_t callee = term_child(facts, call, 0);
	const struct compare_rule *rule;

	callee = callee == FACTS_NONE ? FACTS_NONE : term_function(facts, callee);
	if (callee == FACTS_NONE)
		return;
	rule = rules_compare(reading->search->program->rules,
		facts_string(facts, facts->functions[callee].name));
	if (!rule || (rule->is_equal_when == RULE_NOT_ZERO) != is_not_zero)
		return;
	for (int i = 0; i < 2; i++) {
		struct constant constant;
		uint32_t operand = term_argument(facts, call, (uint32_t)rule->args[i]);

		if (operand == FACTS_NONE ||
			!outlines_constant(&reading->search->outlines,
				term_within(reading->body, operand), &constant) ||
			!constant.text)
			continue;
		if (constant.text[0] == '/')
			add_word(&out->paths, constant.text);
		else if (entry_http_method(constant.text))
			add_word(&out->methods, entry_http_method(constant.text));
	}
}

/* The call that the term compares with 0; FACTS_NONE: it does not. */
static uint32_t compared_call(const struct facts *facts, uint32_t term)
{
	uint32_t call = term_child(facts, term, 0), zero = term_child(facts, term, 1);

	if (call == FACTS_NONE || facts->terms[call].kind != TERM_CALL)
		return FACTS_NONE;
	if (facts->terms[term].kind == TERM_NOT)
		return call;
	if (zero == FACTS_NONE || facts->terms[zero].kind != TERM_NUMBER ||
		facts->terms[zero].a)
		return FACTS_NONE;
	return call;
}

static void read_condition(struct reading *reading, uint32_t condition,
	struct branch_of_body *out)
{
	const struct facts *facts = reading->facts;
	uint32_t end = facts->terms[condition].end, t = condition;

	while (t < end) {
		const struct facts_term *term = &facts->terms[t];
		uint32_t call;

		switch (term->kind) {
		case TERM_NOT:
		case TERM_EQUAL:
		case TERM_UNEQUAL:
			call = compared_call(facts, t);
			if (call != FACTS_NONE)
				read_comparison(reading, call, term->kind == TERM_UNEQUAL,
					out);
			t = term->end; /* what else is denied there is no matter */
			break;
		case TERM_CALL:
			read_comparison(reading, t, true, out);
			t = term->end;
			break;
		default:
			t++;
			break;
		}
	}
}

/* How often the body calls each function of the image; free() the result. */
static uint32_t *count_calls(const struct reading *reading)
{
	const struct facts *facts = reading->facts;
	uint32_t *counts = xmalloc((facts->nfunctions + 1) * sizeof(*counts));

	memset(counts, 0, facts->nfunctions * sizeof(*counts));
	for (uint32_t t = reading->body.root; t < facts->terms[reading->body.root].end;
		t++) {
		uint32_t callee = facts->terms[t].kind == TERM_CALL
					  ? term_child(facts, t, 0)
					  : FACTS_NONE;

		callee = callee == FACTS_NONE ? FACTS_NONE : term_function(facts, callee);
		if (callee != FACTS_NONE)
			counts[callee]++;
	}
	return counts;
}

/* The program's function that only this branch calls, and no other; TRACE_NONE. */
static uint32_t own_callee(const struct reading *reading,
	const struct branch_of_body *branch)
{
	const struct facts *facts = reading->facts;
	uint32_t only = TRACE_NONE;

	for (uint32_t t = branch->first; t < branch->end; t++) {
		uint32_t found[OUTLINE_MEANINGS], callee, shown;

		callee = facts->terms[t].kind == TERM_CALL ? term_child(facts, t, 0)
							   : FACTS_NONE;
		callee = callee == FACTS_NONE ? FACTS_NONE : term_function(facts, callee);
		if (callee == FACTS_NONE || outlines_functions(&reading->search->outlines,
						    reading->body, callee, found) != 1)
			continue;
		shown = outlines_shown(&reading->search->outlines, found[0]);
		if (shown == TRACE_NONE || !entry_is_own(reading->search, shown) ||
			reading->ncalls[callee] > 1)
			continue;
		if (only != TRACE_NONE && only != shown)
			return TRACE_NONE;
		only = shown;
	}
	return only;
}

static void add_requests(const struct reading *reading,
	const struct branch_of_body *branch)
{
	struct entry_search *search = reading->search;
	uint32_t callee = own_callee(reading, branch);
	struct entry entry = {
		.kind = RULE_HTTP,
		.function = callee == TRACE_NONE ? reading->handler : callee,
		.by = search->trace->functions[reading->handler].name,
	};

	entry_place(search, &entry, term_within(reading->body, branch->first));
	for (size_t p = 0; p < branch->paths.count; p++) {
		for (size_t m = 0; m < branch->methods.count + !branch->methods.count;
			m++) {
			entry.nmetadata = 0;
			if (m < branch->methods.count)
				entry_describe(&entry, "method",
					branch->methods.words[m]);
			entry_describe(&entry, "path", branch->paths.words[p]);
			entry_list_add(&search->list, &entry);
		}
	}
}

/* An inner condition says more of the same request: then the outer one is none. */
static bool is_said_inside(struct reading *reading, const struct branch_of_body *branch)
{
	const struct facts *facts = reading->facts;

	for (uint32_t t = branch->first; t < branch->end; t++) {
		struct branch_of_body inner = {0};

		if (facts->terms[t].kind == TERM_IF &&
			term_child(facts, t, 0) != FACTS_NONE)
			read_condition(reading, term_child(facts, t, 0), &inner);
		if (inner.paths.count || inner.methods.count)
			return true;
	}
	return false;
}

static void read_if(struct reading *reading, uint32_t term)
{
	const struct facts *facts = reading->facts;
	uint32_t condition = term_child(facts, term, 0),
		 then = term_child(facts, term, 1);
	struct branch_of_body branch = {.first = then};

	if (then == FACTS_NONE || reading->nnested == MAX_NESTED)
		return;
	branch.end = facts->terms[then].end;
	read_condition(reading, condition, &branch);
	if (!branch.paths.count && !branch.methods.count)
		return;
	if (reading->nnested) {
		const struct branch_of_body *outer =
			&reading->nested[reading->nnested - 1];

		branch.paths = branch.paths.count ? branch.paths : outer->paths;
		branch.methods = branch.methods.count ? branch.methods : outer->methods;
	}
	reading->nested[reading->nnested++] = branch;
	if (branch.paths.count && !is_said_inside(reading, &branch))
		add_requests(reading, &branch);
}

static void read_body(struct entry_search *search, struct term_at body, uint32_t handler)
{
	struct reading reading = {
		.search = search,
		.facts = outlines_facts(&search->outlines, body),
		.body = body,
		.handler = handler,
	};
	const struct facts_term *terms = reading.facts->terms;

	reading.ncalls = count_calls(&reading);
	for (uint32_t t = body.root; t < terms[body.root].end; t++) {
		while (reading.nnested && reading.nested[reading.nnested - 1].end <= t)
			reading.nnested--;
		if (terms[t].kind == TERM_IF)
			read_if(&reading, t);
	}
	free(reading.ncalls);
}

/* Those that take any request: a path that is registered says more than its function. */
static bool *find_handlers(const struct entry_search *search)
{
	bool *is_handler = xmalloc(search->trace->nfunctions + 1);

	memset(is_handler, 0, search->trace->nfunctions);
	for (size_t i = 0; i < search->list.count; i++) {
		const struct entry *entry = &search->list.items[i];

		if (entry->kind == RULE_HTTP && entry->by)
			is_handler[entry->function] = true;
	}
	for (size_t i = 0; i < search->list.count; i++)
		for (size_t m = 0; m < search->list.items[i].nmetadata; m++)
			if (strcmp(search->list.items[i].metadata[m].key, "role") == 0)
				is_handler[search->list.items[i].function] = false;
	return is_handler;
}

void entry_find_requests(struct entry_search *search)
{
	const struct entry_program *program = search->program;
	bool *is_handler = find_handlers(search);

	for (uint32_t i = 0; i < program->nimages; i++) {
		const struct facts *facts = &program->images[i];

		for (uint32_t t = 0; t < facts->nterms; t = facts->terms[t].end) {
			uint32_t function;

			if (facts->terms[t].kind != TERM_BODY ||
				!outlines_is_first(&search->outlines, i, t))
				continue;
			function = outlines_shown(&search->outlines,
				function_table_definition(program->functions, facts,
					facts->terms[t].a));
			if (function != TRACE_NONE && is_handler[function])
				read_body(search, (struct term_at){i, t, t}, function);
		}
	}
	free(is_handler);
}
