/*
 * The report in one HTML file, which asks for nothing from outside: its style and scripts
 * are in it, and its policy allows those and nothing else.
 * Source: HTML Living Standard; Content Security Policy Level 3.
 */
#include "core/arena.h"
#include "core/digest.h"
#include "core/text.h"
#include "diff/html/html_page.h"
#include "diff/html/page_texts.h"

#include <errno.h>

enum {
	MAX_BYTES = 4500 * 1000 /* where sources end: browsers and mail bear 5 MB */
};

static void write_policy_of(struct markup *out, const char *directive, const char *suffix)
{
	markup_format(out, "; %s", directive);
	for (const struct page_text *text = page_texts; text->name; text++) {
		char digest[DIGEST_SHA256_SIZE];

		if (!text_has_suffix(text->name, suffix))
			continue;
		digest_sha256(text->text, text->size, digest);
		markup_format(out, " 'sha256-%s'", digest);
	}
}

static void write_policy(struct markup *out)
{
	markup_add(out, "<meta http-equiv=\"Content-Security-Policy\" "
			"content=\"default-src 'none'; img-src data:; base-uri 'none'; "
			"form-action 'none'");
	write_policy_of(out, "style-src", ".css");
	write_policy_of(out, "script-src", ".js");
	markup_add(out, "\">\n");
}

/* All files that end in `suffix`, each between the two tags. */
static void write_texts(struct markup *out, const char *suffix, const char *begin,
	const char *end)
{
	for (const struct page_text *text = page_texts; text->name; text++) {
		if (!text_has_suffix(text->name, suffix))
			continue;
		markup_add(out, begin);
		markup_bytes(out, text->text, text->size);
		markup_add(out, end);
	}
}

static void write_head(struct html_page *page)
{
	struct markup *out = &page->out;

	markup_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
			"<meta charset=\"utf-8\">\n");
	write_policy(out);
	markup_add(out, "<meta name=\"viewport\" "
			"content=\"width=device-width, initial-scale=1\">\n"
			"<meta name=\"color-scheme\" content=\"light dark\">\n"
			"<meta name=\"referrer\" content=\"no-referrer\">\n"
			"<link rel=\"icon\" href=\"data:,\">\n<meta name=\"generator\" "
			"content=\"pcarch ");
	markup_text(out, page->report->tool_version);
	markup_add(out, "\">\n<title>pcarch: ");
	markup_text(out, html_base_name(page->report->before));
	markup_add(out, " and ");
	markup_text(out, html_base_name(page->report->after));
	markup_add(out, "</title>\n");
	write_texts(out, ".css", "<style>", "</style>\n");
	write_texts(out, ".js", "<script>", "</script>\n");
	markup_add(out, "</head>\n");
}

static void write_links(struct html_page *page)
{
	const struct comparison *seen = page->seen;
	const struct {
		const char *id, *title;
		bool is_there;
	} links[] = {
		{"overview", "Overview", true},
		{"findings", "Findings", true},
		{"commands", "Commands", seen && page->scan->nroutes},
		{"modules", "Modules", seen != NULL},
		{"coverage", "Coverage", seen && seen->nmodules},
		{"entries", "Entry points", seen && seen->nentries},
		{"processes", "Between programs", seen && seen->ncrossings},
	};

	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++)
		if (links[i].is_there)
			markup_format(&page->out, "<a href=\"#%s\">%s</a>\n", links[i].id,
				links[i].title);
}

static void write_top(struct html_page *page)
{
	struct markup *out = &page->out;

	markup_add(out, "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n"
			"<header>\n<a class=\"name\" href=\"#overview\">pcarch</a>\n"
			"<nav aria-label=\"Sections\">\n");
	write_links(page);
	markup_add(out, "</nav>\n<div class=\"tools needs-script\">");
	if (page->seen)
		markup_add(out, "<button type=\"button\" id=\"open-search\">Search "
				"<kbd>/</kbd></button>");
	markup_add(out, "<button type=\"button\" id=\"switch-theme\" "
			"aria-label=\"Light or dark\" title=\"Light or dark\">◐</button>"
			"<button type=\"button\" id=\"open-help\" aria-label=\"Keys\" "
			"title=\"Keys\">?</button></div>\n</header>\n");
}

static void write_body(struct html_page *page)
{
	static html_section *const sections[] = {html_overview, html_findings,
		html_commands, html_modules, html_coverage, html_entries, html_crossings};
	struct markup *out = &page->out;

	markup_add(out, "<main id=\"main\">\n<div id=\"report\">\n");
	if (page->seen) {
		for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++)
			sections[i](page);
		markup_add(out,
			"<noscript><p class=\"note\">The pages of functions and modules, "
			"search, filters and sorting need JavaScript; all else is "
			"here.</p></noscript>\n");
	} else {
		if (page->report->changes)
			html_changes(page);
		html_findings(page);
	}
	markup_add(out, "</div>\n<article id=\"page\" tabindex=\"-1\" hidden></article>\n"
			"</main>\n<footer><p>Made by pcarch ");
	markup_text(out, page->report->tool_version);
	markup_add(out, ".</p></footer>\n");
}

bool report_html(const struct report *report, FILE *stream)
{
	struct arena arena = {0};
	struct html_page page = {
		.out.stream = stream,
		.arena = &arena,
		.report = report,
		.seen = report->comparison,
	};

	if (page.seen) {
		page.scan = page.seen->scan;
		html_page_number(&page);
	}
	write_head(&page);
	markup_add(&page.out, "<body>\n");
	write_top(&page);
	write_body(&page);
	if (page.seen) {
		html_data(&page);
		html_sources(&page, MAX_BYTES);
	}
	write_texts(&page.out, ".html", "", "");
	markup_add(&page.out, "</body>\n</html>\n");
	html_page_release(&page);
	arena_release(&arena);
	errno = page.out.error;
	return !page.out.error;
}
