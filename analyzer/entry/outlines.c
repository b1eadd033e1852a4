#include "analyzer/entry/outlines.h"

#include "analyzer/entry/entry_points.h"
#include "analyzer/link/function_table.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"
#include "core/source_paths.h"
#include "core/trace.h"

#include <stdlib.h>

enum {
	MAX_STEPS = 4, /* from an expression to its constant */
	VALUE_VARIES = FACTS_NONE - 1, /* in `values`: assigned more than once */
};

void outlines_init(struct outlines *outlines, const struct entry_program *program)
{
	*outlines = (struct outlines){
		.program = program,
		.values = xmalloc((program->nimages + 1) * sizeof(uint32_t *)),
	};
	for (size_t i = 0; i < program->nimages; i++)
		outlines->values[i] = NULL;
}

void outlines_release(struct outlines *outlines)
{
	for (size_t i = 0; i < outlines->program->nimages; i++)
		free(outlines->values[i]);
	free(outlines->values);
}

const struct facts *outlines_facts(const struct outlines *outlines, struct term_at at)
{
	return &outlines->program->images[at.image];
}

uint32_t term_child(const struct facts *facts, uint32_t term, uint32_t number)
{
	uint32_t end = facts->terms[term].end, child = term + 1;

	for (; child < end && number; number--)
		child = facts->terms[child].end;
	return child < end ? child : FACTS_NONE;
}

uint32_t term_argument(const struct facts *facts, uint32_t call, uint32_t number)
{
	return term_child(facts, call, number + 1);
}

static uint32_t peel_address(const struct facts *facts, uint32_t term)
{
	while (facts->terms[term].kind == TERM_ADDRESS ||
		facts->terms[term].kind == TERM_DEREF) {
		uint32_t inner = term_child(facts, term, 0);

		if (inner == FACTS_NONE)
			break;
		term = inner;
	}
	return term;
}

uint32_t term_function(const struct facts *facts, uint32_t term)
{
	term = peel_address(facts, term);
	return facts->terms[term].kind == TERM_FUNCTION ? facts->terms[term].a
							: FACTS_NONE;
}

uint32_t term_variable(const struct facts *facts, uint32_t term)
{
	for (;;) {
		const struct facts_term *at = &facts->terms[term];

		if (at->kind == TERM_VARIABLE)
			return at->a;
		if (at->kind != TERM_ADDRESS && at->kind != TERM_DEREF &&
			at->kind != TERM_FIELD && at->kind != TERM_ELEMENT)
			return FACTS_NONE;
		term = term_child(facts, term, 0);
		if (term == FACTS_NONE)
			return FACTS_NONE;
	}
}

bool outlines_is_first(const struct outlines *outlines, uint32_t image, uint32_t root)
{
	const struct facts_term *term = &outlines->program->images[image].terms[root];

	return term->kind != TERM_BODY ||
	       outlines->program->bodies[image][term->a] != TRACE_NONE;
}

size_t outlines_functions(const struct outlines *outlines, struct term_at at,
	uint32_t local, uint32_t out[OUTLINE_MEANINGS])
{
	const struct facts *facts = outlines_facts(outlines, at);
	const struct facts_term *root = &facts->terms[at.root];
	struct definitions found =
		function_table_resolve_from(outlines->program->functions, facts,
			root->kind == TERM_BODY ? root->a : FACTS_NONE, local);
	size_t count = found.count < OUTLINE_MEANINGS ? found.count : OUTLINE_MEANINGS;

	for (size_t i = 0; i < count; i++)
		out[i] = found.functions[i];
	return count;
}

uint32_t outlines_shown(const struct outlines *outlines, uint32_t function)
{
	/* What is asked for may be new to the table: then nothing shown uses it. */
	return function < outlines->program->norder ? outlines->program->order[function]
						    : TRACE_NONE;
}

const char *outlines_file(const struct outlines *outlines, struct term_at at)
{
	const struct facts *facts = outlines_facts(outlines, at);
	uint32_t file = facts->terms[at.term].file;

	if (file == FACTS_NONE)
		return NULL;
	return source_paths_shown(outlines->program->paths,
		facts_string(facts, facts->files[file].path));
}

static void set_value(uint32_t *values, uint32_t variable, uint32_t value)
{
	bool is_only = values[variable] == FACTS_NONE && value != FACTS_NONE;

	values[variable] = is_only ? value : VALUE_VARIES;
}

/* A variable that others may assign to, or that its address is taken of, varies. */
static uint32_t *read_values(const struct facts *facts)
{
	uint32_t *values = xmalloc((facts->nvariables + 1) * sizeof(*values));

	for (size_t i = 0; i < facts->nvariables; i++) {
		uint32_t flags = facts->variables[i].flags;

		values[i] = flags & VARIABLE_EXTERNAL && !(flags & VARIABLE_ARRAY)
				    ? VALUE_VARIES
				    : FACTS_NONE;
	}
	for (uint32_t t = 0; t < facts->nterms; t++) {
		const struct facts_term *term = &facts->terms[t];
		uint32_t to = term_child(facts, t, 0);

		if (to == FACTS_NONE)
			continue;
		if (term->kind == TERM_OBJECT)
			set_value(values, term->a, to);
		else if (facts->terms[to].kind != TERM_VARIABLE)
			continue;
		else if (term->kind == TERM_ASSIGN)
			set_value(values, facts->terms[to].a, term_child(facts, t, 1));
		else if (term->kind == TERM_ADDRESS || term->kind == TERM_ADD)
			values[facts->terms[to].a] = VALUE_VARIES;
	}
	return values;
}

static uint32_t variable_value(struct outlines *outlines, struct term_at at,
	uint32_t variable)
{
	const struct facts *facts = outlines_facts(outlines, at);
	uint32_t value;

	if (!outlines->values[at.image])
		outlines->values[at.image] = read_values(facts);
	value = outlines->values[at.image][variable];
	return value < facts->nterms ? value : FACTS_NONE;
}

/* What a call is made of that only wraps its name: amqp_cstring_bytes("x") is "x". */
static uint32_t wrapped(const struct outlines *outlines, struct term_at at)
{
	const struct facts *facts = outlines_facts(outlines, at);
	const struct rules *rules = outlines->program->rules;
	uint32_t callee = term_child(facts, at.term, 0), function;
	const struct call_rule *rule;

	function = callee == FACTS_NONE ? FACTS_NONE : term_function(facts, callee);
	if (function == FACTS_NONE || !rules)
		return FACTS_NONE;
	rule = rules_call(rules, facts_string(facts, facts->functions[function].name));
	if (!rule || rule->ncallbacks || rule->name == RULE_NO_ARGUMENT)
		return FACTS_NONE;
	return term_argument(facts, at.term, (uint32_t)rule->name);
}

bool outlines_constant(struct outlines *outlines, struct term_at at, struct constant *out)
{
	const struct facts *facts = outlines_facts(outlines, at);
	uint32_t term = at.term;

	for (int i = 0; i < MAX_STEPS && term != FACTS_NONE; i++) {
		const struct facts_term *here = &facts->terms[term];
		const char *name = facts_string(facts, here->name);

		switch (here->kind) {
		case TERM_TEXT:
			*out = (struct constant){
				source_paths_intern(outlines->program->paths, name), 0};
			return true;
		case TERM_NUMBER:
			name = *name ? source_paths_intern(outlines->program->paths, name)
				     : NULL;
			*out = (struct constant){name, here->a};
			return true;
		case TERM_VARIABLE:
			term = variable_value(outlines, at, here->a);
			break;
		case TERM_CALL:
			term = wrapped(outlines, term_within(at, term));
			break;
		default:
			return false;
		}
	}
	return false;
}
