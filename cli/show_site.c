/* The question `site`: what one call site may call, how that is known, and what not. */
#include "cli/show.h"

#include "cli/command.h"
#include "cli/site_advice.h"
#include "cli/site_place.h"
#include "cli/source_line.h"
#include "core/arena.h"
#include "core/call_way.h"
#include "core/compare.h"
#include "core/text.h"
#include "core/trace_names.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_NEAR = 3, /* lines before and after one that has no call site */
	MAX_THERE = 20 /* columns of one that has */
};

/* Where a call stands, or in the macro that makes it. */
static bool stands_at(const struct call_site *site, const struct site_place *place,
	bool in_macro)
{
	const char *file = in_macro ? site->spelling_file : site->file;
	unsigned line = in_macro ? site->spelling_line : site->line;
	unsigned column = in_macro ? site->spelling_column : site->column;

	return file && strcmp(file, place->file) == 0 &&
	       (!place->line || line == place->line) &&
	       (!place->column || column == place->column);
}

static struct index_list find_sites(struct show *show, const struct site_place *place,
	bool in_macro)
{
	size_t nsites = show->trace->nsites, count = 0;
	uint32_t *items = arena_alloc(show->arena, nsites * sizeof(*items));

	for (size_t i = 0; i < nsites; i++)
		if (stands_at(&show->trace->sites[i], place, in_macro))
			items[count++] = (uint32_t)i;
	return (struct index_list){items, count};
}

/* The surest first; equals by name, file and line. */
static int compare_targets(const void *left, const void *right, void *context)
{
	const struct static_trace *trace = ((const struct show *)context)->trace;
	uint32_t i = *(const uint32_t *)left, j = *(const uint32_t *)right;
	const struct call *a = &trace->calls[i], *b = &trace->calls[j];
	const struct function *fn = &trace->functions[a->callee];
	const struct function *other = &trace->functions[b->callee];
	int order = (a->confidence < b->confidence) - (a->confidence > b->confidence);

	if (!order)
		order = strcmp(fn->name, other->name);
	if (!order)
		order = strcmp(fn->file, other->file);
	if (!order)
		order = compare_u32(fn->line, other->line);
	return order ? order : compare_u32(i, j);
}

static struct index_list targets_of(struct show *show, uint32_t site)
{
	struct index_list calls = program_calls_at(&show->program, site);
	uint32_t *sorted = arena_alloc(show->arena, calls.count * sizeof(*sorted));

	if (calls.count)
		memcpy(sorted, calls.items, calls.count * sizeof(*sorted));
	qsort_r(sorted, calls.count, sizeof(*sorted), compare_targets, show);
	return (struct index_list){sorted, calls.count};
}

static void target_json(struct json_writer *json, const struct show *show,
	const struct call *call)
{
	json_begin_line_object(json);
	show_json_function(json, show, call->callee);
	json_member_string(json, "via", call->via);
	json_key(json, "confidence");
	json_decimal(json, call->confidence);
	json_member_optional_string(json, "through", call->through);
	json_key(json, "flow");
	json_begin_array(json);
	for (size_t i = 0; i < call->nflow; i++) {
		json_begin_line_object(json);
		json_member_string(json, "file", call->flow[i].file);
		json_member_uint(json, "line", call->flow[i].line);
		json_member_string(json, "to", call->flow[i].to);
		json_end_object(json);
	}
	json_end_array(json);
	json_end_object(json);
}

static void site_json(struct show *show, uint32_t id)
{
	struct index_list targets = targets_of(show, id);
	struct json_writer *json = show_json(show, "site");

	show_json_site(json, show, id);
	json_key(json, "targets");
	json_begin_array(json);
	for (size_t i = 0; i < targets.count; i++)
		target_json(json, show, &show->trace->calls[targets.items[i]]);
	json_end_array(json);
	show_json_end(show);
}

/* "taken at a.c:12 → field ops.open (a.c:12) → parameter 2 of visit (b.c:40)" */
static const char *flow_text(const struct show *show, const struct call *call)
{
	const char *arrow = terminal_is_utf8() ? "\xe2\x86\x92" : "->";
	scoped_text text = {0};

	text_printf(&text, "taken at %s",
		show_place(show, call->flow[0].file, call->flow[0].line));
	for (size_t i = 0; i < call->nflow; i++) {
		const struct flow_step *step = &call->flow[i];

		text_printf(&text, " %s %s (%s)", arrow, step->to,
			show_place(show, step->file, step->line));
	}
	return arena_strdup(show->arena, text_string(&text));
}

static void target_cells(struct show *show, const struct call *call)
{
	table_row(&show->table, 4);
	show_function_cells(show, call->callee);
	table_cell(&show->table, call->confidence < 1 ? STYLE_WARN : STYLE_PLAIN, "%s",
		call_way(call, show->arena));
	if (call->nflow)
		table_line(&show->table, 6, STYLE_DIM, "%s", flow_text(show, call));
}

static void fact(struct show *show, const char *name, enum style style, const char *value)
{
	table_row(&show->table, 2);
	table_cell(&show->table, STYLE_DIM, "%s", name);
	table_cell(&show->table, style, "%s", value);
}

static void source_lines(struct show *show, const struct call_site *site)
{
	struct site_place place = {site->file, site->line, site->column};
	struct source_line line;

	if (!source_line_read(show->arena, show->file, &place, &line))
		return;
	table_line(&show->table, 4, STYLE_PLAIN, "%s", line.text);
	table_line(&show->table, 4, STYLE_GOOD, "%*s^%s", (int)line.caret, "",
		line.is_newer ? " if so: the file has changed since the scan" : "");
}

/* One advice for all reasons in a row that have the same. */
static void reasons(struct show *show, const struct call_site *site)
{
	for (size_t i = 0; i < site->nreasons; i++) {
		const char *advice = site_advice(site->reasons[i]);
		const char *next =
			i + 1 < site->nreasons ? site_advice(site->reasons[i + 1]) : NULL;

		fact(show, i ? "" : "because", STYLE_WARN, site->reasons[i]);
		if (advice && advice != next)
			fact(show, "", STYLE_DIM, advice);
	}
}

static void head(struct show *show, const struct call_site *site)
{
	const struct function *caller = &show->trace->functions[site->caller];
	struct table *table = &show->table;

	table_line(table, 0, STYLE_BOLD, "%s:%u:%u in %s (%s)", site->file, site->line,
		site->column, caller->name, show_place(show, caller->file, caller->line));
	source_lines(show, site);
	if (site->spelling_file)
		fact(show, "macro", STYLE_PLACE,
			arena_printf(show->arena, "spelled at %s:%u:%u",
				site->spelling_file, site->spelling_line,
				site->spelling_column));
}

static const char *state_text(const struct call_site *site, size_t ntargets)
{
	if (site->state == SITE_CLOSED)
		return ntargets ? "closed: it calls what is listed and nothing else"
				: "closed: nothing is ever called here";
	if (!ntargets)
		return "open: nothing that it calls is known";
	return site->is_direct
		       ? "open: it calls one of those listed, but which is not known"
		       : "open: it may call more than what is listed";
}

static void state(struct show *show, const struct call_site *site, size_t ntargets)
{
	fact(show, "calls", STYLE_PLAIN,
		site->is_direct ? "a function by its name" : show_expression(show, site));
	if (site->signature)
		fact(show, "type", STYLE_PLAIN, site->signature);
	fact(show, "state", site->state == SITE_OPEN ? STYLE_WARN : STYLE_GOOD,
		state_text(site, ntargets));
	reasons(show, site);
	fact(show, "targets", STYLE_PLAIN, arena_printf(show->arena, "%zu", ntargets));
}

/* Tables of their own, so that a long name below does not move what is above. */
static void site_text(struct show *show, uint32_t id)
{
	const struct call_site *site = &show->trace->sites[id];
	struct index_list targets = targets_of(show, id);

	head(show, site);
	state(show, site, targets.count);
	show_flush(show);
	for (size_t i = 0; i < targets.count; i++)
		if (show_row(show))
			target_cells(show, &show->trace->calls[targets.items[i]]);
	show_flush(show);
}

static void list_sites(struct show *show, struct index_list sites)
{
	for (size_t i = 0; i < sites.count; i++) {
		if (!show_row(show))
			continue;
		if (show->is_json) {
			site_json(show, sites.items[i]);
			continue;
		}
		if (i)
			table_line(&show->table, 0, STYLE_PLAIN, "%s", "");
		site_text(show, sites.items[i]);
	}
}

static void name_site(const struct call_site *site, bool with_column)
{
	if (with_column)
		show_say("  %s:%u:%u", site->file, site->line, site->column);
	else
		show_say("  %s:%u", site->file, site->line);
}

/* Sites of the file around a line that has none: one for each line, the nearest. */
static size_t find_near(const struct show *show, const struct site_place *place,
	const struct call_site **near)
{
	size_t nbefore = 0, nafter = 0;

	for (size_t i = 0; i < show->trace->nsites && nafter < MAX_NEAR; i++) {
		const struct call_site *site = &show->trace->sites[i];
		size_t count = nbefore + nafter;

		if (strcmp(site->file, place->file) != 0 ||
			(count && near[count - 1]->line == site->line))
			continue;
		if (site->line > place->line) {
			nafter++;
		} else if (nbefore == MAX_NEAR) {
			for (count = 1; count < MAX_NEAR; count++)
				near[count - 1] = near[count];
			count--;
		} else {
			nbefore++;
		}
		near[count] = site;
	}
	return nbefore + nafter;
}

static int no_site(struct show *show, const struct site_place *place)
{
	struct site_place line = {place->file, place->line, 0};
	struct index_list there = find_sites(show, &line, false);
	const struct call_site *near[2 * MAX_NEAR];
	size_t nnear = find_near(show, place, near);

	if (there.count)
		usage_error("show",
			"'%s' has no call site at '%s:%u:%u'; on that line are:",
			show->file, place->file, place->line, place->column);
	else if (nnear)
		usage_error("show",
			"'%s' has no call site at '%s:%u'; the nearest are at:",
			show->file, place->file, place->line);
	else
		usage_error("show", "'%s' has no call site in '%s'", show->file,
			place->file);
	for (size_t i = 0; i < there.count && i < MAX_THERE; i++)
		name_site(&show->trace->sites[there.items[i]], true);
	for (size_t i = 0; i < nnear && !there.count; i++)
		name_site(near[i], false);
	return EXIT_USAGE;
}

int show_site(struct show *show, char **args)
{
	struct site_place place;
	struct index_list sites;

	if (!site_place_find(show, args[0], &place))
		return EXIT_USAGE;
	if (!place.line)
		return usage_error("show",
			"name a line: '%s:LINE'; 'pcarch show sites %s' lists what is there",
			args[0], args[0]);
	sites = find_sites(show, &place, false);
	if (!sites.count)
		sites = find_sites(show, &place, true);
	if (!sites.count)
		return no_site(show, &place);
	list_sites(show, sites);
	return EXIT_CLEAN;
}
