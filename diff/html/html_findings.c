/* All findings, a group for each kind, each with what to do and how control came there.
 */
#include "diff/html/html_page.h"

#include "core/finding.h"

#include <assert.h>
#include <string.h>

enum {
	MAX_OF_A_KIND = 300, /* more, nobody reads; JSON and SARIF have all */
	MAX_STEPS = 30
};

static const char *const state_names[] =
	{[DIFF_NEW] = "new", [DIFF_KNOWN] = "known", [DIFF_FIXED] = "fixed"};

/* The kinds for verdicts stand together, in the order of the verdicts. */
static_assert(FINDING_STALE_SOURCE - FINDING_ANALYSIS_BUG == VERDICT_STALE - VERDICT_BUG,
	"kinds and verdicts differ");

static void write_mark(struct html_page *page, enum finding kind)
{
	const char *severity = finding_severity_name(finding_kinds[kind].severity);

	if (kind >= FINDING_ANALYSIS_BUG && kind <= FINDING_STALE_SOURCE)
		markup_format(&page->out, "<span class=\"verdict v%d\">%s</span>",
			(int)(kind - FINDING_ANALYSIS_BUG),
			verdict_words[kind - FINDING_ANALYSIS_BUG].one);
	else
		markup_format(&page->out, "<span class=\"verdict\">%s</span>", severity);
}

static void write_path(struct html_page *page, const struct diff_finding *finding)
{
	struct markup *out = &page->out;
	size_t n = finding->npath < MAX_STEPS ? finding->npath : MAX_STEPS;

	if (!n)
		return;
	markup_add(out, "<p class=\"label\">One way there</p><ol class=\"path\">");
	for (size_t i = 0; i < n; i++) {
		markup_add(out, "<li>");
		html_sentence(page, finding->path[i].text);
		markup_add(out, " ");
		html_place(page, finding->path[i].at.file, finding->path[i].at.line);
		markup_add(out, "</li>");
	}
	markup_add(out, "</ol>");
	if (finding->npath > n)
		html_more(page, finding->npath - n, "the way is cut here.");
}

static void write_detail(struct html_page *page, const struct diff_finding *finding)
{
	uint32_t function = html_find_function(page, finding->module, finding->function);
	const char *help =
		finding->help ? finding->help : finding_kinds[finding->kind].help;
	struct markup *out = &page->out;

	if (finding->suppressed) {
		markup_add(out, "<p><span class=\"label\">Suppressed:</span> ");
		markup_text(out, finding->suppressed);
		markup_add(out, "</p>");
	}
	if (help) {
		markup_add(out, "<p><span class=\"label\">What to do:</span> ");
		html_sentence(page, help);
		markup_add(out, "</p>");
	}
	write_path(page, finding);
	if (function != TRACE_NONE) {
		markup_add(out, "<p class=\"quiet\">in ");
		html_function(page, function);
		markup_add(out, "</p>");
	}
}

static void write_finding(struct html_page *page, const struct diff_finding *finding)
{
	struct markup *out = &page->out;

	markup_format(out, "<li data-state=\"%s\"><details><summary><span>",
		finding->suppressed ? "suppressed" : state_names[finding->state]);
	html_sentence(page, finding->message);
	if (page->report->has_baseline && finding->state == DIFF_NEW)
		markup_add(out, " <span class=\"state\">new</span>");
	markup_add(out, "</span> ");
	html_place(page, finding->at.file, finding->at.line);
	markup_add(out, "</summary><div class=\"detail\">");
	write_detail(page, finding);
	markup_add(out, "</div></details></li>\n");
}

static void write_kind(struct html_page *page, enum finding kind, size_t count)
{
	const struct diff_findings *findings = &page->report->findings;
	const struct finding_kind *words = &finding_kinds[kind];
	struct markup *out = &page->out;
	size_t written = 0;

	markup_format(out,
		"<details class=\"kind\" id=\"%s\" data-severity=\"%s\"%s><summary><h3>",
		words->id, finding_severity_name(words->severity),
		words->severity != FINDING_NOTE ? " open" : "");
	write_mark(page, kind);
	markup_format(out, " %s</h3> <span class=\"count\">", words->summary);
	markup_number(out, count);
	markup_format(out, "</span> <span class=\"id\">%s</span></summary>\n", words->id);
	markup_add(out, "<ol class=\"findings\">\n");
	for (size_t i = 0; i < findings->count && written < MAX_OF_A_KIND; i++) {
		if (findings->items[i].kind != kind)
			continue;
		write_finding(page, &findings->items[i]);
		written++;
	}
	markup_add(out, "</ol>\n");
	if (count > written)
		html_more(page, count - written,
			"<code>--format json</code> has all of them.");
	markup_add(out, "</details>\n");
}

static void write_filters(struct html_page *page)
{
	static const char *const severities[] = {"error", "warning", "note"};
	static const char *const states[] = {"new", "known", "fixed", "suppressed"};
	struct markup *out = &page->out;

	markup_add(out,
		"<div role=\"group\" class=\"filters needs-script\" id=\"finding-filters\">"
		"<input type=\"search\" placeholder=\"Filter findings\" "
		"aria-label=\"Filter findings\">");
	for (size_t i = 0; i < 3; i++)
		markup_format(out,
			"<label><input type=\"checkbox\" name=\"severity\" "
			"value=\"%s\" checked> %ss</label>",
			severities[i], severities[i]);
	for (size_t i = 0; page->report->has_baseline && i < 4; i++)
		markup_format(out,
			"<label><input type=\"checkbox\" name=\"state\" value=\"%s\" "
			"checked> %s</label>",
			states[i], states[i]);
	markup_add(out, "</div>\n");
}

static void write_baseline(struct html_page *page)
{
	struct markup *out = &page->out;

	if (!page->report->has_baseline)
		return;
	markup_add(out, "<p class=\"quiet\">Against the baseline, ");
	markup_count(out, page->report->nfixed, "finding is", "findings are");
	markup_add(out, " fixed.</p>\n");
}

void html_findings(struct html_page *page)
{
	const struct diff_findings *findings = &page->report->findings;
	size_t counts[FINDING_COUNT] = {0};

	html_begin_section(page, "findings", "Findings", findings->count);
	write_baseline(page);
	if (!findings->count)
		markup_add(&page->out, "<p class=\"quiet\">Nothing was found.</p>\n");
	else
		write_filters(page);
	for (size_t i = 0; i < findings->count; i++)
		counts[findings->items[i].kind]++;
	for (int severity = FINDING_ERROR; severity <= FINDING_NOTE; severity++)
		for (int i = 0; i < FINDING_COUNT; i++)
			if (counts[i] && (int)finding_kinds[i].severity == severity)
				write_kind(page, (enum finding)i, counts[i]);
	html_end_section(page);
}
