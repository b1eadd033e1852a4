#include "diff/report/report.h"

#include "core/terminal_text.h"
#include "core/text.h"
#include "diff/compare/changes.h"
#include "diff/compare/comparison.h"

#include <inttypes.h>
#include <string.h>

/*
 * For a comment on a pull request. GitHub refuses one of more than 65,536 characters:
 * what does not fit is counted. Blocks are added whole, so that the rest stays
 * well-formed.
 */
enum {
	MAX_BYTES = 59000,
	MAX_MODULES = 200,
};

/* A letter, or a sign that means nothing to Markdown, to HTML, or to GitHub. */
static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 ||
	       strchr(" ,;'/()-+%=\"?$^", c);
}

/*
 * A name or a sentence of a stranger, as text and nothing else: no markup, no links, no
 * mention of a person, no cell of a table. A backslash before any sign is that sign.
 */
static void add_text(struct text *out, const char *untrusted)
{
	scoped_text text = {0};

	terminal_escape(&text, untrusted);
	for (const char *at = text_string(&text); *at; at++) {
		if (*at == '@' || *at == '<' || *at == '&')
			text_printf(out, "&#%d;", *at);
		else if (is_plain(*at))
			text_add_char(out, *at);
		else
			text_printf(out, "\\%c", *at);
	}
}

static void add_place(struct text *out, const struct diff_place *at)
{
	if (!at->file || !*at->file)
		return;
	text_add(out, " ");
	add_text(out, at->file);
	if (at->line)
		text_printf(out, "\\:%u", at->line);
}

/* What to do is said with the first of those that say the same. */
static void add_finding(struct text *out, const struct diff_finding *finding,
	const char *said[])
{
	static const char *const marks[] = {
		[FINDING_ERROR] = ":red_circle:",
		[FINDING_WARNING] = ":warning:",
		[FINDING_NOTE] = ":information_source:",
	};
	const struct finding_kind *kind = &finding_kinds[finding->kind];
	const char *help = finding->help ? finding->help : kind->help;

	text_printf(out, "- %s **%s**", marks[kind->severity], kind->id);
	add_place(out, &finding->at);
	text_add(out, ": ");
	add_text(out, finding->message);
	text_add(out, "\n");
	if (said[finding->kind] && strcmp(said[finding->kind], help) == 0)
		return;
	said[finding->kind] = help;
	text_add(out, "  <br>*To do:* ");
	add_text(out, help);
	text_add(out, "\n");
}

static void add_counts(struct text *out, const struct report *report)
{
	const struct report_counts counts = report_count(report);

	text_printf(out, "| errors | warnings | notes | known | fixed | suppressed |\n");
	text_printf(out, "|---:|---:|---:|---:|---:|---:|\n");
	text_printf(out, "| %zu | %zu | %zu | %zu | %zu | %zu |\n\n",
		counts.severity[FINDING_ERROR], counts.severity[FINDING_WARNING],
		counts.severity[FINDING_NOTE], counts.known, report->nfixed,
		counts.suppressed);
}

static void add_verdicts(struct text *out, const struct comparison *all)
{
	size_t counts[VERDICT_COUNT] = {0};
	const char *separator = ": ";

	for (size_t i = 0; i < all->ncalls; i++)
		counts[all->calls[i].verdict]++;
	text_printf(out, "**%zu** calls were seen only at run time", all->ncalls);
	for (size_t i = 0; i < VERDICT_COUNT; i++) {
		if (!counts[i])
			continue;
		text_printf(out, "%s%zu %s", separator, counts[i], verdict_names[i]);
		separator = ", ";
	}
	text_printf(out, ".\n%zu of %zu functions ran (%.1f %%)%s.\n\n",
		all->total.functions_ran, all->total.functions, all->total.percent,
		all->is_complete ? ""
				 : "; the recording is not complete, more may have run");
}

static void add_change_counts(struct text *out, const struct changes *changes)
{
	text_add(out, "| |");
	for (size_t way = 0; way < CHANGE_WAY_COUNT; way++)
		text_printf(out, " %s |", change_way_names[way]);
	text_add(out, "\n|---|");
	for (size_t way = 0; way < CHANGE_WAY_COUNT; way++)
		text_add(out, "---:|");
	for (size_t what = 0; what < CHANGE_WHAT_COUNT; what++) {
		text_printf(out, "\n| %s |", change_what_names[what]);
		for (size_t way = 0; way < CHANGE_WAY_COUNT; way++)
			text_printf(out, " %zu |", changes->counts[what][way]);
	}
	text_add(out, "\n\n");
}

/* Those that are notes, or that are not, as far as there is room. */
static void add_some(struct text *out, const struct report *report, bool are_notes,
	const char *title)
{
	const char *said[FINDING_COUNT] = {0};
	size_t nleft = 0, nlisted = 0;

	for (size_t i = 0; i < report->findings.count; i++) {
		const struct diff_finding *finding = &report->findings.items[i];
		bool is_note = finding_kinds[finding->kind].severity == FINDING_NOTE;
		scoped_text block = {0};

		if (!report_counts_finding(finding) || is_note != are_notes)
			continue;
		if (!nleft)
			add_finding(&block, finding, said);
		if (nleft || out->len + block.len > MAX_BYTES) {
			nleft++;
			continue;
		}
		if (!nlisted++)
			text_add(out, title);
		text_add(out, block.bytes);
	}
	if (nleft)
		text_printf(out, "\n... and %zu more %s.\n", nleft,
			are_notes ? "notes" : "findings");
	if (nlisted)
		text_add(out, are_notes ? "\n</details>\n\n" : "\n");
}

static void add_findings(struct text *out, const struct report *report)
{
	add_some(out, report, false, "### Findings\n\n");
	add_some(out, report, true, "<details><summary>Notes</summary>\n\n");
}

static void add_module(struct text *out, const struct coverage *module)
{
	text_add(out, "| ");
	add_text(out, module->name);
	text_printf(out, " | %zu | %zu | %.1f %% |\n", module->functions,
		module->functions_ran, module->percent);
}

static void add_modules(struct text *out, const struct comparison *all)
{
	size_t n = 0, nleft = 0;
	scoped_text rows = {0};

	for (size_t i = 0; i < all->nmodules; i++) {
		scoped_text row = {0};

		if (!all->modules[i].functions)
			continue;
		add_module(&row, &all->modules[i]);
		if (n < MAX_MODULES && out->len + rows.len + row.len < MAX_BYTES) {
			text_add(&rows, row.bytes);
			n++;
		} else {
			nleft++;
		}
	}
	if (!n)
		return;
	text_add(out, "<details><summary>Coverage by module</summary>\n\n"
		      "| module | functions | ran | |\n|---|---:|---:|---:|\n");
	text_add(out, rows.bytes);
	if (nleft)
		text_printf(out, "\n... and %zu more modules.\n", nleft);
	text_add(out, "\n</details>\n");
}

bool report_markdown(const struct report *report, FILE *out)
{
	scoped_text text = {0};

	text_add(&text, "## pcarch diff: ");
	add_text(&text, report->before);
	text_add(&text, " and ");
	if (strlen(report->after) > 200)
		text_add(&text, "many recordings");
	else
		add_text(&text, report->after);
	text_add(&text, "\n\n");
	add_counts(&text, report);
	if (report->comparison)
		add_verdicts(&text, report->comparison);
	if (report->changes)
		add_change_counts(&text, report->changes);
	add_findings(&text, report);
	if (report->comparison)
		add_modules(&text, report->comparison);
	fwrite(text.bytes, 1, text.len, out);
	return !ferror(out);
}
