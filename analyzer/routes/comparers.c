#include "analyzer/routes/comparers.h"

#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/comparers_shape.h"
#include "analyzer/routes/program.h"
#include "analyzer/rules/rules.h"
#include "core/trace.h"

#include <string.h>

/* Argument `n` of a call, from 0. */
static struct term argument(struct term call, unsigned n)
{
	return term_child(call, n + 1);
}

static bool is_strlen_of(const struct routes_program *program, struct term call,
	struct term text)
{
	struct term callee = term_first(call);
	const char *name;

	if (!term_is(call, TERM_CALL) || !term_is(callee, TERM_FUNCTION))
		return false;
	name = program_name(program, program_function(program, callee));
	return strstr(name, "strlen") && terms_mean_same(argument(call, 0), text);
}

/* `n` bytes of a literal, or as many as an expression (sizeof) says. */
static bool bounds_literal(struct term length, struct term text)
{
	if (!term_is(text, TERM_TEXT))
		return false;
	if (term_is(length, TERM_NUMBER))
		return term_get(length)->a <= strlen(term_name(text));
	return term_is(length, TERM_OTHER);
}

/* Which operand is compared up to its own end only. */
static unsigned bounded(const struct routes_program *program,
	const struct comparison *comparison, struct term length)
{
	for (unsigned i = 0; i < 2 && term_exists(length); i++) {
		struct term text = comparison->operands[i];

		if (is_strlen_of(program, length, text) || bounds_literal(length, text))
			return i;
	}
	return COMPARISON_WHOLE;
}

void comparison_bound(const struct routes_program *program, const struct locals *locals,
	struct comparison *comparison)
{
	struct term length = comparison->length;

	if (comparison->begins != COMPARISON_WHOLE || !term_is(length, TERM_VARIABLE))
		return;
	length = locals_value(locals, length);
	comparison->begins = bounded(program, comparison, length);
}

static void by_rule(const struct routes_program *program, const struct compare_rule *rule,
	struct term call, struct comparison *out)
{
	unsigned last =
		(unsigned)(rule->args[0] > rule->args[1] ? rule->args[0] : rule->args[1]);

	*out = (struct comparison){
		.operands = {argument(call, (unsigned)rule->args[0]),
			argument(call, (unsigned)rule->args[1])},
		.length = argument(call, last + 1),
		.is_equal_when_zero = rule->is_equal_when == RULE_ZERO,
		.ignores_case = rule->match == RULE_ICASE,
		.told = rule->match > RULE_ICASE ? rule->match : RULE_MATCH_UNTOLD,
	};
	out->begins = bounded(program, out, out->length);
}

static void by_shape(const struct routes_program *program, const struct matcher *matcher,
	struct term call, struct comparison *out)
{
	*out = (struct comparison){
		.operands = {argument(call, matcher->parameters[0]),
			argument(call, matcher->parameters[1])},
		.length = term_none(),
		.is_equal_when_zero = matcher->is_equal_when_zero,
		.ignores_case = matcher->ignores_case,
		.begins = matcher->begins,
	};
	if (matcher->length != MATCHER_NO_LENGTH)
		out->length = argument(call, matcher->length);
	if (out->begins == COMPARISON_WHOLE)
		out->begins = bounded(program, out, out->length);
}

bool comparer_of(const struct routes_program *program, struct term call,
	struct comparison *out)
{
	struct term callee = term_first(call);
	const struct compare_rule *rule;
	struct comparison found;
	uint32_t function;

	if (!term_is(call, TERM_CALL) || !term_is(callee, TERM_FUNCTION))
		return false;
	function = program_function(program, callee);
	if (function == TRACE_NONE)
		return false;
	rule = rules_compare(program->rules, program_name(program, function));
	if (rule)
		by_rule(program, rule, call, &found);
	else if (program->matchers && program->matchers[function].is_matcher)
		by_shape(program, &program->matchers[function], call, &found);
	else
		return false;
	if (!term_exists(found.operands[0]) || !term_exists(found.operands[1]))
		return false;
	*out = found;
	return true;
}

enum rule_match comparison_match(const struct comparison *comparison, unsigned word)
{
	if (comparison->told != RULE_MATCH_UNTOLD)
		return comparison->told;
	if (comparison->begins == 1 - word)
		return RULE_FIRST_PREFIX;
	return comparison->ignores_case ? RULE_ICASE : RULE_EXACT;
}
