#include "diff/report/report.h"

#include "core/terminal_text.h"
#include "core/text.h"

#include <string.h>

/*
 * Workflow commands of GitHub Actions, which become annotations. Percent signs and line
 * ends are escaped, in properties colons and commas, too. Source: GitHub docs, "Workflow
 * commands"; actions/toolkit, packages/core/src/command.ts.
 */
static void print_escaped(FILE *out, const char *untrusted, const char *special)
{
	scoped_text text = {0};

	terminal_escape(&text, untrusted);
	for (const char *at = text_string(&text); *at; at++) {
		if (strchr(special, *at))
			fprintf(out, "%%%02X", (unsigned char)*at);
		else
			fputc(*at, out);
	}
}

static bool has_place_of(const struct diff_finding *finding)
{
	const char *file = finding->at.file;

	return file && *file && *file != '<';
}

static void print_place(const struct diff_place *at, FILE *out)
{
	fputs(" file=", out);
	print_escaped(out, at->file, "%\r\n:,");
	if (at->line)
		fprintf(out, ",line=%u", at->line);
	if (at->line && at->column)
		fprintf(out, ",col=%u", at->column);
	fputc(',', out);
}

static void print_finding(const struct diff_finding *finding, FILE *out)
{
	const struct finding_kind *kind = &finding_kinds[finding->kind];
	bool has_place = has_place_of(finding);

	fprintf(out, "::%s", kind->severity == FINDING_ERROR ? "error" : "warning");
	if (has_place)
		print_place(&finding->at, out);
	fprintf(out, "%stitle=%s %s::", has_place ? "" : " ", kind->id, kind->name);
	print_escaped(out, finding->message, "%\r\n");
	fputs("%0A", out);
	print_escaped(out, finding->help ? finding->help : kind->help, "%\r\n");
	fputc('\n', out);
}

/* Notes are counted: a step shows ten annotations of a kind, and a program has many. */
bool report_github(const struct report *report, FILE *out)
{
	size_t nnotes = report_count(report).severity[FINDING_NOTE];

	for (size_t i = 0; i < report->findings.count; i++) {
		const struct diff_finding *finding = &report->findings.items[i];

		if (report_counts_finding(finding) &&
			finding_kinds[finding->kind].severity != FINDING_NOTE)
			print_finding(finding, out);
	}
	if (nnotes)
		fprintf(out,
			"::notice title=pcarch diff::%zu note%s: the other formats list "
			"%s\n",
			nnotes, nnotes == 1 ? "" : "s", nnotes == 1 ? "it" : "them");
	return !ferror(out);
}
