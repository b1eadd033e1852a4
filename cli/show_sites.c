/* The question `sites`: call sites of a file, a module or the program, and the open ones
 * by what they call. */
#include "cli/show.h"

#include "cli/command.h"
#include "cli/site_place.h"
#include "core/arena.h"
#include "core/function_name.h"
#include "core/text.h"
#include "core/trace_names.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_NAMES = 8 /* of callees in a row, where rows are limited */
};

/* Which sites are asked for. */
struct choice {
	uint32_t module; /* TRACE_NONE: of any */
	struct site_place place; /* file NULL: of any; line 0: any */
};

static bool is_chosen(const struct show *show, const struct choice *choice, size_t i)
{
	const struct call_site *site = &show->trace->sites[i];

	if ((show->wants_open && site->state != SITE_OPEN) ||
		(show->wants_closed && site->state != SITE_CLOSED) ||
		(show->wants_indirect && site->is_direct))
		return false;
	if (choice->module != TRACE_NONE &&
		show->program.module_of[site->caller] != choice->module)
		return false;
	if (choice->place.file && strcmp(site->file, choice->place.file) != 0)
		return false;
	return !choice->place.line || site->line == choice->place.line;
}

static struct index_list choose(struct show *show, const struct choice *choice)
{
	size_t nsites = show->trace->nsites, count = 0;
	uint32_t *items = arena_alloc(show->arena, nsites * sizeof(*items));

	for (size_t i = 0; i < nsites; i++)
		if (is_chosen(show, choice, i))
			items[count++] = (uint32_t)i;
	return (struct index_list){items, count};
}

static const char *reason_of(const struct call_site *site)
{
	if (site->state != SITE_OPEN)
		return "";
	return site->nreasons ? site->reasons[0] : "no reason given";
}

void show_json_site(struct json_writer *json, const struct show *show, uint32_t id)
{
	const struct call_site *site = &show->trace->sites[id];
	struct index_list calls = program_calls_at(&show->program, id);

	json_member_uint(json, "id", id);
	json_member_string(json, "file", site->file);
	json_member_uint(json, "line", site->line);
	json_member_uint(json, "column", site->column);
	json_member_uint(json, "caller", site->caller);
	json_member_string(json, "caller_name",
		show->trace->functions[site->caller].name);
	json_member_string(json, "kind", site->is_direct ? "direct" : "indirect");
	json_member_string(json, "state", site_state_names[site->state]);
	json_key(json, "reasons");
	json_begin_array(json);
	for (size_t i = 0; i < site->nreasons; i++)
		json_string(json, site->reasons[i]);
	json_end_array(json);
	json_member_string(json, "expression", callee_expression_names[site->expression]);
	json_member_string(json, "name", site->expression_name);
	json_member_string(json, "signature", site->signature);
	json_key(json, "callees");
	json_begin_array(json);
	for (size_t i = 0; i < calls.count; i++) {
		uint32_t callee = show->trace->calls[calls.items[i]].callee;

		json_string(json, show->trace->functions[callee].name);
	}
	json_end_array(json);
}

/* "open indirect ": which sites were asked for. */
static const char *kind_text(const struct show *show)
{
	return arena_printf(show->arena, "%s%s",
		show->wants_open     ? "open "
		: show->wants_closed ? "closed "
				     : "",
		show->wants_indirect ? "indirect " : "");
}

/* What stands at the call: the callees that are known, or the expression. */
static const char *target_text(const struct show *show, uint32_t id)
{
	struct index_list calls = program_calls_at(&show->program, id);
	const char *before = "";
	scoped_text text = {0};

	for (size_t i = 0; i < calls.count; i++) {
		uint32_t callee = show->trace->calls[calls.items[i]].callee;
		const char *name = show->trace->functions[callee].name;

		if (!show->trace->sites[id].is_direct)
			name = function_name_unique(&show->program, show->arena, callee);
		if (i == MAX_NAMES && show->limit != SIZE_MAX) {
			text_printf(&text, " and %zu more", calls.count - i);
			break;
		}
		if (strcmp(name, before) != 0) /* the reason counts those of one name */
			text_printf(&text, "%s%s", i ? ", " : "", name);
		before = name;
	}
	if (!calls.count)
		text_add(&text, show_expression(show, &show->trace->sites[id]));
	return arena_strdup(show->arena, text_string(&text));
}

static void site_cells(struct show *show, uint32_t id)
{
	const struct call_site *site = &show->trace->sites[id];
	bool is_open = site->state == SITE_OPEN;
	struct table *table = &show->table;

	table_row(table, 0);
	table_cell(table, STYLE_PLACE, "%s:%u:%u", site->file, site->line, site->column);
	table_cell(table, STYLE_DIM, "in %s", show->trace->functions[site->caller].name);
	table_cell(table, is_open ? STYLE_WARN : STYLE_NAME, "%s%s", is_open ? "? " : "",
		target_text(show, id));
	table_cell(table, STYLE_DIM, "%s", reason_of(site));
}

static void list_sites(struct show *show, struct index_list sites)
{
	for (size_t i = 0; i < sites.count; i++) {
		if (!show_row(show))
			continue;
		if (show->is_json) {
			show_json_site(show_json(show, "site"), show, sites.items[i]);
			show_json_end(show);
			continue;
		}
		site_cells(show, sites.items[i]);
	}
}

/* 0: they belong to the same row. */
static int compare_kinds(const struct call_site *a, const struct call_site *b)
{
	const char *left = a->expression_name ? a->expression_name : "";
	const char *right = b->expression_name ? b->expression_name : "";
	int order = strcmp(reason_of(a), reason_of(b));

	if (!order)
		order = (int)a->expression - (int)b->expression;
	return order ? order : strcmp(left, right);
}

static int compare_sites(const void *left, const void *right, void *trace)
{
	const struct call_site *sites = ((const struct static_trace *)trace)->sites;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int order = compare_kinds(&sites[a], &sites[b]);

	return order ? order : (a > b) - (a < b);
}

/* Calls of names last; the same reason together, most sites first. */
static int compare_groups(const void *left, const void *right, void *trace)
{
	const struct call_site *sites = ((const struct static_trace *)trace)->sites;
	const struct index_list *a = left, *b = right;
	const struct call_site *first = &sites[*a->items], *second = &sites[*b->items];
	int order = first->is_direct - second->is_direct;

	if (!order)
		order = strcmp(reason_of(first), reason_of(second));
	if (!order)
		order = (a->count < b->count) - (a->count > b->count);
	return order ? order : compare_kinds(first, second);
}

/* The sites that belong to the same row, for each row. */
static const struct index_list *make_groups(struct show *show, struct index_list sites,
	size_t *n)
{
	struct static_trace *trace = (struct static_trace *)show->trace;
	uint32_t *sorted = arena_alloc(show->arena, sites.count * sizeof(*sorted));
	struct index_list *groups =
		arena_alloc(show->arena, sites.count * sizeof(*groups));

	if (sites.count)
		memcpy(sorted, sites.items, sites.count * sizeof(*sorted));
	qsort_r(sorted, sites.count, sizeof(*sorted), compare_sites, trace);
	*n = 0;
	for (size_t i = 0; i < sites.count; i++) {
		if (!i || compare_kinds(&trace->sites[sorted[i - 1]],
				  &trace->sites[sorted[i]]) != 0)
			groups[(*n)++].items = &sorted[i];
		groups[*n - 1].count++;
	}
	qsort_r(groups, *n, sizeof(*groups), compare_groups, trace);
	return groups;
}

static void list_groups(struct show *show, struct index_list sites)
{
	const char *reason = NULL;
	size_t n;
	const struct index_list *groups = make_groups(show, sites, &n);

	for (size_t i = 0; i < n; i++) {
		const struct call_site *site = &show->trace->sites[*groups[i].items];
		const char *expression = site->is_direct
						 ? target_text(show, *groups[i].items)
						 : show_expression(show, site);

		if (!show_row(show))
			continue;
		if (!reason || strcmp(reason, reason_of(site)) != 0)
			table_line(&show->table, 0, STYLE_BOLD, "%s", reason_of(site));
		reason = reason_of(site);
		table_row(&show->table, 2);
		table_cell(&show->table, STYLE_WARN, "%s", expression);
		table_cell(&show->table, STYLE_PLAIN, "%zu site%s", groups[i].count,
			show_plural(groups[i].count));
		table_cell(&show->table, STYLE_PLACE, "%s",
			show_site_places(show, groups[i]));
	}
}

int show_sites(struct show *show, char **args)
{
	struct choice choice = {.module = TRACE_NONE};
	struct index_list sites;

	if (args[0] && !site_place_find(show, args[0], &choice.place))
		return EXIT_USAGE;
	if (show->module && !show_find_module(show, show->module, &choice.module))
		return EXIT_USAGE;
	sites = choose(show, &choice);
	show_title(show, "%zu %scall site%s", sites.count, kind_text(show),
		show_plural(sites.count));
	if (show->wants_open && !show->is_json && !choice.place.file)
		list_groups(show, sites);
	else
		list_sites(show, sites);
	if (!sites.count)
		show_say("no %scall site there", kind_text(show));
	return EXIT_CLEAN;
}
