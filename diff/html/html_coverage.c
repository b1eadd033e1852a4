/* How much ran: of each module, from each entry point; and who called another program. */
#include "diff/html/html_page.h"

#include "core/arena.h"

enum {
	MAX_METADATA = 6 /* of an entry point */
};

static void write_number(struct html_page *page, uint64_t value)
{
	markup_add(&page->out, "<td class=\"number\">");
	markup_number(&page->out, value);
	markup_add(&page->out, "</td>");
}

static void write_ran(struct html_page *page, const struct coverage *coverage)
{
	markup_add(&page->out, "<td class=\"number\">");
	if (coverage->functions)
		html_percent(page, coverage->percent);
	markup_add(&page->out, "</td>");
	write_number(page, coverage->functions_ran);
	write_number(page, coverage->functions);
}

static void write_module(struct html_page *page, const struct coverage *coverage)
{
	struct markup *out = &page->out;

	markup_format(out, "<tr><td><a class=\"code\" href=\"#m%u\">",
		html_string_number(&page->modules, coverage->name));
	markup_text(out, coverage->name);
	markup_format(out, "</a></td><td class=\"heat\">%s</td>",
		coverage->is_hot    ? "hot"
		: coverage->is_cold ? "cold"
				    : "");
	write_ran(page, coverage);
	write_number(page, coverage->calls_seen);
	write_number(page, coverage->calls);
	write_number(page, coverage->count);
	markup_add(out, "</tr>\n");
}

void html_coverage(struct html_page *page)
{
	static const char *const titles[] = {"Module", "", "#Ran", "#Functions ran",
		"#of", "#Calls seen", "#of", "#Times called"};
	const struct comparison *seen = page->seen;

	if (!seen->nmodules)
		return;
	html_begin_section(page, "coverage", "Coverage", seen->nmodules);
	markup_add(&page->out,
		"<p class=\"quiet\">Hot: at least 75 % of a module’s functions "
		"ran. Cold: less than 25 %.</p>\n"
		"<div role=\"group\" class=\"filters needs-script\" id=\"module-filters\">"
		"<input type=\"search\" placeholder=\"Filter modules\" "
		"aria-label=\"Filter modules\"></div>\n");
	html_begin_table(page, "module-table", titles, 8);
	for (size_t i = 0; i < seen->nmodules; i++)
		write_module(page, &seen->modules[i]);
	html_end_table(page);
	html_end_section(page);
}

static void write_entry(struct html_page *page, const struct entry_coverage *entry)
{
	const struct entry_point *point = &page->scan->entry_points[entry->entry_point];
	struct markup *out = &page->out;

	markup_format(out,
		"<tr><td><span class=\"dot%s\" title=\"%s\"></span>"
		"<span class=\"code\">",
		entry->has_run ? " ran" : "", entry->has_run ? "ran" : "did not run");
	markup_text(out, point->id);
	markup_add(out, "</span></td><td>");
	html_function(page, point->function);
	markup_add(out, "</td><td class=\"quiet\">");
	for (size_t i = 0; i < point->nmetadata && i < MAX_METADATA; i++) {
		markup_add(out, i ? ", " : "");
		markup_text(out, point->metadata[i].key);
		markup_add(out, " ");
		markup_text(out, point->metadata[i].value);
	}
	markup_add(out, "</td>");
	write_ran(page, &entry->reach);
	write_number(page, entry->count);
	markup_add(out, "</tr>\n");
}

void html_entries(struct html_page *page)
{
	static const char *const titles[] = {"Entry point", "Function", "Known as",
		"#Of its reach", "#Functions ran", "#of", "#Times"};
	const struct comparison *seen = page->seen;

	if (!seen->nentries)
		return;
	html_begin_section(page, "entries", "Entry points", seen->nentries);
	html_begin_table(page, "entry-table", titles, 7);
	for (size_t i = 0; i < seen->nentries; i++)
		write_entry(page, &seen->entries[i]);
	html_end_table(page);
	html_end_section(page);
}

void html_crossings(struct html_page *page)
{
	static const char *const titles[] = {"From", "By", "To", "What", "#Times"};
	const struct comparison *seen = page->seen;
	struct markup *out = &page->out;

	if (!seen->ncrossings)
		return;
	html_begin_section(page, "processes", "Between programs", seen->ncrossings);
	html_begin_table(page, "crossing-table", titles, 5);
	for (size_t i = 0; i < seen->ncrossings; i++) {
		const struct crossing *crossing = &seen->crossings[i];

		markup_add(out, "<tr><td class=\"code\">");
		markup_text(out, crossing->from);
		markup_add(out, "</td><td>");
		markup_text(out, crossing->kind);
		markup_add(out, "</td><td class=\"code\">");
		markup_text(out, crossing->to);
		markup_add(out, "</td><td>");
		markup_text(out, crossing->detail ? crossing->detail : "");
		markup_add(out, "</td>");
		write_number(page, crossing->count);
		markup_add(out, "</tr>\n");
	}
	html_end_table(page);
	html_end_section(page);
}
