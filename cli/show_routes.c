/* The questions `routes` and `branches`: the commands of a program, and their ways. */
#include "cli/show.h"

#include "cli/command.h"
#include "cli/known_route.h"
#include "core/arena.h"
#include "core/route_json.h"
#include "core/text.h"
#include "diff/mermaid.h"
#include "diff/route_graph.h"

#include <string.h>

enum {
	DEEPEST_INDENT = 12 /* a stranger's tree may be deeper than a line is wide */
};

struct routes {
	struct show *show;
	struct route_tree tree;
	struct route_part *parts;
	size_t nparts;
};

static const struct route *route_at(const struct routes *routes, uint32_t index)
{
	return &routes->show->trace->routes[index];
}

/* "no_handler" in words, for the column where a handler would stand. */
static const char *reason_text(const struct routes *routes, const struct route *route)
{
	char *words = arena_strdup(routes->show->arena,
		route->handler_reason ? route->handler_reason : "no handler");

	for (char *c = words; *c; c++)
		if (*c == '_')
			*c = ' ';
	return arena_printf(routes->show->arena, "(%s)", words);
}

/* A word that only leads to others needs no handler. */
static bool leads_on(const struct routes *routes, uint32_t index)
{
	const struct route *route = route_at(routes, index);
	struct index_list below =
		route_tree_below(&routes->tree, (struct route_part){0, index});

	return below.count && (!route->handler_reason ||
				      strcmp(route->handler_reason, "no_handler") == 0);
}

static void handler_cells(const struct routes *routes, uint32_t index)
{
	const struct route *route = route_at(routes, index);
	struct table *table = &routes->show->table;
	const struct function *fn;
	bool is_inline =
		route->handler_reason && strcmp(route->handler_reason, "inline") == 0;

	if (route->handler != TRACE_NONE) {
		fn = &routes->show->trace->functions[route->handler];
		table_cell(table, STYLE_NAME, "%s", fn->name);
		table_path(table, show_place(routes->show, fn->file, fn->line));
		return;
	}
	if (leads_on(routes, index))
		table_cell(table, STYLE_DIM, "-");
	else
		table_cell(table, is_inline ? STYLE_DIM : STYLE_WARN, "%s",
			reason_text(routes, route));
	table_path(table, show_place(routes->show, route->file, route->line));
}

/* The other functions that it may run: "ambiguous: or do_get ioctl.c:12". */
static const char *others_text(const struct routes *routes, const struct route *route)
{
	const struct show *show = routes->show;
	scoped_text text = {0};

	for (size_t i = 0; i < route->nothers; i++) {
		const struct route_handler *other = &route->others[i];
		const struct function *fn = &show->trace->functions[other->function];

		if (strcmp(other->role, "handler") != 0)
			continue;
		if (!text.len)
			text_add(&text, route->is_ambiguous ? "ambiguous: or" : "also");
		else
			text_add(&text, ",");
		text_printf(&text, " %s %s", fn->name,
			show_place(show, fn->file, fn->line));
	}
	if (route->is_ambiguous && !text.len)
		text_add(&text, "ambiguous");
	return arena_strdup(show->arena, text_string(&text));
}

static const char *label_text(const struct routes *routes, const struct route *route,
	bool all)
{
	scoped_text label = {0};

	route_tree_label(&routes->tree, route, all, &label);
	return arena_strdup(routes->show->arena, text_string(&label));
}

/* On one line; of several, which are more than a row can hold, the first. */
static const char *help_text(const struct show *show, const char *help, bool whole)
{
	char *line =
		arena_copy(show->arena, help, whole ? strlen(help) : strcspn(help, "\n"));

	for (char *c = line; *c; c++)
		if (*c == '\n' || *c == '\t')
			*c = ' ';
	return line;
}

static void route_row(const struct routes *routes, struct route_part part, uint32_t index)
{
	const struct route *route = route_at(routes, index);
	struct show *show = routes->show;
	bool is_whole = !show->wants_tree || index == part.route;
	const char *others = others_text(routes, route);
	unsigned depth = routes->tree.depths[index], top = 0;

	if (part.route != TRACE_NONE)
		top = routes->tree.depths[part.route];
	depth = is_whole ? 0 : depth - top;
	table_row(&show->table,
		2 + 2 * (depth < DEEPEST_INDENT ? depth : DEEPEST_INDENT));
	table_cell(&show->table, STYLE_PLAIN, "%s", label_text(routes, route, is_whole));
	handler_cells(routes, index);
	if (*others)
		table_cell(&show->table, route->is_ambiguous ? STYLE_WARN : STYLE_PLAIN,
			"%s", others);
	else if (route->help)
		table_extra(&show->table, STYLE_DIM, "%s",
			help_text(show, route->help, false));
}

static void route_json(struct show *show, uint32_t index)
{
	struct json_writer *json = show_json(show, "route");

	route_write_members(json, show->trace, index);
	show_json_end(show);
}

static void part_rows(const struct routes *routes, struct route_part part)
{
	struct show *show = routes->show;
	struct index_list list = route_tree_list(&routes->tree, show->arena, part);

	if (!show->is_json && show->nrows < show->limit)
		table_line(&show->table, 0, STYLE_BOLD, "%s: %zu command%s",
			routes->tree.programs[part.program], list.count,
			show_plural(list.count));
	for (size_t i = 0; i < list.count; i++) {
		if (!show_row(show))
			continue;
		if (show->is_json)
			route_json(show, list.items[i]);
		else
			route_row(routes, part, list.items[i]);
	}
}

static void fact(struct show *show, const char *name, const char *value)
{
	table_row(&show->table, 2);
	table_cell(&show->table, STYLE_DIM, "%s", name);
	table_cell(&show->table, STYLE_PLAIN, "%s", value);
}

static void function_fact(struct show *show, const char *name, uint32_t function)
{
	table_row(&show->table, 2);
	table_cell(&show->table, STYLE_DIM, "%s", name);
	show_function_cells(show, function);
}

static const char *match_text(const char *match)
{
	static const char *const words[][2] = {
		{"exact", "as it is written"},
		{"icase", "in upper or lower case"},
		{"first-prefix", "or its beginning, the first name that begins so"},
		{"unique-prefix", "or its beginning, where no other name begins so"},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(match, words[i][0]) == 0)
			return words[i][1];
	return match;
}

/* Why there is no handler, for those who want to know. */
static const char *lack_text(const struct routes *routes, const struct route *route)
{
	static const char *const words[][2] = {
		{"inline", "none: its code stands where it is recognised"},
		{"no_handler", "none: nothing is called"},
		{"dlsym", "unknown: it is looked up by name while the program runs"},
		{"text", "unknown: it is read from a text while the program runs"},
	};
	const char *reason = route->handler_reason ? route->handler_reason : "no_handler";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(reason, words[i][0]) == 0)
			return words[i][1];
	return reason_text(routes, route);
}

/* Of a command that nothing is below: all that is known. */
static void route_facts(const struct routes *routes, uint32_t index)
{
	const struct route *route = route_at(routes, index);
	struct show *show = routes->show;
	scoped_text name = {0};

	text_printf(&name, "%s ", route->program);
	text_add(&name, label_text(routes, route, true));
	table_line(&show->table, 0, STYLE_BOLD, "%s", text_string(&name));
	if (route->help)
		fact(show, "help", help_text(show, route->help, true));
	if (route->handler == TRACE_NONE)
		fact(show, "handler", lack_text(routes, route));
	else
		function_fact(show, route->is_ambiguous ? "handler, one of" : "handler",
			route->handler);
	for (size_t i = 0; i < route->nothers; i++)
		function_fact(show, route->others[i].role, route->others[i].function);
	table_row(&show->table, 2);
	table_cell(&show->table, STYLE_DIM, "found as");
	table_cell(&show->table, STYLE_PLAIN, "%s", route->pattern);
	table_cell(&show->table, STYLE_PLACE, "%s",
		show_place(show, route->file, route->line));
	if (!route->is_default)
		fact(show, "typed", match_text(route->match));
	if (route->reached_from != TRACE_NONE)
		function_fact(show, "reached from",
			show->trace->entry_points[route->reached_from].function);
	if (route->route_id)
		fact(show, "route_id", route->route_id);
}

static int print_graph(const struct routes *routes)
{
	const struct route_graph graph = {
		&routes->tree, routes->show->arena, routes->parts, routes->nparts};
	size_t nedges = route_graph_edges(&graph);

	if (strcmp(routes->show->graph, "dot") == 0) {
		route_graph_dot(&graph, stdout); /* main() asks stdout for failures */
		return EXIT_CLEAN;
	}
	route_graph_mermaid(&graph, stdout);
	if (nedges > MERMAID_MAX_EDGES)
		show_say("Mermaid draws %zu commands only where its 'maxEdges' is set "
			 "higher than %d",
			nedges, MERMAID_MAX_EDGES);
	return EXIT_CLEAN;
}

static size_t count_words(char **args)
{
	size_t count = 0;

	while (args[count])
		count++;
	return count;
}

/* What --program and the words mean. */
static bool find_parts(struct routes *routes, char **args)
{
	const struct known_routes known = {
		"show", routes->show->file, &routes->tree, routes->show->arena};
	struct route_words words = {(const char *const *)args, count_words(args)};
	uint32_t owner;

	if (!routes->show->of_program)
		return known_routes_anywhere(&known, words, &routes->parts,
			&routes->nparts);
	routes->parts = arena_alloc(known.arena, sizeof(*routes->parts));
	routes->nparts = 1;
	return known_program(&known, routes->show->of_program, &owner) &&
	       known_route(&known, owner, words, routes->parts);
}

static bool is_one_command(const struct routes *routes)
{
	return routes->nparts == 1 && routes->parts->route != TRACE_NONE &&
	       !route_tree_below(&routes->tree, *routes->parts).count;
}

int show_routes(struct show *show, char **args)
{
	struct routes routes = {.show = show};

	if (!show->trace->nroutes) {
		show_say("no commands: nothing was found that compares words and calls a "
			 "function for each; 'man pcarch-rules' says how to name tables");
		return EXIT_CLEAN;
	}
	route_tree_init(&routes.tree, show->arena, show->trace);
	if (!find_parts(&routes, args))
		return EXIT_USAGE;
	if (show->graph)
		return print_graph(&routes);
	if (is_one_command(&routes) && !show->is_json) {
		route_facts(&routes, routes.parts->route);
		return EXIT_CLEAN;
	}
	for (size_t i = 0; i < routes.nparts; i++)
		part_rows(&routes, routes.parts[i]);
	return EXIT_CLEAN;
}

static const char *choices_text(const struct show *show, const struct branch *branch)
{
	scoped_text text = {0};

	for (size_t i = 0; i < branch->nchoices; i++)
		text_printf(&text, "%s%s", i ? ", " : "", branch->choices[i]);
	return arena_strdup(show->arena, text_string(&text));
}

static void branch_row(struct show *show, const struct branch *branch)
{
	struct json_writer *json;

	if (show->is_json) {
		json = show_json(show, "branch");
		branch_write_members(json, branch);
		show_json_end(show);
		return;
	}
	table_row(&show->table, 0);
	table_cell(&show->table, STYLE_BOLD, "%s", branch->point);
	table_cell(&show->table, STYLE_PLACE, "%s",
		show_place(show, branch->file, branch->line));
	table_cell(&show->table, STYLE_PLAIN, "%s", choices_text(show, branch));
}

int show_branches(struct show *show, char **args)
{
	(void)args;
	show_title(show, "%zu branch point%s: place, choices", show->trace->nbranches,
		show_plural(show->trace->nbranches));
	for (size_t i = 0; i < show->trace->nbranches; i++)
		if (show_row(show))
			branch_row(show, &show->trace->branches[i]);
	if (!show->nrows)
		show_say("no branch points: no PCARCH_BRANCH(point, choice) was scanned");
	return EXIT_CLEAN;
}
