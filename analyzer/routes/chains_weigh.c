/* Commands, or options, values and keywords: what speaks for which. */
#include "analyzer/routes/chains_body.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/chains_sources.h"
#include "analyzer/routes/comparers.h"
#include "core/trace.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* What a group's branches are, counted. */
struct tally {
	unsigned words, options; /* branches */
	unsigned sure, finals;
	unsigned runs, helps; /* branches that run something; and only tell how to */
	double quality; /* sum of how much they look like commands, each 0 to 1 */
	uint32_t function; /* the only one that they run; TRACE_NONE */
	unsigned nfunctions; /* 0, 1; 2: more */
};

static const char *signature_of(const struct body *body)
{
	return function_table_get(body->program->functions, body->function)
		->function.signature;
}

/* `client->argv[1]` */
static bool is_argument_field(struct term subject)
{
	for (int i = 0; i < 8 && term_exists(subject); i++) {
		if (term_is(subject, TERM_FIELD) &&
			strcmp(term_name(subject), "argv") == 0)
			return true;
		subject = term_first(subject);
	}
	return false;
}

/* `word.length == 4`: beside the text, its length is known, as a tokenizer says it. */
static bool is_measured(const struct body *body, struct term subject)
{
	struct term at = body->root, whole = term_first(subject);

	if (!term_is(subject, TERM_FIELD))
		return false;
	for (; at.at < term_get(body->root)->end; at.at++)
		for (unsigned i = 0; i < 2 && term_is(at, TERM_EQUAL); i++) {
			struct term side = term_child(at, i);

			if (term_is(side, TERM_FIELD) &&
				!terms_mean_same(side, subject) &&
				terms_mean_same(term_first(side), whole))
				return true;
		}
	return false;
}

/* The text is parameter `number`, or reached from it. */
static double evidence_of_parameter(const struct body *body, struct term subject,
	uint32_t number)
{
	const struct function_source *source = &body->sources->functions[body->function];
	uint32_t bit = number < SOURCES_PARAMETERS ? 1u << number : 0;

	if (source_is_words(body->program, body->function, number))
		return 0.4;
	if (!term_is(subject, TERM_PARAMETER))
		return is_argument_field(subject) || is_measured(body, subject) ? 0.3 : 0;
	if (source->words & bit)
		return 0.35;
	return source->literals & bit ? -0.3 : 0.1;
}

/* It is read, or made of a word: `basename(argv[0])`. */
static double evidence_of_variable(const struct body *body, struct term variable)
{
	struct term value = locals_value(&body->locals, variable);
	struct term argument = term_child(value, 1);

	switch (source_of(body->program, body->root, variable)) {
	case SOURCE_READ:
		return 0.35;
	case SOURCE_FILE:
		return -0.3;
	case SOURCE_UNKNOWN:
		break;
	}
	if (!term_is(value, TERM_CALL))
		return 0.1;
	for (; term_exists(argument); argument = term_next(value, argument)) {
		struct term root = subject_root(argument);

		if (term_is(root, TERM_PARAMETER) &&
			source_is_words(body->program, body->function, term_get(root)->a))
			return 0.35;
	}
	return 0.1;
}

double body_evidence(const struct body *body, struct term subject)
{
	struct term root = subject_root(subject);
	uint32_t flags;

	if (term_is(root, TERM_PARAMETER))
		return evidence_of_parameter(body, subject, term_get(root)->a);
	if (!term_is(root, TERM_VARIABLE))
		return 0;
	flags = root.facts->variables[term_get(root)->a].flags;
	if (term_is(subject, TERM_VARIABLE))
		return evidence_of_variable(body, root);
	if (is_argument_field(subject))
		return 0.3;
	return flags & (VARIABLE_POINTER | VARIABLE_ARRAY) ? 0.3 : 0;
}

/* `strtok(NULL, " ")`, `strsep(&words, " ")`: the next of several words. */
static bool gives_next_word(const struct body *body, struct term call)
{
	struct term callee = term_first(call), first = term_child(call, 1);
	const char *name;

	if (!term_is(call, TERM_CALL) || !term_is(callee, TERM_FUNCTION))
		return false;
	name = program_name(body->program, program_function(body->program, callee));
	return strcmp(name, "strsep") == 0 ||
	       (strncmp(name, "strtok", 6) == 0 && term_is(first, TERM_NUMBER));
}

/* Does the loop go from word to word? A text that nothing in it is given is another. */
bool body_iterates(const struct body *body, const struct arm_group *group)
{
	struct term root = subject_root(group->subject), at = group->loop;

	if (!term_exists(at))
		return false;
	if (!term_is(root, TERM_VARIABLE) || !term_is(group->subject, TERM_VARIABLE))
		return true;
	for (; at.at < term_get(group->loop)->end; at.at++) {
		struct term to = term_first(at), value = term_none();

		if (term_is(at, TERM_ASSIGN) && terms_mean_same(to, root))
			value = term_next(at, to);
		else if (term_is(at, TERM_OBJECT) && term_get(at)->a == term_get(root)->a)
			value = to;
		if (term_exists(value) &&
			(!term_is(value, TERM_CALL) || gives_next_word(body, value)))
			return true;
	}
	return false;
}

bool word_is_command(const char *word)
{
	size_t n = strlen(word);

	while (n > 1 && word[n - 1] == ' ')
		n--;
	if (n == 1 && word[0] == '?')
		return true;
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)word[i]) && !strchr("-_ +", word[i]) &&
			(i || !strchr(".:/!@", word[i])))
			return false;
	return n && word[0] != '-' && word[n - 1] != '-' &&
	       (n > 1 || isalnum((unsigned char)word[0]));
}

static bool is_boolean(const char *word)
{
	static const char *const words[] = {
		"on", "off", "yes", "no", "true", "false", NULL};

	for (size_t i = 0; words[i]; i++)
		if (strcasecmp(words[i], word) == 0)
			return true;
	return false;
}

static bool is_option(const struct word_test *test)
{
	for (; test; test = test->next)
		if (test->word && word_is_command(test->word) && !is_boolean(test->word))
			return false;
	return true;
}

/* Is there a chain of commands below the word? */
static bool leads_to_words(const struct body *body, uint32_t arm)
{
	for (size_t i = 0; i < body->ngroups; i++)
		if (body->groups[i].parent == arm &&
			body->groups[i].weight >= CHAIN_LEAST)
			return true;
	return false;
}

static double quality_of(const struct arm *arm)
{
	if (arm->is_given)
		return 1;
	if (arm->is_returned || arm->is_alone)
		return 0.8;
	return arm->is_given_other ? 0.6 : 0.4;
}

/* Options have a word for it, too. */
static bool is_help(const char *word)
{
	return word && (strcasecmp(word, "help") == 0 || strcmp(word, "?") == 0);
}

static void count_arm(const struct body *body, const struct arm *arm, bool is_iterated,
	struct tally *tally)
{
	bool leaves = arm->leaving == LEAVES_FUNCTION;

	tally->words++;
	if (leads_to_words(body, (uint32_t)(arm - body->arms))) {
		tally->quality += 1;
		tally->runs++;
		tally->sure++;
		return;
	}
	if (arm->doing == DOES_NOTHING || (is_iterated && !(leaves && arm->is_returned)))
		return;
	tally->quality += quality_of(arm);
	tally->runs++;
	tally->helps += is_help(arm->tests->word);
	tally->finals += arm->is_final;
	tally->sure += arm->is_returned && arm->is_given && !arm->is_final;
	if (!tally->nfunctions || tally->function != arm->function)
		tally->nfunctions += tally->nfunctions < 2;
	tally->function = arm->function;
}

static struct tally count(const struct body *body, const struct arm_group *group,
	bool is_iterated)
{
	struct tally tally = {.function = TRACE_NONE};
	const struct arm *arm;

	for (uint32_t i = group->first; i != ARM_NONE; i = arm->next) {
		arm = &body->arms[i];
		if (arm->is_rest)
			continue;
		if (is_option(arm->tests))
			tally.options++;
		else
			count_arm(body, arm, is_iterated, &tally);
	}
	return tally;
}

/* Do all branches call one function, and not for its result? It is a tool of theirs. */
static bool is_monotonous(const struct body *body, const struct arm_group *group,
	const struct tally *tally)
{
	const struct arm *arm;

	if (tally->nfunctions != 1 || tally->words < 3)
		return false;
	for (uint32_t i = group->first; i != ARM_NONE; i = arm->next) {
		arm = &body->arms[i];
		if (arm->is_returned)
			return false;
	}
	return true;
}

/* A function that is given `char ***` takes words away for its caller. */
static bool takes_words(const struct body *body)
{
	const char *at = strchr(signature_of(body), '(');

	return at && strstr(at, "char ***");
}

/* A function that returns a text returns a value, or what is wrong with one. */
static bool gives_text(const struct body *body)
{
	return strstr(signature_of(body), "char *(") != NULL;
}

/* A function that looks at a text, and makes no value of it. */
static bool only_looks(const struct body *body, struct term call)
{
	static const char *const names[] = {"strlen", "strchr", "strrchr", "strcspn",
		"strspn", "printf", "fprintf", "puts", NULL};
	struct term callee = term_first(call);
	const char *name;

	if (!term_is(callee, TERM_FUNCTION))
		return false;
	name = program_name(body->program, program_function(body->program, callee));
	for (size_t i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
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
			comparer_of(body->program, at, &comparison) ||
			only_looks(body, at))
			continue;
		for (; term_exists(argument); argument = term_next(at, argument))
			if (terms_mean_same(argument, subject))
				return true;
	}
	return false;
}

double body_weigh(const struct body *body, const struct arm_group *group)
{
	bool is_iterated = body_iterates(body, group);
	struct tally tally = count(body, group, is_iterated);
	double evidence = body_evidence(body, group->subject), weight;

	if (tally.options >= tally.words || takes_words(body))
		return 0;
	if (tally.words == 1 && body->has_dispatch && evidence >= 0.4 && !is_iterated)
		return tally.nfunctions ? CHAIN_LEAST : 0;
	if (tally.words == 1 && (!tally.sure || evidence < 0.4))
		return 0;
	weight = 0.5 * tally.quality / tally.words + evidence;
	if ((tally.nfunctions == 1 && tally.finals) || tally.runs == tally.helps)
		return 0;
	if (is_iterated)
		weight -= 0.3;
	if (gives_text(body))
		weight -= 0.2;
	if (is_monotonous(body, group, &tally))
		weight -= 0.3;
	if (weight >= CHAIN_LEAST && was_read(body, group))
		weight -= 0.6;
	return weight < 0 ? 0 : weight > 1 ? 1 : weight;
}
