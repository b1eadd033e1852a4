/* The commands of each program as a tree, and which of them ran. */
#include "diff/html/html_page.h"

#include "core/arena.h"
#include "core/route_tree.h"
#include "core/text.h"

enum {
	MAX_DEPTH = 24 /* what is below is shown flat, there */
};

struct commands {
	struct html_page *page;
	struct route_tree tree;
	struct text label;
	size_t *nran, *nall; /* of each route, below it and itself */
};

/* Children stand after their parents, so that each is counted before its parent is. */
static void count_ran(struct commands *commands)
{
	const struct static_trace *scan = commands->page->scan;
	struct arena *arena = commands->page->arena;

	commands->nran = arena_alloc(arena, scan->nroutes * sizeof(*commands->nran));
	commands->nall = arena_alloc(arena, scan->nroutes * sizeof(*commands->nall));
	for (size_t i = scan->nroutes; i-- > 0;) {
		uint32_t parent = scan->routes[i].parent;

		commands->nall[i]++;
		commands->nran[i] += route_is_sure(&commands->page->seen->routes[i]);
		if (parent == TRACE_NONE)
			continue;
		commands->nall[parent] += commands->nall[i];
		commands->nran[parent] += commands->nran[i];
	}
}

static void write_ran(struct html_page *page, const struct route_coverage *seen)
{
	struct markup *out = &page->out;

	if (!seen->has_run)
		markup_add(out, "<span class=\"dot\" title=\"did not run\"></span>");
	else if (seen->is_unsure)
		markup_add(out, "<span class=\"dot unsure\" title=\"its function ran, "
				"which other commands have too\"></span>");
	else
		markup_add(out, "<span class=\"dot ran\" title=\"ran\"></span>");
}

static void write_times(struct html_page *page, const struct route_coverage *seen)
{
	struct markup *out = &page->out;

	markup_add(out, "<span class=\"times\">");
	if (seen->has_run) {
		markup_number(out, seen->count);
		markup_add(out, seen->is_unsure ? " ×?" : " ×");
	}
	markup_add(out, "</span>");
}

/* One command, in a line. */
static void write_command(struct commands *commands, uint32_t index)
{
	struct html_page *page = commands->page;
	const struct route *route = &page->scan->routes[index];
	const struct route_coverage *seen = &page->seen->routes[index];
	struct markup *out = &page->out;

	write_ran(page, seen);
	text_clear(&commands->label);
	route_tree_label(&commands->tree, route, false, &commands->label);
	markup_add(out, "<span class=\"code\">");
	markup_text(out, text_string(&commands->label));
	markup_add(out, "</span>");
	markup_add(out, "<span class=\"below\">");
	if (commands->nall[index] > 1) {
		markup_number(out, commands->nran[index]);
		markup_add(out, "/");
		markup_number(out, commands->nall[index]);
	}
	markup_add(out, "</span><span class=\"handler\">");
	if (route->handler != TRACE_NONE)
		html_function(page, route->handler);
	markup_add(out, "</span><span class=\"help\">");
	if (route->help)
		markup_text(out, route->help);
	markup_add(out, "</span>");
	write_times(page, seen);
}

static void write_below(struct commands *commands, struct route_part part, int depth);

static void write_item(struct commands *commands, uint32_t index, int depth)
{
	struct route_part part = {TRACE_NONE, index};
	struct markup *out = &commands->page->out;
	bool has_below = route_tree_below(&commands->tree, part).count > 0;

	markup_format(out, "<li id=\"r%u\"%s>", index,
		commands->nran[index] ? "" : " class=\"idle\"");
	markup_add(out,
		has_below ? "<details><summary class=\"row\">" : "<div class=\"row\">");
	write_command(commands, index);
	markup_add(out, has_below ? "</summary>\n" : "</div>");
	if (has_below) {
		write_below(commands, part, depth + 1);
		markup_add(out, "</details>");
	}
	markup_add(out, "</li>\n");
}

/* Commands may nest as deep as a stranger likes, the stack may not. */
static void write_flat(struct commands *commands, struct route_part part)
{
	struct index_list all =
		route_tree_list(&commands->tree, commands->page->arena, part);

	for (size_t i = 0; i < all.count; i++) {
		if (all.items[i] == part.route)
			continue;
		markup_format(&commands->page->out, "<li id=\"r%u\"><div class=\"row\">",
			all.items[i]);
		write_command(commands, all.items[i]);
		markup_add(&commands->page->out, "</div></li>\n");
	}
}

static void write_below(struct commands *commands, struct route_part part, int depth)
{
	struct index_list below = route_tree_below(&commands->tree, part);
	struct markup *out = &commands->page->out;

	markup_add(out, "<ul>\n");
	if (depth > MAX_DEPTH)
		write_flat(commands, part);
	for (size_t i = 0; i < below.count && depth <= MAX_DEPTH; i++)
		write_item(commands, below.items[i], depth);
	markup_add(out, "</ul>\n");
}

static void write_program(struct commands *commands, uint32_t program)
{
	struct route_part part = {program, TRACE_NONE};
	struct html_page *page = commands->page;
	struct index_list top = route_tree_below(&commands->tree, part);
	size_t nran = 0, nall = 0;

	for (size_t i = 0; i < top.count; i++) {
		nran += commands->nran[top.items[i]];
		nall += commands->nall[top.items[i]];
	}
	markup_format(&page->out, "<details class=\"program\"%s><summary><h3>",
		nran || commands->tree.nprograms == 1 ? " open" : "");
	markup_text(&page->out, commands->tree.programs[program]);
	markup_add(&page->out, "</h3> <span class=\"quiet\">");
	markup_number(&page->out, nran);
	markup_add(&page->out, " of ");
	markup_number(&page->out, nall);
	markup_add(&page->out, "</span> ");
	html_percent(page, nall ? 100.0 * (double)nran / (double)nall : 0);
	markup_add(&page->out, "</summary>\n");
	write_below(commands, part, 0);
	markup_add(&page->out, "</details>\n");
}

void html_commands(struct html_page *page)
{
	struct commands commands = {.page = page};

	if (!page->scan->nroutes)
		return;
	route_tree_init(&commands.tree, page->arena, page->scan);
	count_ran(&commands);
	html_begin_section(page, "commands", "Commands", page->scan->nroutes);
	markup_add(&page->out,
		"<p class=\"keys\"><span class=\"dot ran\"></span> ran "
		"<span class=\"dot unsure\"></span> its function ran, which other "
		"commands have too <span class=\"dot\"></span> did not run</p>\n"
		"<div role=\"group\" class=\"filters needs-script\" id=\"command-filters\">"
		"<label><input type=\"radio\" name=\"show\" value=\"all\" checked> "
		"all</label><label><input type=\"radio\" name=\"show\" value=\"ran\"> "
		"ran</label><label><input type=\"radio\" name=\"show\" "
		"value=\"idle\"> did not run</label>"
		"<button type=\"button\" value=\"open\">Expand all</button>"
		"<button type=\"button\" value=\"\">Collapse all</button></div>\n"
		"<div class=\"tree\">\n");
	for (uint32_t i = 0; i < commands.tree.nprograms; i++)
		write_program(&commands, i);
	markup_add(&page->out, "</div>\n");
	html_end_section(page);
	text_release(&commands.label);
}
