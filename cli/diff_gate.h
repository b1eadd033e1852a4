/* Which findings fail a check: --fail-on, --min-coverage. */
#ifndef PCARCH_CLI_DIFF_GATE_H
#define PCARCH_CLI_DIFF_GATE_H

#include "core/finding.h"

#include <stdbool.h>
#include <stddef.h>

struct comparison;
struct error;
struct finding_list;
struct option_values;
struct report;

struct diff_gate {
	bool fails[FINDING_COUNT];
};

/* What completion offers for --fail-on: the words that are no names of findings. */
extern const char *const diff_gate_words[];

/*
 * From the words of --fail-on, separated by commas: groups ("runtime-only", "any",
 * "none"), short names ("bug", "dead"), severities, ids and names of findings. Fails on
 * another word, with the nearest.
 */
bool diff_gate_parse(const struct option_values *words, struct diff_gate *out,
	struct error *err);

/*
 * How many findings fail the check: those that are known or suppressed do not, and where
 * all are accepted only what is no matter of a baseline.
 */
size_t diff_gate_count(const struct diff_gate *gate, const struct report *report,
	bool are_accepted);

/*
 * Add a finding for each module, or for the program, of which less ran than "GLOB=PCT" or
 * "PCT" asks for. Fails on what is no such limit, or is one of no module.
 */
bool diff_gate_coverage(const struct option_values *limits,
	const struct comparison *comparison, struct finding_list *list,
	struct error *err);

/* Are they limits at all? To be asked before anything is read. */
bool diff_gate_check_limits(const struct option_values *limits, struct error *err);

#endif
