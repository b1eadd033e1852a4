#include "cli/diff_text.h"

#include "cli/diff_tables.h"
#include "cli/terminal.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "diff/compare/changes.h"
#include "diff/compare/comparison.h"
#include "diff/report/report.h"

#include <string.h>

enum {
	SHORT_FINDINGS = 20, /* listed without --all */
	SHORT_PATH = 12, /* functions of a way that are shown */
};

static void add_count(struct text *text, size_t count, const char *one, const char *many)
{
	if (!count)
		return;
	text_printf(text, "%s%zu %s", text->len ? ", " : "", count,
		count == 1 ? one : many);
}

/* "2 calls were seen that the scan does not foresee: 1 analysis bug, 1 predicted hole" */
static void answer_comparison(const struct comparison *all, struct text *text)
{
	static const char *const words[VERDICT_COUNT][2] = {
		[VERDICT_BUG] = {"analysis bug", "analysis bugs"},
		[VERDICT_HOLE] = {"predicted hole", "predicted holes"},
		[VERDICT_INTERPOSED] = {"interposed", "interposed"},
		[VERDICT_LIBRARY] = {"through a library", "through libraries"},
		[VERDICT_FOREIGN] = {"with foreign code", "with foreign code"},
		[VERDICT_GENERATED] = {"of generated code", "of generated code"},
		[VERDICT_STALE] = {"of changed source", "of changed source"},
	};
	size_t counts[VERDICT_COUNT] = {0};
	scoped_text verdicts = {0};

	for (size_t i = 0; i < all->ncalls; i++)
		counts[all->calls[i].verdict]++;
	for (size_t i = 0; i < VERDICT_COUNT; i++)
		add_count(&verdicts, counts[i], words[i][0], words[i][1]);
	if (all->ncalls)
		text_printf(text, "%zu call%s seen only at run time: %s", all->ncalls,
			all->ncalls == 1 ? "" : "s", text_string(&verdicts));
	else
		text_add(text, "every call that was seen is one that the scan foresees");
}

static void answer_changes(const struct changes *changes, struct text *text)
{
	static const char *const words[CHANGE_WHAT_COUNT][2] = {
		[CHANGE_ROUTE] = {"command", "commands"},
		[CHANGE_ENTRY_POINT] = {"entry point", "entry points"},
		[CHANGE_DEPENDENCY] = {"dependency", "dependencies"},
		[CHANGE_CERTIFICATE] = {"certificate", "certificates"},
		[CHANGE_FUNCTION] = {"function", "functions"},
		[CHANGE_CALL] = {"call", "calls"},
	};

	for (size_t what = 0; what < CHANGE_WHAT_COUNT; what++) {
		size_t count = 0;

		for (size_t way = 0; way < CHANGE_WAY_COUNT; way++)
			count += changes->counts[what][way];
		add_count(text, count, words[what][0], words[what][1]);
	}
	if (text->len)
		text_add(text, " changed");
	else
		text_add(text, "nothing changed but perhaps lines");
}

void diff_text_summary(const struct report *report, FILE *out)
{
	scoped_text text = {0};

	if (report->comparison)
		answer_comparison(report->comparison, &text);
	else
		answer_changes(report->changes, &text);
	fprintf(out, "%s%s%s\n", style_on(out, STYLE_BOLD), text_string(&text),
		style_off(out));
}

static void print_place(const struct diff_place *at, FILE *out)
{
	if (!at->file || !*at->file)
		return;
	fputs(style_on(out, STYLE_PLACE), out);
	terminal_print(out, at->file);
	if (at->line)
		fprintf(out, ":%u", at->line);
	if (at->line && at->column)
		fprintf(out, ":%u", at->column);
	fprintf(out, ":%s ", style_off(out));
}

/* "main → command_run → config_get" */
static void print_path(const struct diff_finding *finding, FILE *out)
{
	const char *arrow = terminal_is_utf8() ? " → " : " -> ";
	size_t n = finding->npath;

	if (n < 2)
		return;
	fputs("  path: ", out);
	for (size_t i = 0; i < n; i++) {
		if (n > SHORT_PATH && i == SHORT_PATH / 2) {
			fprintf(out, "%s...", arrow);
			i = n - SHORT_PATH / 2;
		}
		fputs(i ? arrow : "", out);
		terminal_print(out, finding->path[i].function);
	}
	fputc('\n', out);
}

static void print_finding(const struct diff_finding *finding, FILE *out)
{
	static const enum style styles[] = {
		[FINDING_ERROR] = STYLE_BAD,
		[FINDING_WARNING] = STYLE_WARN,
		[FINDING_NOTE] = STYLE_BOLD,
	};
	const struct finding_kind *kind = &finding_kinds[finding->kind];

	print_place(&finding->at, out);
	fprintf(out, "%s%s:%s ", style_on(out, styles[kind->severity]),
		finding_severity_name(kind->severity), style_off(out));
	terminal_print(out, finding->message);
	fprintf(out, " %s[%s %s]%s", style_on(out, STYLE_DIM), kind->id, kind->name,
		style_off(out));
	if (finding->state == DIFF_KNOWN)
		fputs(" (known)", out);
	if (finding->suppressed) {
		fputs(" (suppressed: ", out);
		terminal_print(out, finding->suppressed);
		fputc(')', out);
	}
	fputc('\n', out);
	print_path(finding, out);
}

/* Said once: the next finding of the kind that has the same does not need it. */
static void print_help(const struct diff_finding *finding, const char *said[], FILE *out)
{
	const char *help =
		finding->help ? finding->help : finding_kinds[finding->kind].help;

	if (said[finding->kind] && strcmp(said[finding->kind], help) == 0)
		return;
	said[finding->kind] = help;
	fputs("  help: ", out);
	terminal_print(out, help);
	fputc('\n', out);
}

/* Notes about what was seen belong to the answer; those about what was not are many. */
static bool is_listed(const struct diff_finding *finding, bool all)
{
	if (all)
		return true;
	return report_counts_finding(finding) &&
	       (finding_kinds[finding->kind].severity != FINDING_NOTE ||
		       finding->kind == FINDING_FOREIGN_CODE ||
		       finding->kind == FINDING_LIBRARY_CALLBACK);
}

/* Of the same kind, at the same line: one pointer that went to many functions. */
static bool is_alike(const struct diff_finding *a, const struct diff_finding *b)
{
	return a && a->kind == b->kind && *b->at.file && a->at.line == b->at.line &&
	       strcmp(a->at.file, b->at.file) == 0;
}

static void print_alike(size_t count, FILE *out)
{
	if (count)
		fprintf(out, "  ... and %zu more like it here\n", count);
}

/* Without `all`, one of those that are alike, and no more than a screen of them. */
static void print_findings(const struct report *report, bool all, FILE *out)
{
	const char *said[FINDING_COUNT] = {0};
	const struct diff_finding *last = NULL;
	size_t nlisted = 0, nhidden = 0, nalike = 0;

	for (size_t i = 0; i < report->findings.count; i++) {
		const struct diff_finding *finding = &report->findings.items[i];

		if (!is_listed(finding, all))
			continue;
		if (!all && is_alike(last, finding)) {
			nalike++;
			continue;
		}
		if (!all && nlisted == SHORT_FINDINGS) {
			nhidden++;
			continue;
		}
		print_alike(nalike, out);
		nalike = 0;
		fputs(nlisted++ ? "" : "\n", out);
		print_finding(finding, out);
		print_help(finding, said, out);
		last = finding;
	}
	print_alike(nalike, out);
	if (nhidden)
		fprintf(out, "... and %zu more: --all lists them\n", nhidden);
}

static void print_counts(const struct report *report, bool all, FILE *out)
{
	const struct report_counts counts = report_count(report);
	scoped_text text = {0};

	add_count(&text, counts.severity[FINDING_ERROR], "error", "errors");
	add_count(&text, counts.severity[FINDING_WARNING], "warning", "warnings");
	add_count(&text, counts.severity[FINDING_NOTE], "note", "notes");
	if (!text.len)
		text_add(&text, "no findings");
	add_count(&text, counts.known, "known", "known");
	add_count(&text, report->nfixed, "fixed", "fixed");
	add_count(&text, counts.suppressed, "suppressed", "suppressed");
	if (!all && counts.severity[FINDING_NOTE] + counts.known + counts.suppressed)
		text_add(&text, " (--all lists them)");
	fprintf(out, "\n%s\n", text_string(&text));
}

void diff_text_print(const struct report *report, bool all, FILE *out)
{
	diff_text_summary(report, out);
	print_findings(report, all, out);
	if (report->comparison)
		diff_tables_coverage(report->comparison, all, out);
	if (report->changes)
		diff_tables_changes(report->changes, all, out);
	print_counts(report, all, out);
}
