/* The answer first: what ran that the source does not show, and how far to trust it. */
#include "diff/html/html_page.h"

#include "core/arena.h"
#include "core/finding.h"

enum {
	MAX_ROWS = 12, /* the gravest; Findings has all */
	MAX_CALLEES = 4 /* of one site */
};

static void write_headline(struct html_page *page)
{
	const struct comparison *seen = page->seen;
	struct markup *out = &page->out;

	markup_add(out, "<h1 id=\"overview-title\">");
	if (seen->ncalls) {
		markup_count(out, seen->ncalls, "call", "calls");
		markup_add(out, " ran that the source does not show");
	} else {
		markup_add(out, "Every call that ran is one that the source shows");
	}
	markup_add(out, "</h1>\n");
}

static void write_losses(struct html_page *page)
{
	const struct comparison *seen = page->seen;
	struct markup *out = &page->out;

	for (size_t i = 0; i < seen->ndrops; i++) {
		markup_add(out, i ? ", " : " Not kept: ");
		markup_number(out, seen->drops[i].count);
		markup_add(out, " × <code>");
		markup_text(out, seen->drops[i].reason);
		markup_add(out, "</code>");
	}
	if (seen->ndrops)
		markup_add(out, ".");
}

static void write_trust(struct html_page *page)
{
	const struct comparison *seen = page->seen;
	struct markup *out = &page->out;

	markup_add(out, "<p class=\"lead\">");
	if (seen->is_complete)
		markup_add(out,
			"The recording is complete: what was not seen did not run.");
	else
		markup_add(out,
			"<strong>The recording is not complete.</strong> What was "
			"not seen may have run all the same, so nothing is "
			"called dead here.");
	write_losses(page);
	markup_add(out, "</p>\n");
}

static void write_verdict_bar(struct html_page *page, const size_t *counts)
{
	struct markup *out = &page->out;
	double scale = 100.0 / (double)page->seen->ncalls, x = 0;

	markup_add(out, "<svg class=\"verdicts\" viewBox=\"0 0 100 1\" "
			"preserveAspectRatio=\"none\" aria-hidden=\"true\">");
	for (int i = 0; i < VERDICT_COUNT; i++) {
		double width = (double)counts[i] * scale;

		if (counts[i])
			markup_format(out,
				"<rect class=\"v%d\" x=\"%.2f\" width=\"%.2f\" "
				"height=\"1\"/>",
				i, x, width);
		x += width;
	}
	markup_add(out, "</svg>\n");
}

static bool has_finding(const struct html_page *page, enum finding kind)
{
	const struct diff_findings *findings = &page->report->findings;

	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].kind == kind)
			return true;
	return false;
}

/* So many calls of one verdict; a link to the findings of that kind. */
static void write_verdict(struct html_page *page, int verdict, size_t count)
{
	enum finding kind = (enum finding)(FINDING_ANALYSIS_BUG + verdict);
	bool is_link = has_finding(page, kind);
	struct markup *out = &page->out;

	markup_format(out, "<li><span class=\"swatch v%d\"></span> ", verdict);
	if (is_link)
		markup_format(out, "<a href=\"#%s\">", finding_kinds[kind].id);
	markup_add(out, "<strong>");
	markup_count(out, count, verdict_words[verdict].one, verdict_words[verdict].many);
	markup_format(out, "</strong>%s <span class=\"quiet\">%s</span></li>\n",
		is_link ? "</a>" : "", verdict_words[verdict].meaning);
}

static void write_verdicts(struct html_page *page)
{
	size_t counts[VERDICT_COUNT] = {0};

	if (!page->seen->ncalls)
		return;
	for (size_t i = 0; i < page->seen->ncalls; i++)
		counts[page->seen->calls[i].verdict]++;
	write_verdict_bar(page, counts);
	markup_add(&page->out, "<ul class=\"legend\">\n");
	for (int i = 0; i < VERDICT_COUNT; i++)
		if (counts[i])
			write_verdict(page, i, counts[i]);
	markup_add(&page->out, "</ul>\n");
}

/* "1,234 of 5,678" under a title, with a bar. */
static void write_figure(struct html_page *page, const char *title, size_t part,
	size_t whole)
{
	struct markup *out = &page->out;

	if (!whole)
		return;
	markup_format(out, "<div><dt>%s</dt><dd><strong>", title);
	markup_number(out, part);
	markup_add(out, "</strong> <span class=\"quiet\">of ");
	markup_number(out, whole);
	markup_add(out, "</span> ");
	html_percent(page, 100.0 * (double)part / (double)whole);
	markup_add(out, "</dd></div>\n");
}

static void write_figures(struct html_page *page)
{
	const struct comparison *seen = page->seen;
	size_t routes = 0, entries = 0;

	for (size_t i = 0; i < seen->nroutes; i++)
		routes += route_is_sure(&seen->routes[i]);
	for (size_t i = 0; i < seen->nentries; i++)
		entries += seen->entries[i].has_run;
	markup_add(&page->out, "<dl class=\"figures\">\n");
	write_figure(page, "Functions that ran", seen->total.functions_ran,
		seen->total.functions);
	write_figure(page, "Calls that were seen", seen->total.calls_seen,
		seen->total.calls);
	write_figure(page, "Commands that ran", routes, seen->nroutes);
	write_figure(page, "Entry points that ran", entries, seen->nentries);
	markup_add(&page->out, "</dl>\n");
}

static void write_also(struct html_page *page)
{
	const struct comparison *seen = page->seen;
	struct {
		size_t count;
		const char *one, *many;
	} facts[] = {
		{seen->nfunctions, "function ran that the source does not have",
			"functions ran that the source does not have"},
		{seen->nrevived, "function without a caller ran after all",
			"functions without a caller ran after all"},
		{seen->ndead, "function could be reached and never ran",
			"functions could be reached and never ran"},
		{seen->nunobserved, "call in functions that ran was never made",
			"calls in functions that ran were never made"},
		{seen->ncrossings, "way from one program to another",
			"ways from one program to another"},
	};

	markup_add(&page->out, "<ul class=\"also\">\n");
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		if (!facts[i].count)
			continue;
		markup_add(&page->out, "<li>");
		markup_count(&page->out, facts[i].count, facts[i].one, facts[i].many);
		markup_add(&page->out, "</li>\n");
	}
	markup_add(&page->out, "</ul>\n");
}

/* The caller, or what stands for it when no function of ours called. */
static void write_caller(struct html_page *page, const struct runtime_call *call)
{
	const struct observed_call *observed = &page->seen->run->calls[call->observed];

	if (call->from != TRACE_NONE) {
		html_function(page, page->number_of[call->from]);
		return;
	}
	markup_add(&page->out, "<span class=\"code\">");
	markup_text(&page->out,
		observed->through ? observed->through : call_root_names[observed->root]);
	markup_add(&page->out, "</span>");
}

/* Calls from one site, for one reason, stand together: how many from `first` on. */
static size_t count_alike(const struct comparison *seen, size_t first)
{
	const struct runtime_call *call = &seen->calls[first];
	const struct observed_call *observed = &seen->run->calls[call->observed];
	size_t end = first + 1;

	if (call->from == TRACE_NONE)
		return 1;
	for (; end < seen->ncalls; end++) {
		const struct runtime_call *other = &seen->calls[end];

		if (other->verdict != call->verdict || other->from != call->from ||
			seen->run->calls[other->observed].line != observed->line)
			break;
	}
	return end - first;
}

static void write_callees(struct html_page *page, size_t first, size_t count)
{
	const struct runtime_call *calls = &page->seen->calls[first];
	struct markup *out = &page->out;

	for (size_t i = 0; i < count && i < MAX_CALLEES; i++) {
		markup_add(out, i ? ", " : "");
		html_function(page, page->number_of[calls[i].to]);
	}
	if (count > MAX_CALLEES) {
		markup_format(out, " <a href=\"#f%u\">and ",
			page->number_of[calls->from]);
		markup_number(out, count - MAX_CALLEES);
		markup_add(out, " more</a>");
	}
	markup_add(out, "<div class=\"because\">");
	html_sentence(page, count > 1        ? verdict_words[calls->verdict].meaning
			    : calls->because ? calls->because
					     : "");
	markup_add(out, "</div>");
}

static void write_calls_alike(struct html_page *page, size_t first, size_t count)
{
	const struct runtime_call *call = &page->seen->calls[first];
	const struct observed_call *observed = &page->seen->run->calls[call->observed];
	struct markup *out = &page->out;
	uint64_t times = 0;

	for (size_t i = 0; i < count; i++)
		times = dynamic_sum(times, call[i].count);
	markup_format(out, "<tr><td><span class=\"verdict v%d\">%s</span></td><td>",
		(int)call->verdict, verdict_words[call->verdict].one);
	write_caller(page, call);
	markup_add(out, " <span class=\"arrow\">→</span> ");
	write_callees(page, first, count);
	markup_add(out, "</td><td>");
	html_place(page, observed->file ? observed->file : "", observed->line);
	markup_add(out, "</td><td class=\"number\">");
	markup_number(out, times);
	markup_add(out, "</td></tr>\n");
}

static void write_calls(struct html_page *page)
{
	static const char *const titles[] = {"Why", "Call", "Where", "#Times"};
	size_t ncalls = page->seen->ncalls, done = 0;

	if (!ncalls)
		return;
	markup_add(&page->out, "<h3>Seen only as the program ran</h3>\n");
	html_begin_table(page, "surprises", titles, 4);
	for (size_t row = 0; row < MAX_ROWS && done < ncalls; row++) {
		size_t count = count_alike(page->seen, done);

		write_calls_alike(page, done, count);
		done += count;
	}
	html_end_table(page);
	if (ncalls > done)
		html_more(page, ncalls - done,
			"<a href=\"#findings\">Findings</a> has all of them.");
}

void html_overview(struct html_page *page)
{
	struct markup *out = &page->out;

	markup_add(out, "<section id=\"overview\" aria-labelledby=\"overview-title\">\n"
			"<p class=\"files\"><code>");
	markup_text(out, html_base_name(page->report->before));
	markup_add(out, "</code> against <code>");
	markup_text(out, html_base_name(page->report->after));
	markup_add(out, "</code></p>\n");
	write_headline(page);
	write_trust(page);
	write_verdicts(page);
	write_figures(page);
	write_also(page);
	write_calls(page);
	html_end_section(page);
}
