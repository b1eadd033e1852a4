#include "diff/html/html_page.h"

#include "core/arena.h"

#include <string.h>

const struct verdict_words verdict_words[VERDICT_COUNT] = {
	[VERDICT_BUG] = {"analysis bug", "analysis bugs",
		"the call site is certified closed: the analysis is wrong"},
	[VERDICT_HOLE] = {"predicted hole", "predicted holes",
		"the call site is open, and said that there is more"},
	[VERDICT_INTERPOSED] = {"interposed", "interposed",
		"another object’s definition was bound in place of the program’s own"},
	[VERDICT_LIBRARY] = {"through a library", "through a library",
		"library code called back, as qsort calls its comparator"},
	[VERDICT_FOREIGN] = {"foreign code", "foreign code",
		"the caller or the callee is in no scanned unit"},
	[VERDICT_GENERATED] = {"generated code", "generated code",
		"no source has it: a compiler made it, or the program did as it ran"},
	[VERDICT_STALE] = {"stale", "stale",
		"the source changed after one of the two files was made"},
};

uint32_t html_string_number(struct html_strings *strings, const char *string)
{
	const char *one = intern_string(&strings->interner, string);

	strings->table.key_bytes = sizeof(one);
	return key_table_add(&strings->table, &one, NULL);
}

const char *html_string(const struct html_strings *strings, uint32_t number)
{
	const char *string;

	memcpy(&string, strings->table.keys + number * sizeof(string), sizeof(string));
	return string;
}

void html_strings_write(const struct html_strings *strings, struct markup *out)
{
	markup_add(out, "[");
	for (uint32_t i = 0; i < strings->table.count; i++) {
		markup_add(out, i ? "," : "");
		markup_json(out, html_string(strings, i));
	}
	markup_add(out, "]");
}

void html_strings_release(struct html_strings *strings)
{
	key_table_release(&strings->table);
	interner_release(&strings->interner);
}

static void number_functions(struct html_page *page)
{
	const struct comparison *seen = page->seen;
	size_t n = seen->run->nfunctions;
	uint32_t *numbers = arena_alloc(page->arena, n * sizeof(*numbers));
	uint32_t *only_ran = arena_alloc(page->arena, n * sizeof(*only_ran));

	for (size_t i = 0; i < n; i++) {
		numbers[i] = seen->scanned[i];
		if (numbers[i] != TRACE_NONE)
			continue;
		numbers[i] = (uint32_t)(page->scan->nfunctions + page->nonly_ran);
		only_ran[page->nonly_ran++] = (uint32_t)i;
	}
	page->number_of = numbers;
	page->only_ran = only_ran;
}

static void number_modules(struct html_page *page)
{
	const struct program *program = page->seen->program;
	size_t n = page->scan->nfunctions, all = n + page->nonly_ran;
	uint32_t *modules = arena_alloc(page->arena, all * sizeof(*modules));

	page->modules.interner.arena = page->arena;
	for (size_t i = 0; i < program->nmodules; i++)
		html_string_number(&page->modules, program->modules[i]);
	for (uint32_t i = 0; i < all; i++)
		modules[i] = i < n ? program->module_of[i]
				   : html_string_number(&page->modules,
					     html_page_function(page, i)->module);
	page->module_of = modules;
}

void html_page_number(struct html_page *page)
{
	number_functions(page);
	number_modules(page);
}

void html_page_release(struct html_page *page)
{
	html_strings_release(&page->modules);
}

const struct function *html_page_function(const struct html_page *page, uint32_t number)
{
	size_t n = page->scan->nfunctions;

	return number < n ? &page->scan->functions[number]
			  : &page->seen->run->functions[page->only_ran[number - n]];
}

void html_begin_section(struct html_page *page, const char *id, const char *title,
	size_t count)
{
	struct markup *out = &page->out;

	markup_format(out, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n", id, id);
	markup_format(out, "<h2 id=\"%s-title\">%s", id, title);
	if (count) {
		markup_add(out, " <span class=\"count\">");
		markup_number(out, count);
		markup_add(out, "</span>");
	}
	markup_add(out, "</h2>\n");
}

void html_end_section(struct html_page *page)
{
	markup_add(&page->out, "</section>\n");
}

void html_function(struct html_page *page, uint32_t number)
{
	struct markup *out = &page->out;

	if (number == TRACE_NONE) {
		markup_add(out, "<span class=\"quiet\">unknown</span>");
		return;
	}
	markup_format(out, "<a class=\"code\" href=\"#f%u\">", number);
	markup_text(out, html_page_function(page, number)->name);
	markup_add(out, "</a>");
}

uint32_t html_find_function(const struct html_page *page, const char *module,
	const char *name)
{
	struct index_list named;

	if (!page->seen || !module || !name)
		return TRACE_NONE;
	named = program_named(page->seen->program, name);
	for (size_t i = 0; i < named.count; i++)
		if (strcmp(page->scan->functions[named.items[i]].module, module) == 0)
			return named.items[i];
	return TRACE_NONE;
}

/* The end of a name in quotes that begins at `quote`: no blank is in it; NULL: none. */
static const char *end_of_name(const char *quote)
{
	size_t len = strcspn(quote + 1, "' ");

	return len && quote[1 + len] == '\'' ? quote + 1 + len : NULL;
}

void html_sentence(struct html_page *page, const char *sentence)
{
	const char *quote, *end;

	for (quote = strchr(sentence, '\''); quote; quote = strchr(quote, '\'')) {
		end = end_of_name(quote);
		if (!end) {
			quote++;
			continue;
		}
		markup_text_bytes(&page->out, sentence, (size_t)(quote - sentence));
		markup_add(&page->out, "<code>");
		markup_text_bytes(&page->out, quote + 1, (size_t)(end - quote) - 1);
		markup_add(&page->out, "</code>");
		sentence = quote = end + 1;
	}
	markup_text(&page->out, sentence);
}

void html_place(struct html_page *page, const char *file, unsigned line)
{
	if (!*file)
		return;
	markup_add(&page->out, "<span class=\"place\">");
	markup_text(&page->out, file);
	if (line)
		markup_format(&page->out, ":%u", line);
	markup_add(&page->out, "</span>");
}

void html_percent(struct html_page *page, double percent)
{
	double shown = percent >= 0 && percent <= 100 ? percent : 0;

	markup_format(&page->out,
		"<svg class=\"bar\" viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" "
		"aria-hidden=\"true\"><rect width=\"%.1f\" height=\"1\"/></svg> "
		"<span class=\"percent\">%.0f %%</span>",
		shown, shown);
}

void html_begin_table(struct html_page *page, const char *id, const char *const *titles,
	size_t ntitles)
{
	struct markup *out = &page->out;

	markup_format(out, "<div class=\"scroll\"><table id=\"%s\"><thead><tr>", id);
	for (size_t i = 0; i < ntitles; i++) {
		bool is_number = titles[i][0] == '#';

		markup_format(out, "<th scope=\"col\"%s>%s</th>",
			is_number ? " class=\"number\"" : "", titles[i] + is_number);
	}
	markup_add(out, "</tr></thead><tbody>\n");
}

void html_end_table(struct html_page *page)
{
	markup_add(&page->out, "</tbody></table></div>\n");
}

void html_more(struct html_page *page, size_t count, const char *where)
{
	markup_add(&page->out, "<p class=\"quiet\">and ");
	markup_number(&page->out, count);
	markup_format(&page->out, " more: %s</p>\n", where);
}

const char *html_base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
