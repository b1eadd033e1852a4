#include "cli/trace_summary.h"

#include "cli/terminal.h"
#include "core/finding.h"
#include "core/terminal_text.h"
#include "core/trace.h"

#include <stdio.h>
#include <string.h>

enum {
	MAX_PROBLEMS = 20
};

size_t trace_summary_failed(const struct static_trace *trace)
{
	size_t count = 0;

	for (size_t i = 0; i < trace->nunits; i++)
		count += trace->units[i].status != UNIT_PARSED;
	return count;
}

/* The first error of a unit that has one at a place: "file:line:col: error: text". */
static const struct diagnostic *first_error(const struct unit *unit)
{
	for (size_t i = 0; i < unit->ndiagnostics; i++)
		if (strcmp(unit->diagnostics[i].severity, "warning") != 0)
			return &unit->diagnostics[i];
	return NULL;
}

static void print_problem(const struct unit *unit)
{
	const struct diagnostic *error = first_error(unit);
	const struct finding_kind *kind = finding_find(unit->finding);

	fputs(style_on(stderr, STYLE_PLACE), stderr);
	terminal_print(stderr, error ? error->file : unit->file);
	if (error && error->line)
		fprintf(stderr, ":%u:%u", error->line, error->column);
	fprintf(stderr, ":%s %serror:%s ", style_off(stderr), style_on(stderr, STYLE_BAD),
		style_off(stderr));
	terminal_print(stderr, error ? error->text : unit->reason);
	if (error && strcmp(error->file, unit->file) != 0) {
		fputs(" (in unit ", stderr);
		terminal_print(stderr, unit->file);
		fputc(')', stderr);
	}
	fprintf(stderr, " %s[%s]%s\n", style_on(stderr, STYLE_DIM), kind->name,
		style_off(stderr));
}

void trace_summary_problems(const struct static_trace *trace)
{
	size_t failed = trace_summary_failed(trace), shown = 0;

	for (size_t i = 0; i < trace->nunits && shown < MAX_PROBLEMS; i++) {
		if (trace->units[i].status == UNIT_PARSED)
			continue;
		print_problem(&trace->units[i]);
		shown++;
	}
	if (failed > shown)
		fprintf(stderr, "… and %zu more; each has its reason in units[]\n",
			failed - shown);
}

static size_t count_open(const struct static_trace *trace)
{
	size_t count = 0;

	for (size_t i = 0; i < trace->nsites; i++)
		count += trace->sites[i].state == SITE_OPEN;
	return count;
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

void trace_summary_print(const struct static_trace *trace, const char *output)
{
	size_t failed = trace_summary_failed(trace);

	fprintf(stderr, "%zu functions, %zu calls, %zu entry point%s\n",
		trace->nfunctions, trace->ncalls, trace->nentry_points,
		plural(trace->nentry_points));
	fprintf(stderr,
		"%zu of %zu call sites are open; no entry point reaches %zu public function%s\n",
		count_open(trace), trace->nsites, trace->norphans,
		plural(trace->norphans));
	if (strcmp(output, "-") != 0)
		fprintf(stderr, "wrote %s\n", output);
	if (failed)
		fprintf(stderr,
			"next: mend the %zu unit%s above, or ask 'pcarch doctor' what is missing\n",
			failed, plural(failed));
	else if (strcmp(output, "-") != 0)
		fputs("next: 'pcarch show entry', 'pcarch show callers FUNCTION'\n",
			stderr);
}
