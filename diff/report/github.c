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

static void print_place(const struct diff_place *at, FILE *out)
{
	if (!at->file || !*at->file || *at->file == '<')
		return;
	fputs(" file=", out);
	print_escaped(out, at->file, "%\r\n:,");
	if (at->line)
		fprintf(out, ",line=%u", at->line);
	if (at->line && at->column)
		fprintf(out, ",col=%u", at->column);
	fputc(',', out);
}

bool report_github(const struct report *report, FILE *out)
{
	static const char *const commands[] = {
		[FINDING_ERROR] = "error",
		[FINDING_WARNING] = "warning",
		[FINDING_NOTE] = "notice",
	};

	for (size_t i = 0; i < report->findings.count; i++) {
		const struct diff_finding *finding = &report->findings.items[i];
		const struct finding_kind *kind = &finding_kinds[finding->kind];
		bool has_place =
			finding->at.file && *finding->at.file && *finding->at.file != '<';

		if (!report_counts_finding(finding))
			continue;
		fprintf(out, "::%s", commands[kind->severity]);
		print_place(&finding->at, out);
		fprintf(out, "%stitle=%s %s::", has_place ? "" : " ", kind->id,
			kind->name);
		print_escaped(out, finding->message, "%\r\n");
		fputs("%0A", out);
		print_escaped(out, finding->help ? finding->help : kind->help, "%\r\n");
		fputc('\n', out);
	}
	return !ferror(out);
}
