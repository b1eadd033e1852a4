/* Two files of a kind: what came, went or moved between them. */
#include "diff/html/html_page.h"

#include "diff/compare/changes.h"

enum {
	MAX_OF_A_KIND = 1000 /* JSON has all */
};

static const char *const titles[CHANGE_WHAT_COUNT] = {
	[CHANGE_ROUTE] = "Commands",
	[CHANGE_ENTRY_POINT] = "Entry points",
	[CHANGE_DEPENDENCY] = "Dependencies between modules",
	[CHANGE_CERTIFICATE] = "Certificates of call sites",
	[CHANGE_FUNCTION] = "Functions",
	[CHANGE_CALL] = "Calls",
};

static void write_change(struct html_page *page, const struct change *change)
{
	const struct diff_place *at =
		*change->after.file ? &change->after : &change->before;
	struct markup *out = &page->out;

	markup_format(out,
		"<tr><td><span class=\"way\">%s</span></td><td><span class=\"code\">",
		change_way_names[change->way]);
	markup_text(out, change->name);
	markup_add(out, "</span>");
	if (change->other) {
		markup_add(out, " <span class=\"arrow\">→</span> <span class=\"code\">");
		markup_text(out, change->other);
		markup_add(out, "</span>");
	}
	markup_add(out, "<div class=\"because\">");
	if (change->detail)
		markup_text(out, change->detail);
	markup_add(out, "</div></td><td>");
	html_place(page, at->file, at->line);
	markup_add(out, "</td><td class=\"number\">");
	if (change->count &&
		(change->what == CHANGE_DEPENDENCY || page->report->changes->is_dynamic))
		markup_number(out, change->count);
	markup_add(out, "</td></tr>\n");
}

static size_t count_of(const struct changes *changes, enum change_what what)
{
	size_t count = 0;

	for (int way = 0; way < CHANGE_WAY_COUNT; way++)
		count += changes->counts[what][way];
	return count;
}

static void write_kind(struct html_page *page, enum change_what what)
{
	static const char *const columns[] = {"Way", "What", "Where", "#Calls"};
	const struct changes *changes = page->report->changes;
	size_t count = count_of(changes, what), written = 0;

	if (!count)
		return;
	markup_format(&page->out,
		"<details class=\"kind\"%s><summary><h3>%s</h3> <span class=\"count\">",
		what < CHANGE_FUNCTION ? " open" : "", titles[what]);
	markup_number(&page->out, count);
	markup_add(&page->out, "</span></summary>\n");
	html_begin_table(page, change_what_names[what], columns, 4);
	for (size_t i = 0; i < changes->nitems && written < MAX_OF_A_KIND; i++)
		if (changes->items[i].what == what) {
			write_change(page, &changes->items[i]);
			written++;
		}
	html_end_table(page);
	if (count > written)
		html_more(page, count - written,
			"<code>--format json</code> has all of them.");
	markup_add(&page->out, "</details>\n");
}

/* "525 came, 2 moved" of each kind. */
static void write_summary(struct html_page *page)
{
	struct markup *out = &page->out;

	markup_add(out, "<dl class=\"figures\">\n");
	for (int what = 0; what < CHANGE_WHAT_COUNT; what++) {
		const char *separator = "";

		if (!count_of(page->report->changes, (enum change_what)what))
			continue;
		markup_format(out, "<div><dt>%s</dt><dd>", titles[what]);
		for (int way = 0; way < CHANGE_WAY_COUNT; way++) {
			size_t count = page->report->changes->counts[what][way];

			if (!count)
				continue;
			markup_format(out, "%s<strong>", separator);
			markup_number(out, count);
			markup_format(out, "</strong> %s", change_way_names[way]);
			separator = ", ";
		}
		markup_add(out, "</dd></div>\n");
	}
	markup_add(out, "</dl>\n");
}

void html_changes(struct html_page *page)
{
	const struct changes *changes = page->report->changes;
	struct markup *out = &page->out;

	markup_add(out, "<section id=\"overview\" aria-labelledby=\"overview-title\">\n"
			"<p class=\"files\"><code>");
	markup_text(out, html_base_name(page->report->before));
	markup_add(out, "</code> → <code>");
	markup_text(out, html_base_name(page->report->after));
	markup_add(out, "</code></p>\n<h1 id=\"overview-title\">");
	if (changes->nitems)
		markup_count(out, changes->nitems, "change", "changes");
	else
		markup_add(out, "Nothing differs");
	markup_add(out, "</h1>\n");
	write_summary(page);
	for (int what = 0; what < CHANGE_WHAT_COUNT; what++)
		write_kind(page, (enum change_what)what);
	html_end_section(page);
}
