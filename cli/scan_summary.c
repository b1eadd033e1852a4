#include "cli/scan_summary.h"

#include "analyzer/scan.h"
#include "cli/terminal.h"
#include "core/finding.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MAX_PROBLEMS = 20 };

size_t scan_summary_failed(const struct scan *scan)
{
	size_t count = 0;

	for (size_t i = 0; i < scan->trace.nunits; i++)
		count += scan->trace.units[i].status != UNIT_PARSED;
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
	bool is_failed = unit->status == UNIT_FAILED;
	const struct finding_kind *kind =
		&finding_kinds[is_failed ? FINDING_UNIT_FAILED : FINDING_UNIT_PARTIAL];

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

void scan_summary_problems(const struct scan *scan)
{
	size_t failed = scan_summary_failed(scan), shown = 0;

	if (scan->cache_problem)
		fprintf(stderr, "pcarch scan: %swarning:%s scanned without the cache: %s\n",
			style_on(stderr, STYLE_WARN), style_off(stderr), scan->cache_problem);
	for (size_t i = 0; i < scan->trace.nunits && shown < MAX_PROBLEMS; i++) {
		if (scan->trace.units[i].status == UNIT_PARSED)
			continue;
		print_problem(&scan->trace.units[i]);
		shown++;
	}
	if (failed > shown)
		fprintf(stderr, "… and %zu more; each has its reason in units[]\n",
			failed - shown);
}

void scan_summary_details(const struct scan *scan)
{
	struct rusage usage;

	if (scan->database)
		fprintf(stderr, "database: %s\n", scan->database);
	fprintf(stderr, "root: %s\n", scan->root);
	for (size_t i = 0; i < scan->nnotes; i++) {
		terminal_print(stderr, scan->notes[i]);
		fputc('\n', stderr);
	}
	fprintf(stderr, "shared prefixes: %zu\n", scan->nprefixes_made);
	fprintf(stderr, "worker peak memory: %llu KiB\n",
		(unsigned long long)scan->worker_peak_bytes >> 10);
	getrusage(RUSAGE_SELF, &usage);
	fprintf(stderr, "linker peak memory: %ld KiB\n", usage.ru_maxrss);
	fprintf(stderr, "facts: %llu bytes\n", (unsigned long long)scan->facts_bytes);
}

static double seconds_since(double start_s)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9 - start_s;
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

void scan_summary_print(const struct scan *scan, const char *output, double start_s)
{
	const struct static_trace *trace = &scan->trace;
	size_t failed = scan_summary_failed(scan);

	fprintf(stderr, "%s%zu unit%s%s in %.1f s", style_on(stderr, STYLE_BOLD),
		trace->nunits, plural(trace->nunits), style_off(stderr), seconds_since(start_s));
	if (scan->ncached)
		fprintf(stderr, ", %zu of them unchanged", scan->ncached);
	if (failed)
		fprintf(stderr, ", %s%zu not whole%s", style_on(stderr, STYLE_BAD), failed,
			style_off(stderr));
	fprintf(stderr, ": %zu functions, %zu calls, %zu entry point%s\n", trace->nfunctions,
		trace->ncalls, trace->nentry_points, plural(trace->nentry_points));
	fprintf(stderr, "%zu of %zu call sites are open; no entry point reaches %zu public function%s\n",
		count_open(trace), trace->nsites, trace->norphans, plural(trace->norphans));
	if (failed)
		fputs("next: mend the units above, or 'pcarch doctor' for what is missing\n",
			stderr);
	else if (strcmp(output, "-") != 0)
		fprintf(stderr, "wrote %s; next: 'pcarch show entry', 'pcarch show callers FUNCTION'\n",
			output);
}
