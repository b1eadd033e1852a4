#include "cli/trace_summary.h"

#include "cli/terminal.h"
#include "core/finding.h"
#include "core/terminal_text.h"
#include "core/text.h"
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

/* Units of which the same is wrong: a header that all of them miss is one problem. */
struct problem {
	const struct unit *unit; /* the first */
	size_t nmore;
};

static bool is_same(const struct unit *a, const struct unit *b)
{
	const struct diagnostic *left = first_error(a), *right = first_error(b);

	return left && right && a->status == b->status && left->line == right->line &&
	       left->column == right->column && strcmp(left->file, right->file) == 0 &&
	       strcmp(left->text, right->text) == 0;
}

static void print_problem(const struct problem *problem)
{
	const struct unit *unit = problem->unit;
	const struct diagnostic *error = first_error(unit);
	const struct finding_kind *kind = finding_find(unit->finding);

	fputs(style_on(stderr, STYLE_PLACE), stderr);
	terminal_print(stderr, error ? error->file : unit->file);
	if (error && error->line)
		fprintf(stderr, ":%u:%u", error->line, error->column);
	fprintf(stderr, ":%s %serror:%s ", style_off(stderr), style_on(stderr, STYLE_BAD),
		style_off(stderr));
	terminal_print(stderr, error ? error->text : unit->reason);
	if (error && (problem->nmore || strcmp(error->file, unit->file) != 0)) {
		fputs(" (in unit ", stderr);
		terminal_print(stderr, unit->file);
		if (problem->nmore)
			fprintf(stderr, " and %zu more", problem->nmore);
		fputc(')', stderr);
	}
	fprintf(stderr, " %s[%s]%s\n", style_on(stderr, STYLE_DIM), kind->name,
		style_off(stderr));
}

void trace_summary_problems(const struct static_trace *trace)
{
	struct problem problems[MAX_PROBLEMS];
	size_t n = 0, nhidden = 0;

	for (size_t i = 0; i < trace->nunits; i++) {
		const struct unit *unit = &trace->units[i];
		size_t at = 0;

		if (unit->status == UNIT_PARSED)
			continue;
		while (at < n && !is_same(problems[at].unit, unit))
			at++;
		if (at < n)
			problems[at].nmore++;
		else if (n < MAX_PROBLEMS)
			problems[n++] = (struct problem){.unit = unit};
		else
			nhidden++;
	}
	for (size_t i = 0; i < n; i++)
		print_problem(&problems[i]);
	if (nhidden)
		fprintf(stderr,
			"... and %zu more: 'pcarch show units --failed' lists them\n",
			nhidden);
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

/* Where the trace went, and the commands that go on from there. */
static void print_next(const char *output, size_t failed, bool has_routes)
{
	bool is_stdout = strcmp(output, "-") == 0;
	scoped_text option = {0};

	if (strcmp(output, "static.json") != 0) /* which show finds by itself */
		text_printf(&option, "-f %s ", output);
	if (!is_stdout) {
		fputs("wrote ", stderr);
		terminal_print(stderr, output);
		fputc('\n', stderr);
	}
	if (failed) {
		fprintf(stderr,
			"next: mend the %zu unit%s above, or ask 'pcarch doctor' what is missing\n",
			failed, plural(failed));
	} else if (!is_stdout) {
		fputs("next: 'pcarch show ", stderr);
		terminal_print(stderr, text_string(&option));
		fprintf(stderr, "%s', 'pcarch show ", has_routes ? "routes" : "entry");
		terminal_print(stderr, text_string(&option));
		fputs("callers FUNCTION'\n", stderr);
	}
}

/* Routes of a program stand together. */
static void print_routes(const struct static_trace *trace)
{
	size_t nprograms = 0;

	for (size_t i = 0; i < trace->nroutes; i++)
		nprograms += !i || strcmp(trace->routes[i].program,
					   trace->routes[i - 1].program) != 0;
	if (trace->nroutes)
		fprintf(stderr, ", %zu command%s", trace->nroutes,
			plural(trace->nroutes));
	if (nprograms > 1)
		fprintf(stderr, " of %zu programs", nprograms);
}

void trace_summary_print(const struct static_trace *trace, const char *output)
{
	size_t failed = trace_summary_failed(trace);

	fprintf(stderr, "%zu function%s, %zu call%s, %zu entry point%s",
		trace->nfunctions, plural(trace->nfunctions), trace->ncalls,
		plural(trace->ncalls), trace->nentry_points,
		plural(trace->nentry_points));
	print_routes(trace);
	fputc('\n', stderr);
	fprintf(stderr, "%zu of %zu call sites are open; ", count_open(trace),
		trace->nsites);
	if (trace->norphans)
		fprintf(stderr, "no entry point reaches %zu public function%s\n",
			trace->norphans, plural(trace->norphans));
	else
		fputs("no public function is out of reach\n", stderr);
	print_next(output, failed, trace->nroutes > 0);
}
