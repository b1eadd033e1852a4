#include "cli/diff_gate.h"

#include "cli/command.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/suggest.h"
#include "core/text.h"
#include "diff/compare/comparison.h"
#include "diff/report/finding_list.h"
#include "diff/report/known_findings.h"
#include "diff/report/report.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static const struct location nowhere;

enum {
	GROUP_MAX = 5
};

/* Words for several findings, or shorter than their names. */
static const struct gate_word {
	const char *word;
	enum finding kinds[GROUP_MAX];
	size_t nkinds;
} gate_words[] = {
	{"runtime-only",
		{FINDING_ANALYSIS_BUG, FINDING_PREDICTED_HOLE, FINDING_INTERPOSED_CALL,
			FINDING_RUNTIME_ONLY_FUNCTION, FINDING_RUNTIME_ENTRY_POINT},
		5},
	{"bug", {FINDING_ANALYSIS_BUG}, 1},
	{"hole", {FINDING_PREDICTED_HOLE}, 1},
	{"interposed", {FINDING_INTERPOSED_CALL}, 1},
	{"library", {FINDING_LIBRARY_CALLBACK}, 1},
	{"foreign", {FINDING_FOREIGN_CODE}, 1},
	{"generated", {FINDING_GENERATED_CODE}, 1},
	{"stale", {FINDING_STALE_SOURCE}, 1},
	{"dead", {FINDING_DEAD_FUNCTION}, 1},
	{"orphan", {FINDING_ORPHAN_RAN}, 1},
	{"route", {FINDING_ROUTE_GONE, FINDING_ROUTE_MOVED}, 2},
	{"entry-point", {FINDING_ENTRY_POINT_GONE, FINDING_ENTRY_POINT_MOVED}, 2},
	{"certificate", {FINDING_CERTIFICATE_OPENED}, 1},
	{"incomplete", {FINDING_INCOMPLETE_RECORDING}, 1},
	{"suppression", {FINDING_SUPPRESSION_WITHOUT_REASON, FINDING_STALE_SUPPRESSION},
		2},
};

enum {
	NWORDS = sizeof(gate_words) / sizeof(*gate_words)
};

const char *const diff_gate_words[] = {"runtime-only", "bug", "hole", "interposed",
	"library", "foreign", "generated", "stale", "dead", "orphan", "new-dependency",
	"route", "entry-point", "certificate", "incomplete", "suppression", "error",
	"warning", "note", "any", "none", NULL};

/* "any" and severities: all that are at least so grave. */
static bool add_severity(struct diff_gate *gate, const char *word)
{
	static const char *const severities[] = {"error", "warning", "note"};
	size_t least = 0;

	while (least < 3 && strcmp(severities[least], word) != 0)
		least++;
	if (strcmp(word, "any") == 0)
		least = FINDING_NOTE;
	if (least == 3)
		return false;
	for (size_t i = 0; i < FINDING_COUNT; i++)
		gate->fails[i] = gate->fails[i] || finding_kinds[i].severity <= least;
	return true;
}

static bool unknown_word(const char *word, struct error *err)
{
	struct suggestion suggestion = {.word = word};

	for (size_t i = 0; i < NWORDS; i++)
		suggestion_offer(&suggestion, gate_words[i].word);
	for (size_t i = 0; i < FINDING_COUNT; i++)
		suggestion_offer(&suggestion, finding_kinds[i].name);
	if (suggestion.nearest)
		return error_set(err, nowhere,
			"option '--fail-on' knows no '%s'; did you mean '%s'?", word,
			suggestion.nearest);
	return error_set(err, nowhere,
		"option '--fail-on' knows no '%s': give runtime-only, any, none, error, "
		"warning, or the id or name of a finding ('pcarch explain' lists them)",
		word);
}

static bool add_word(struct diff_gate *gate, const char *word, struct error *err)
{
	const struct finding_kind *kind = finding_find(word);

	for (size_t i = 0; i < NWORDS; i++) {
		const struct gate_word *known = &gate_words[i];

		if (strcmp(known->word, word) != 0)
			continue;
		for (size_t k = 0; k < known->nkinds; k++)
			gate->fails[known->kinds[k]] = true;
		return true;
	}
	if (strcmp(word, "none") == 0 || add_severity(gate, word))
		return true;
	if (!kind)
		return unknown_word(word, err);
	gate->fails[kind - finding_kinds] = true;
	return true;
}

bool diff_gate_parse(const struct option_values *words, struct diff_gate *out,
	struct error *err)
{
	struct diff_gate gate = {0};
	scoped_text word = {0};

	if (!words->count)
		add_word(&gate, "runtime-only", err);
	for (size_t i = 0; i < words->count; i++) {
		const char *at = words->items[i];

		for (size_t len; *at || at == words->items[i]; at += len + !!at[len]) {
			len = strcspn(at, ",");
			text_clear(&word);
			text_add_bytes(&word, at, len);
			if (!add_word(&gate, text_string(&word), err))
				return false;
		}
	}
	gate.fails[FINDING_LOW_COVERAGE] = true; /* it was asked for */
	*out = gate;
	return true;
}

size_t diff_gate_count(const struct diff_gate *gate, const struct report *report,
	bool are_accepted)
{
	size_t count = 0;

	for (size_t i = 0; i < report->findings.count; i++) {
		const struct diff_finding *finding = &report->findings.items[i];

		count += gate->fails[finding->kind] && report_counts_finding(finding) &&
			 (!are_accepted || !known_findings_are_lasting(finding->kind));
	}
	return count;
}

/* What "GLOB=PCT" or "PCT" says; the glob in `glob`, which is empty for the program. */
static bool parse_limit(const char *limit, struct text *glob, double *percent,
	struct error *err)
{
	const char *equals = strrchr(limit, '=');
	const char *number = equals ? equals + 1 : limit;
	size_t whole = strspn(number, "0123456789");
	size_t point = number[whole] == '.';
	size_t rest = strspn(number + whole + point, "0123456789");

	*percent = strtod(number, NULL);
	if (number[whole + point + rest] || !whole || *percent > 100 || equals == limit)
		return error_set(err, nowhere,
			"option '--min-coverage' takes MODULE=PERCENT or PERCENT, from 0 to 100, "
			"not '%s'",
			limit);
	text_clear(glob);
	if (equals)
		text_add_bytes(glob, limit, (size_t)(equals - limit));
	return true;
}

bool diff_gate_check_limits(const struct option_values *limits, struct error *err)
{
	scoped_text glob = {0};
	double percent;

	for (size_t i = 0; i < limits->count; i++)
		if (!parse_limit(limits->items[i], &glob, &percent, err))
			return false;
	return true;
}

static void check_coverage(const struct coverage *coverage, const char *module,
	double percent, struct finding_list *list)
{
	struct diff_finding finding = {
		.kind = FINDING_LOW_COVERAGE,
		.module = module,
		.count = coverage->functions_ran,
	};

	if (coverage->percent >= percent || !coverage->functions)
		return;
	finding.message = arena_printf(list->arena,
		"%s%s%s: %zu of %zu functions ran, %.4g %%; at least %.4g %% are asked for",
		module ? "module '" : "the program", module ? module : "",
		module ? "'" : "", coverage->functions_ran, coverage->functions,
		coverage->percent, percent);
	finding_list_add(list, &finding, NULL);
}

bool diff_gate_coverage(const struct option_values *limits,
	const struct comparison *comparison, struct finding_list *list, struct error *err)
{
	scoped_text glob = {0};
	double percent;

	for (size_t i = 0; i < limits->count; i++) {
		size_t nmatched = 0;

		if (!parse_limit(limits->items[i], &glob, &percent, err))
			return false;
		if (!glob.len)
			check_coverage(&comparison->total, NULL, percent, list);
		for (size_t k = 0; glob.len && k < comparison->nmodules; k++) {
			const struct coverage *module = &comparison->modules[k];

			if (!module->functions ||
				fnmatch(glob.bytes, module->name, 0) != 0)
				continue;
			check_coverage(module, module->name, percent, list);
			nmatched++;
		}
		if (glob.len && !nmatched)
			return error_set(err, nowhere,
				"option '--min-coverage': no module of the program matches '%s'; "
				"--all lists the modules",
				glob.bytes);
	}
	return true;
}
