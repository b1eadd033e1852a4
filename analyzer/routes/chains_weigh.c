/* Commands, or options, values and keywords: what speaks for which. */
#include "analyzer/routes/chains_body.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/comparers.h"
#include "core/trace.h"

#include <string.h>

/* What a group's arms are, counted. */
struct tally {
	unsigned arms, runs, shares, options, sure, inline_bodies, finals;
};

static const char *signature_of(const struct body *body)
{
	return function_table_get(body->program->functions, body->function)
		->function.signature;
}

/* Is parameter `number` a `char **`? */
static bool is_words(const struct body *body, uint32_t number)
{
	const char *at = strchr(signature_of(body), '(');
	size_t n;

	for (; at && number; number--)
		at = strchr(at + 1, ',');
	if (!at)
		return false;
	n = strcspn(at + 1, ",");
	return memmem(at + 1, n, "char *", 6) && memmem(at + 1, n, "**", 2);
}

static double evidence_of(const struct body *body, struct term subject)
{
	struct term root = subject_root(subject);
	uint32_t flags;

	if (term_is(root, TERM_PARAMETER)) {
		if (is_words(body, term_get(root)->a))
			return 0.4;
		return term_is(subject, TERM_PARAMETER) ? 0.2 : 0.1;
	}
	if (!term_is(root, TERM_VARIABLE))
		return 0;
	flags = root.facts->variables[term_get(root)->a].flags;
	if (!term_is(subject, TERM_VARIABLE))
		return flags & (VARIABLE_POINTER | VARIABLE_ARRAY) ? 0.3 : 0.1;
	return 0.25;
}

/* Does the loop go from word to word? A text that nothing in it is given is another. */
static bool is_iterating(const struct body *body, const struct arm_group *group)
{
	struct term root = subject_root(group->subject), at = group->loop;

	(void)body;
	if (!term_exists(at))
		return false;
	if (!term_is(root, TERM_VARIABLE) || !term_is(group->subject, TERM_VARIABLE))
		return true;
	for (; at.at < term_get(group->loop)->end; at.at++) {
		struct term to = term_first(at);

		if (term_is(at, TERM_ASSIGN) && terms_mean_same(to, root))
			return !term_is(term_next(at, to), TERM_CALL);
		if (term_is(at, TERM_OBJECT) && term_get(at)->a == term_get(root)->a)
			return !term_is(to, TERM_CALL);
	}
	return false;
}

static bool is_option(const struct word_test *tests)
{
	return !tests->word || tests->word[0] == '-' || !tests->word[0] || strchr(tests->word, '=');
}

static struct tally count(const struct body *body, const struct arm_group *group,
	bool is_iterated)
{
	struct tally tally = {0};
	const struct arm *arm;

	for (uint32_t i = group->first; i != ARM_NONE; i = arm->next) {
		bool leaves;

		arm = &body->arms[i];
		leaves = arm->leaving == LEAVES_FUNCTION;
		tally.arms++;
		if (is_option(arm->tests)) {
			tally.options++;
			continue;
		}
		if (arm->only_words)
			tally.runs++;
		else if (arm->doing == DOES_RUN &&
			 (!is_iterated || (leaves && arm->is_returned)))
			tally.runs++;
		else if (arm->doing == DOES_SHARE && !is_iterated)
			tally.shares++;
		else if (leaves)
			tally.inline_bodies++;
		tally.finals += arm->doing == DOES_RUN && arm->is_final;
		tally.sure += arm->is_returned && arm->is_given && !arm->is_final;
	}
	return tally;
}

/* A function that is given `char ***` takes words away for its caller. */
static bool takes_words(const struct body *body)
{
	const char *at = strchr(signature_of(body), '(');

	return at && strstr(at, "char ***");
}

/* Was the word a value before, for another function? */
static bool was_read(const struct body *body, const struct arm_group *group)
{
	struct term at = body->root, subject = group->subject;
	uint32_t end = body->arms[group->first].tests->at.at;

	if (group->parent != ARM_NONE || term_is(subject, TERM_VARIABLE) ||
		term_is(subject, TERM_PARAMETER))
		return false;
	for (; at.at < end; at.at++) {
		struct term argument = term_child(at, 1);
		struct comparison comparison;

		if (!term_is(at, TERM_CALL) ||
			comparer_of(body->program, at, &comparison))
			continue;
		for (; term_exists(argument); argument = term_next(at, argument))
			if (terms_mean_same(argument, subject))
				return true;
	}
	return false;
}

double body_weigh(const struct body *body, const struct arm_group *group)
{
	bool is_iterated = is_iterating(body, group);
	struct tally tally = count(body, group, is_iterated);
	unsigned words = tally.arms - tally.options;
	double weight, share;

	if (tally.options >= words || takes_words(body))
		return 0;
	if (words == 1 && !tally.sure)
		return 0;
	if (tally.runs <= tally.finals && !tally.shares)
		return 0;
	share = (double)(tally.runs + tally.shares) / (double)words;
	weight = 0.6 * share + evidence_of(body, group->subject);
	if (is_iterated)
		weight -= 0.3;
	if (weight >= 0.5 && was_read(body, group))
		weight -= 0.5;
	return weight < 0 ? 0 : weight > 1 ? 1 : weight;
}
