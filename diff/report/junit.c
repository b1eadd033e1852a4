#include "diff/report/report.h"

#include "core/text.h"
#include "diff/compare/changes.h"
#include "diff/compare/comparison.h"
#include "diff/xml_text.h"

#include <stdlib.h>
#include <string.h>

/*
 * JUnit's XML as CI servers read it: a case is an entry point, which fails where an error
 * or a warning was met on a way from it, and is skipped where it did not run. What was
 * met elsewhere, and what has changed between two of a kind, is in cases by name of
 * finding.
 */

/* Is it a failure of the case? Notes are none. */
static bool is_failure(const struct diff_finding *finding)
{
	return report_counts_finding(finding) &&
	       finding_kinds[finding->kind].severity != FINDING_NOTE;
}

/* One case being put together. */
struct test_case {
	const char *class_name, *name;
	const char *skipped; /* why, or NULL */
	struct text failures; /* lines */
	const struct diff_finding *first;
	size_t nfailures;
};

static void add_failure(struct test_case *test, const struct diff_finding *finding)
{
	if (!test->nfailures++)
		test->first = finding;
	if (finding->at.file && *finding->at.file)
		text_printf(&test->failures, "%s:%u: ", finding->at.file,
			finding->at.line);
	text_printf(&test->failures, "%s [%s]", finding->message,
		finding_kinds[finding->kind].id);
	text_add_char(&test->failures, '\0');
}

static void print_lines(const struct text *lines, FILE *out)
{
	for (size_t at = 0; at < lines->len; at += strlen(lines->bytes + at) + 1) {
		xml_text(out, lines->bytes + at);
		fputc('\n', out);
	}
}

static void print_case(struct test_case *test, FILE *out)
{
	fputs("\t\t<testcase classname=\"", out);
	xml_attribute(out, test->class_name);
	fputs("\" name=\"", out);
	xml_attribute(out, test->name);
	fputs("\"", out);
	if (test->nfailures) {
		fputs(">\n\t\t\t<failure message=\"", out);
		xml_attribute(out, test->first->message);
		fputs("\" type=\"", out);
		xml_attribute(out, finding_kinds[test->first->kind].name);
		fputs("\">", out);
		print_lines(&test->failures, out);
		fputs("</failure>\n\t\t</testcase>\n", out);
	} else if (test->skipped) {
		fprintf(out, ">\n\t\t\t<skipped message=\"%s\"/>\n\t\t</testcase>\n",
			test->skipped);
	} else {
		fputs("/>\n", out);
	}
	text_release(&test->failures);
}

/* What all cases come to; they are printed behind it. */
struct totals {
	size_t tests, failures, skipped;
};

static void print_entry(const struct report *report, const struct entry_coverage *entry,
	struct totals *totals, FILE *out)
{
	const struct static_trace *scan = report->comparison->scan;
	const struct entry_point *point = &scan->entry_points[entry->entry_point];
	struct test_case test = {.class_name = point->type,
		.skipped = entry->has_run ? NULL : "did not run"};
	scoped_text name = {0};

	text_printf(&name, "%s %s", point->id, scan->functions[point->function].name);
	test.name = text_string(&name);
	for (size_t i = 0; i < report->findings.count; i++) {
		const struct diff_finding *finding = &report->findings.items[i];

		if (is_failure(finding) && finding->entry_point &&
			strcmp(finding->entry_point, point->id) == 0)
			add_failure(&test, finding);
	}
	totals->tests++;
	totals->failures += test.nfailures > 0;
	totals->skipped += !test.nfailures && test.skipped;
	print_case(&test, out);
}

/* The other failures, in a case for each name. */
static void print_others(const struct report *report, struct totals *totals, FILE *out)
{
	for (size_t kind = 0; kind < FINDING_COUNT; kind++) {
		struct test_case test = {
			.class_name = "findings", .name = finding_kinds[kind].name};

		for (size_t i = 0; i < report->findings.count; i++) {
			const struct diff_finding *finding = &report->findings.items[i];

			if (finding->kind == kind && is_failure(finding) &&
				!finding->entry_point)
				add_failure(&test, finding);
		}
		if (!test.nfailures)
			continue;
		totals->tests++;
		totals->failures++;
		print_case(&test, out);
	}
}

static void print_cases(const struct report *report, struct totals *totals, FILE *out)
{
	static const struct test_case nothing = {
		.class_name = "findings", .name = "no finding"};
	struct test_case clean = nothing;

	if (report->comparison)
		for (size_t i = 0; i < report->comparison->nentries; i++)
			print_entry(report, &report->comparison->entries[i], totals, out);
	print_others(report, totals, out);
	if (totals->tests)
		return;
	totals->tests++; /* some readers take a suite without cases for an error */
	print_case(&clean, out);
}

bool report_junit(const struct report *report, FILE *out)
{
	struct totals totals = {0};
	char *cases = NULL;
	size_t size = 0;
	FILE *memory = open_memstream(&cases, &size);

	if (!memory)
		return false;
	print_cases(report, &totals, memory);
	if (fclose(memory) == 0) {
		fprintf(out,
			"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
			"\t<testsuite name=\"pcarch diff\" tests=\"%zu\" failures=\"%zu\" "
			"skipped=\"%zu\" errors=\"0\">\n",
			totals.tests, totals.failures, totals.skipped);
		fwrite(cases, 1, size, out);
		fputs("\t</testsuite>\n</testsuites>\n", out);
	}
	free(cases);
	return !ferror(out);
}
